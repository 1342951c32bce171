"""The catalogue of misconceptions: each is recognised as itself, and as no other."""

import pytest
from mutants import MUTANTS

from graders.misconceptions import catalogue
from graders.syllabus import SYLLABUS

ENTRIES = [(unit.step, entry) for unit in SYLLABUS for entry in catalogue(unit.step)]
SHOWN = [mutant for mutant in MUTANTS if mutant.misconception]


@pytest.mark.parametrize("mutant", SHOWN, ids=lambda mutant: mutant.name)
def test_a_misconception_is_named_and_no_other(graded, mutant, seed):
    report = graded(mutant, seed)
    (step,) = report.steps
    first = next(check for check in step.checks if check.id == report.fix_first)
    named = {check.misconception for check in step.checks if check.misconception}
    assert (first.misconception, named) == (mutant.misconception, {mutant.misconception})


def test_there_are_enough_entries():
    assert len(ENTRIES) >= 20
