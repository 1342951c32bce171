"""What people hand in: each arrangement of the same work gets what is due to it."""

import zipfile
from pathlib import Path

import pytest
from handed_in import HANDED_IN, HandedIn
from sharing import some

from graders.judge.run import Options, grade
from graders.judge.suites import Suites
from graders.report import Report
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox
from graders.submission.read import read

STEPS = frozenset({"step01", "step02", "step03"})


def graded(sandbox: Sandbox, suites: Suites, path: Path) -> Report:
    return grade(read(path), sandbox, Options(steps=STEPS, limits=Limits(wall=5.0)), suites)


def written(folder: Path, given: HandedIn) -> Path:
    """Write a submission's files; return what is handed in."""
    for name, content in given.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / given.path


@pytest.mark.parametrize("given", some(HANDED_IN, 60), ids=lambda given: given.name)
def test_every_arrangement_gets_what_is_due(sandbox, suites, tmp_path, given):
    report = graded(sandbox, suites, written(tmp_path, given))
    assert {step.step: step.status for step in report.steps} == given.due


FOLDERS = [given for given in HANDED_IN if not given.path]


@pytest.mark.parametrize("given", some(FOLDERS[::3], 12), ids=lambda given: given.name)
def test_a_zip_of_it_is_graded_alike(sandbox, suites, tmp_path, given):
    folder = written(tmp_path / "work", given)
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        for name, content in given.files.items():
            archive.writestr(name, content)
    plain, packed = (graded(sandbox, suites, path) for path in (folder, tmp_path / "work.zip"))
    assert (packed.steps, packed.notes) == (plain.steps, plain.notes)
    assert packed.candidates == plain.candidates
