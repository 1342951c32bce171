"""A class in a zip, as an instructor grades it and fills the gradebook of the system."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from graders.classroom import command
from graders.errors import GradmarkError
from tests.downloads import STEPS

ROOT = Path(__file__).parents[1]
WORKSHEET = """\
\ufeffIdentifier,Full name,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments\r
Participant 11,Ann Lee,Submitted,,20.00,-,\r
Participant 12,Sam Roe,Submitted,,20.00,-,\r
Participant 13,Kim,Submitted,,20.00,-,\r
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class demands the sandbox")


def grade(*arguments, cwd):
    """Run ``class`` in a process of its own; return the finished process."""
    line = [sys.executable, str(ROOT / "grade.py"), "class", *map(str, arguments)]
    temporary = {"TMPDIR": str(cwd / "tmp")}
    return subprocess.run(
        line, cwd=cwd, capture_output=True, text=True, timeout=120, env=os.environ | temporary
    )


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return the folder that a zip was graded in, and the finished process."""
    place = tmp_path_factory.mktemp("class")
    (place / "tmp").mkdir()
    (place / "sheet.csv").write_bytes(WORKSHEET.encode())
    with zipfile.ZipFile(place / "cs1.zip", "w") as archive:
        for step, text in STEPS.items():
            archive.writestr(f"cs1/Ann Lee_11_assignsubmission_file/{step}", text)
            bad = text.replace("x**2", "x * 2")
            archive.writestr(f"cs1/Sam Roe_12_assignsubmission_file/{step}", bad)
        archive.writestr("cs1/Kim_13_assignsubmission_onlinetext/onlinetext.html", "<p>")
        archive.writestr("cs1/../out.py", "")
    steps = ("--step", "2", "--gradebook", "sheet.csv")
    return place, grade("cs1.zip", *steps, cwd=place)


def test_who_handed_in_what_is_in_the_gradebook(graded):
    place, done = graded
    assert done.returncode == 0, done.stderr
    text = (place / "cs1-graded" / "gradebook.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = [(row["student"], row["id"], row["status"], row["late"]) for row in rows]
    assert found == [
        ("Ann Lee", "11", "graded", ""),
        ("Kim", "13", "nothing", ""),
        ("Sam Roe", "12", "graded", ""),
    ]
    assert "typed into the system is not read" in rows[1]["notes"]
    told = (place / "cs1-graded" / "reports" / "Kim.txt").read_text("utf-8")
    assert "typed into the system is not read" in told
    assert "there is nothing in it" not in told
    assert rows[0]["submission"] == "cs1/Ann Lee_11_assignsubmission_file"
    assert rows[0]["points"] == rows[0]["max_points"]


def test_what_was_understood_is_told(graded):
    _place, done = graded
    assert done.stdout.startswith("layout: Moodle; students: 3\n")
    target = "Moodle, column “Grade” of 20, feedback in “Feedback comments”"
    assert f"{target}: 2 filled in, written to " in done.stdout
    assert "not filled in, since they have no points: Kim\n" in done.stdout
    assert "left out of the zip" in done.stderr
    assert "cs1/../out.py" in done.stderr


def test_the_worksheet_is_filled_in_a_copy(graded):
    place, _done = graded
    assert (place / "sheet.csv").read_bytes() == WORKSHEET.encode()
    filled = (place / "cs1-graded" / "filled-sheet.csv").read_bytes().decode()
    ann, sam, kim = filled.splitlines(keepends=True)[1:]
    assert ann.startswith("Participant 11,Ann Lee,Submitted,20,20.00,-,gradmark: ")
    assert sam.startswith("Participant 12,Sam Roe,Submitted,")
    assert "not all checks pass in step 02" in sam
    assert kim == WORKSHEET.splitlines(keepends=True)[3]


def test_nothing_of_the_zip_is_left(graded):
    place, _done = graded
    assert [*(place / "tmp").iterdir()] == []
    assert sorted(path.name for path in place.iterdir()) == [
        "cs1-graded", "cs1.zip", "sheet.csv", "tmp",
    ]  # fmt: skip


def test_a_dry_run_says_who_has_a_row(graded, tmp_path):
    place, _done = graded
    (tmp_path / "tmp").mkdir()
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(WORKSHEET.replace("Participant 12", "Participant 99"))
    done = grade(place / "cs1.zip", "--dry-run", "--gradebook", sheet, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.endswith(": 2 of 3 students have a row of their own; not Sam Roe\n")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--gradebook", "cs1.zip"], "--gradebook cs1.zip: "),
        (["--gradebook", "none.csv"], "--gradebook none.csv can't be read: No such file"),
        (["--names", "("], "is no regular expression"),
        (["--names", "x"], "has no group such as (?P<student>"),
        (["--names", "(?P<student>x)", "--layout", "moodle"], "not allowed with"),
        (["--layout", "moddle"], "invalid choice: 'moddle'"),
        (["--layout", "Folders"], "are of the layout moodle: name another folder"),
        (["--layout", "canvas"], "there is no submission in"),
        (["--column", "Grade"], "--column says where in --gradebook EXPORT points go"),
    ],
)
def test_wrong_usage_is_one_sentence(graded, monkeypatch, capsys, arguments, why):
    place, _done = graded
    monkeypatch.chdir(place)
    before = (place / "cs1-graded" / "results.json").read_bytes()
    with pytest.raises((GradmarkError, SystemExit)) as raised:
        command.main(["cs1.zip", *arguments])
    assert why in f"{raised.value}{capsys.readouterr().err}"
    assert (place / "cs1-graded" / "results.json").read_bytes() == before


def test_results_are_no_class(graded, tmp_path):
    (tmp_path / "tmp").mkdir()
    done = grade(graded[0] / "cs1-graded", cwd=tmp_path)
    assert done.returncode == 2
    assert "holds the results of a class: name what was handed in" in done.stderr


def test_a_name_that_has_changed_hands_takes_nothing_along(graded, tmp_path):
    shutil.copytree(graded[0], tmp_path, dirs_exist_ok=True)
    overrides = tmp_path / "cs1-graded" / "overrides.toml"
    overrides.write_text('["Ann Lee"]\npoints = 5\nreason = "shown"\n')
    with zipfile.ZipFile(tmp_path / "cs1.zip", "w") as archive:
        for name in ("Ann Lee_99", "Sam Roe_12"):
            archive.writestr(f"{name}_assignsubmission_file/step02.py", STEPS["step02.py"])
    done = grade("cs1.zip", "--step", "2", cwd=tmp_path)
    assert done.returncode == 2
    assert 'Ann Lee was 11, and is another now: write id = "99"' in done.stderr
    overrides.unlink()
    done = grade("cs1.zip", "--step", "2", "--only", "Sam Roe", cwd=tmp_path)
    assert done.returncode == 0
    assert "no result yet: Ann Lee\n" in done.stdout
    results = json.loads((tmp_path / "cs1-graded" / "results.json").read_text("utf-8"))
    assert [row["student"] for row in results["students"]] == ["Sam Roe"]
