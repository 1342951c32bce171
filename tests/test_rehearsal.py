"""Which tests of a step 10 are run, on what: those that unittest or pytest would run."""

import contextlib
from pathlib import Path

from graders import wire
from graders.judge.remote import Conversation
from graders.judge.trials import tried
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import open_sandbox
from graders.suites.implementations import BOOK, wrong

STEP = (Path(__file__).parents[1] / "reference" / "step10.py").read_text()
CODE = STEP[: STEP.index("class SquareTest")]
CUBED = wrong.CUBED.source


def rehearse(sandbox, tests, implementation=BOOK):
    """Return what became of each test of a step 10 that holds these."""
    return trial_of(sandbox, {"step10.py": CODE + tests}, implementation).results


def trial_of(sandbox, sources, implementation=BOOK):
    """Return the trial of a step 10 on an implementation."""
    pieces = {name: (wire.Piece(name, text),) for name, text in sources.items()}
    step = wire.Load("step10.py", pieces.pop("step10.py"), (0,), "mine", pieces)
    process = sandbox.step()
    try:
        return tried(Conversation(process), step, wire.Rehearse(implementation, ran=(0,)))
    finally:
        process.close()


def test_test_cases_and_functions_are_run(sandbox):
    tests = """
class First(unittest.TestCase):
    def test_right(self):
        self.assertEqual(square(Variable(np.array(2.0))).data, 4)
    def test_wrong(self):
        self.assertEqual(square(Variable(np.array(2.0))).data, 5)

def test_function():
    assert square(Variable(np.array(3.0))).data == 9

def test_wants_a_fixture(tmp_path):
    assert False
"""
    results = rehearse(sandbox, tests)
    assert sorted(results) == ["First.test_right", "First.test_wrong", "test_function"]
    assert results["First.test_wrong"].startswith("AssertionError: ")
    assert [name for name, what in results.items() if what] == ["First.test_wrong"]


def test_classes_and_parameters_as_pytest_has_them(sandbox):
    tests = """
import pytest

@pytest.mark.parametrize("x, due", [(2.0, 4.0), pytest.param(3.0, 8.0, id="three")])
def test_forward(x, due):
    assert square(Variable(np.array(x))).data == due

class TestBackward:
    def setup_method(self, method):
        self.x = Variable(np.array(3.0))

    @pytest.mark.parametrize("due", [6.0])
    def test_grad(self, due):
        square(self.x).backward()
        assert self.x.grad is None
"""
    results = rehearse(sandbox, tests)
    assert results["test_forward[0]"] == ""
    assert results["test_forward[1]"].startswith("AssertionError")
    assert results["TestBackward::test_grad[0]"].startswith("AssertionError")


def test_what_is_skipped_is_no_test(sandbox):
    tests = """
import pytest

class Skipping(unittest.TestCase):
    def test_itself(self):
        self.skipTest("later")
    @unittest.skip("later")
    def test_decorated(self):
        pass
    def test_as_pytest_does(self):
        pytest.skip("later")

@unittest.skip("later")
class Whole(unittest.TestCase):
    def test_any(self):
        pass

class Prepared(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("later")
    def test_any(self):
        pass

@pytest.mark.skip
def test_marked():
    pass
"""
    assert rehearse(sandbox, tests) == {}


def test_a_failure_that_is_expected_passes_until_it_does_not_come(sandbox):
    tests = """
class Expecting(unittest.TestCase):
    @unittest.expectedFailure
    def test_failure(self):
        self.assertEqual(square(Variable(np.array(2.0))).data, 8)
"""
    assert rehearse(sandbox, tests) == {"Expecting.test_failure": ""}
    assert rehearse(sandbox, tests, CUBED)["Expecting.test_failure"].startswith("no failure")


def test_what_is_set_up_and_every_part_of_a_test_count(sandbox):
    tests = """
class Prepared(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.due = square(Variable(np.array(2.0))).data
    def setUp(self):
        self.x = Variable(np.array(2.0))
    def test_value(self):
        self.assertEqual(square(self.x).data, self.due)
    def test_parts(self):
        for number in (0.0, 1.0, 2.0):
            with self.subTest(number=number):
                self.assertEqual(square(Variable(np.array(number))).data, number**2)

class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.nothing_of_the_kind
    def test_never_runs(self):
        pass
"""
    results = rehearse(sandbox, tests)
    failures = [name for name, what in results.items() if what]
    assert failures == ["setUpClass (step10.Broken)"]
    cubed = rehearse(sandbox, tests, CUBED)
    assert cubed["Prepared.test_value"] == ""
    assert cubed["Prepared.test_parts"].startswith("AssertionError")


def test_the_implementation_is_reached_by_every_name(sandbox):
    tests = """
import step10 as me
power = square
class Reaching(unittest.TestCase):
    f = staticmethod(square)
    def test_alias(self):
        self.assertEqual(power(Variable(np.array(3.0))).data, 9)
    def test_attribute(self):
        self.assertEqual(self.f(Variable(np.array(3.0))).data, 9)
    def test_default(self, f=square):
        self.assertEqual(f(Variable(np.array(3.0))).data, 9)
    def test_class(self):
        self.assertEqual(Square()(Variable(np.array(3.0))).data, 9)
    def test_module(self):
        self.assertEqual(me.square(me.Variable(np.array(3.0))).data, 9)
"""
    assert set(rehearse(sandbox, tests).values()) == {""}
    cubed = rehearse(sandbox, tests, CUBED)
    assert all(what.startswith("AssertionError") for what in cubed.values())


def test_siblings_are_exchanged_too(sandbox):
    sources = {
        "step09.py": CODE,
        "step10.py": """
import unittest, numpy as np, step09
from step09 import Variable, square as power

class Imported(unittest.TestCase):
    def test_alias(self):
        self.assertEqual(power(Variable(np.array(3.0))).data, 9)
    def test_module(self):
        self.assertEqual(step09.square(step09.Variable(np.array(3.0))).data, 9)
""",
    }
    assert not trial_of(sandbox, sources).failures
    assert len(trial_of(sandbox, sources, CUBED).failures) == 2


def test_only_what_the_course_defines_is_exchanged(sandbox):
    tests = """
def backward():
    return "mine"
class Own(unittest.TestCase):
    def test_own_function(self):
        self.assertEqual(backward(), "mine")
"""
    assert rehearse(sandbox, tests, wrong.UNSTARTED.source) == {"Own.test_own_function": ""}


def test_a_file_that_stops_before_its_tests_says_why(sandbox):
    assert rehearse(sandbox, "raise ValueError") == {"": "ValueError"}


def test_a_demo_that_stops_and_the_end_of_the_file_leave_the_tests_alone(sandbox):
    tests = """
Variable(1.0)
class Named(unittest.TestCase):
    def test_name(self):
        pass
unittest.main()
"""
    assert rehearse(sandbox, tests) == {"Named.test_name": ""}


def test_annotations_may_come_before_what_they_name(sandbox):
    tests = """
class Hinted(unittest.TestCase):
    def test_hint(self, x: Later = None) -> Later:
        pass
Later = int
"""
    sources = {"step10.py": f"from __future__ import annotations\n{CODE}{tests}"}
    assert trial_of(sandbox, sources).tests == ["Hinted.test_hint"]


def test_every_run_draws_the_same(sandbox):
    tests = """
import random

class Drawing(unittest.TestCase):
    def test_draws(self):
        self.fail([random.random(), np.random.rand(), np.random.default_rng().random()])
"""
    drawn = [rehearse(sandbox, tests) for _time in range(2)]
    assert drawn[0] == drawn[1]
    assert drawn[0]["Drawing.test_draws"]


def test_what_a_second_definition_hides_is_told(sandbox):
    tests = """
class SquareTest(unittest.TestCase):
    def test_first(self):
        pass
    def test_both(self):
        pass
def test_function():
    pass
class SquareTest(unittest.TestCase):
    def test_both(self):
        pass
def test_function():
    pass
class More(unittest.TestCase):
    def test_more(self):
        pass
class More(More):
    pass
"""
    trial = trial_of(sandbox, {"step10.py": CODE + tests})
    hidden = ("SquareTest.test_both", "SquareTest.test_first", "test_function")
    assert trial.hidden == hidden
    assert trial.tests == ["More.test_more", "SquareTest.test_both", "test_function"]


def test_of_very_many_tests_the_last_ones_are_told_together(sandbox):
    tests = """
import pytest

@pytest.mark.parametrize("v", range(1500))
def test_many(v):
    assert v != 1400
"""
    trial = trial_of(sandbox, {"step10.py": CODE + tests})
    assert len(trial.tests) == 1000
    assert list(trial.failures) == ["…"]


def test_pytest_is_imported_once_for_the_trials_to_come():
    tests = """
import sys

def test_at_hand():
    assert "pytest" in sys.modules
"""
    with contextlib.closing(open_sandbox(Limits())) as sandbox:
        assert rehearse(sandbox, tests)["test_at_hand"]
        sandbox.expect_pytest()
        rehearse(sandbox, tests)  # in the process that was there before
        assert rehearse(sandbox, tests) == {"test_at_hand": ""}
