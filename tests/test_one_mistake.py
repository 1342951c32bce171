"""One mistake, one report: few checks fail through an entry, and the right one is first."""

from collections import Counter

import pytest
from conftest import REFERENCE
from mutants import MUTANTS

from graders.judge.run import Options, grade
from graders.submission.read import read

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


@pytest.mark.parametrize("step", MOST_FAILED)
def test_few_checks_fail_through_one_mistake(graded, step):
    failed = {
        mutant.name: [c.id for c in graded(mutant).steps[0].checks if c.status in BROKEN]
        for mutant in SHOWN
        if mutant.step == step
    }
    most = MOST_FAILED[step]
    assert {
        name: checks for name, checks in failed.items() if not 1 <= len(checks) <= most
    } == {}
    distribution = Counter(map(len, failed.values()))
    assert step == "step10" or distribution[1] >= 0.8 * len(failed), distribution


@pytest.mark.parametrize(
    ("step", "right", "wrong", "failed", "passed"),
    [
        ("step04", "numerical_diff", "num_diff", 1, ("default_eps", "sign")),
        ("step06", "def backward", "def bacward", 1, ("grad_starts_as_none", "input_is_kept")),
        ("step07", "creator", "creater", 2, ("output_is_kept", "backward_at_one_half")),
        ("step07", "self.creator", "self.creater", 1, ("backward_at_one_half",)),
        ("step09", "as_array", "as_arary", 0, ("call_gives_arrays", "backward_at_one_half")),
    ],
)
def test_a_typo_kept_up_throughout_costs_what_needs_the_name_and_is_told(
    sandbox, suites, tmp_path, step, right, wrong, failed, passed
):
    text = (REFERENCE / f"{step}.py").read_text("utf-8").replace(right, wrong)
    (tmp_path / f"{step}.py").write_text(text, "utf-8")
    options = Options(steps=frozenset({step}))
    report = grade(read(tmp_path), sandbox, options, suites)
    checks = {check.id: check for check in report.steps[0].checks}
    broken = [check for check in checks.values() if check.status in BROKEN]
    assert len(broken) == failed
    assert {checks[f"{step}.{name}"].status for name in passed} <= {"passed"}
    assert all("did you mean" in check.message for check in broken)
