"""Which tests of a step 10 are run: those that unittest or pytest would run."""

from pathlib import Path

from graders.suites import implementations

STEP = (Path(__file__).parents[1] / "reference" / "step10.py").read_text()
CODE = STEP[: STEP.index("class SquareTest")]


def rehearse(load, tests, implementation=implementations.PLAIN):
    """Return what became of each test of a step 10 that holds these."""
    _loaded, student = load("step10.py", {"step10.py": CODE + tests})
    return student.rehearse(implementation)


def test_test_cases_and_functions_are_run(load):
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
    results = rehearse(load, tests)
    assert sorted(results) == ["First.test_right", "First.test_wrong", "test_function"]
    assert results["First.test_wrong"].startswith("AssertionError: ")
    assert [name for name, what in results.items() if what] == ["First.test_wrong"]


def test_classes_and_parameters_as_pytest_has_them(load):
    tests = """
import pytest

@pytest.mark.parametrize("x, due", [(2.0, 4.0), pytest.param(3.0, 8.0, id="three")])
def test_forward(x, due):
    assert square(Variable(np.array(x))).data == due

class TestBackward:
    def setup_method(self):
        self.x = Variable(np.array(3.0))

    @pytest.mark.parametrize("due", [6.0])
    def test_grad(self, due):
        square(self.x).backward()
        assert self.x.grad is None
"""
    results = rehearse(load, tests)
    assert results["test_forward[0]"] == ""
    assert results["test_forward[1]"].startswith("AssertionError")
    assert results["TestBackward.test_grad[0]"].startswith("AssertionError")


def test_the_implementation_is_reached_by_every_name(load):
    tests = """
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
"""
    assert set(rehearse(load, tests).values()) == {""}
    cubed = rehearse(load, tests, implementations.CUBED.source)
    assert all(what.startswith("AssertionError") for what in cubed.values())


def test_siblings_are_exchanged_too(load):
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
    _loaded, student = load("step10.py", sources)
    assert set(student.rehearse(implementations.PLAIN).values()) == {""}
    assert "" not in student.rehearse(implementations.CUBED.source).values()


def test_a_file_that_stops_before_its_tests_says_why(load):
    assert rehearse(load, "raise ValueError") == {"": "ValueError"}
