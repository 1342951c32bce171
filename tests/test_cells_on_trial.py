"""Step 10 in cells: which of a notebook is run on each implementation, and what stays."""

import pytest
from conftest import LESSONS
from test_pieces import graded, only

__all__ = ["graded"]


TESTS = LESSONS["step10"].partition("class SquareTest")


def test_tests_in_cells_are_tried_on_implementations(graded):
    cells = ["# Step 10", *TESTS[0].split("\n\n\n"), "1 / 0", "import os; os._exit(1)",
             TESTS[1] + TESTS[2], "!python -m unittest"]  # fmt: skip
    whole = only(graded(TESTS[0] + TESTS[1] + TESTS[2], steps=["step10"], name="step10.ipynb"))
    step = only(graded(*cells, steps=["step10"]))
    assert step.score == whole.score == step.max_score


SET_UP = """rng = np.random.default_rng(0)
X0 = rng.normal(size=3)
try:
    import cupy as xp
except ImportError:
    import numpy as xp"""
USES = """
    def test_set_up(self):
        x = Variable(xp.array(X0))
        y = square(x)
        y.backward()
        np.testing.assert_allclose(x.grad, 2 * X0)
"""


def test_tests_may_use_what_an_earlier_cell_has_computed(graded):
    tests = TESTS[1] + TESTS[2].partition('if __name__ == "__main__"')[0].rstrip() + USES
    cells = ["# Step 9", TESTS[0], SET_UP, "# Step 10", tests]
    step = only(graded(*cells, steps=["step10"]))
    assert (step.status, step.load_error) == ("passed", None)


def test_demos_of_earlier_steps_are_not_run_on_each_implementation(graded):
    """Else these two would take longer than a step may, on all implementations together."""
    waits = "import time\ntime.sleep(0.55)"
    cells = ["# Step 9", TESTS[0], waits, waits, "# Step 10", TESTS[1] + TESTS[2]]
    assert only(graded(*cells, steps=["step10"])).status == "passed"


PATCHES = [
    "Variable.backward = lambda self: None",
    "setattr(Square, 'backward', lambda self, gy: gy)",
    "del Square.backward",
    "Square.backward, Square.other = (lambda self, gy: gy), 1",
    "for each in [Square]:\n    each.backward = lambda self, gy: gy",
    "import unittest\nunittest.main(argv=[''], exit=False)",
]


@pytest.mark.parametrize("patch", PATCHES)
def test_what_changes_the_students_own_classes_changes_no_implementation(graded, patch):
    cells = ["# Step 10", TESTS[0], TESTS[1] + TESTS[2], patch]
    assert only(graded(*cells, steps=["step10"])).status == "passed"


ADDED = """
Variable.tolerance = 1e-6
Variable.is_close = lambda self, other: abs(self.data - other) < self.tolerance
"""


def test_what_a_file_adds_to_the_classes_is_there_for_its_tests(graded):
    uses = """
    def test_added(self):
        assert square(Variable(np.array(3.0))).is_close(9.0)
"""
    tests = TESTS[1] + TESTS[2].partition('if __name__ == "__main__"')[0].rstrip() + uses
    step = only(graded("# Step 10", TESTS[0], ADDED, tests, steps=["step10"]))
    assert step.status == "passed"
