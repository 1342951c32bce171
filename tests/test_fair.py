"""Correct solutions of any shape get full marks: no false failure, on any seed."""

from collections import Counter

import pytest
from course import SHIPPED
from fair import SOLUTIONS

from graders.judge.run import Options, grade
from graders.submission.read import read
from graders.submission.text import decode

FEWEST = 44
STOPS_EARLY = {"step09_ends_in_type_error", "step09_waits_for_enter"}
"""Solutions whose file ends in an error, after all that is graded."""
STOOD_IN = {"step01_plots_at_the_top", "step09_optional_packages"}
"""Solutions that import what isn't installed."""

each_solution = pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda each: each.name)


@pytest.fixture
def handed_in(tmp_path):
    def handed_in(solution):
        for name, content in solution.files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return read(tmp_path)

    return handed_in


@each_solution
def test_a_correct_solution_gets_full_marks(sandbox, suites, handed_in, solution, seed):
    options = Options(seed=seed, steps=frozenset({solution.step}))

    report = grade(handed_in(solution), sandbox, options, suites)

    (step,) = report.steps
    assert [check for check in step.checks if check.status != "passed"] == []
    assert (step.score, report.complete) == (step.max_score, True)
    assert (step.load_error is not None) == (solution.name in STOPS_EARLY)
    stood_in = [note for note in step.notes if "is not installed" in note]
    assert bool(stood_in) == (solution.name in STOOD_IN)


def test_there_are_enough_solutions_of_every_step():
    counts = Counter(solution.step for solution in SOLUTIONS)
    assert counts.total() >= FEWEST
    assert all(counts[step] >= 4 for step in SHIPPED)


def test_some_solutions_are_not_in_utf_8():
    contents = [content for each in SOLUTIONS for content in each.files.values()]
    assert [content for content in contents if decode(content).encode() != content]
