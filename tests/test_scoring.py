"""Scoring: totals are sums, only passes earn, and one mistake is reported once."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from graders.judge import scoring
from graders.judge.scoring import Facts
from graders.report import Check, Status, Step
from graders.syllabus import SYLLABUS

STATUSES = get_args(Status)
UNIT = SYLLABUS[2]
NAMES = [f"{UNIT.step}.{letter}" for letter in "abcdef"]


def fact(name: str, status: Status = "passed", **more: Any) -> Facts:
    facts = {key: more.pop(key) for key in ("needs", "missing", "only_if") if key in more}
    worth = {"points": 0.0, "max_points": float(more.pop("points", 1))}
    check = Check(id=name, title=name, kind="forward", status=status, **worth, **more)
    return Facts(check=check, **facts)


@st.composite
def all_facts(draw: st.DrawFn, statuses: tuple[str, ...] = STATUSES) -> list[Facts]:
    """Draw facts that need one another at random, in circles too."""
    drawn = []
    for name in NAMES[: draw(st.integers(1, len(NAMES)))]:
        status = draw(st.sampled_from(statuses))
        more = {
            "points": draw(st.integers(1, 5)),
            "needs": draw(st.lists(st.sampled_from(NAMES), max_size=3)),
            "message": draw(st.none() | st.just("what happened")),
        }
        if status == "failed" and draw(st.booleans()):
            more["missing"] = draw(st.sampled_from(["Square", "Exp"]))
        drawn.append(fact(name, status, **more))
    return drawn


def graded(facts: list[Facts]) -> Step:
    return scoring.step(UNIT, scoring.checks(facts), "step03.py", None, ())


@given(all_facts())
def test_totals_are_the_sums_of_what_passed(facts):
    step = graded(facts)
    assert step.score == sum(fact.check.max_points for fact in facts if fact.status == "passed")
    assert step.max_score == sum(fact.check.max_points for fact in facts)
    assert [check.id for check in step.checks] == [fact.id for fact in facts]


@given(all_facts())
def test_only_a_pass_earns_and_a_pass_is_never_taken_away(facts):
    for fact, check in zip(facts, graded(facts).checks, strict=True):
        assert (check.status == "passed") == (fact.status == "passed")
        assert check.points == (check.max_points if check.status == "passed" else 0)


@given(all_facts())
def test_only_broken_checks_are_put_down_to_others(facts):
    for fact, check in zip(facts, graded(facts).checks, strict=True):
        if check.status != fact.status:
            assert fact.status in scoring.BROKEN
            assert check.status == "blocked"
            assert check.message is check.hint is check.reproduce is None


@given(all_facts(tuple(status for status in STATUSES if status != "blocked")))
def test_what_blocks_a_check_is_itself_not_blocked(facts):
    checks = {check.id: check for check in graded(facts).checks}
    for check in checks.values():
        if check.status == "blocked":
            assert checks[check.blocked_by].status not in ("blocked", "passed")
        else:
            assert check.blocked_by is None


@given(all_facts(tuple(status for status in STATUSES if status != "timeout")), st.randoms())
def test_verdicts_do_not_depend_on_the_order_of_the_checks(facts, random):
    facts = [replace(each, missing=None) for each in facts]
    shuffled = random.sample(facts, len(facts))
    by_id = {check.id: check for check in graded(facts).checks}
    assert {check.id: check for check in graded(shuffled).checks} == by_id


@given(all_facts(("failed", "passed")))
def test_a_missing_name_is_reported_once(facts):
    facts = [replace(each, needs=()) for each in facts]
    told = [fact.missing for fact, check in zip(facts, graded(facts).checks, strict=True)
            if fact.missing and check.status == "failed"]  # fmt: skip
    assert sorted(told) == sorted({fact.missing for fact in facts if fact.missing})


def test_an_endless_loop_is_reported_once():
    facts = [fact(name, "timeout") for name in NAMES[:3]] + [fact("step04.a", "timeout")]
    assert [(check.status, check.blocked_by) for check in scoring.checks(facts)] == [
        ("timeout", None),
        ("blocked", NAMES[0]),
        ("blocked", NAMES[0]),
        ("timeout", None),
    ]


def test_a_name_missing_from_two_steps_is_reported_in_each():
    facts = [fact("step03.a", "failed", missing="Exp")]
    facts.append(fact("step04.a", "failed", missing="Exp"))
    assert [check.status for check in scoring.checks(facts)] == ["failed", "failed"]


def test_a_chain_of_failures_is_put_down_to_its_first():
    a, b, c = NAMES[:3]
    facts = [fact(c, "timeout", needs=[b]), fact(b, "failed", needs=[a]), fact(a, "crashed")]
    checks = scoring.checks(facts)
    assert [check.status for check in checks] == ["blocked", "blocked", "crashed"]
    assert [check.blocked_by for check in checks] == [a, a, None]


def test_a_circle_of_needs_leaves_one_check_to_report():
    a, b, c = NAMES[:3]
    facts = [fact(b, "failed", needs=[a]), fact(a, "failed", needs=[b])]
    facts += [fact(c, "failed", needs=[c])]
    assert [(check.id, check.status) for check in scoring.checks(facts)] == [
        (b, "blocked"),
        (a, "failed"),
        (c, "failed"),
    ]


def test_a_failure_that_rests_on_a_hole_is_blocked_by_the_hole():
    facts = [fact(NAMES[0], "not_attempted"), fact(NAMES[1], "failed", needs=[NAMES[0]])]
    assert scoring.checks(facts)[1].blocked_by == NAMES[0]


def test_a_need_that_was_not_run_or_passed_blocks_nothing():
    facts = [fact(NAMES[0]), fact(NAMES[1], "failed", needs=[NAMES[0], "step03.unknown"])]
    assert scoring.checks(facts)[1].status == "failed"


def test_what_a_broken_check_says_is_kept():
    more = {"message": "m", "hint": "h", "reproduce": "r", "output": "o"}
    (check,) = scoring.checks([fact(NAMES[0], "failed", **more)])
    assert (check.message, check.hint, check.reproduce, check.output) == ("m", "h", "r", "o")


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ([], "not_attempted"),
        (["passed", "passed"], "passed"),
        (["passed", "failed"], "failed"),
        (["not_attempted", "not_attempted"], "not_attempted"),
        (["passed", "blocked"], "blocked"),
        (["blocked", "failed"], "failed"),
        (["failed", "timeout"], "timeout"),
        (["timeout", "crashed"], "crashed"),
        (["crashed", "error"], "error"),
        (["blocked", "not_attempted"], "blocked"),
    ],
)
def test_a_step_has_the_worst_status_of_its_checks(statuses, status):
    assert scoring.step_status(statuses) == status
    assert scoring.step_status(statuses[::-1]) == status


def steps(*statuses: Status) -> list[Step]:
    """Make one step a status."""
    return [graded([fact(name, status)]) for name, status in zip(NAMES, statuses, strict=False)]


@pytest.mark.parametrize(
    ("statuses", "first"),
    [
        (["passed", "passed"], None),
        (["passed", "failed", "crashed"], NAMES[1]),
        (["not_attempted", "blocked", "timeout"], NAMES[2]),
        (["passed", "not_attempted", "not_attempted"], NAMES[1]),
        (["error", "passed"], None),
    ],
)
def test_the_first_to_fix_is_the_first_broken_check_else_the_first_hole(statuses, first):
    assert scoring.fix_first(steps(*statuses)) == first


def test_in_a_step_the_check_that_most_others_rest_on_comes_first():
    a, b, c, d = NAMES[:4]
    facts = [fact(a, "failed"), fact(b, "timeout"), fact(c, "failed", needs=[b])]
    assert scoring.fix_first([graded(facts)]) == b
    facts += [fact(d, "failed", needs=[a])]
    assert scoring.fix_first([graded(facts)]) == a


def test_of_checks_alike_one_whose_mistake_has_a_name_comes_first():
    a, b, c = NAMES[:3]
    facts = [fact(a, "failed"), *(fact(n, "failed", misconception="m") for n in (b, c))]
    assert scoring.fix_first([graded(facts)]) == b


def test_an_earlier_step_comes_first_however_much_rests_on_a_later_one():
    a, b, c = NAMES[:3]
    early, late = [fact(a, "failed")], [fact(b, "failed"), fact(c, "failed", needs=[b])]
    assert scoring.fix_first([graded(early), graded(late)]) == a


@given(all_facts())
def test_the_first_to_fix_is_never_a_check_put_down_to_another(facts):
    step = graded(facts)
    first = scoring.fix_first([step])
    broken = {check.id for check in step.checks if check.status in scoring.BROKEN}
    holes = {check.id for check in step.checks if check.status == "not_attempted"}
    assert first in (broken or holes or {None})


def test_a_missing_name_is_put_down_to_the_first_that_rests_on_nothing_broken():
    a, b, c = NAMES[:3]
    facts = [
        fact(a, "failed", needs=[c], missing=".grad"),
        fact(b, "failed", missing=".grad"),
        fact(c, "failed", missing=".grad"),
    ]
    blocked = [check.blocked_by for check in scoring.checks(facts)]
    assert blocked == [b, None, b]


def test_a_step_takes_only_its_own_checks():
    other = Check(id="step09.a", title="", kind="forward", status="passed", points=3,
                  max_points=3)  # fmt: skip
    own = scoring.checks([fact(NAMES[0])])
    step = scoring.step(UNIT, [other, *own], None, "why", ("a note",))
    assert (step.checks, step.max_score) == (tuple(own), 1)
    assert (step.found_in, step.load_error, step.notes) == (None, "why", ("a note",))


def test_nothing_is_put_down_to_a_misspelt_name():
    a, b = NAMES[:2]
    facts = [fact(a, "failed", missing="Square"), fact(b, "failed", needs=[a])]
    assert scoring.checks(facts)[1].blocked_by == a
    assert scoring.checks([replace(facts[0], misspelt=True), facts[1]])[1].status == "failed"


def test_a_pass_that_tells_nothing_without_another_s_is_worth_nothing():
    a, b, c = NAMES[:3]
    for status in ("failed", "crashed", "timeout", "not_attempted", "blocked"):
        facts = [fact(a, status), fact(b, only_if=[a]), fact(c, only_if=[b])]
        _first, second, third = graded(facts).checks
        assert (second.status, second.points, second.blocked_by) == ("blocked", 0, a)
        assert (third.status, third.points, third.blocked_by) == ("blocked", 0, b)


def test_it_counts_where_the_other_passed_or_the_grader_itself_failed():
    a, b = NAMES[:2]
    for status in ("passed", "error"):
        assert graded([fact(a, status), fact(b, only_if=[a])]).checks[1].points == 1
    assert graded([fact(b, only_if=[a])]).checks[0].points == 1  # a is not among those chosen
    facts = [fact(a, only_if=[b]), fact(b, only_if=[a])]
    assert [check.points for check in graded(facts).checks] == [1, 1]
