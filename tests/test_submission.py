"""Submissions: whatever a student hands in is found and read."""

from pathlib import Path

import pytest

from graders.submission.pieces import Submission
from graders.submission.read import read

CODE = "class Variable:\n    pass\n"


def put(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def read_files(root: Path, files: dict[str, str | bytes]) -> Submission:
    return read(put(root, files))


def found(read: Submission) -> dict[str, str]:
    return {step: file.path for step, file in read.steps.items()}


def texts(read: Submission) -> dict[str, str]:
    """Return the text of each file that steps may import."""
    return {path: "\n".join(p.text for p in pieces) for path, pieces in read.modules.items()}


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("step01.py", "step01"),
        ("step1.py", "step01"),
        ("step_01.py", "step01"),
        ("step_1.py", "step01"),
        ("Step 1.py", "step01"),
        ("STEP-01.py", "step01"),
        ("step01_variable.py", "step01"),
        ("step01 (2).py", "step01"),
        ("step001.py", "step01"),
        ("step10.py", "step10"),
        ("step10final.py", "step10"),
        ("steps/step01.py", "step01"),
        ("a/b/c/d/step06.py", "step06"),
    ],
)
def test_a_step_is_found_by_any_usual_name(tmp_path, name, step):
    given = read_files(tmp_path, {name: CODE})
    assert found(given) == {step: name}
    assert texts(given) == {name: CODE}


@pytest.mark.parametrize(
    "name",
    [
        "step00.py",
        "step99.py",
        "step100.py",
        "laststop01x.py",
        "step01.txt",
        "step.py",
        ".hidden/step01.py",
        "venv/step01.py",
        "__pycache__/step01.py",
        "/".join("abcdefghijklmnopqrstuv") + "/step01.py",
    ],
)
def test_what_is_no_step_is_not_taken_for_one(tmp_path, name):
    assert read_files(tmp_path, {name: CODE}).steps == {}


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["step01.py", "step01_old.py"], "step01.py"),
        (["step1.py", "step01_old.py"], "step1.py"),
        (["step01_b.py", "step01_a.py"], "step01_a.py"),
        (["step01.py", "step01.ipynb"], "step01.py"),
        (["step01.py", "steps/step01.py"], "step01.py"),
        (["step01.py", "steps/step01.py", "steps/step02.py"], "steps/step01.py"),
        (["b/step01.py", "a/step01.py"], "a/step01.py"),
        (["a/b/step01.py", "c/step01.py"], "c/step01.py"),
    ],
)
def test_the_plainest_name_in_the_fullest_folder_is_preferred(tmp_path, names, chosen):
    assert found(read_files(tmp_path, dict.fromkeys(names, CODE)))["step01"] == chosen


def test_steps_are_gathered_from_several_folders(tmp_path):
    names = ["a/step01.py", "a/step02.py", "b/step02.py", "b/step03.py", "c/step02.py"]
    given = read_files(tmp_path, dict.fromkeys(names, CODE))
    chosen = {"step01": "a/step01.py", "step02": "a/step02.py", "step03": "b/step03.py"}
    assert found(given) == chosen
    assert set(texts(given)) == set(names)


def test_an_empty_folder_is_an_empty_submission(tmp_path):
    given = read(tmp_path)
    assert (given.name, given.steps, texts(given)) == (tmp_path.name, {}, {})


@pytest.mark.parametrize(
    ("folder", "root"), [("mine", "mine"), ("my work", "submission"), ("ml-1.2", "submission")]
)
def test_the_folder_gives_the_package_its_name(tmp_path, folder, root):
    assert read_files(tmp_path / folder, {"step01.py": CODE}).root == root
