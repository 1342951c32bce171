"""What is left to do in a step, in its author's words."""

import dataclasses

import pytest
from course import CHECKS, SHIPPED

from graders.commands.course import material, unfinished
from graders.commands.course.checkout import ROOT
from graders.commands.course.declared import Found
from graders.misconceptions.signs import Misconception
from graders.syllabus import SYLLABUS

UNITS = {unit.step: unit for unit in SYLLABUS}
IDEA = Misconception(
    "idea",
    "an idea",
    "think (section 1.1)",
    "change it",
    {"first": lambda seen: True},
)


@pytest.fixture(scope="module")
def given():
    """Give the authors' material."""
    return material.load()


@pytest.mark.parametrize("step", SHIPPED)
def test_nothing_is_left_to_do_in_a_step_that_is_finished(given, step):
    unit = UNITS[step]
    assert list(unfinished.todos(ROOT, unit)) == []
    assert list(unfinished.faults(ROOT, unit, given)) == []


def test_a_template_that_is_not_the_lesson_with_holes_is_told_of(given):
    changed = given.lessons | {"step02": given.lessons["step02"].replace("x**2", "x * x")}
    later = dataclasses.replace(given, lessons=changed)
    told = {step: [*unfinished.out_of_step(ROOT, UNITS[step], later)] for step in SHIPPED}
    assert {step for step, sentences in told.items() if sentences} == set(SHIPPED[2:]), (
        "there Square.forward is not what it was in step 2 any more"
    )
    path, _separator, said = told["step03"][0].partition(" ")
    assert path == "student_template/step03.py"
    assert said == "is not the lesson with holes: python grade.py new template 3"


def test_a_mutant_that_can_no_longer_be_made_is_told_of(given):
    spoilt = dataclasses.replace(
        given, unmade=(("step01", "it can't be"), ("step02", "nor that"))
    )
    assert list(unfinished.faults(ROOT, UNITS["step01"], spoilt)) == ["it can't be"]


def test_names_that_several_mutants_have_are_told_of(given):
    (first, *_others) = (each for each in given.mutants if each.step == "step01")
    spoilt = dataclasses.replace(given, mutants=(*given.mutants, first))
    told = f"several mutants are called {first.name}"
    assert told in unfinished.mutants(UNITS["step01"], spoilt, [])


def test_a_row_that_names_what_is_no_check_is_told_of(given):
    checks = [check.name for check in CHECKS if check.unit.step == "step01"]
    assert list(unfinished.mutants(UNITS["step01"], given, checks)) == []
    told = list(unfinished.mutants(UNITS["step01"], given, checks[1:]))
    assert told
    assert all(each.endswith(f"names step01.{checks[0]}, which is no check") for each in told)


def test_a_solution_says_in_a_line_what_is_unusual_about_it(given):
    silent = material.Specimen("step01_x", "step01", material.alone("step01", "x = 1"))
    spoilt = dataclasses.replace(given, correct=(*given.correct, silent))
    (told,) = unfinished.solutions(UNITS["step01"], spoilt)
    assert told == "tests/fair: step01_x has no docstring of one line: what is unusual?"


SUITE = """
from graders.checks import check
from graders.words import _


@check("one", kind="forward", points=1, needs=("two",), hint="h")
def test_one(student):
    pass


@check("two", kind="forward", points=1, needs=("three", "nine"), hint="h")
def test_two(student):
    pass


@check("three", kind="forward", points=1, needs=("two",))
def test_three(student):
    pass


@check("TODO: a title", kind="TODO: a kind", points=1)
def test_four(student):
    pass


def test_one(student):
    pass
"""


def test_what_a_suite_lacks_is_told(tmp_path):
    (tmp_path / "graders/suites").mkdir(parents=True)
    (tmp_path / "graders/suites/test_step03.py").write_text(SUITE)
    names = {"__name__": "suite"}
    once = SUITE[: SUITE.rindex("\n\ndef test_one")]
    exec(once, names)
    unit = UNITS["step03"]
    found = [
        Found(unit, name.removeprefix("test_"), thing.pytestmark[0].args[0], thing)
        for name, thing in names.items()
        if hasattr(thing, "pytestmark")
    ]
    checks = {check.name: check.declared for check in found}
    assert list(unfinished.suite(tmp_path, unit, checks)) == [
        "graders/suites/test_step03.py has test_one twice: the first is lost",
        "step03.two needs nine, which is no check of the step",
        "step03.two rests on itself",
        "step03.three rests on itself",
        "step03.three has no hint",
    ]
    assert [check.name for check in found] == ["one", "two", "three"]


def told(*entries, checks=("first",), shown=("idea",)):
    """Return what is said of a catalogue."""
    return list(unfinished.misconceptions(entries, checks, shown))


def test_a_catalogue_in_order_is_not_talked_of():
    assert told(IDEA, shown=("idea", None, "idea")) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"more": ""}, "idea lacks a title, a hint, what to change, or a sign"),
        ({"signs": {}}, "idea lacks a title, a hint, what to change, or a sign"),
        ({"hint": "think"}, "the hint of idea names no section of the course"),
        ({"hint": "section " * 40}, "the hint of idea has 250 characters or more"),
        ({"signs": {"first": 3}}, "what idea says of first is no sign, such as gives(…)"),
        ({"signs": {"other": id}}, "idea has a sign for other, which is no check of the step"),
    ],
)
def test_what_an_entry_lacks_is_told(change, sentence):
    assert told(dataclasses.replace(IDEA, **change)) == [sentence]


def test_entries_and_mutants_have_to_name_one_another():
    assert told(IDEA, shown=(None,)) == ["no mutant shows idea"]
    assert told(shown=("idea",)) == ["a mutant shows idea, which is not there"]
    assert told(IDEA, IDEA) == ["idea is there twice"]


def test_the_points_of_the_course_are_added_up():
    assert list(unfinished.points(100)) == []
    assert list(unfinished.points(101)) == [
        "the points of all steps add up to 101, not yet to 100"
    ]
