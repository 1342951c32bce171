"""The course file: what counts, what lateness costs, and when somebody handed in."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.classroom.given import Given, refuse_deadlines, refuse_moved
from graders.classroom.gradebook import guarded
from graders.classroom.handed import handed_in
from graders.classroom.layouts.draft import Draft
from graders.classroom.marking.course import Course, Late, course_of
from graders.classroom.marking.marking import Marking
from graders.classroom.marking.times import Times
from graders.classroom.results import Earned, Override, Results, Row, written
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.report import Isolation, Tool
from graders.syllabus import SYLLABUS

ROOT = Path(__file__).parents[1]
FILE = Path("course.toml")
WORTH = {"step01": 6.0, "step02": 10.0, "step03": 9.0}
ANN = handed_in([Draft("ann")])[0]
WHOLE = """\
title = "Deep learning, autumn 2026"
deadline = 2026-11-30T23:59:00
timezone = "Europe/Berlin"
grace_minutes = 15
hints = "none"

[steps]
1 = 5
2 = 10.5
"5-6" = 20

[late]
percent_per_day = 10
max_percent = 50
of = "possible"

[limits]
cpu_seconds = 1.5
wall_seconds = 8
"""


def course(text):
    """Return the course that a text tells."""
    return course_of(FILE, text.encode())


def row(points=(6.0, 5.0, 0.0), **more):
    """Return the row of somebody who was graded."""
    steps = {
        step: Earned(got, most) for got, (step, most) in zip(points, WORTH.items(), strict=True)
    }
    told = {"status": "graded", "score": sum(points), "max_score": 25.0, "steps": steps} | more
    return Row(
        student="ann",
        submission="ann",
        content="",
        course="",
        seed=0,
        isolation=Isolation("sandbox"),
        key="",
        **told,
    )


def marked(said, row):
    """Return a row as it counts in a course."""
    marking = Marking(course(said) if isinstance(said, str) else said, WORTH)
    return marking.marked(row, ANN)


def test_a_course_file_is_read():
    made = course(WHOLE)
    assert made.weights == {"step01": 5.0, "step02": 10.5, "step06": 20.0}
    assert made.aware(made.deadline).isoformat() == "2026-11-30T23:59:00+01:00"
    assert made.late == Late(10.0, 50.0, "possible")
    assert (made.limits.cpu_seconds, made.limits.wall_seconds) == (1.5, 8.0)
    assert course("") == Course()
    assert course("\ufefftitle = 'x'").title == "x"
    assert course("steps = [1, '5–6', 'step09']").weights == dict.fromkeys(
        ("step01", "step06", "step09")
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("titel = 'x'", "`titel`; there are title, steps, deadline"),
        ("deadline = 30.11.2026", "a deadline is written as 2026-11-30T23:59:00"),
        ("deadline = 2026-11-30T23:59", "a deadline is written as 2026-11-30T23:59:00"),
        ("title = 3", "title"),
        ("steps = [11]", "there is no step 11"),
        ("steps = [5, 6]", "step 5–6 is there twice"),
        ("steps = []", "no step counts"),
        ("[steps]\n1 = 0", "no step counts"),
        ("[steps]\n1 = -1", "steps"),
        ("[steps]\n1 = nan", "steps"),
        ("deadline = 2026-11-30", "a deadline is written as 2026-11-30T23:59:00"),
        ("deadline = 'tomorrow'", "a deadline is written as 2026-11-30T23:59:00"),
        ("deadline = 2026-11-30T23:59:00", "the deadline needs timezone = "),
        ("timezone = 'Mars/Olympus'", "there is no timezone 'Mars/Olympus' here"),
        ("timezone = '../passwd'", "there is no timezone"),
        ("grace_minutes = -1", "grace_minutes"),
        ("[late]\npercent_per_day = 10", "needs a deadline"),
        ("[late]\npercent_per_day = 101\n", "percent_per_day"),
        ("[late]\nmax_percent = 10\n", "percent_per_day"),
        ("[limits]\ncpu_seconds = 0", "cpu_seconds"),
        ("hints = 'all'", "hints"),
        ("a = [", "course.toml: "),
        ("a = " + "[" * 3000, "course.toml: "),
        ("a = " + "1" * 5000, "course.toml: "),
    ],
)
def test_nonsense_in_it_is_refused_in_a_sentence(text, why):
    with pytest.raises(GradmarkError, match=r"^course\.toml: ") as error:
        course(text)
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_no_text_is_refused():
    with pytest.raises(GradmarkError, match=r"^course\.toml: "):
        course_of(FILE, b"title = '\xff'")


def test_the_schema_is_published_and_takes_what_is_taken():
    line = [sys.executable, str(ROOT / "grade.py"), "schema", "course"]
    schema = json.loads(subprocess.run(line, capture_output=True, text=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    told = tomllib.loads(WHOLE)
    told["deadline"] = told["deadline"].isoformat()  # as JSON has it
    jsonschema.validate(told, schema)
    for wrong in ({"titel": ""}, {"steps": {"1": -1}}, {"late": {}}, {"hints": "all"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_without_a_course_file_the_score_counts():
    made = marked("", row())
    assert (made.points, made.max_points, made.days_late, made.penalty) == (11, 25, None, 0)


def test_steps_count_as_much_as_the_course_says():
    made = marked("[steps]\n1 = 1\n2 = 3\n3 = 0", row())
    assert (made.score, made.points, made.max_points) == (11.0, 2.5, 4.0)
    assert marked("steps = [1, 2, 3]", row()).points == 11.0


@pytest.mark.parametrize(
    ("time", "days"),
    [
        ("2026-11-30T23:59:00", 0),
        ("2026-12-01T00:14:00", 0),
        ("2026-12-01T00:14:01", 1),
        ("2026-12-02T00:14:00", 1),
        ("2026-12-02T00:14:01", 2),
        ("2026-11-30T23:14:00+00:00", 0),
        ("2026-11-30T23:14:01+00:00", 1),
        ("2026-12-01T08:14:00+09:00", 0),
        ("2020-01-01T00:00:00", 0),
    ],
)
def test_days_are_counted_after_deadline_and_grace(time, days):
    made = marked(WHOLE, row(download_time=time, download_late=None))
    assert (made.days_late, made.late) == (days, days > 0)


def test_days_are_those_of_clocks_that_go_on():
    """When summer time ends a day has 25 hours, and is no more than a day's worth of hours."""
    text = "deadline = 2026-10-24T23:00:00\ntimezone = 'Europe/Berlin'\n"
    assert marked(text, row(download_time="2026-10-25T22:00:00")).days_late == 1
    assert marked(text, row(download_time="2026-10-25T22:30:00")).days_late == 2


def test_lateness_costs_by_the_day_up_to_a_most():
    dated = "deadline = 2026-01-01T00:00:00Z\n[late]\npercent_per_day = 10\nmax_percent = 25\n"
    for day, penalty in ((1, 0), (2, 1.1), (3, 2.2), (4, 2.75), (30, 2.75)):
        made = marked(dated, row(download_time=f"2026-01-{day:02}T00:00:00+00:00"))
        assert (made.penalty, made.points, made.score) == (penalty, 11 - penalty, 11)
    dated += "of = 'possible'\n"
    made = marked(dated, row(download_time="2026-01-03T00:00:00+00:00"))
    assert (made.penalty, made.points) == (5.0, 6.0)
    made = marked(dated, row((1.0, 0.0, 0.0), download_time="2026-01-03T00:00:00+00:00"))
    assert (made.penalty, made.points) == (1.0, 0.0)


@pytest.mark.parametrize("time", ["", "2026-05-01T00:00:00"])
def test_who_is_late_by_nobodys_clock_loses_nothing(time):
    """There is no time, or one that says not where; so it stays what the download says."""
    dated = "deadline = 2026-01-01T00:00:00Z\n[late]\npercent_per_day = 100\n"
    for late in (None, True):
        made = marked(dated, row(download_time=time, download_late=late))
        assert (made.points, made.days_late, made.late) == (11.0, None, late)


def test_a_student_may_have_a_deadline_of_their_own():
    said = course("deadline = 2026-01-01T00:00:00Z\n[late]\npercent_per_day = 50\n")
    own = msgspec.convert({"deadline": "2026-01-08T00:00:00+09:00"}, Override)
    marking = Marking(said, WORTH, {"ann": own})
    refuse_deadlines({"ann": own}, said)
    on_time = row(download_time="2026-01-07T15:00:00+00:00", override=own)
    assert marking.marked(on_time, ANN).points == 11.0
    assert marking.marked(msgspec.structs.replace(on_time, override=None), ANN).days_late == 7
    with pytest.raises(GradmarkError, match="ann has a deadline, and the course has none"):
        refuse_deadlines({"ann": own}, Course())
    naive = msgspec.convert({"deadline": "2026-01-08T00:00:00"}, Override)
    with pytest.raises(GradmarkError, match="deadline of ann needs an offset"):
        refuse_deadlines({"ann": naive}, said)


def test_of_two_times_that_a_clock_shows_twice_the_better_counts():
    dated = "deadline = 2026-10-25T02:30:00\ntimezone = 'Europe/Berlin'\n"
    for time, days in (("02:15:00+01:00", 0), ("02:29:00", 0), ("02:31:00+01:00", 1)):
        assert marked(dated, row(download_time=f"2026-10-25T{time}")).days_late == days


def test_grace_ends_where_it_ends():
    dated = "deadline = 2026-01-01T00:00:00Z\ngrace_minutes = 0.57\n"
    for seconds, days in (("34.2", 0), ("34.200001", 1)):
        assert (
            marked(dated, row(download_time=f"2026-01-01T00:00:{seconds}Z")).days_late == days
        )
    for time in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"):
        assert marked(dated, row(download_time=time)).days_late is not None


def test_a_full_score_is_all_there_is_and_no_more():
    for weight in (0.045, 0.015, 1.005, 33.333, 2.675):
        made = marked(f"[steps]\n1 = {weight}\n2 = 0", row((6.0, 0.0, 0.0)))
        assert made.points == made.max_points
    assert marked("[steps]\n1 = 9999.99\n2 = 5000.25", row((6.0, 10.0, 0.0))).points == 15000.24
    assert (written(15000.24), written(0.5), written(100.0)) == ("15000.24", "0.5", "100")


def test_what_can_not_be_had_is_refused():
    with pytest.raises(GradmarkError, match="of the steps that are graded none counts"):
        Marking(course("[steps]\n1 = 0\n4 = 5"), WORTH).check()
    many = {"ann": Override(points=80.0, reason="seen")}
    with pytest.raises(GradmarkError, match="ann has 80 points, and there are 15"):
        Marking(course("[steps]\n1 = 5\n2 = 10"), WORTH, many).check()


def test_points_by_hand_count_as_they_are():
    given = Override(points=12.0, reason="seen")
    made = marked(WHOLE, row(override=given, download_time="2027-01-01T00:00:00"))
    assert (made.points, made.penalty, made.max_points) == (12.0, 0.0, 15.5)
    made = marked("", row(status="nothing", steps={}, override=given))
    assert made.points == 12.0
    assert marked("", row(status="ambiguous", steps={})).points is None


@given(
    st.lists(st.floats(0, 10_000), min_size=3, max_size=3).filter(any),
    st.tuples(st.floats(0, 6), st.floats(0, 10), st.floats(0, 9)),
    st.floats(0, 100),
    st.floats(0, 100),
    st.integers(0, 400),
    st.sampled_from(["earned", "possible"]),
)
def test_points_lie_between_none_and_all_and_never_grow_with_time(
    weights, points, daily, most, days, of
):
    said = Course(
        steps=dict(zip(("1", "2", "3"), weights, strict=True)), late=Late(daily, most, of)
    )
    marking = Marking(said, WORTH)
    earned = marking.earned(row(points))
    assert 0 <= earned <= marking.max_points + 0.02
    costs = [min(earned, marking.penalty(earned, number)) for number in (0, days, days + 1)]
    assert costs[0] == 0 <= costs[1] <= costs[2] <= earned
    if of == "earned":
        assert costs[2] <= earned * most / 100 + 0.01


def settled(text, **said):
    """Return the options, settled by a course file."""
    known = {"step": None, "hints": None, "cpu_limit": None, "wall_limit": None}
    options = SimpleNamespace(**known | said)
    Given(course(text), None, {}, {}).settle(options)
    return options


def test_only_what_is_written_is_rounded():
    dated = "deadline = 2026-01-01T00:00:00Z\n[late]\npercent_per_day = 50\n[steps]\n3 = 94.5\n"
    made = marked(dated, row((0.0, 0.0, 7.0), download_time="2026-01-01T12:00:00Z"))
    assert (written(made.points), written(made.penalty)) == ("36.75", "36.75")
    made = marked("[steps]\n3 = 100", row((0.0, 0.0, 7.0)))
    assert (written(made.points), written(made.points / 2)) == ("77.78", "38.89")
    assert [written(points) for points in (0.125, 2.675, 49.33333)] == ["0.13", "2.68", "49.33"]


def test_an_own_deadline_is_an_extension():
    said = course("deadline = 2026-01-08T00:00:00Z\n")
    own = msgspec.convert({"deadline": "2026-01-01T00:00:00+00:00"}, Override)
    made = Marking(said, WORTH).marked(
        row(download_time="2026-01-07T00:00:00Z", override=own), ANN
    )
    assert (made.days_late, made.due) == (0, "2026-01-08T00:00:00+00:00")


def test_the_command_line_has_the_last_word():
    made = settled(WHOLE)
    assert made.step == ["step01", "step02", "step06"]
    assert (made.hints, made.cpu_limit, made.wall_limit) == ("none", 1.5, 8.0)
    made = settled(WHOLE, step=["step02"], hints="more", cpu_limit=3.0)
    assert (made.step, made.hints, made.cpu_limit) == (["step02"], "more", 3.0)
    assert settled("").hints == "think"
    every = ", ".join(str(unit.number) for unit in SYLLABUS)
    assert settled(f"steps = [{every}]").step is settled("").step is None
    with pytest.raises(GradmarkError, match=r"^--step 3: it is none of the steps"):
        settled(WHOLE, step=["step03"])


STUDENTS = handed_in(
    [
        Draft("Ann Lee", "a", id="11", email="ann@x.edu"),
        Draft("Kim", "b", id="12"),
        Draft("Kim", "c", id="13"),
        Draft("김민준", "d"),
    ]
)


def times(text):
    """Return the times that a table tells, by the students' names."""
    made = Times.of(Path("times.csv"), text.encode(), STUDENTS)
    return {handed.student: time for handed, time in made.known.items()}, made.unknown


@pytest.mark.parametrize(
    "text",
    [
        "student,time\nAnn Lee,2026-01-02 03:04\n",
        "\ufeffTime;ID\r\n2026-01-02T03:04:00;11\r\n",
        "email,points,time\nANN@x.edu,3,20260102T0304\n",
        "student,id,email,time\nAnn Lee,11,ann@x.edu,2026-01-02 03-04\n,,,\nKim (12),12,,\n",
        "student,id,time\nAnn Lee,,2026-01-02 03:04:00\n",
    ],
)
def test_times_come_from_a_table(text):
    assert times(text) == ({"Ann Lee": "2026-01-02T03:04:00"}, [])


def test_rows_of_others_are_told_and_change_nothing():
    text = "student,id,time\nAnn Lee,99,2026-01-02\nzoe,,2026-01-02\n김민준,,2026-01-03\n"
    assert times(text) == ({"김민준": "2026-01-03T00:00:00"}, ["Ann Lee", "zoe"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "its first row has to name"),
        ("time\n2026-01-02\n", "its first row has to name"),
        ("student,when\nKim,2026-01-02\n", "its first row has to name"),
        ("id,time\n11,yesterday\n", "11: yesterday is no time such as"),
        ("id,time\n11,30.11.2026\n", "is no time such as"),
        ("id,time\n11,2026-01-02\n11,2026-01-03\n", "11 has two times"),
        ('id,time\n"11,2026-01-02\n', "a quote in it has no end"),
    ],
)
def test_a_table_that_is_unclear_is_refused(text, why):
    with pytest.raises(GradmarkError, match=r"^times\.csv: ") as error:
        times(text)
    assert why in str(error.value)


@pytest.mark.parametrize("name", ["-minus", "=1+1", "@at", "محم\u200cد"])
def test_a_name_may_be_as_the_gradebook_writes_it(name):
    (handed,) = handed_in([Draft(name)])
    cell = guarded(one_line(name))
    made = Times.of(Path("times.csv"), f"student,time\n{cell},2026-01-02\n".encode(), [handed])
    assert made.known == {handed: "2026-01-02T00:00:00"}


@pytest.mark.parametrize(
    "now", [[Draft("ann", "a", id="2")], [Draft("ann", "a", id="1"), Draft("ann", "b", id="2")]]
)
def test_times_do_not_follow_a_name(now):
    """Somebody else is called so by now, or two are: whoever had the time is no more told."""
    before = Results(tool=Tool("gradmark", "0"), students=(row(id="1"),))
    text = b"student,time\nann,2026-01-02\n"
    with pytest.raises(GradmarkError, match=r"^times: ann was somebody else"):
        refuse_moved(Times.of(Path("times.csv"), text, handed_in(now)), before)
    text = b"id,time\n1,2026-01-02\n"
    refuse_moved(Times.of(Path("times.csv"), text, handed_in(now[:1])), before)
    refuse_moved(Times.of(Path("times.csv"), text, handed_in([Draft("ann", id="1")])), before)


def test_the_same_time_twice_is_one():
    assert times("id,time\n11,2026-01-02\n11,2026-01-02\n")[0] == {
        "Ann Lee": "2026-01-02T00:00:00"
    }
