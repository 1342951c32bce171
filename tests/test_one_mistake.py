"""One mistake, one report: few checks fail through an entry, and the right one is first."""

from collections import Counter

import pytest
from mutants import MUTANTS

BROKEN = ("failed", "crashed", "timeout")
SHOWN = [mutant for mutant in MUTANTS if mutant.misconception]
MOST_FAILED = {mutant.step: 2 for mutant in SHOWN} | {"step10": 6}
"""How many checks may fail through one mistake, the others being blocked.  In step 10 each
check stands for a mistake of its own that the tests miss, and weak tests miss several.
"""


@pytest.mark.parametrize("mutant", SHOWN, ids=lambda mutant: mutant.name)
def test_the_first_check_to_look_at_is_one_that_names_the_mistake(graded, mutant):
    report = graded(mutant)
    (step,) = report.steps
    first = next(check for check in step.checks if check.id == report.fix_first)
    assert first.misconception == mutant.misconception
    rests = Counter(check.blocked_by for check in step.checks)
    broken = [check.id for check in step.checks if check.status in BROKEN]
    assert rests[first.id] == max(rests[check] for check in broken)


def test_few_checks_fail_through_one_mistake(graded):
    failed = {mutant: broken_checks(graded(mutant)) for mutant in SHOWN}
    distribution = Counter(map(len, failed.values()))
    print("failed checks of an entry: entries", dict(sorted(distribution.items())))
    assert distribution[1] >= 0.8 * len([m for m in SHOWN if m.step != "step10"])
    too_many = {
        mutant.name: checks
        for mutant, checks in failed.items()
        if not 1 <= len(checks) <= MOST_FAILED[mutant.step]
    }
    assert not too_many


def broken_checks(report):
    """Return the checks that a report does not put down to others."""
    (step,) = report.steps
    return [check.id for check in step.checks if check.status in BROKEN]
