"""A class whose grading is killed at any moment: nothing is lost, doubled or half-written."""

import contextlib
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from graders.classroom import diff
from graders.classroom.judging import Graded

ROOT = Path(__file__).parents[1]
STUDENTS = 4
QUICK, ALL = 2, 100
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class demands the sandbox")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder with a class of a few steps each."""
    made = tmp_path_factory.mktemp("killed")
    for number in range(STUDENTS):
        for step in ("step01.py", "step02.py", "step10.py"):
            path = made / "cs1" / f"student{number}" / step
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "reference" / step, path)
    return made


def command(place, output):
    """Return the command line that grades the class."""
    line = [sys.executable, str(ROOT / "grade.py"), "class", "cs1", "--output", str(output)]
    return [*line, "--seed", "7", "--step", "1", "--step", "2", "--step", "10"]


def graded(place, output):
    """Grade to the end; return the seconds that it took and what it said."""
    began = time.monotonic()
    line = command(place, output)
    done = subprocess.run(line, cwd=place, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - began, done.stderr


def reports(output):
    """Return the reports that are kept, each with its content; every one can be read."""
    found = {}
    for path in output.glob("kept/*/*.json"):
        found[path.relative_to(output)] = path.read_bytes()
        msgspec.json.decode(found[path.relative_to(output)], type=Graded)
    return found


def below(pid):
    """Return the processes below one, at any remove."""
    found, ahead = [], [pid]
    while ahead:
        path = Path(f"/proc/{ahead.pop()}/task")
        with contextlib.suppress(OSError):
            for task in path.iterdir():
                children = (task / "children").read_text().split()
                found += children
                ahead += children
    return found


def gone(pids):
    """Tell whether all processes are gone before long."""
    end = time.monotonic() + 5
    while any(Path(f"/proc/{pid}/exe").is_symlink() and lives(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def lives(pid):
    """Tell whether a process is there that has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_killed_at_random_moments(place, tmp_path, full):
    whole = tmp_path / "whole"
    seconds, _said = graded(place, whole)
    moments = random.Random(13)
    kills, kept_before = 0, {}
    turn = 0
    while kills < (ALL if full else QUICK):
        output = tmp_path / f"killed-{turn}"
        turn += 1
        while kills < (ALL if full else QUICK):
            process = subprocess.Popen(
                command(place, output),
                cwd=place,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(moments.uniform(0.1, 1.05) * seconds)
            started = below(process.pid)
            process.send_signal(signal.SIGKILL)
            if process.wait() == 0:
                kept_before = reports(output)
                break
            kills += 1
            assert gone(started)
            kept = reports(output)
            assert kept_before.items() <= kept.items()
            kept_before = kept
        _seconds, said = graded(place, output)
        assert not kept_before or f"{len(kept_before)} kept from before" in said
        now = reports(output)
        assert kept_before.items() <= now.items()
        assert len(now) == STUDENTS
        for name in ("results.json", "gradebook.csv", "class.json"):
            assert (output / name).read_bytes() == (whole / name).read_bytes()
        assert not list(output.rglob(".gradmark-*"))
        kept_before = {}


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.full)]
)
def test_stopped_by_hand(place, tmp_path, number):
    output = tmp_path / "out"
    process = subprocess.Popen(
        command(place, output),
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list(output.glob("kept/*/*.json")):
        time.sleep(0.01)
    started = below(process.pid)
    began = time.monotonic()
    process.send_signal(number)
    _said, told = process.communicate(timeout=20)
    assert time.monotonic() - began < 1
    assert process.returncode == 128 + number
    assert gone(started)
    done, _of, count = told.split(": ")[1].split()[:3]
    assert int(count) == STUDENTS
    assert 1 <= int(done) == len(reports(output)) <= STUDENTS
    assert "the same command goes on from there" in told
    assert not (output / "results.json").exists()
    _seconds, said = graded(place, output)
    assert f"{done} kept from before" in said
    assert len(diff.at(output).students) == STUDENTS
    assert json.loads((output / "class.json").read_text())["seed"] == 7
