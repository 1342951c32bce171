"""The suites: the reference passes every check, and every check fails on some mutant."""

from collections import Counter

import pytest
from conftest import REFERENCE
from course import CHECKS, SHIPPED, count
from mutants import MUTANTS

from graders.judge.run import Options, grade
from graders.submission.read import read

FEWEST = dict.fromkeys(SHIPPED, 7) | {"step01": 5, "step10": 5}


def test_the_reference_passes_every_check(sandbox, seed):
    all_marks(sandbox, seed)


@pytest.mark.parametrize("number", [0, 2**53])
def test_so_it_does_with_the_smallest_and_with_a_large_seed(sandbox, number):
    all_marks(sandbox, number)


def all_marks(sandbox, seed):
    """Assert that the reference gets every point."""
    report = grade(read(REFERENCE), sandbox, Options(seed))
    assert {check.status for step in report.steps for check in step.checks} == {"passed"}
    assert (report.score, report.complete) == (report.max_score, True)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_fails_the_checks_that_are_there_for_it(graded, mutant):
    report = graded(mutant)
    (step,) = report.steps
    broken = {
        check.id for check in step.checks if check.status in ("failed", "crashed", "timeout")
    }
    assert step.load_error is None
    assert broken == mutant.catches
    assert report.complete


def test_every_check_fails_on_some_mutant():
    assert {check.id for check in CHECKS} == {id for m in MUTANTS for id in m.catches}


def test_mutants_have_names_of_their_own():
    assert not repeated(mutant.name for mutant in MUTANTS)


def test_checks_have_ids_of_their_own():
    assert not repeated(check.id for check in CHECKS)


@pytest.mark.parametrize("step", FEWEST)
def test_a_step_has_enough_checks(step):
    assert count(step) >= FEWEST[step]


def repeated(things):
    return [thing for thing, count in Counter(things).items() if count > 1]
