"""``python grade.py selftest``: what it finds, what it says, and how it ends."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from course import CHECKS as CHECKS_THERE

from graders.commands.course import material, unfinished
from graders.commands.selftest import command, findings
from graders.errors import GradmarkError

ROOT = Path(__file__).parents[1]
WITHOUT = """import sys
sys.modules["cosmic_ray"] = None
from graders.cli import main
sys.exit(main())
"""
FAIR = ("step01_property.py", "step01_slots.py")
HARMLESS = """
row = ("harmless", "self.data = data", "self.data = (data)", "")
MUTANTS += mutants("step01", row)
"""
NOTHING = """
@check("nothing", kind="forward", points=1)
def test_nothing(student):
    pass
"""


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the checkout to spoil, with the material that selftest needs.

    It draws with one seed.
    """
    for part in ("graders", "reference", "student_template", "tests/mutants"):
        shutil.copytree(
            ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    (tmp_path / "tests/fair").mkdir()
    command = tmp_path / "graders/commands/selftest/command.py"
    command.write_text(command.read_text().replace("SEEDS[:2]", "SEEDS[:1]"))
    fair = (f"tests/fair/{name}" for name in ("__init__.py", *FAIR))
    for part in ("grade.py", "tests/equivalents.py", *fair):
        shutil.copy(ROOT / part, tmp_path / part)
    return tmp_path


def selftest(copy, *words, start=("grade.py",)):
    """Run the command in a copy; return the finished process."""
    line = [sys.executable, "-P", *start, "selftest", *words]
    environment = os.environ | {"PYTHONPATH": str(copy), "COLUMNS": "100"}
    return subprocess.run(line, cwd=copy, capture_output=True, text=True, env=environment)


def add(path, text):
    """Put text at the end of a file."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.mark.full
def test_the_suites_are_airtight(copy):
    done = selftest(copy)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_not_airtight_is_said_which_takes_no_cosmic_ray(copy):
    add(copy / "tests/mutants/step01.py", HARMLESS)
    (copy / "tests/fair/step01_wrong.py").write_text("class Variable:\n    pass\n")
    add(copy / "graders/suites/test_step01.py", NOTHING)

    done = selftest(copy, "--step", "1", start=("-c", WITHOUT))

    row = re.search(r"step01\.keeps_an_array +forward +(\d+) +(\d+) +(\d+)", done.stdout)
    caught, alone, alarms = map(int, row.groups())
    assert caught >= alone > 0
    assert alarms == 1
    assert done.returncode == 1
    for sentence in (
        "nothing catches step01-harmless",
        "step01.keeps_an_array fails a correct solution: step01_wrong",
        "step01.nothing catches no mutant: write one",
        "step01.nothing does not say why it is there",
        "step01.nothing names no section of the course that begins with 1.",
    ):
        assert sentence in done.stdout


def refused(done):
    """Return the one sentence of a run that could not begin."""
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_check_without_points_is_refused(copy):
    pointless = NOTHING.replace(", points=1", "")
    add(copy / "graders/suites/test_step01.py", pointless)
    assert "test_step01.py: test_nothing has no points" in refused(selftest(copy))


@pytest.mark.parametrize("part", ["tests/mutants", "tests/fair"])
def test_the_authors_material_is_asked_for(copy, part):
    shutil.rmtree(copy / part)
    with pytest.raises(GradmarkError, match=f"there is no {copy / part}"):
        material.load(copy)


def test_a_step_without_one_of_its_files_is_told_of(copy):
    (copy / "tests/mutants/step08.py").unlink()
    told = "there is no tests/mutants/step08.py: python grade.py new step 8 writes it"
    assert told in refused(selftest(copy))


def test_mutants_that_are_no_python_are_told_of(copy):
    add(copy / "tests/mutants/step08.py", ")")
    told = "tests/mutants/step08.py can't be imported: SyntaxError: unmatched ')'"
    assert told in refused(selftest(copy))


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (
            "graders/misconceptions/step01.py",
            ")",
            "can't be imported: SyntaxError: unmatched ')'",
        ),
        (
            "graders/misconceptions/step01.py",
            "CATALOGUE = (1,)",
            ": CATALOGUE is no tuple of Misconceptions",
        ),
        (
            "graders/suites/test_step01.py",
            "raise SystemExit(3)",
            "can't be imported: SystemExit: 3",
        ),
        ("reference/step01.py", "x +", "is not Python: invalid syntax, line"),
        ("reference/step09.py", "x +", "is not Python: invalid syntax, line"),
        ("graders/syllabus.py", "SYLLABUS += SYLLABUS[:1]", "has step01 twice"),
        (
            "tests/mutants/step01.py",
            'MUTANTS += mutants("step77", ("x", "y", "z", ""))',
            "is of no step",
        ),
        ("tests/equivalents.py", "del CARRIED_OVER", "can't be imported: AttributeError"),
    ],
)
def test_a_file_that_can_not_be_used_is_one_sentence(copy, path, text, told):
    add(copy / path, f"\n{text}\n")
    said = refused(selftest(copy, "--step", "1"))
    assert Path(path).name in said or "mutant" in said
    assert told in said


UNFINISHED = """
row = ("not-made", "TODO: a text that the lesson has once", "", "sign")
MUTANTS += mutants("step04", row)
"""


@pytest.mark.full
def test_what_is_left_to_do_is_said_and_all_the_rest_tried(copy):
    lesson = copy / "reference/step01.py"
    lesson.write_text(lesson.read_text("utf-8").replace("# 1.0", "# one"))
    add(copy / "tests/mutants/step04.py", UNFINISHED)

    done = selftest(copy, "--step", "1", "--step", "4")

    assert done.returncode == 1
    left, _separator, tried = done.stdout.partition("\ncheck ")
    assert re.search(r"tests/mutants/step04.py:\d+ a text that the lesson has once", left)
    assert "prints 1.0; the comment behind it says one" in left
    told = "step01.py is not the lesson with holes: python grade.py new template 1\n"
    assert told in left
    assert "points" not in left
    assert "step01.keeps_an_array " in tried
    assert "step04." not in tried


def test_the_points_are_added_up_where_all_steps_are_tried(capsys, monkeypatch):
    total = sum(check.declared.points for check in CHECKS_THERE)
    nothing = findings.Findings((), (), (), (), ())
    monkeypatch.setattr(command, "left_to_do", lambda given, units: ([], []))
    monkeypatch.setattr(command, "examined", lambda given, steps, edits: nothing)
    monkeypatch.setattr(unfinished, "HUNDRED", total)
    assert command.main([]) == 0
    monkeypatch.setattr(unfinished, "HUNDRED", total - 1)
    assert command.main(["--step", "1"]) == 0
    assert "points" not in capsys.readouterr().out
    assert command.main([]) == 1
    said = capsys.readouterr().out
    assert f"the points of all steps add up to {total}, not yet to {total - 1}\n" in said


def test_cosmic_ray_is_asked_for_where_it_is_needed(copy):
    assert "pip install cosmic-ray" in refused(selftest(copy, "--full", start=("-c", WITHOUT)))


def test_wrong_usage_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(["--step", "99"])
    assert "there is no step '99'" in capsys.readouterr().err


def test_interrupt_leaves_nothing_behind(copy):
    environment = os.environ | {"PYTHONPATH": str(copy)}
    line = [sys.executable, "-P", "grade.py", "selftest"]
    process = subprocess.Popen(
        line, cwd=copy, env=environment, stderr=subprocess.PIPE, start_new_session=True
    )
    while len(running(process.pid, "grade.py selftest")) < 2:
        assert process.poll() is None
        time.sleep(0.05)  # the core is shared with it
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _out, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert error == b"gradmark: interrupted\n"
    until = time.monotonic() + 10
    while running(process.pid, ""):
        assert time.monotonic() < until
        time.sleep(0.05)


def running(session, word):
    """Return the processes of a session whose command holds a word."""
    line = ["ps", "-o", "pid=,args=", "--sid", str(session)]
    listed = subprocess.run(line, capture_output=True, text=True).stdout
    return [each for each in listed.splitlines() if word in each]
