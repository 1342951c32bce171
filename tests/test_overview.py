"""The overview of a class: what it says, in which order, and that it fits its terminal."""

import io

import msgspec
import pytest
from rich.cells import cell_len

from graders.checks import Declaration
from graders.classroom import overview_screen
from graders.classroom.handed import handed_in
from graders.classroom.layouts.draft import Draft
from graders.classroom.marking.course import Course
from graders.classroom.marking.marking import Marking
from graders.classroom.overview import Work, overview
from graders.classroom.results import Earned, Mark, Override, Row
from graders.classroom.same_work.shape import Code, Unit
from graders.misconceptions import catalogue
from graders.renderers.screen import Screen
from graders.report import Isolation
from graders.syllabus import SYLLABUS

ASKED = {
    "step06.square_backward": Declaration("Square.backward", "backward", 2, section="6.2"),
    "step06.exp_backward": Declaration("Exp.backward", "backward", 3, section="6.2"),
    "step07.links": Declaration("links", "structure", 5, section="7.1"),
}


def row(student, *statuses, idea=None, **more):
    """Return the row of a student whose checks have these statuses."""
    checks, steps = {}, {}
    for (check, declared), status in zip(ASKED.items(), statuses, strict=False):
        points = float(declared.points) if status == "passed" else 0.0
        wrong = idea if status == "failed" else None
        checks[check] = Mark(status, points, wrong)
        step = check.partition(".")[0]
        had = steps.get(step, Earned(0.0, 0.0))
        steps[step] = Earned(had.points + points, had.max_points + declared.points)
    told = {"status": "graded", "score": sum(each.points for each in steps.values())} | more
    return Row(
        student=student,
        submission=student,
        content="",
        course="",
        seed=0,
        isolation=Isolation("sandbox"),
        key="",
        max_score=10.0,
        steps=steps,
        checks=checks,
        **told,
    )


def made(*rows, course=None, **seen):
    """Return the overview of a class; of some it is known what was seen."""
    marking = Marking(course or Course(), {"step06": 5.0, "step07": 5.0})
    known = {handed: seen[handed.student] for handed in handed_in([Draft(n, n) for n in seen])}
    return overview(
        marking,
        ASKED,
        [marking.marked(each, handed_in([Draft(each.student)])[0]) for each in rows],
        known,
    )


def shown(overview, width=80, most=6):
    """Return what a terminal of so many columns shows."""
    file = io.StringIO()
    overview_screen.show(overview, Screen(file, color=False, width=width), most)
    return file.getvalue()


PASS, FAIL, HOLE, BLOCKED = "passed", "failed", "not_attempted", "blocked"


@pytest.fixture
def whole():
    """Return the overview of a class in which there is everything."""
    idea = catalogue("step06")[0].id
    same = Code((Unit("aa", "step06", 99),))
    return made(
        row("ann", PASS, PASS, PASS),
        row("bob", FAIL, PASS, PASS, idea=idea, download_time="2026-01-02T12:00:00+00:00"),
        row("cem", FAIL, BLOCKED, HOLE, idea=idea, download_late=True),
        row("dan", HOLE, HOLE, HOLE),
        row("eve", status="nothing"),
        row("fay", status="ambiguous", override=Override(5.0, "seen")),
        course=msgspec.convert(
            {
                "deadline": "2026-01-01T00:00:00Z",
                "late": {"percent_per_day": 10},
            },
            Course,
        ),
        ann=Work(same, 3, 1.5),
        bob=Work(same, 2, 2.5),
        cem=Work(Code(whole=False), 0, 0.5),
    )


def test_it_says_how_the_points_lie(whole):
    assert whole.points == (0.0, 0.0, 5.0, 6.4, 10.0)
    assert (whole.zero, whole.untouched) == (("cem",), ("dan",))
    text = shown(whole)
    assert "Points of 10: lowest 0, median 5, highest 10\n" in text
    assert "   9–10 " + "█" * 15 + " 1\n" in text
    assert "   0–1  " + "█" * 30 + " 2\n" in text
    assert "the template as it was: dan\n" in text
    assert "gradmark's own solution handed in: ann (steps: 3)\n" in text


def test_it_says_who_was_late_and_of_whom_nobody_knows(whole):
    text = shown(whole)
    assert "Late: 1\n  bob (days: 2, −1.6)\n" in text
    assert "late, but nobody says by how much, so no points off: cem\n" in text
    assert "nobody says when, so no points off: ann, dan\n" in text
    assert "no points off" not in shown(
        made(row("ann", PASS), row("bob", PASS, download_late=True))
    )


def test_it_says_how_steps_and_checks_went(whole):
    text = shown(whole)
    assert "  5–6    2.0/5      1  Backpropagation by hand; not begun: 1\n" in text
    assert "  07     2.5/5      2  Following the links; not begun: 2\n" in text
    assert [(check.id, check.passed, check.failed, check.others) for check in whole.checks] == [
        ("step06.square_backward", 1, 2, 1),
        ("step06.exp_backward", 2, 0, 2),
        ("step07.links", 2, 0, 2),
    ]
    line = "     1    2    1  step06.square_backward: Square.backward (section 6.2)\n"
    assert line in text
    assert "step07.links" not in text
    assert "     2    0    2  step07.links: links (section 7.1)\n" in shown(whole, most=None)


def test_it_says_what_to_teach_again(whole):
    entry = catalogue("step06")[0]
    text = shown(whole, width=200)
    assert f"  2 × step 5–6, {entry.title}: teach section {entry.sections} again\n" in text
    assert "      bob, cem\n" in text


def test_it_says_whose_work_is_the_same_and_what_was_compared(whole):
    text = shown(whole, width=300)
    assert "ann, bob: the same code in step 5–6 (1 functions or parts outside them)\n" in text
    assert "without names, texts, comments and type hints" in text
    assert "this says what is alike, not why." in text
    for word in ("cheat", "copied", "plagiari", "suspic"):
        assert word not in text.lower()
    assert "The same work" not in shown(made(row("ann", PASS)))


def test_it_says_of_whom_not_all_was_compared(whole):
    assert "not compared, or not all of it: cem\n" in shown(whole)


def test_a_name_that_reads_like_a_finding_is_set_apart():
    name = "zed\u00a0\u00a0alice, bob: the same code in step 5–6 (9 functions”)"
    text = shown(made(row(name, HOLE), row("Lee, Sam", HOLE), row("Ann Lee", HOLE)), width=300)
    line = next(line for line in text.splitlines() if "as it was" in line)
    assert line.endswith("functions')”, “Lee, Sam”, Ann Lee")


def test_it_says_what_took_longest(whole):
    assert "the longest: bob 2.5 s, ann 1.5 s, cem 0.5 s\n" in shown(whole)


def test_a_terminal_is_told_a_few_and_the_file_all():
    rows = [row(f"student {number:03}", HOLE) for number in range(200)]
    text = shown(made(*rows))
    assert "student 199" not in text
    assert len(text.splitlines()) < 40
    assert "student 199" in overview_screen.text_of(made(*rows))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_its_terminal(whole, width):
    lines = shown(whole, width).splitlines()
    wide = [line for line in lines if cell_len(line) > width]
    assert not wide


def test_a_name_can_not_steer_the_terminal():
    name = "ann\x1b[31m\nPoints of 100"
    text = shown(made(row(name, HOLE), **{name: Work(Code(), 0, 1.0)}))
    assert "\x1b" not in text
    assert "\nPoints of 100" not in text


def test_a_class_of_nobody_has_nothing_to_say():
    assert shown(made()) == ""
    assert shown(made(row("eve", status="nothing"))) == ""


def test_points_that_can_not_be_had_divide_nothing():
    course = Course(steps={"6": 0.0, "7": 0.0})
    assert "Points of 0: lowest 0" in shown(made(row("ann", PASS), course=course))


def test_the_catalogue_names_sections():
    for unit in SYLLABUS:
        for entry in catalogue(unit.step):
            assert entry.sections, entry.id
            assert all(f"{each}" in entry.hint for each in entry.sections.split(", "))
