"""Strangers in one class: nobody changes what another gets, and no two of them meet."""

import os
import random
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from accomplices import READER, WRITER, program
from hostile import TRICKS
from hostile.ground import Ground

from graders.classroom import diff
from graders.report import Report

ROOT = Path(__file__).parents[1]
QUICK = 5
"""How many tricks are mixed in by the quick run."""
LONGER = ("--cpu-limit", "3", "--wall-limit", "6")
LIMITS = ("--cpu-limit", "0.25", "--wall-limit", "0.4")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class demands the sandbox")


def grade(folder, *arguments):
    """Grade a class in a process of its own; return its results and reports by student."""
    line = [sys.executable, str(ROOT / "grade.py"), "class", folder.name, *arguments]
    done = subprocess.run(line, cwd=folder.parent, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    output = folder.parent / f"{folder.name}-graded"
    rows = {row.student: row for row in diff.at(output).students}
    reports = {
        name: msgspec.json.decode(
            (output / row.report).with_suffix(".json").read_bytes(), type=Report
        )
        for name, row in rows.items()
        if row.checks
    }
    return rows, reports


def lay_out_honest(folder):
    """Lay out a few honest submissions."""
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("reference", "poor"):
        shutil.copytree(ROOT / "reference", folder / name, ignore=skip)
    poor = folder / "poor" / "step03.py"
    poor.write_text(poor.read_text("utf-8").replace("np.exp(x)", "np.exp(-x)"), "utf-8")
    shutil.copytree(ROOT / "student_template", folder / "template", ignore=skip)


@pytest.fixture(scope="module")
def ground():
    made = Ground()
    yield made
    made.close()


def test_tricks_change_nobody_elses_score(tmp_path, ground, full):
    lay_out_honest(tmp_path / "alone")
    alone, _reports = grade(tmp_path / "alone", "--seed", "3", *LIMITS)
    drawn = random.Random(5)
    tricks = drawn.sample([*TRICKS.values()], len(TRICKS) if full else QUICK)
    mixed = tmp_path / "mixed"
    lay_out_honest(mixed)
    names = {}
    for trick in tricks:  # their names put them in any order among the others
        name = f"{drawn.choice('aqz')}-{trick.name.replace('/', '-')}"
        names[name] = trick
        shutil.move(ground.plant(trick).submission, mixed / name)
    rows, reports = grade(mixed, "--seed", "3", *LIMITS)
    for name, row in alone.items():
        assert (rows[name].score, rows[name].checks) == (row.score, row.checks)
    for name, trick in names.items():
        most = trick.most if trick.most >= 0 else 100
        assert rows[name].status == "graded", name
        assert rows[name].steps[trick.step].points <= most, name
        printed = [c.output or "" for step in reports[name].steps for c in step.checks]
        assert trick.through or not any("escaped: " in text for text in printed), name


def test_two_accomplices_pass_no_bit(tmp_path):
    """At the same time one leaves signs and the other looks for them, in each of two steps."""
    token = secrets.token_hex(8)
    folder = tmp_path / "cs1"
    for name, text in (("writer", WRITER), ("reader", READER)):
        made = program(text, token, [os.__file__, "/x/site/*/__init__.py"], 0.6)
        for step in ("step01", "step02"):
            path = folder / name / f"{step}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            lesson = (ROOT / "reference" / f"{step}.py").read_text("utf-8")
            path.write_text(f"{made}\n{lesson}", "utf-8")
    rows, reports = grade(folder, "--jobs", "2", *LONGER)
    for name, report in reports.items():
        printed = "".join(c.output or "" for step in report.steps for c in step.checks)
        assert printed.count("tried to") >= 2, name
        assert "met: " not in printed
        assert rows[name].score == 16.0


def test_without_walls_they_would_meet(tmp_path):
    """The control: the same two programs, side by side in plain processes."""
    token, shared = secrets.token_hex(8), tmp_path / "shared"
    shared.touch()
    line = [sys.executable, "-u", "-c"]
    writer, reader = (
        [*line, program(text, token, [str(shared)], seconds)]
        for text, seconds in ((WRITER, 60.0), (READER, 0.2))
    )
    with subprocess.Popen(writer, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as left:
        assert left.stdout.readline() == "tried to leave a sign\n"
        said = subprocess.run(reader, cwd=tmp_path, capture_output=True, text=True).stdout
        left.kill()
    for way in ("a file", "a socket", "a port", "a lock", "a time"):
        assert f"met: {way}" in said, way
    for place in ("/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue", "/run", "/"):
        Path(place, f"gradmark-{token}").unlink(missing_ok=True)
    Path(f"/tmp/socket-{token}").unlink(missing_ok=True)
