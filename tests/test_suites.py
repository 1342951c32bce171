"""The suites: the reference passes every check, and every check fails on some mutant."""

from collections import Counter

import pytest
from conftest import REFERENCE
from mutants import MUTANTS

from graders.commands.explain import checks_of
from graders.judge.run import Options, grade
from graders.submission.read import read
from graders.syllabus import SYLLABUS

CHECKS = [check for unit in SYLLABUS for check in checks_of(unit)]
FEWEST = {unit.step: 7 for unit in SYLLABUS} | {"step01": 5, "step10": 5}


def test_the_reference_passes_every_check(sandbox, seed):
    all_marks(sandbox, seed)


@pytest.mark.parametrize("number", [0, 2**53])
def test_so_it_does_with_the_smallest_and_with_a_large_seed(sandbox, number):
    all_marks(sandbox, number)


def all_marks(sandbox, seed):
    """Assert that the reference gets every point."""
    report = grade(read(REFERENCE), sandbox, Options(seed))
    assert {check.status for step in report.steps for check in step.checks} == {"passed"}
    assert (report.score, report.max_score, report.complete) == (100.0, 100.0, True)


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


def test_points_are_whole_and_add_up_to_a_hundred():
    assert all(type(check.declared.points) is int for check in CHECKS)
    assert sum(check.declared.points for check in CHECKS) == 100


@pytest.mark.parametrize("unit", SYLLABUS, ids=lambda unit: unit.step)
def test_a_step_has_enough_checks(unit):
    own = [check for check in CHECKS if check.unit == unit]
    assert len(own) >= FEWEST[unit.step]


def test_there_are_enough_checks_and_not_too_many():
    assert 70 <= len(CHECKS) <= 100


def repeated(things):
    return [thing for thing, count in Counter(things).items() if count > 1]
