"""What a test must say of itself to be a check: without it, a sentence and no grades."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graders.checks import Refused, check

ROOT = Path(__file__).parents[1]
SUITE = '''"""A suite with one check."""

from graders.checks import check


@check("x is kept", kind="structure", points=6)
def test_keeps(student):
    assert student.Variable(1.0).data == 1.0
'''
LACKS = {
    "title": ('"x is kept", ', "has no title: a sentence that a student understands"),
    "kind": ('kind="structure", ', "has no kind: one of forward, backward, agreement"),
    "points": (", points=6", "has no points: a whole number from 1"),
    "mark": ('@check("x is kept", kind="structure", points=6)\n', "is no check: mark it"),
}


def some(*always):
    """Return what a check may lack; the full run tries all of it, the default run some."""
    return [
        pytest.param(lack, marks=() if lack in always else pytest.mark.full) for lack in LACKS
    ]


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the command with one suite, that of step 1."""
    for part in ("graders", "reference"):
        shutil.copytree(
            ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "grade.py", tmp_path)
    for suite in (tmp_path / "graders" / "suites").glob("test_step*.py"):
        suite.unlink()
    return tmp_path


def run(copy, suite, *words):
    """Run Python in a copy on its own suite of step 1; return the finished process."""
    (copy / "graders/suites/test_step01.py").write_text(suite)
    line = [sys.executable, "-P", *words]
    environment = {"PYTHONPATH": str(copy), "PATH": "/usr/bin"}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the developers' own
    return subprocess.run(line, cwd=copy, capture_output=True, text=True, env=environment)


def without(lack):
    """Return the suite without one of the things that a check must say."""
    assert LACKS[lack][0] in SUITE
    return SUITE.replace(LACKS[lack][0], "")


def told(lack):
    """Return what is said of the suite's check then."""
    return f"test_step01.py: test_keeps {LACKS[lack][1]}"


def test_a_check_that_says_enough_is_graded(copy):
    done = run(copy, SUITE, "grade.py", "reference", "--step", "1", "--json", "-")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("lack", some("kind", "points"))
def test_grading_refuses_the_others_in_a_sentence(copy, lack):
    done = run(copy, without(lack), "grade.py", "reference", "--step", "1", "--json", "-")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("gradmark: nothing could be graded: ")
    assert told(lack) in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("lack", some("title", "mark"))
def test_pytests_own_door_refuses_them_without_a_traceback(copy, lack):
    done = run(copy, without(lack), "grade.py", "pytest", "reference")
    assert done.returncode == 3
    assert re.search(f"^{re.escape(told(lack))}", done.stdout, re.MULTILINE)
    assert "Traceback" not in done.stdout + done.stderr


def test_a_suite_that_is_no_python_is_named(copy):
    done = run(copy, "import numppy\n", "grade.py", "reference", "--step", "1", "--json", "-")
    assert done.returncode == 3
    assert "test_step01.py: ModuleNotFoundError: No module named 'numppy'" in done.stderr


@pytest.mark.parametrize("points", [0, -1, 1.5, True, "3"])
def test_points_are_whole_and_positive(points):
    with pytest.raises(Refused, match="test_nothing has no points"):

        @check("nothing is asked", kind="forward", points=points)
        def test_nothing():
            pass
