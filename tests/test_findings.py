"""What selftest makes of the trials: which check catches what, and what is wrong."""

import dataclasses

import pytest

from graders.checks import Declaration
from graders.commands.course.material import Equivalent, Specimen, alone
from graders.commands.selftest import findings
from graders.commands.selftest.outcomes import Outcome, Tried
from graders.syllabus import DEFAULT_SEED

CHECKS = {
    "step01.first": Declaration("first", "forward", 1, why="why", section="1.1"),
    "step01.second": Declaration("second", "forward", 1, why="why", section="1.1"),
    "step01.third": Declaration("third", "structure", 1, why="why", section="1.1"),
}


def tried(name, *statuses, misconception=None, named=(), first=None):
    """Return what one seed shows of a submission, from the statuses of the three checks."""
    specimen = Specimen(name, "step01", alone("step01", ""), misconception)
    seen = Outcome(dict(zip(CHECKS, statuses, strict=True)), first, frozenset(named))
    return Tried(specimen, {0: seen})


RIGHT = tried("right", "passed", "passed", "passed")
ONE_EACH = [
    tried("one", "failed", "passed", "failed"),
    tried("two", "passed", "crashed", "passed"),
]


def found(
    correct=(RIGHT,), mutants=ONE_EACH, every=(), equivalents=(), templates=(), checks=CHECKS
):
    """Return the findings on what has been tried."""
    return findings.found(checks, correct, mutants, every, equivalents, templates)


def test_a_check_catches_alone_what_no_other_of_its_kind_fails_on():
    rows = {row.check: row for row in found().rows}
    assert found().airtight
    assert rows["step01.first"].alone == ("one",)
    assert rows["step01.second"].alone == ("two",)
    assert rows["step01.third"].alone == ("one",)


def test_a_check_that_catches_nothing_alone_has_to_say_why_it_stays():
    mutants = [tried("both", "failed", "failed", "failed"), ONE_EACH[1]]
    assert found(mutants=mutants).refused == (
        "step01.first catches no mutant alone in its kind: write one, or say why it stays",
    )
    stays = CHECKS | {
        "step01.first": Declaration("1", "forward", 1, (), None, "why", "1.1", "so")
    }
    assert found(mutants=mutants, checks=stays).airtight


def test_a_check_that_was_not_run_spares_a_mutant_unless_others_hung():
    def alone_on(*statuses):
        return found(mutants=[tried("it", *statuses)]).rows[0].alone

    assert alone_on("failed", "blocked", "passed") == ("it",)
    assert alone_on("timeout", "blocked", "timeout") == ()
    assert alone_on("failed", "not_attempted", "passed") == ()


def test_a_seed_with_which_a_mutant_gets_away_is_enough():
    one = ONE_EACH[0]
    lucky = Tried(one.specimen, {0: one.outcomes[0], 1: RIGHT.outcomes[0]})
    assert found(mutants=[lucky, *ONE_EACH]).uncaught == ("nothing catches one",)


def test_a_failure_of_a_correct_solution_is_counted():
    result = found(correct=[tried("fine", "passed", "not_attempted", "passed")])
    assert result.rows[1].alarms == ("fine",)
    assert result.refused == ("step01.second fails a correct solution: fine",)


def test_a_check_that_goes_wrong_itself_is_refused_with_what_went_wrong_and_no_more():
    specimen = RIGHT.specimen
    wrong = Outcome(
        dict(zip(CHECKS, ["error", "passed", "passed"], strict=True)),
        None,
        frozenset(),
        errors={"step01.first": "NameError: name 'x' is not defined"},
    )
    mutants = [Tried(specimen, {0: wrong}), *ONE_EACH]
    result = found(correct=[Tried(specimen, {0: wrong, 1: wrong})], mutants=mutants)
    said = "step01.first itself goes wrong on right: NameError: name 'x' is not defined"
    assert result.refused == (said,)


def test_a_check_that_fails_the_reference_is_refused_with_no_more_ado():
    result = found(correct=[tried("the reference", "failed", "passed", "passed")])
    assert result.refused == ("step01.first fails the reference: which of the two is wrong?",)


def test_a_template_that_leaves_less_to_do_than_all_is_refused():
    given = [tried("the template", "not_attempted", "passed", "failed")]
    assert found(templates=given).refused == (
        "step01.second is passed with the template as it is, not left to be attempted",
        "step01.third is failed with the template as it is, not left to be attempted",
    )


def test_a_check_without_a_script_is_refused():
    outcome = dataclasses.replace(
        ONE_EACH[0].outcomes[0], scriptless=frozenset(["step01.first"])
    )
    mutant = Tried(ONE_EACH[0].specimen, {0: outcome, 1: outcome})
    (told,) = found(mutants=[mutant, ONE_EACH[1]]).refused
    assert told.startswith("step01.first has no script to try on one: ")


def test_every_check_is_named_by_a_row():
    mutants = [
        Tried(dataclasses.replace(each.specimen, catches=frozenset(rows)), each.outcomes)
        for each, rows in zip(ONE_EACH, [["step01.first"], ["step01.second"]], strict=True)
    ]
    assert found(mutants=mutants).refused == ("no mutant's row names step01.third",)


@pytest.mark.parametrize(
    ("named", "first", "told"),
    [
        (["idea"], "idea", None),
        ([], None, "nothing"),
        (["idea", "other"], "idea", "idea, other"),
    ],
)
def test_a_misconception_must_be_named_and_no_other(named, first, told):
    shows = tried(
        "m", "failed", "passed", "failed", misconception="idea", named=named, first=first
    )
    text = f"m shows idea; what is named is {told} (seed 0)"
    assert found(mutants=[shows, *ONE_EACH]).misnamed == ((text,) if told else ())


def test_a_mutant_must_break_what_its_row_says_and_nothing_else():
    def told(*broken):
        seen = Outcome(ONE_EACH[0].outcomes[0].alone, None, frozenset(), frozenset(broken))
        rows = frozenset(["step01.first", "step01.third"])
        specimen = dataclasses.replace(ONE_EACH[0].specimen, catches=rows)
        return [*findings.miscounted([Tried(specimen, {DEFAULT_SEED: seen})])]

    assert told("step01.first", "step01.third") == []
    assert told("step01.first", "step01.second", "step01.third") == [
        "step01.second fails on one, whose rows don't name it: has it all its needs?"
    ]
    assert told("step01.third") == ["step01.first does not fail on one, whose rows name it"]


def test_every_mutant_is_caught_or_equivalent():
    same = Equivalent("step01", "x", "+x", "a plus changes nothing")
    free = tried(str(same), "passed", "passed", "passed")
    assert found(every=[free], equivalents=[same]).airtight
    assert found(every=[free]).uncaught == ("nothing catches step01: x  →  +x",)
    caught = tried(str(same), "failed", "passed", "passed")
    assert found(every=[caught], equivalents=[same]).uncaught == (
        "step01: x  →  +x is caught or not there: it is no equivalent",
    )
