"""A class as an instructor grades it: whose results there are, and what is graded again."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import jsonschema
import msgspec
import pytest

from graders.classroom import command, diff, results
from graders.classroom.handout import without_hints
from graders.classroom.judging import Graded
from graders.classroom.output import Output
from graders.classroom.screen import quoted
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.report import Report

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class demands the sandbox")


def grade(*arguments, cwd):
    """Run ``class`` in a process of its own; return the finished process."""
    line = [sys.executable, str(ROOT / "grade.py"), "class", *map(str, arguments)]
    return subprocess.run(line, cwd=cwd, capture_output=True, text=True, timeout=120)


def lay_out(folder: Path) -> Path:
    """Lay out a class: a good one, a zip, a notebook, and all that can be wrong."""
    for name in ("ann", "Ümit Şen", "bad"):
        shutil.copytree(ROOT / "reference", folder / name, ignore=shutil.ignore_patterns("__*"))
    bad = folder / "bad" / "step02.py"
    bad.write_text(bad.read_text("utf-8").replace("x**2", "x * 2"), "utf-8")
    with zipfile.ZipFile(folder / "zipped.zip", "w") as archive:
        for step in ("step01.py", "step02.py"):
            archive.write(ROOT / "reference" / step, step)
    (folder / "ann.zip").write_bytes((folder / "zipped.zip").read_bytes())
    (folder / "broken.zip").write_text("no zip")
    (folder / "empty").mkdir()
    for inner, more in (("one", ""), ("two", "more = 1\n")):
        path = folder / "unclear" / inner / "step01.py"
        path.parent.mkdir(parents=True)
        path.write_text((ROOT / "reference" / "step01.py").read_text("utf-8") + more, "utf-8")
    (folder / ".hidden").mkdir()
    (folder / "notes.txt").write_text("none of the students'")
    os.symlink(folder / "ann", folder / "linked")
    return folder


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return the folder that a class was graded in, and the finished process."""
    place = tmp_path_factory.mktemp("class")
    lay_out(place / "cs1")
    return place, grade("cs1", cwd=place)


@pytest.fixture
def copied(graded, tmp_path):
    """Return a copy of the folder that a class was graded in."""
    return shutil.copytree(graded[0], tmp_path / "copy", symlinks=True)


def rows_of(place: Path) -> dict[str, results.Row]:
    """Return the rows of a class's results, by the students' names."""
    return {row.student: row for row in diff.at(place / "cs1-graded").students}


def test_each_student_has_a_row(graded):
    place, done = graded
    assert done.returncode == 0, done.stderr
    rows = rows_of(place)
    assert [*rows] == sorted(rows)
    assert {name: (row.status, row.score) for name, row in rows.items()} == {
        "ann (ann.zip)": ("graded", 16.0),
        "ann (ann)": ("graded", 100.0),
        "Ümit Şen": ("graded", 100.0),
        "bad": ("graded", rows["bad"].score),
        "broken": ("unreadable", 0.0),
        "empty": ("nothing", 0.0),
        "unclear": ("ambiguous", 0.0),
        "zipped": ("graded", 16.0),
    }
    assert rows["bad"].steps["step02"].points < rows["ann (ann)"].steps["step02"].points
    assert rows["unclear"].folders == ("one", "two")
    assert rows["broken"].why == "broken.zip: it is not a zip that can be read"
    assert len({row.seed for row in rows.values()}) == 1


def test_who_needs_a_look_comes_first(graded):
    said = graded[1].stdout.splitlines()
    assert said[0] == "layout: a submission an entry; students: 8"
    assert [line.partition(":")[0] for line in said[1:4]] == ["unclear", "broken", "empty"]
    at = said.index("To choose a folder, write such lines into cs1-graded/overrides.toml:")
    assert said[at + 1 : at + 3] == ["  [unclear]", '  folder = "one"']
    assert said[-2] == "students: 1 ambiguous, 5 graded, 1 nothing, 1 unreadable"


def test_what_is_nobodys_is_told(graded):
    said = graded[1].stderr.splitlines()
    assert said[0].endswith(": .hidden, linked, notes.txt")
    assert said[1].startswith("more than one submission of a name")
    assert said[1].endswith(": ann (ann), ann (ann.zip)")


def test_results_are_of_their_schema(graded):
    told = json.loads((graded[0] / "cs1-graded" / "results.json").read_text("utf-8"))
    jsonschema.validate(told, results.schema())
    for row in rows_of(graded[0]).values():
        if row.checks:
            output = graded[0] / "cs1-graded"
            told = output / row.report.replace(".txt", ".json")
            given = msgspec.json.decode(told.read_bytes(), type=Report)
            kept = msgspec.json.decode(
                (output / kept_path(row)).read_bytes(), type=Graded
            ).report
            assert (kept.score, kept.seed) == (row.score, row.seed)
            assert given == without_hints(kept, "think")
            assert given.seed is None
            assert kept.isolation.level == "sandbox"
            assert {c.id for s in kept.steps for c in s.checks} == row.checks.keys()


def kept_path(row):
    """Return where a result is kept of which the row tells."""
    return f"kept/{Path(row.report).stem}/{row.key}.json"


def test_what_a_student_may_be_given_tells_all_but_the_seed(graded):
    output = graded[0] / "cs1-graded"
    rows = rows_of(graded[0])
    seed = str(rows["bad"].seed)
    for path in (output / "reports").iterdir():
        assert seed not in path.read_text("utf-8")
    told = (output / rows["bad"].report).read_text("utf-8")
    assert "Fix this first: step 02, " in told
    assert f" Score {rows['bad'].score:g}/100" in told
    told = (output / rows["unclear"].report).read_text("utf-8")
    assert told == f"This could not be graded: {rows['unclear'].why}.\n"


def test_the_gradebook_is_a_table(graded):
    text = (graded[0] / "cs1-graded" / "gradebook.csv").read_text("utf-8-sig")
    lines = {line["student"]: line for line in csv.DictReader(io.StringIO(text))}
    rows = rows_of(graded[0])
    assert [*lines] == [*rows]
    assert lines["ann (ann)"]["points"] == lines["ann (ann)"]["max_points"] == "100"
    assert lines["unclear"]["points"] == lines["unclear"]["step01"] == ""
    assert lines["empty"]["points"] == lines["empty"]["step01"] == ""
    assert sum(float(lines["bad"][step]) for step in rows["bad"].steps) == rows["bad"].score


def test_the_seed_is_secret_and_stays(graded):
    kept = graded[0] / "cs1-graded" / "class.json"
    assert kept.stat().st_mode & 0o077 == 0
    seed = json.loads(kept.read_text())["seed"]
    assert seed > 2**32  # one in four milliards is not
    assert Output(kept.parent, None, None).seed == Output(kept.parent, seed, None).seed == seed
    done = grade("cs1", "--seed", "1", cwd=graded[0])
    assert done.returncode == 2
    assert "another seed" in done.stderr


def test_only_what_changed_is_graded_again(copied):
    reports = copied / "cs1-graded" / "kept"
    before = {path: path.stat().st_mtime_ns for path in reports.rglob("*.json")}
    results_before = (copied / "cs1-graded" / "results.json").read_bytes()
    done = grade("cs1", cwd=copied)
    assert "8 kept from before, 0 to be graded" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in reports.rglob("*.json")} == before
    assert (copied / "cs1-graded" / "results.json").read_bytes() == results_before
    shutil.copy(ROOT / "reference" / "step02.py", copied / "cs1" / "bad")
    (copied / "cs1" / "empty" / "notes.md").write_text("I gave up")
    done = grade("cs1", cwd=copied)
    assert "6 kept from before, 2 to be graded" in done.stderr
    assert rows_of(copied)["bad"].score == 100.0
    assert (
        before.items()
        <= {path: path.stat().st_mtime_ns for path in reports.rglob("*.json")}.items()
    )
    told = subprocess.run(
        [
            sys.executable,
            ROOT / "grade.py",
            "class",
            "diff",
            *(copied / "cs1-graded").glob("results-*.json"),
            "cs1-graded",
        ],
        cwd=copied,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert told[0].startswith("bad: ")
    assert told[0].endswith(" → 100, because of the submission")
    assert all(line.startswith("  step02.") for line in told[1:])
    assert len(told) > 1


def test_all_is_graded_again_by_force(copied):
    reports = copied / "cs1-graded" / "kept"
    before = {path: path.stat().st_mtime_ns for path in reports.rglob("*.json")}
    done = grade("cs1", "--force", "--only", "zipped", cwd=copied)
    assert done.returncode == 0
    after = {path: path.stat().st_mtime_ns for path in reports.rglob("*.json")}
    assert [path.parent.name for path in after if after[path] != before[path]] == ["zipped"]
    assert len(rows_of(copied)) == 8


def test_what_the_instructor_says_stays(copied):
    said = '[unclear]\nfolder = "two"\n[empty]\npoints = 12.5\nreason = "=seen in class"\n'
    (copied / "cs1-graded" / "overrides.toml").write_text(said)
    for arguments in ((), ("--force", "--only", "empty")):  # with a regrade, too
        done = grade("cs1", *arguments, cwd=copied)
        assert done.returncode == 0
        rows = rows_of(copied)
        assert (rows["unclear"].status, rows["unclear"].score) == ("graded", 6.0)
        assert (rows["empty"].score, rows["empty"].points) == (0.0, 12.5)
        text = (copied / "cs1-graded" / "gradebook.csv").read_text("utf-8-sig")
        line = next(
            line for line in csv.DictReader(io.StringIO(text)) if line["student"] == "empty"
        )
        assert (line["points"], line["score"], line["override"]) == (
            "12.5",
            "",
            "'=seen in class",
        )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("[empty]\npoints = 3\n", "has points without a reason"),
        ("[empty]\npoints = -3\nreason = 'x'\n", "points"),
        ("[empty]\npionts = 3\n", "empty: "),
        ("[Ümit Şen]\n", "stands in quotes"),
        ("[nobody]\npoints = 3\nreason = 'x'\n", "nobody"),
        ("[emty]\npoints = 3\nreason = 'x'\n", "who handed in nothing: is it empty?"),
        ("[empty]\nid = 'x'\n", 'empty was x, and is another now: write id = ""'),
        ("[empty\n", "overrides.toml"),
        ("a = " + "[" * 3000, "overrides.toml"),
        ("a = " + "1" * 5000, "overrides.toml"),
        ("[empty]\npoints = inf\nreason = 'x'\n", "empty: "),
        ("[first.last]\npoints = 1\nreason = 'x'\n", "a dot stands in quotes"),
    ],
)
def test_nonsense_of_the_instructor_is_refused(graded, tmp_path, said, why):
    output = shutil.copytree(graded[0] / "cs1-graded", tmp_path / "out")
    (output / "overrides.toml").write_text(said)
    with pytest.raises(GradmarkError) as raised:
        command.main([str(graded[0] / "cs1"), "--output", str(output)])
    assert why in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_a_dry_run_runs_nothing_and_writes_nothing(graded, tmp_path):
    done = grade(graded[0] / "cs1", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    assert said["ann (ann) (ann)"] == "9 of 9 steps found"
    assert (
        said["zipped (zipped.zip)"]
        == "2 of 9 steps found; missing: 03, 04, 5–6, 07, 08, 09, 10"
    )
    assert "ambiguous" in said["unclear (unclear)"]
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("nowhere",), "can't be looked into"),
        (("cs1/empty",), "there is no submission in"),
        (("cs1", "--output", "cs1/out"), "lies in what is to be graded"),
        (("cs1", "--output", "cs1-old"), "holds something else"),
        (("cs1", "--only", "bed"), "did you mean bad?"),
        (("cs1", "--step", "2"), "of other steps"),
        (("cs1", "--jobs", "0"), "no whole number"),
        (("diff", "cs1-graded", "cs1"), "no results"),
    ],
)
def test_wrong_usage_is_one_sentence(graded, arguments, why):
    (graded[0] / "cs1-old").mkdir(exist_ok=True)
    (graded[0] / "cs1-old" / "letter.txt").touch()
    done = grade(*arguments, cwd=graded[0])
    assert done.returncode == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_instructor_says_is_told_at_once(copied):
    output = copied / "cs1-graded"
    said = '[bad]\npoints = 80\nreason = "showed"\n[unclear]\nfolder = "two"\n'
    (output / "overrides.toml").write_text(said)
    for points, line in ((80.0, "Points by the instructor: 80 of 100 (showed)"), (None, None)):
        done = grade("cs1", "--only", "zipped", cwd=copied)
        assert done.returncode == 0
        row = rows_of(copied)["bad"]
        assert row.points == (row.score if points is None else points)
        told = (output / row.report).read_text("utf-8")
        assert (line or "Points by") in told or line is None
        assert ("Points by the instructor" in told) == (line is not None)
        assert rows_of(copied)["unclear"].override is None  # it was not graded so
        (output / "overrides.toml").unlink(missing_ok=True)


def test_who_is_gone_or_was_not_graded_is_not_shown_as_if(copied):
    shutil.rmtree(copied / "cs1" / "bad")
    shutil.copytree(ROOT / "reference", copied / "cs1" / "cid")
    done = grade("cs1", "--only", "zipped", cwd=copied)
    assert "no result yet: cid" in done.stdout
    assert "bad: not there any more" in done.stdout
    output = copied / "cs1-graded"
    assert not list((output / "reports").glob("bad*"))
    assert "cid" not in rows_of(copied)


def test_only_the_instructor_can_look_into_the_results(graded):
    assert (graded[0] / "cs1-graded").stat().st_mode & 0o077 == 0


def test_pipes_and_links_among_the_results_end_nothing(copied):
    output = copied / "cs1-graded"
    (output / "gradebook.csv").unlink()
    os.mkfifo(output / "gradebook.csv")
    os.symlink("nowhere", output / "overrides.toml")
    done = grade("cs1", cwd=copied)
    assert done.returncode == 2
    assert "overrides.toml" in done.stderr.splitlines()[-1]
    (output / "overrides.toml").unlink()
    assert grade("cs1", cwd=copied).returncode == 0
    assert (output / "gradebook.csv").is_file()
    (output / "results.json").write_text("{")
    done = grade("cs1", "--force", cwd=copied)
    assert done.returncode == 2
    assert "remove it" in done.stderr.splitlines()[-1]


def test_no_more_are_graded_at_a_time_than_there_are_cores(copied):
    done = grade("cs1", "--jobs", "500", cwd=copied)
    assert "are graded at a time: there are no more cores" in done.stderr


@pytest.mark.parametrize(
    "name", ["a b", "김민준", 'x"\\', "\x85", "##[error]", "::set-output::", "🙂"]
)
def test_what_is_to_be_pasted_is_toml(name):
    line = f"[{quoted(name)}]\nfolder = {quoted(name, always=True)}\n"
    assert tomllib.loads(line) == {name: {"folder": name}}
    assert one_line(quoted(name)) == quoted(name)
