"""Notebooks are read cell by cell, however they are stored."""

import json
from pathlib import Path

import nbformat
import pytest
from test_submission import found, texts

from graders.errors import GradmarkError
from graders.submission import assembly, budget
from graders.submission.cells import ODD_BYTES
from graders.submission.pieces import Submission
from graders.submission.read import read
from graders.wire import MOST_PIECES, Piece

CODE = "class Variable:\n    pass"


def notebook(*cells: str) -> str:
    """Return a notebook; a cell that begins with # or ``step`` is text, any other is code."""
    v4 = nbformat.v4
    made = [
        v4.new_markdown_cell(cell) if cell.startswith(("#", "step")) else v4.new_code_cell(cell)
        for cell in cells
    ]
    return nbformat.writes(v4.new_notebook(cells=made))


def read_one(folder: Path, *cells: str) -> Submission:
    path = folder / "mine.ipynb"
    path.write_text(notebook(*cells), "utf-8")
    return read(path)


def cells(given: Submission, step: str) -> list[tuple[int, str]]:
    """Return the number and text of each of a step's cells."""
    return [(piece.cell, piece.text) for piece in given.steps[step].pieces]


def own(given: Submission, step: str) -> list[int]:
    """Return the numbers of the cells that are a step's own."""
    run = given.steps[step]
    return [run.pieces[index].cell for index in run.own]


# --- cells


def test_a_notebook_a_step_is_read_cell_by_cell(tmp_path):
    (tmp_path / "step01.ipynb").write_text(notebook("# Step 2", CODE, " \n", "x = 1"), "utf-8")
    given = read(tmp_path)
    run = given.steps["step01"]
    assert (run.path, run.found_in, run.own) == ("step01.py", "step01.ipynb", (0, 1))
    assert run.pieces == (Piece("step01.ipynb", CODE, 2), Piece("step01.ipynb", "x = 1", 4))
    assert given.modules == {"step01.py": run.pieces}
    assert read(tmp_path / "step01.ipynb").steps == given.steps


@pytest.mark.parametrize(
    "name",
    ["Copy of step01.ipynb", "Copy of Copy of step01.ipynb", "step01 (1).ipynb", "STEP01.IPYNB",
     "step01-Copy1.ipynb", "step01 - コピー.ipynb", "「step01.ipynb」のコピー.ipynb",
     "step01.ipynb의 사본.ipynb", "Step 1 variables.ipynb"],
)  # fmt: skip
def test_a_notebook_is_found_by_the_names_that_programs_give_to_copies(tmp_path, name):
    (tmp_path / name).write_text(notebook(CODE), "utf-8")
    steps = found(read(tmp_path))
    assert list(steps) == ["step01"]


def test_the_plain_name_wins_over_a_copy(tmp_path):
    for name in ("Copy of step01.ipynb", "step01.ipynb", "step01 (1).ipynb"):
        (tmp_path / name).write_text(notebook(CODE), "utf-8")
    assert read(tmp_path).steps["step01"].found_in == "step01.ipynb"


@pytest.mark.parametrize("command", ["%%time", "%%capture out", "\n\n%%time", "%%unheard-of"])
def test_a_cell_below_a_command_is_run_and_keeps_its_lines(tmp_path, command):
    given = read_one(tmp_path, "# Step 1", f"{command}\n{CODE}")
    ((_number, text),) = cells(given, "step01")
    assert text.strip() == CODE
    assert text.count("\n") == f"{command}\n{CODE}".count("\n")


@pytest.mark.parametrize(
    "command",
    ["bash", "sh", "script perl", "html", "HTML", "javascript", "latex", "markdown", "cython",
     "writefile notes.txt", "file notes.md", "!ls", "python3", "R", "sql", "timeit"],
)  # fmt: skip
def test_a_cell_of_another_language_is_left_out_and_said(tmp_path, command):
    given = read_one(tmp_path, "# Step 1", CODE, f"%%{command}\nclass Variable: no")
    assert cells(given, "step01") == [(2, CODE)]
    kind = command.partition(" ")[0]
    told = f"mine.ipynb: left out what is not Python, in cell 3 (%%{kind})"
    assert told in given.notes


def test_what_a_cell_writes_is_a_file_to_import(tmp_path):
    given = read_one(
        tmp_path,
        "# Step 1",
        "%%writefile lib/box.py\nx = 1",
        "%%writefile -a 'lib/box.py'\ny = 2",
        "from lib.box import x",
    )
    assert given.modules["lib/box.py"] == (
        Piece("mine.ipynb", "\nx = 1", 2),
        Piece("mine.ipynb", "\ny = 2", 3),
    )
    assert cells(given, "step01") == [(4, "from lib.box import x")]
    told = "mine.ipynb: files that cells write can be imported: lib/box.py (cell 3)"
    assert told in given.notes


@pytest.mark.parametrize("name", ["step01.py", "src/step_1.py", "test_variable.py"])
def test_a_cell_that_writes_a_step_or_tests_is_of_the_step(tmp_path, name):
    given = read_one(tmp_path, "# Step 1", f"%%writefile {name}\n{CODE}", "!python step01.py")
    assert cells(given, "step01")[0] == (2, f"\n{CODE}")
    assert name in given.modules


def test_a_notebook_of_helpers_can_be_imported(tmp_path):
    (tmp_path / "utils.ipynb").write_text(notebook(CODE), "utf-8")
    (tmp_path / "step01.ipynb").write_text(notebook("from utils import *"), "utf-8")
    assert texts(read(tmp_path))["utils.py"] == CODE


# --- files


def test_pictures_do_not_make_a_notebook_too_large(tmp_path):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    plot = {"image/png": "A" * (6 << 20)}
    made.cells[0].outputs = [nbformat.v4.new_output("display_data", plot)]
    (tmp_path / "step01.ipynb").write_text(nbformat.writes(made), "utf-8")
    assert texts(read(tmp_path)) == {"step01.py": CODE}


def test_too_much_code_is_told_of(tmp_path):
    with pytest.raises(GradmarkError, match="its code is larger than 640 KiB"):
        read_one(tmp_path, "# Step 1", f"x = '{'a' * (700 << 10)}'", "# Step 2", "b")
    (tmp_path / "mine.ipynb").rename(tmp_path / "step01.ipynb")
    assert "larger than 640 KiB" in read(tmp_path).steps["step01"].problem


V3 = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": ""},
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Step 1"]},
                {"cell_type": "code", "input": ["a = 1\n", "b"], "language": "python",
                 "metadata": {}, "outputs": []},
            ]
        }
    ],
}  # fmt: skip


def test_version_3_of_the_format_is_read(tmp_path):
    (tmp_path / "mine.ipynb").write_text(json.dumps(V3), "utf-8")
    assert cells(read(tmp_path), "step01") == [(2, "a = 1\nb")]


@pytest.mark.parametrize("minor", [0, 4, 5])
def test_older_and_newer_minor_versions_are_read(tmp_path, minor):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    made = {"nbformat": 4, "nbformat_minor": minor, "cells": [cell | {"source": "a"}]}
    (tmp_path / "step01.ipynb").write_text(json.dumps(made), "utf-8")
    assert texts(read(tmp_path)) == {"step01.py": "a"}


@pytest.mark.parametrize("output", [float("nan"), float("inf"), "\ud83d"])
def test_what_only_python_writes_as_json_is_read(tmp_path, output):
    made = json.loads(notebook(CODE))
    made["cells"][0]["outputs"] = [{"data": {"application/json": output}}]
    (tmp_path / "step01.ipynb").write_text(json.dumps(made), "utf-8")
    assert texts(read(tmp_path)) == {"step01.py": CODE}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_notebook_is_decoded_as_other_files_are(tmp_path, encoding):
    content = json.dumps(json.loads(notebook("x = '変数'")), ensure_ascii=False)
    (tmp_path / "step01.ipynb").write_bytes(content.encode(encoding))
    assert texts(read(tmp_path)) == {"step01.py": "x = '変数'"}


def test_a_large_notebook_that_is_not_quite_json_is_told_of(tmp_path):
    output = {"data": {"text/plain": "A" * ODD_BYTES, "application/json": float("nan")}}
    made = json.loads(notebook(CODE))
    made["cells"][0]["outputs"] = [output]
    (tmp_path / "step01.ipynb").write_text(json.dumps(made), "utf-8")
    assert "not quite JSON" in read(tmp_path).steps["step01"].problem


def test_lone_surrogates_in_a_notebook_can_be_sent(tmp_path):
    (tmp_path / "step01.ipynb").write_text(
        notebook("x = 'HERE'").replace("HERE", "\\ud800"), "utf-8"
    )
    assert texts(read(tmp_path)) == {"step01.py": "x = '\\ud800'"}


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "null", "{", "[" * 100_000, '{"cells": 1}', '{"cells": [1]}',
     '{"cells": [{"source": "x"}]}', '{"cells": [{"cell_type": "code", "source": 1}]}',
     "<<<<<<< HEAD\n{}", '{"worksheets": []}', '{"cells": ' + "[" * 100_000],
)  # fmt: skip
def test_what_is_no_notebook_is_told_of(tmp_path, text):
    path = tmp_path / "step01.ipynb"
    path.write_text(text)
    assert read(tmp_path).steps["step01"].problem == "it is not a notebook"
    with pytest.raises(GradmarkError, match=r"step01\.ipynb: it is not a notebook"):
        read(path)
    path.rename(tmp_path / "mine.ipynb")
    assert read(tmp_path).notes[0] == "mine.ipynb: it is not a notebook"


def test_the_notes_are_few(tmp_path):
    for number in range(60):
        (tmp_path / f"link{number:02}.py").symlink_to("nowhere")
    notes = read(tmp_path).notes
    assert len(notes) == assembly.MOST_NOTES + 1
    assert notes[-1] == "… and 41 notes more"


def test_very_many_unreadable_notebooks_are_told_of_shortly(tmp_path):
    for number in range(9):
        (tmp_path / f"n{number}.ipynb").write_text("{}")
    notes = read(tmp_path).notes
    assert notes[:5] == tuple(f"n{number}.ipynb: it is not a notebook" for number in range(5))
    assert notes[5] == "4 more notebooks can't be read"


def test_more_cells_than_anyone_writes_are_told_of(tmp_path):
    with pytest.raises(GradmarkError, match=f"it has more than {MOST_PIECES} cells"):
        read_one(tmp_path, "# Step 1", *["x"] * MOST_PIECES)


def test_notebooks_are_read_as_far_as_the_limit_reaches(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "RAW_BYTES", 10)
    (tmp_path / "a.ipynb").write_text(notebook("# Step 1", CODE), "utf-8")
    (tmp_path / "b.ipynb").write_text(notebook("# Step 2", CODE), "utf-8")
    given = read(tmp_path)
    assert list(given.steps) == ["step01"]
    assert "b.ipynb: the files are together larger than 0 MiB" in given.notes
