"""docs/authoring.md: its step 11, written into a copy of the project, is what it says it is."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
BLOCKS = dict(
    re.findall(r"^`([\w/]+\.py)`[^\n]*\n```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
)
"""The page's files, by path."""
COMMANDS = re.findall(r"^\$ python (.*)$", PAGE, re.MULTILINE)
SYLLABUS = "graders/syllabus.py"
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
from graders.commands.selftest import material
lesson = material.load(Path()).lessons["step11"]
handed_in = {name: read(Path(name)) for name in ("reference", "student_template")}
handed_in |= {mutant.name: material.edited(mutant, lesson).submission for mutant in MUTANTS}
used = sandbox.open_sandbox(Limits())
how = Options(steps=frozenset(["step11"]))
graded = {name: grade(each, used, how).steps[0] for name, each in handed_in.items()}
used.close()
mutants = {mutant.name: dataclasses.asdict(mutant) for mutant in MUTANTS}
print(json.dumps([msgspec.to_builtins(graded), mutants], default=sorted))
"""
"""Grades step 11 of the reference, the template and each mutant."""


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """Give a copy of the project with the page's files in it."""
    copy = tmp_path_factory.mktemp("authoring") / "project"
    junk = shutil.ignore_patterns("__pycache__", ".*", "hostile")
    for folder in ("graders", "reference", "student_template", "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=junk)
    for file in ("grade.py", "pyproject.toml"):
        shutil.copy(ROOT / file, copy)
    for path, text in BLOCKS.items():
        if path == SYLLABUS:
            text = with_one_more((copy / path).read_text("utf-8"), text)
        (copy / path).write_text(text, "utf-8")
    return copy


@pytest.fixture
def project(original, tmp_path):
    """Give a copy of that, to change."""
    return Path(shutil.copytree(original, tmp_path / "project"))


def with_one_more(syllabus, unit):
    """Return the text of the syllabus with one more unit at the end of SYLLABUS."""
    before, opening, rest = syllabus.partition("SYLLABUS = (\n")
    units, closing, after = rest.partition("\n)\n")
    assert opening
    assert closing
    return f"{before}{opening}{units}\n    {unit.rstrip()},{closing}{after}"


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


def without(text, word):
    """Return a suite whose first check does not say one thing of itself."""
    pattern = r"^    _\(.*\),\n" if word == "title" else rf"^    {word}=.*,\n"
    return re.sub(pattern, "", text, count=1, flags=re.MULTILINE)


def test_the_page_has_the_files_that_a_step_needs():
    assert set(BLOCKS) == {
        SYLLABUS,
        SUITE,
        MUTANTS,
        LESSON,
        "student_template/step11.py",
        "graders/misconceptions/step11.py",
    }
    assert [path for path in BLOCKS if path != SYLLABUS and (ROOT / path).exists()] == []


def test_the_page_is_short_and_its_links_lead_somewhere():
    assert len(PAGE.splitlines()) <= 250
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_succeeds(original, command):
    done = python(original, *command.split())
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_is_formatted_as_the_project_is(original):
    written = [path for path in BLOCKS if path != SYLLABUS]
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


def test_the_other_steps_are_untouched(original):
    done = python(original, "grade.py", "reference", "--json", "-")
    report = json.loads(done.stdout)
    assert (report["score"], report["max_score"], report["complete"]) == (104.0, 104.0, True)


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
    assert "result_is_a_variable" in done.stderr
    assert word in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.full
@pytest.mark.parametrize("check", ["result_is_a_variable", "three_inputs"])
def test_a_check_without_a_mutant_of_its_own_is_refused_with_a_sentence(project, check):
    mutants = project / MUTANTS
    kept = [line for line in BLOCKS[MUTANTS].splitlines() if f'"{check}"' not in line]
    mutants.write_text("\n".join([*kept, ""]), "utf-8")

    done = python(project, "grade.py", "selftest", "--step", "11")

    assert done.returncode != 0
    assert re.search(rf"step11\.{check} (has|catches) no mutant", done.stdout)
    assert "Traceback" not in done.stderr
