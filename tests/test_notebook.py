"""Notebooks are read cell by cell: one a step, or one with a heading above each step."""

import json
from pathlib import Path

import nbformat
import pytest
from test_submission import found, texts

from graders.errors import GradmarkError
from graders.submission import assembly
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


def test_cells_that_write_steps_need_no_heading(tmp_path):
    given = remarked(tmp_path, f"%%writefile step01.py\n{CODE}", "%%writefile step02.py\nb")
    assert (own(given, "step01"), own(given, "step02")) == ([2], [3])


def test_a_notebook_of_helpers_can_be_imported(tmp_path):
    (tmp_path / "utils.ipynb").write_text(notebook(CODE), "utf-8")
    (tmp_path / "step01.ipynb").write_text(notebook("from utils import *"), "utf-8")
    assert texts(read(tmp_path))["utils.py"] == CODE


# --- sections


def test_a_section_has_the_cells_before_it_too(tmp_path):
    given = read_one(tmp_path, "import numpy", "# Step 1: boxes", "a", "text", "## step2", "b")
    assert list(given.steps) == ["step01", "step02"]
    assert cells(given, "step01") == [(1, "import numpy"), (3, "a"), (4, "text")]
    assert cells(given, "step02") == [(1, "import numpy"), (3, "a"), (4, "text"), (6, "b")]
    assert (own(given, "step01"), own(given, "step02")) == ([3, 4], [6])
    assert given.steps["step01"].found_in == "mine.ipynb, cells 3–4"
    assert given.steps["step02"].found_in == "mine.ipynb, cell 6"


def test_a_section_without_code_is_known(tmp_path):
    given = read_one(tmp_path, "# Step 1", "a", "# Step 2", "# Step 3", "b")
    assert own(given, "step02") == []
    assert cells(given, "step02") == [(2, "a")]
    assert own(given, "step03") == [5]


def test_a_step_may_be_taken_up_again(tmp_path):
    given = read_one(tmp_path, "# Step 1", "a", "# Step 2", "b", "# Step 1", "c", "# Step 3")
    assert (own(given, "step01"), own(given, "step02")) == ([2, 6], [4])
    assert [number for number, _text in cells(given, "step01")] == [2, 4, 6]
    assert [number for number, _text in cells(given, "step02")] == [2, 4]


@pytest.mark.parametrize("later", ["# Step 11: more arguments", "# ステップ 12"])
def test_a_later_step_of_the_course_ends_a_section(tmp_path, later):
    given = read_one(tmp_path, "# Step 10", "a", later, "b")
    assert list(given.steps) == ["step10"]
    assert cells(given, "step10") == [(2, "a")]


def test_a_heading_of_no_step_ends_nothing(tmp_path):
    given = read_one(tmp_path, "# Step 1", "a", "## Summary", "b")
    assert own(given, "step01") == [2, 4]


@pytest.mark.parametrize(
    "part",
    ["### Step 1: define", "## Step 2", "## Recap: step 2", "## Step 0: imports", "**Step 1**"],
)
def test_a_lesser_heading_is_a_part_of_the_section(tmp_path, part):
    given = read_one(tmp_path, "# Step 1", "a", "# Step 2", "b", "# Step 7", part.lstrip(), "c")
    assert own(given, "step07") == [7] or part.startswith("**")
    assert (own(given, "step01"), own(given, "step02")) == ([2], [4])


def test_a_title_for_all_steps_is_no_section_of_those_below(tmp_path):
    given = read_one(tmp_path, "# Steps 1-3", "a", "## Step 1", "b", "## Step 2", "c")
    assert own(given, "step01") == [4]
    assert own(given, "step02") == [6]
    assert own(given, "step03") == [2]


def test_a_table_of_contents_begins_nothing(tmp_path):
    contents = "# Step 1\n# Step 2\n# Step 3"
    given = read_one(tmp_path, contents, "a", "# Step 1", "b", "# Step 2", "c")
    assert list(given.steps) == ["step01", "step02"]
    assert own(given, "step01") == [4]


def test_headings_may_end_with_the_step_where_none_begins_with_it(tmp_path):
    given = read_one(tmp_path, "## 3. Boxes (Step 1)", "a", "## My code for step 2", "b")
    assert (own(given, "step01"), own(given, "step02")) == ([2], [4])


def test_a_cell_of_markdown_may_hold_the_heading(tmp_path):
    given = remarked(tmp_path, "%%markdown\n# Step 1", "a", "%%html\n<h2>Step 2</h2>", "b")
    assert (own(given, "step01"), own(given, "step02")) == ([3], [5])


def test_a_notebook_called_after_one_step_may_hold_others(tmp_path):
    (tmp_path / "step01 to step03.ipynb").write_text(
        notebook("# Step 1", "a", "# Step 2", "b", "# Step 3", "c"), "utf-8"
    )
    given = read(tmp_path)
    assert list(given.steps) == ["step01", "step02", "step03"]
    assert [own(given, step) for step in given.steps] == [[2], [4], [6]]


@pytest.mark.parametrize("title", ["# Numerical differentiation", "# Step 4: slopes"])
def test_parts_of_a_notebook_a_step_are_no_steps(tmp_path, title):
    parts = [title, "## Step 1: import", "a", "## Step 2: define", "b", "## Step 3: try", "c"]
    (tmp_path / "step04.ipynb").write_text(notebook(*parts), "utf-8")
    given = read(tmp_path)
    assert {step: run.found_in for step, run in given.steps.items()} == {
        "step04": "step04.ipynb"
    }


def test_a_notebook_a_step_may_repeat_the_one_before(tmp_path):
    (tmp_path / "step01.ipynb").write_text(notebook("# Step 1", "a"), "utf-8")
    (tmp_path / "step02.ipynb").write_text(notebook("# Step 1", "a", "# Step 2", "b"), "utf-8")
    assert [run.found_in for run in read(tmp_path).steps.values()] == [
        "step01.ipynb",
        "step02.ipynb",
    ]


def test_files_and_a_notebook_beside_them_complete_each_other(tmp_path):
    (tmp_path / "step01.py").write_text(CODE, "utf-8")
    (tmp_path / "rest.ipynb").write_text(notebook("# Step 1", "x", "# Step 2", "y"), "utf-8")
    given = read(tmp_path)
    assert [run.found_in for run in given.steps.values()] == ["step01.py", "rest.ipynb, cell 4"]
    assert given.notes == ("the headings in rest.ipynb tell where each step is",)


def test_prose_about_a_step_begins_nothing(tmp_path):
    given = read_one(tmp_path, "# Step 6", "a", "step 5 gave us the idea", "b")
    assert own(given, "step06") == [2, 4]


@pytest.mark.parametrize(
    ("heading", "steps"),
    [
        ("step5,6:", []),
        ("# Step 5-6", ["step06"]),
        ("# Step 5", ["step06"]),
        ("## Step 1~3", ["step01", "step02", "step03"]),
        ("# Steps 8-12", ["step08", "step09", "step10"]),
        ("# What I learnt\n\n## Step 3", ["step03"]),
        ("# Step 1\n# Step 4", ["step01"]),
        ("# Step 99", []),
    ],
)
def test_a_heading_may_name_several_steps(tmp_path, heading, steps):
    given = read_one(tmp_path, heading, CODE)
    assert list(given.steps) == steps
    assert all(cells(given, step) == [(2, CODE)] for step in steps)


def test_bare_numbers_are_steps_where_they_count_on(tmp_path):
    given = read_one(tmp_path, "# 1 Boxes", "a", "## 1 Aim", "b", "# 2 Functions", "c")
    assert (own(given, "step01"), own(given, "step02")) == ([2, 4], [6])


def remarked(folder: Path, *codes: str) -> Submission:
    """Return a notebook of code cells, below a heading that names no step."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Notes")])
    made.cells += map(nbformat.v4.new_code_cell, codes)
    path = folder / "mine.ipynb"
    path.write_text(nbformat.writes(made), "utf-8")
    return read(path)


def test_code_cells_speak_for_themselves_where_no_heading_names_a_step(tmp_path):
    codes = ["# Step 1\na", "b", '\n"""ステップ2"""\nc', "x = 1  # Step 3"]
    given = remarked(tmp_path, *codes)
    assert list(given.steps) == ["step01", "step02"]
    assert (own(given, "step01"), own(given, "step02")) == ([2, 3], [4, 5])


def test_comments_name_no_step_below_headings_that_do(tmp_path):
    given = read_one(tmp_path, "# Step 1", '"""Step 2"""\na')
    assert list(given.steps) == ["step01"]


@pytest.mark.parametrize("heading", ["# My steps", "# Step one", "# Recap of step 3"])
def test_without_a_heading_there_is_a_note(tmp_path, heading):
    given = read_one(tmp_path, heading, CODE)
    assert given.steps == {}
    assert "no heading names a step" in given.notes[0]


def test_the_notebook_with_most_steps_is_cut_and_those_beside_it_complete_it(tmp_path):
    (tmp_path / "a.ipynb").write_text(notebook("# Step 1", "a", "# Step 3", "c"), "utf-8")
    (tmp_path / "b.ipynb").write_text(
        notebook("# Step 1", "x", "# Step 2", "y", "# Step 4", "z"), "utf-8"
    )
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "c.ipynb").write_text(notebook("# Step 7", "q"), "utf-8")
    given = read(tmp_path)
    assert {step: run.pieces[-1].path for step, run in given.steps.items()} == {
        "step01": "b.ipynb", "step02": "b.ipynb", "step03": "a.ipynb", "step04": "b.ipynb",
    }  # fmt: skip
    assert given.notes == (
        "the headings in b.ipynb tell where each step is",
        "the headings in a.ipynb tell where each step is",
    )


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
    ["", "{}", "[]", "null", "{", "[" * 100_000, '{"cells": 1}', '{"cells": [1]}',
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
    assert notes[-1] == "… and 20 notes more"


def test_very_many_unreadable_notebooks_are_told_of_shortly(tmp_path):
    for number in range(9):
        (tmp_path / f"n{number}.ipynb").write_text("")
    notes = read(tmp_path).notes
    assert notes[:5] == tuple(f"n{number}.ipynb: it is not a notebook" for number in range(5))
    assert notes[5] == "4 more notebooks can't be read"


def test_more_cells_than_anyone_writes_are_told_of(tmp_path):
    with pytest.raises(GradmarkError, match=f"it has more than {MOST_PIECES} cells"):
        read_one(tmp_path, "# Step 1", *["x"] * MOST_PIECES)


def test_notebooks_are_read_as_far_as_the_limit_reaches(tmp_path, monkeypatch):
    monkeypatch.setattr(assembly, "RAW_BYTES", 10)
    (tmp_path / "a.ipynb").write_text(notebook("# Step 1", CODE), "utf-8")
    (tmp_path / "b.ipynb").write_text(notebook("# Step 2", CODE), "utf-8")
    given = read(tmp_path)
    assert list(given.steps) == ["step01"]
    assert given.notes[0] == "b.ipynb: the notebooks are together larger than 0 MiB"
