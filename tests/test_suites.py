"""The suites: the reference passes every check, and every check fails on some mutant."""

from collections import Counter
from pathlib import Path

import pytest
from mutants import MUTANTS

from graders.engine import judge, submission
from graders.engine.process import Limits
from graders.engine.sandbox import open_sandbox
from graders.syllabus import SYLLABUS

REFERENCE = Path(__file__).parents[1] / "reference"
SEEDS = (judge.DEFAULT_SEED, 0, 1, 2, 12345, 2**53)
LIMITS = Limits(cpu=1.0)
FEWEST = {unit.step: 7 for unit in SYLLABUS} | {"step01": 5, "step10": 5}


@pytest.fixture(scope="module")
def grade():
    sandbox = open_sandbox(LIMITS)

    def grade(folder, seed=judge.DEFAULT_SEED):
        options = judge.Options(seed=seed, limits=LIMITS)
        return judge.grade(submission.read(folder), sandbox, options)

    yield grade
    sandbox.close()


@pytest.fixture(scope="module")
def checks(grade):
    return [check for step in grade(REFERENCE).steps for check in step.checks]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_passes_every_check(grade, seed):
    report = grade(REFERENCE, seed=seed)
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


def test_every_check_fails_on_some_mutant(checks):
    assert {check.id for check in checks} == {id for m in MUTANTS for id in m.catches}


def test_mutants_have_names_of_their_own():
    assert not repeated(mutant.name for mutant in MUTANTS)


def test_checks_have_ids_of_their_own(checks):
    assert not repeated(check.id for check in checks)


def test_points_are_whole_and_add_up_to_a_hundred(checks):
    assert all(check.max_points.is_integer() for check in checks)
    assert sum(check.max_points for check in checks) == 100


@pytest.mark.parametrize("unit", SYLLABUS, ids=lambda unit: unit.step)
def test_a_step_has_enough_checks_and_the_points_of_the_syllabus(checks, unit):
    own = [check for check in checks if check.id.startswith(f"{unit.step}.")]
    assert len(own) >= FEWEST[unit.step]
    assert sum(check.max_points for check in own) == unit.points


def test_there_are_enough_checks_and_not_too_many(checks):
    assert 70 <= len(checks) <= 100


def repeated(things):
    return [thing for thing, count in Counter(things).items() if count > 1]
