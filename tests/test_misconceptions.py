"""The catalogue of misconceptions: each is recognised as itself, and as no other."""

import os
from collections import Counter
from pathlib import Path

import pytest
from mutants import MUTANTS

from graders.engine import judge, submission
from graders.engine.process import Limits
from graders.engine.sandbox import open_sandbox
from graders.misconceptions import catalogue
from graders.syllabus import SYLLABUS

REFERENCE = Path(__file__).parents[1] / "reference"
SEEDS = range(20) if os.environ.get("GRADMARK_SEEDS") == "all" else (judge.DEFAULT_SEED, 1)
"""``GRADMARK_SEEDS=all`` tries twenty."""
LIMITS = Limits(cpu=1.0)
MOST_FAILED = 3
"""How many checks may fail through one mistake; the others are blocked."""
ENTRIES = [(unit.step, entry) for unit in SYLLABUS for entry in catalogue(unit.step)]
SHOWN = [mutant for mutant in MUTANTS if mutant.misconception]


@pytest.fixture(scope="module")
def grade():
    sandbox = open_sandbox(LIMITS)

    def grade(folder, step, seed):
        options = judge.Options(seed=seed, steps=frozenset({step}), limits=LIMITS)
        return judge.grade(submission.read(folder), sandbox, options)

    yield grade
    sandbox.close()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mutant", SHOWN, ids=lambda mutant: mutant.name)
def test_a_misconception_is_named_and_no_other(grade, tmp_path, mutant, seed):
    source = (REFERENCE / f"{mutant.step}.py").read_text("utf-8")
    text = source.replace(mutant.old, mutant.new)
    (tmp_path / f"{mutant.step}.py").write_text(text, "utf-8")

    report = grade(tmp_path, mutant.step, seed)

    (step,) = report.steps
    first = next(check for check in step.checks if check.id == report.fix_first)
    named = {check.misconception for check in step.checks if check.misconception}
    assert (first.misconception, named) == (mutant.misconception, {mutant.misconception})
    failed = [check for check in step.checks if check.status in ("failed", "timeout")]
    assert len(failed) <= MOST_FAILED


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
