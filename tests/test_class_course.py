"""A class with a course file, as an instructor runs it, and what comes of it later."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graders.classroom import command
from graders.errors import GradmarkError

ROOT = Path(__file__).parents[1]
COURSE = """\
title = "Deep learning"
deadline = 2026-11-30T23:59:00
timezone = "Asia/Tokyo"
hints = "{hints}"

[steps]
1 = 10
2 = {weight}

[late]
percent_per_day = 10
"""
TIMES = """\
student,time
bob,2026-12-02 08:00
cem,2026-11-30 12:00
zoe,2026-11-30 12:00
Cem,2026-11-30 12:00
"""
OWN = """
    def forward(self, x):
        total = 0 * x
        for turn in range(2):
            total = total + x * x / 2 - turn * (x - x)
        if total is None or turn > 3:
            raise ValueError("this never happens")
        whole = [total, total - total, 3 * total]
        return whole[0] + whole[1] * (whole[2] - 1)
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class demands the sandbox")


def grade(*arguments, cwd):
    """Run ``class`` in a process of its own; return the finished process."""
    line = [sys.executable, str(ROOT / "grade.py"), "class", *map(str, arguments)]
    return subprocess.run(line, cwd=cwd, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return the folder that a class was graded in, and the finished process."""
    place = tmp_path_factory.mktemp("class")
    first, second = ((ROOT / "reference" / f"step0{n}.py").read_text("utf-8") for n in (1, 2))
    own = second.partition("class Square")[0] + "class Square(Function):" + OWN
    bad = second.replace("x**2", "x * 2")
    for name, text in (
        ("ann", own),
        ("bob", own.replace("total", "result").replace("x", "value")),
        ("cem", bad),
    ):
        (place / "cs1" / name).mkdir(parents=True)
        (place / "cs1" / name / "step01.py").write_text(first, "utf-8")
        (place / "cs1" / name / "step02.py").write_text(text, "utf-8")
    (place / "our.toml").write_text(COURSE.format(hints="none", weight=30))
    (place / "when.csv").write_text(TIMES)
    options = ("--course", "our.toml", "--times", "when.csv")
    return place, grade("cs1", *options, cwd=place)


@pytest.fixture
def copied(graded, tmp_path):
    """Return a copy of the folder that a class was graded in."""
    return shutil.copytree(graded[0], tmp_path / "copy")


def lines_of(place):
    """Return the lines of the gradebook, by the students' names."""
    text = (place / "cs1-graded" / "gradebook.csv").read_text("utf-8-sig")
    return {line["student"]: line for line in csv.DictReader(io.StringIO(text))}


def counted(line):
    """Return what a line of the gradebook says of points."""
    columns = ("score", "points", "max_points", "penalty", "days_late", "late", "step02")
    return tuple(line[name] for name in columns)


def test_what_counts_stands_beside_what_was_graded(graded):
    place, done = graded
    assert done.returncode == 0, done.stderr
    lines = lines_of(place)
    assert counted(lines["ann"]) == ("16", "40", "40", "0", "", "", "10")
    assert counted(lines["bob"]) == ("16", "32", "40", "8", "2", "true", "10")
    assert counted(lines["cem"]) == ("13", "31", "40", "0", "0", "false", "7")


def test_what_is_obeyed_is_told_first(graded):
    _place, done = graded
    assert done.stdout.splitlines()[1:3] == [
        "course: Deep learning (our.toml); deadline: 2026-11-30 23:59 JST; "
        "late: 10 % a day of the points earned, at most 100 %",
        "times: when.csv, for 2 of 3 students",
    ]
    assert "rows of times that are nobody's: zoe, Cem (cem?)\n" in done.stderr


def test_the_overview_is_on_the_terminal_and_in_a_file(graded):
    place, done = graded
    written = (place / "cs1-graded" / "overview.txt").read_text("utf-8")
    for text in (done.stdout, written):
        assert "Points of 40: lowest 31, median 32, highest 40\n" in text
        assert "bob (days: 2, −8)\n" in text
        assert "nobody says when, so no points off: ann\n" in text
        assert "teach section 2.3 again\n" in text
        assert "ann, bob: the same code in step 02 (1 functions" in text
    assert "step01." not in done.stdout
    assert "step01." in written


def test_a_student_is_told_what_counts_and_no_more_hints_than_the_course_shows(graded):
    reports = graded[0] / "cs1-graded" / "reports"
    told = (reports / "bob.txt").read_text("utf-8")
    assert " Score 16/16\n" in told
    assert "Handed in after 2026-11-30 23:59 JST, days begun: 2; that costs 8 points\n" in told
    assert " Points in this course: 32 of 40\n" in told
    assert "ann" not in told
    assert "Handed in" not in (reports / "ann.txt").read_text("utf-8")
    for path in (reports / "cem.txt", reports / "cem.json"):
        text = path.read_text("utf-8")
        assert "step02" in text
        assert "hint:" not in text
        assert (
            "likely" not in json.loads(text) if path.suffix == ".json" else "likely" not in text
        )
    report = json.loads((reports / "cem.json").read_text("utf-8"))
    failed = [check for check in report["steps"][1]["checks"] if check["status"] == "failed"]
    assert failed
    for check in failed:
        assert check["message"]
        assert not any(check[name] for name in ("hint", "hint_more", "likely", "misconception"))


def test_a_later_run_obeys_what_was_given_and_grades_nobody_again(copied):
    kept = {path: path.stat().st_mtime_ns for path in copied.rglob("kept/*/*")}
    before = (copied / "cs1-graded" / "results.json").read_bytes()
    (copied / "our.toml").unlink()
    (copied / "when.csv").unlink()
    done = grade("cs1", cwd=copied)
    assert "course: Deep learning (cs1-graded/course.toml)" in done.stdout
    assert (copied / "cs1-graded" / "results.json").read_bytes() == before
    (copied / "cs1-graded" / "course.toml").write_text(COURSE.format(hints="more", weight=10))
    (copied / "cs1-graded" / "times.csv").write_text("student,time\nann,2026-12-01\n")
    (copied / "cs1-graded" / "overrides.toml").write_text(
        "[ann]\ndeadline = 2026-12-01T00:00:00\n[cem]\npoints = 5\nreason = 'seen'\n"
    )
    done = grade("cs1", cwd=copied)
    assert "3 kept from before, 0 to be graded" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("kept/*/*")} == kept
    rules, when = "the course file", "the time of handing in"
    assert done.stdout.splitlines()[3:6] == [
        f"ann: 40 → 20, because of the instructor, {rules}, the deadline, {when}",
        f"bob: 32 → 20, because of {rules}, {when}",
        "cem: 31 → 5, because of the instructor",
    ]
    assert counted(lines_of(copied)["ann"])[3:6] == ("0", "0", "false")
    told = (copied / "cs1-graded" / "reports" / "cem.txt").read_text("utf-8")
    assert "hint:" in told
    assert "--hints" not in told
    assert " Points by the instructor: 5 of 20 (seen)\n" in told


def test_who_is_not_graded_now_is_counted_by_the_rules_of_now(copied):
    reports = copied / "cs1-graded" / "reports"
    assert "hint:" not in (reports / "cem.txt").read_text("utf-8")
    (copied / "our.toml").write_text(COURSE.format(hints="think", weight=10))
    (copied / "when.csv").write_text("student,time\nbob,2026-12-01 08:00\n")
    options = ("--course", "our.toml", "--times", "when.csv", "--only", "ann")
    done = grade("cs1", *options, cwd=copied)
    assert done.returncode == 0, done.stderr
    lines = lines_of(copied)
    assert {line["max_points"] for line in lines.values()} == {"20"}
    assert counted(lines["bob"])[:5] == ("16", "18", "20", "2", "1")
    assert counted(lines["cem"])[3:6] == ("0", "", "")
    told = (reports / "bob.txt").read_text("utf-8")
    assert "days begun: 1; that costs 2 points\n" in told
    assert " Points in this course: 18 of 20\n" in told
    assert "hint:" in (reports / "cem.txt").read_text("utf-8")
    (copied / "our.toml").write_text("title = 'no deadline any more'\nsteps = [1, 2]\n")
    shutil.rmtree(copied / "cs1-graded" / "kept" / "cem")
    assert grade("cs1", *options, cwd=copied).returncode == 0
    assert counted(lines_of(copied)["bob"])[1:6] == ("16", "16", "0", "", "")
    assert "Handed in" not in (reports / "bob.txt").read_text("utf-8")
    assert not (reports / "cem.txt").exists()


def test_a_deadline_that_is_moved_is_told_as_the_reason(copied):
    (copied / "our.toml").write_text(
        COURSE.format(hints="none", weight=30).replace("11-30", "12-30")
    )
    done = grade("cs1", "--course", "our.toml", cwd=copied)
    assert "bob: 32 → 40, because of the deadline\n" in done.stdout


def test_a_gradebook_is_filled_with_what_counts(copied):
    sheet = copied / "sheet.csv"
    sheet.write_text(
        "OrgDefinedId,Steps Points Grade <Numeric MaxPoints:80>,End-of-Line Indicator\n"
        "bob,,#\ncem,,#\n"
    )
    done = grade("cs1", "--gradebook", "sheet.csv", cwd=copied)
    assert done.returncode == 0, done.stderr
    filled = (copied / "cs1-graded" / "filled-sheet.csv").read_text()
    assert "bob,64,#\ncem,62,#\n" in filled


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--course", "none.toml"], "none.toml can't be read"),
        (["--course", "when.csv"], "when.csv: "),
        (["--times", "our.toml"], "our.toml: its first row has to name the columns"),
        (["--step", "3"], "--step 3: it is none of the steps in the course file"),
        (["--step", "2"], "are of other steps: name another folder"),
    ],
)
def test_nonsense_is_one_sentence_and_changes_nothing(graded, monkeypatch, arguments, why):
    monkeypatch.chdir(graded[0])
    before = {p: p.read_bytes() for p in (graded[0] / "cs1-graded").glob("*.*")}
    with pytest.raises(GradmarkError) as raised:
        command.main(["cs1", *arguments])
    assert why in str(raised.value)
    assert {p: p.read_bytes() for p in (graded[0] / "cs1-graded").glob("*.*")} == before


def test_a_dry_run_says_what_would_be_obeyed_and_writes_nothing(graded, tmp_path):
    done = grade(
        "cs1", "--course", "our.toml", "--dry-run", "--output", tmp_path / "out", cwd=graded[0]
    )
    assert "course: Deep learning (our.toml)" in done.stdout
    assert not (tmp_path / "out").exists()
