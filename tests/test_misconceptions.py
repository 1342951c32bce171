"""The catalogue of misconceptions: each is recognised as itself, and as no other."""

from collections import Counter

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


@pytest.mark.parametrize(("step", "entry"), ENTRIES, ids=lambda each: getattr(each, "id", each))
def test_an_entry_says_what_to_think_about_where_and_what_to_change(step, entry):
    assert entry.signs
    assert "section" in entry.hint
    assert all((entry.title, entry.hint, entry.more))
    assert len(entry.hint) < 250
    assert "section" not in entry.more


def test_each_entry_has_a_mutant_that_shows_it_and_each_mutant_an_entry():
    shown = {(mutant.step, mutant.misconception) for mutant in SHOWN}
    assert shown == {(step, entry.id) for step, entry in ENTRIES}


def test_entries_have_ids_of_their_own():
    counts = Counter((step, entry.id) for step, entry in ENTRIES)
    assert [each for each, count in counts.items() if count > 1] == []


def test_signs_are_of_checks_that_there_are():
    checks = {check for mutant in MUTANTS for check in mutant.catches}
    assert {f"{step}.{name}" for step, e in ENTRIES for name in e.signs} <= checks
