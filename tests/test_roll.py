"""What an instructor says of somebody stays with them, whatever people call themselves."""

import pytest

from graders.classroom.gradebook import table
from graders.classroom.handed import handed_in
from graders.classroom.layouts.draft import Draft
from graders.classroom.results import Override, Results, Row
from graders.classroom.roll import refuse_unknown
from graders.errors import GradmarkError
from graders.report import Isolation, Tool

GIVEN = Override(points=99.0, reason="shown")


def row(student, **more):
    """Return a row of a student."""
    return Row(
        student=student,
        submission=student,
        status="graded",
        content="",
        course="",
        seed=0,
        isolation=Isolation("sandbox"),
        key="",
        **more,
    )


def refuse(override, before, *now):
    """Ask whether the instructor may say something of Jane Doe, who had this row before."""
    results = Results(tool=Tool("gradmark", "0"), students=(before,))
    refuse_unknown({before.student: override}, handed_in(now), results)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"id": "1"}, Draft("Jane Doe", id="2")),
        ({"email": "jane@x.edu"}, Draft("Jane Doe", email="eve@x.edu")),
        ({"id": "1", "email": "jane@x.edu"}, Draft("Jane Doe", email="eve@x.edu")),
    ],
)
def test_points_by_hand_do_not_follow_a_name(before, now):
    with pytest.raises(GradmarkError, match="and is another now: write id = "):
        refuse(GIVEN, row("Jane Doe", **before), now)
    number = now.id or now.email
    refuse(Override(points=99.0, reason="shown", id=number), row("Jane Doe", **before), now)


def test_points_by_hand_stay_with_the_same(tmp_path):
    refuse(GIVEN, row("Jane Doe", id="1"), Draft("Jane Doe", id="1"))
    refuse(GIVEN, row("Jane Doe"), Draft("Jane Doe"))  # there is nothing but the name


def test_who_is_called_otherwise_by_now_is_found_by_number():
    before = row("Jane Doe (1)", id="1")
    now = Draft("Zoë", id="1"), Draft("Jane Doe", id="2")
    with pytest.raises(GradmarkError, match=r"who handed in nothing: is it Zoë\?"):
        refuse(GIVEN, before, *now)


def test_no_cell_of_the_gradebook_is_a_formula():
    lines = table([row("=1+1", id="=2+2", email="@x", notes=("-1",))]).splitlines()
    assert lines[1].startswith("'=1+1,'=2+2,'@x,'=1+1,")
    assert ",'-1," in lines[1]
