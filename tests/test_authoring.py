"""docs/authoring.md: its step 11, written into a copy of the project, is what it says it is."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from course import points

from graders.syllabus import SYLLABUS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
FILE = r"^`(?P<path>[\w/]+\.py)`\n```python\n(?P<text>.*?)^```$"
CONSOLE = r"^```console\n(?P<console>.*?)^```$"
PARTS = [*re.finditer(f"{FILE}|{CONSOLE}", PAGE, re.MULTILINE | re.DOTALL)]
"""The page's files and what it runs, in its order."""
BLOCKS = {part["path"]: part["text"] for part in PARTS if part["path"]}
COMMANDS = [
    (line, output)
    for part in PARTS
    if part["console"]
    for line, output in re.findall(
        r"^\$ python (.*)\n((?:(?!\$ ).*\n)*)", part["console"], re.MULTILINE
    )
]
"""What the page runs, and what it shows of the output."""
OTHERS = [unit.step for unit in SYLLABUS if unit.step != "step11"]
SUITE = "graders/suites/test_step11.py"
MUTANTS = "tests/mutants/step11.py"
LESSON = "reference/step11.py"
NAMES = re.findall(r'^    \("([\w-]+)"', BLOCKS[MUTANTS], re.MULTILINE)
"""The names of the page's mutants."""
GRADE_ALL = """
import dataclasses, json, sys
from pathlib import Path
import msgspec
sys.path.append("tests")
from mutants.step11 import MUTANTS
from graders.judge.run import Options, grade
from graders.sandbox import sandbox
from graders.submission.read import read
from graders.sandbox.process import Limits
from graders.commands.course import material
lessons = material.load(Path()).lessons
handed_in = {name: read(Path(name)) for name in ("reference", "student_template")}
handed_in |= {mutant.name: material.edited(mutant, lessons).submission for mutant in MUTANTS}
used = sandbox.open_sandbox(Limits())
how = Options(steps=frozenset(["step11"]))
graded = {name: grade(each, used, how).steps[0] for name, each in handed_in.items()}
used.close()
mutants = {mutant.name: dataclasses.asdict(mutant) for mutant in MUTANTS}
print(json.dumps([msgspec.to_builtins(graded), mutants], default=sorted))
"""
"""Grades step 11 of the reference, the template and each mutant."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Give a copy of the project in which the page has been walked through, and its commands.

    The copy has no step 11, whatever the project has by now.
    """
    copy = tmp_path_factory.mktemp("authoring") / "project"
    junk = shutil.ignore_patterns("__pycache__", ".*", "hostile", "*step11*")
    for folder in ("graders", "reference", "student_template", "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=junk)
    for file in ("grade.py", "pyproject.toml"):
        shutil.copy(ROOT / file, copy)
    syllabus = copy / "graders" / "syllabus.py"
    without = re.sub(r'^    Unit\("step11".*\n', "", syllabus.read_text("utf-8"), flags=re.M)
    syllabus.write_text(without, "utf-8")
    done = {}
    for part in PARTS:
        if part["path"]:
            (copy / part["path"]).write_text(part["text"], "utf-8")
        for line, _output in COMMANDS:
            if f"$ python {line}\n" in (part["console"] or ""):
                done[line] = python(copy, *line.split())
    return copy, done


@pytest.fixture(scope="module")
def original(walked):
    """Give that copy."""
    return walked[0]


@pytest.fixture
def project(original, tmp_path):
    """Give a copy of that, to change."""
    return Path(shutil.copytree(original, tmp_path / "project"))


def python(project, *arguments):
    """Run Python in the project, and nothing of ours beside it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={
            "PYTHONPATH": str(project),
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "PYTEST_ADDOPTS": "-n 0",
        },
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def outcomes(original):
    """Give step 11 of the report on each submission, and the page's mutants, by name."""
    done = python(original, "-c", GRADE_ALL)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture
def graded(outcomes):
    """Give step 11 of the reports."""
    return outcomes[0]


POINTS = """
from graders.commands.course import unfinished
from graders.commands.selftest import command
from graders.syllabus import SYLLABUS
declared = command.declarations([unit.step for unit in SYLLABUS]).values()
print([*unfinished.points(sum(each.points for each in declared))])
"""


def without(text, word):
    """Return a suite whose first check does not say one thing of itself."""
    pattern = r"^    _\(.*\),\n" if word == "title" else rf"^    {word}=.*,\n"
    return re.sub(pattern, "", text, count=1, flags=re.MULTILINE)


def test_the_page_has_the_files_that_a_step_needs_and_no_command_writes():
    assert [*BLOCKS] == [LESSON, SUITE, MUTANTS, "graders/misconceptions/step11.py"]


def test_the_page_is_short_and_its_links_lead_somewhere():
    assert len(PAGE.splitlines()) <= 280
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.mark.parametrize(("line", "output"), COMMANDS)
def test_every_command_of_the_page_succeeds_and_says_what_the_page_shows(walked, line, output):
    done = walked[1][line]
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == output or not output


def test_what_is_there_is_not_written_again(original):
    done = python(original, "grade.py", "new", "step", "11")
    assert (done.returncode, done.stdout) == (0, "there is nothing to write\n")


def test_the_template_is_made_and_marks_what_is_carried_over(original):
    text = (original / "student_template/step11.py").read_text("utf-8")
    marks = re.findall(r"fill in: (\S+) \(carried over from your (step\d\d)", text)
    assert marks == [
        ("Variable.__init__", "step09"),
        ("Variable.set_creator", "step07"),
        ("as_array", "step09"),
    ]
    assert '"fill in: Add.forward"' in text


def test_the_page_is_formatted_as_the_project_is(original):
    written = [*BLOCKS, "student_template/step11.py", "graders/syllabus.py"]
    assert python(original, "-m", "ruff", "format", "--check", *written).returncode == 0
    assert python(original, "-m", "ruff", "check", *written).returncode == 0


def test_the_lesson_gets_full_marks(graded):
    step = graded["reference"]
    assert {check["status"] for check in step["checks"]} == {"passed"}
    assert (step["title"], step["score"]) == ("Functions of several inputs", 4.0)
    assert len(step["checks"]) >= 3


def test_the_lesson_prints_what_it_says(original):
    assert python(original, LESSON).stdout == "5\n"


def test_the_template_is_not_attempted(graded):
    step = graded["student_template"]
    assert {check["status"] for check in step["checks"]} == {"not_attempted"}
    assert (step["status"], step["score"]) == ("not_attempted", 0.0)


def test_selftest_says_of_the_whole_that_its_points_are_no_hundred(original):
    """As they need not be while a step is being written."""
    total = points(*OTHERS) + 4
    done = python(original, "-c", POINTS)
    assert done.stdout == f"['the points of all steps add up to {total}, not yet to 100']\n"


def test_the_other_steps_are_untouched(original):
    done = python(original, "grade.py", "reference", "--json", "-")
    report = json.loads(done.stdout)
    assert report["complete"]
    assert report["score"] == report["max_score"] == points(*OTHERS) + 4


@pytest.fixture
def mutants(outcomes):
    """Give the page's mutants."""
    return outcomes[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_mutant_is_caught_and_named(graded, mutants, name):
    mutant = mutants[f"step11-{name}"]
    failed = [c for c in graded[f"step11-{name}"]["checks"] if c["status"] == "failed"]
    assert [check["id"] for check in failed] == mutant["catches"]
    assert {check["misconception"] for check in failed} == {mutant["misconception"]}
    assert all("step11" in check["reproduce"] for check in failed)


def test_each_check_has_a_mutant_and_one_shows_the_misconception(graded, mutants):
    caught = {check for mutant in mutants.values() for check in mutant["catches"]}
    assert caught == {check["id"] for check in graded["reference"]["checks"]}
    shown = {mutant["misconception"] for mutant in mutants.values()} - {None}
    assert shown == {"first-input-twice"}


@pytest.mark.parametrize("word", ["title", "kind", "points"])
def test_a_check_that_says_too_little_is_refused_with_a_sentence(project, word):
    suite = project / SUITE
    suite.write_text(without(BLOCKS[SUITE], word), "utf-8")
    assert suite.read_text("utf-8") != BLOCKS[SUITE]

    done = python(project, "grade.py", "reference", "--step", "11")

    assert done.returncode != 0
    assert "gives_a_list" in done.stderr
    assert word in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.full
@pytest.mark.parametrize("check", ["gives_a_list", "as_many_as_it_likes"])
def test_a_check_without_a_mutant_of_its_own_is_refused_with_a_sentence(project, check):
    mutants = project / MUTANTS
    kept = [line for line in BLOCKS[MUTANTS].splitlines() if f'"{check}"' not in line]
    mutants.write_text("\n".join([*kept, ""]), "utf-8")

    done = python(project, "grade.py", "selftest", "--step", "11")

    assert done.returncode != 0
    assert re.search(rf"step11\.{check} catches no mutant", done.stdout)
    assert "Traceback" not in done.stderr
