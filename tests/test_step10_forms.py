"""Step 10 as students write it: fair tests in any form earn all points, whatever they do there.

And what comes of tests that end, hang, crash or are still to be filled in, on what is correct
and on mutants.
"""

import resource
import subprocess
import sys

import pytest
from course import points
from sharing import some
from student_tests import BEYOND, CASE, CODE, FORMS, STEP

from graders.judge import run as judging
from graders.judge.run import Options
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import open_sandbox
from graders.submission.read import read
from graders.suites.implementations import BOOK, OTHERS, wrong

LIMITS = Limits(cpu=0.3, wall=3.0)


@pytest.fixture(scope="module")
def grade(tmp_path_factory, suites):
    sandbox = open_sandbox(LIMITS)

    def grade(sources, seed=1):
        """Return the graded step 10 of these files, or of the reference's code with tests."""
        if isinstance(sources, str):
            sources = {"step10.py": CODE + sources}
        folder = tmp_path_factory.mktemp("submission")
        for name, text in sources.items():
            (folder / name).write_text(text, "utf-8")
        options = Options(seed=seed, steps=frozenset({"step10"}), limits=LIMITS)
        report = judging.grade(read(folder), sandbox, options, suites)
        assert report.complete
        return report.steps[0]

    yield grade
    sandbox.close()


def statuses(step):
    """Return the status of each check by its name."""
    return {check.id.removeprefix("step10."): check.status for check in step.checks}


@pytest.mark.parametrize("form", FORMS)
def test_a_fair_form_earns_all_points_and_nothing_is_said_against_it(grade, form):
    step = grade(FORMS[form])
    assert set(statuses(step).values()) == {"passed"}
    assert [note for note in step.notes if OWN_FAILS in note or IDLE in note] == []


NAMES = ("square", "Variable", "numerical_diff")
IMPORTS = (
    "from step09 import *",
    f"from step09 import {', '.join(NAMES)}",
    f"import step09 as m\n{', '.join(NAMES)} = {', '.join(f'm.{name}' for name in NAMES)}",
)


@pytest.mark.parametrize("beginning", IMPORTS)
def test_tests_may_import_what_they_test(grade, beginning):
    tests = STEP[STEP.index(CASE) :]
    sources = {
        "step09.py": CODE,
        "step10.py": f"import unittest\nimport numpy as np\n{beginning}\n{tests}",
    }
    assert grade(sources).score == points("step10")


MORE = """
class More(unittest.TestCase):
    def test_more(self):
        x = Variable(np.array(2.0))
        y = square(x)
        {line}
"""
OWN_FAILS, IDLE = "your tests fail on your own code", "is anything compared there?"


@pytest.mark.parametrize(
    "line",
    some(
        [
            *("pass", "self.assertTrue(y, 4)", "self.assertTrue(y.data, 4.0)", "y.data == 4"),
            *("assert (y.data == 4, 'wrong')", "print(y.data)", "self.assertEqual(4, 2 * 2)"),
            *("y.data[()] == 4", "self.assertEqual", "y.backward; x.grad == 4"),
        ],
        5,
    ),
)
def test_a_test_that_cannot_fail_is_named_beside_others(grade, line):
    step = grade(STEP[STEP.index(CASE) :] + MORE.format(line=line))
    assert step.score == points("step10")
    (note,) = [note for note in step.notes if IDLE in note]
    assert "More.test_more" in note


OF_ANYTHING = [
    *("self.assertIsNot(y, x)", "self.assertIsInstance(y, Variable)"),
    *("self.assertIsInstance(y.creator, Square)", "self.assertIsNone(x.creator)"),
    *("self.assertIsNone(y.grad)", "self.assertNotEqual(y.data, 5.0)"),
    *("self.assertFalse(y.data == 5.0)", "self.assertEqual(x.data, 2.0)"),
    *("self.assertEqual(y.data.shape, ())", "self.assertEqual(y.data.ndim, 0)"),
    *("self.assertEqual(np.shape(y.data), ())", "self.assertIs(y.creator.input, x)"),
    *(
        "self.assertRaises(TypeError, Variable, 1.0)",
        "assert isinstance(as_array(1), np.ndarray)",
    ),
    *(
        "self.assertRaises(NotImplementedError, Function().forward, 1)",
        "assert 5 != y.data",
    ),
    *("np.testing.assert_allclose(y.data, 4)", "self.assertAlmostEqual(float(y.data), 4)"),
    *("self.assertGreater(y.data, 0)", "self.assertTrue(abs(y.data - 4) < 1e-9)"),
    *(
        "self.assertEqual(exp(x).data, np.exp(2.0))",
        "assert numerical_diff(square, Variable(np.array([3.0])))[0] > 5",
    ),
    *(
        "y.backward(); self.assertIsNotNone(x.grad)",
        "self.assertEqual(type(y.data), np.ndarray)",
    ),
    "a = np.ones(2); square(Variable(a)); self.assertEqual(a.tolist(), [1.0, 1.0])",
    "g = np.array(2.0); y.grad = g; y.backward(); self.assertEqual(g, 2.0)",
    "[self.assertEqual(a, 1) for a in square(Variable(np.array([1.0, -1.0]))).data]",
]


def test_nothing_is_said_against_tests_of_anything(grade):
    tests = [
        MORE.format(line=line).replace("More", f"More{at}")
        for at, line in enumerate(OF_ANYTHING)
    ]
    step = grade(STEP[STEP.index(CASE) :] + "".join(tests))
    assert (step.score, [note for note in step.notes if IDLE in note]) == (9, [])


def test_nothing_more_is_said_where_no_test_notices_anything(grade):
    (note, *_rest) = notes = grade(MORE.format(line="pass")).notes
    assert wrong.REQUIRED[0].wrong in note
    assert [note for note in notes if IDLE in note] == []


@pytest.mark.parametrize(
    ("right", "spoiled"), [("return x**2", "return 2 * x"), ("2 * x * gy", "x * gy")]
)
def test_tests_that_fail_on_one_s_own_code_are_told(grade, right, spoiled):
    assert right in CODE
    step = grade({"step10.py": CODE.replace(right, spoiled) + STEP[STEP.index(CASE) :]})
    (note,) = [note for note in step.notes if OWN_FAILS in note]
    assert (step.score, "SquareTest.test_gradient_check" in note) == (9, True)


@pytest.mark.parametrize("line", some(["while True: pass", "import time; time.sleep(9)"], 1))
def test_what_is_said_beyond_points_costs_none(grade, line):
    slow = CODE.replace("        return x**2", f"        {line}\n        return x**2")
    assert slow != CODE
    step = grade({"step10.py": slow + STEP[STEP.index(CASE) :]})
    (note,) = [note for note in step.notes if OWN_FAILS in note]
    assert (step.score, "don't come to an end" in note) == (9, True)


def test_nothing_is_said_of_code_that_is_not_there(grade):
    tests = STEP[STEP.index(CASE) :]
    step = grade({"step10.py": f"import unittest\nfrom step09 import *\n{tests}"})
    assert [note for note in step.notes if OWN_FAILS in note] == []


def test_goals_are_shown_to_those_who_have_all_points(grade):
    notes = grade(STEP[STEP.index(CASE) :]).notes
    assert len(notes) == len(wrong.STRETCH)
    for note, mutant in zip(notes, wrong.STRETCH, strict=True):
        assert mutant.wrong in note
        assert mutant.noticed_by in note
    (note,) = grade(FORMS["functions"].replace("5.0", "3.0")).notes
    assert wrong.SIXES.wrong in note


def test_no_goals_are_left_for_tests_that_reach_them(grade):
    step = grade(BEYOND)
    assert (step.score, step.notes) == (9, ())


def test_a_survivor_is_named_with_the_kind_of_test_that_would_notice(grade):
    step = grade(f"{CASE}\n    def test_it(self):\n        square(Variable(np.array(2.0)))\n")
    (check,) = [check for check in step.checks if check.id == "step10.notice_gradient"]
    for mutant in (wrong.NEGATED, wrong.HALVED, wrong.SQUARED):
        assert f"{mutant.wrong}: that takes {mutant.noticed_by}" in check.message
    assert "SquareTest.test_it" in check.message
    assert len(step.notes) == len(wrong.REQUIRED)
    for note, mutant in zip(step.notes, wrong.REQUIRED, strict=True):
        assert f"{mutant.wrong}: that takes {mutant.noticed_by}" in note


def test_what_tests_print_is_shown_once(grade):
    step = grade(FORMS["functions"])
    assert {check.output for check in step.checks} == {"testing\n"}


SEEN = """
{case}
    def test_all(self):
        y = square(Variable(np.array(3.0)))
        if {when}:
            {what}
        x = Variable(np.array([1.5, 3.0]))
        square(x).backward()
        np.testing.assert_allclose(x.grad, [3.0, 6.0])
"""
ENDS = (
    "import os; os._exit(3)",
    "raise KeyboardInterrupt",
    "raise SystemExit",
    "while y: pass",
)


def seen(when, what):
    """Return tests that do something where a condition holds."""
    return SEEN.format(case=CASE, when=when, what=what)


@pytest.mark.parametrize("what", ENDS)
def test_a_mutant_is_noticed_by_whatever_keeps_tests_from_passing_on_it(grade, what):
    step = grade(seen("y.data != 9", what))
    assert set(statuses(step).values()) == {"passed"}


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("import os; os._exit(3)", "crashed"),
        ("raise KeyboardInterrupt", "crashed"),
        ("while y: pass", "timeout"),
        ("raise SystemExit", "passed"),
    ],
)
def test_tests_that_do_not_end_where_all_is_right_say_so_at_once(grade, what, status):
    step = grade(seen("y.data == 9", what))
    became = statuses(step)
    assert became["there_are_tests"] == status
    assert became["tests_pass"] == ("failed" if status == "passed" else "blocked")
    assert set(list(became.values())[2:]) == {"blocked"}
    first = next(check for check in step.checks if check.status != "passed")
    assert first.reproduce


@pytest.mark.parametrize(
    ("what", "status"), [("import os; os._exit(3)", "crashed"), ("while y: pass", "timeout")]
)
def test_nor_may_they_on_any_other_correct_implementation(grade, what, status):
    step = grade(seen('not hasattr(y, "__dict__")', what))
    became = list(statuses(step).values())
    assert became == ["passed", "passed", status, *["blocked"] * 6]
    assert "while your tests ran on an implementation of ours" in step.checks[2].message


def test_a_failure_says_how_the_other_implementation_is_written(grade):
    step = grade(seen('not hasattr(y, "__dict__")', 'self.fail("no __dict__")'))
    assert statuses(step)["tests_pass_another_way"] == "failed"
    assert "slots" in step.checks[2].message
    assert "no __dict__" in step.checks[2].message


def test_tests_still_to_be_filled_in_leave_their_checks_not_attempted(grade):
    hole = 'raise NotImplementedError("fill in: SquareTest.test_backward")'
    tests = FORMS["functions"].replace(
        "for data in (3.0, 5.0):", f"{hole}\n    for data in ():"
    )
    became = statuses(grade(tests))
    assert became["notice_values"] == became["notice_doubled"] == "passed"
    assert set(list(became.values())[5:]) == {"not_attempted"}
    only = f"{CASE}\n    def test_backward(self):\n        {hole}\n"
    assert set(statuses(grade(only)).values()) == {"not_attempted"}


def test_skipped_tests_are_none(grade):
    tests = f"{CASE}\n    def test_it(self):\n        self.skipTest('later')\n"
    step = grade(tests)
    assert statuses(step)["there_are_tests"] == "failed"
    assert step.score == 0


def test_tests_that_only_run_under_pytest_are_shown_with_pytest(grade, tmp_path):
    step = grade("def test_it():\n    assert square(Variable(np.array(3.0))).data == 9\n")
    (check,) = [check for check in step.checks if check.status == "failed"]
    assert "pytest.main" in check.reproduce
    text = f"{CODE}\ndef test_it():\n    assert square(Variable(np.array(3.0))).data == 9\n"
    assert run(check.reproduce, text, tmp_path) == "0"
    assert run(check.reproduce, text.replace("data == 9", "data == 8"), tmp_path) == "1"


def run(script, text, folder):
    """Return the last line that a script prints beside a student's file, before it is ended."""
    (folder / "step10.py").write_text(text, "utf-8")
    (folder / "try_it.py").write_text(script, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "try_it.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (5, 5)),
    )
    return (done.stdout.strip().splitlines() or [f"{done.returncode}: {done.stderr}"])[-1]


def test_the_texts_tell_nothing_of_what_they_are():
    graded = (*wrong.REQUIRED, *wrong.STRETCH)
    texts = [BOOK, *OTHERS, *(mutant.source for mutant in graded)]
    assert len(set(texts)) == len(texts) == 20
    for text in texts:
        assert "#" not in text.replace("]  # fmt: skip", "")
        assert "mutant" not in text.lower()


MEMORIES = {
    "builtins": ("import builtins", "kept = vars(builtins)"),
    "modules": ("import sys", "kept = vars(sys)"),
    "numpy": ("", "kept = vars(np)"),
    "environment": ("import os", "kept = os.environ"),
    "a file": (
        "import pathlib, collections",
        """
    class Kept(dict):
        def get(self, name, other):
            path = pathlib.Path("/tmp/kept")
            return path.read_text() if path.exists() else other
        def __setitem__(self, name, text):
            pathlib.Path("/tmp/kept").write_text(text)
    kept = Kept()""",
    ),
}
"""Where tests may keep something for their next run."""


@pytest.mark.parametrize("where", MEMORIES)
def test_tests_that_remember_other_runs_notice_nothing(grade, full, where):
    imported, kept = MEMORIES[where]
    comparing = f"""
{imported}

def test_it():
    {kept}
    x = Variable(np.array(3.0))
    y = square(x)
    y.backward()
    found = repr((y.data, x.grad))
    first = kept.get("first_result", found)
    kept["first_result"] = first
    assert first == found
"""
    for seed in range(20 if full else 2):
        assert grade(comparing, seed).score == 3  # there are tests, and they pass on right code
