"""Notebooks: one a step, or one with headings."""

import json
import sys
from pathlib import Path

import nbformat
import pytest

from graders.errors import GradmarkError
from graders.submission.read import Submission, read

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


def test_a_notebook_a_step_is_read_as_its_code(tmp_path):
    (tmp_path / "step01.ipynb").write_text(notebook("# Step 2", CODE, "x = 1"), "utf-8")
    given = read(tmp_path)
    assert given.steps["step01"].path == "step01.py"
    assert given.sources == {"step01.py": f"{CODE}\n\nx = 1"}


def test_headings_cut_a_notebook_into_steps_that_build_on_one_another(tmp_path):
    given = read_one(tmp_path, "import numpy", "# Step 1: boxes", "a", "text", "## step2", "b")
    assert list(given.steps) == ["step01", "step02"]
    assert given.sources["step01.py"] == "import numpy\n\na\n\ntext"
    assert given.sources["step02.py"] == "import numpy\n\na\n\ntext\n\nb"


@pytest.mark.parametrize(
    ("heading", "step"),
    [
        ("step5,6:", "step06"),
        ("# Step 5-6", "step06"),
        ("## Step 5–6: by hand", "step06"),
        ("## Step 6", "step06"),
        ("# step 5, step 6", "step06"),
        ("# STEP_07", "step07"),
        ("### ステップ8", "step08"),
        ("#스텝 9", "step09"),
        ("# 步骤10", "step10"),
        ("# What I learnt\n\n## Step 3", "step03"),
        ("# Step 1\n# Step 4", "step04"),
    ],
)
def test_a_heading_names_a_step(tmp_path, heading, step):
    assert list(read_one(tmp_path, heading, CODE).steps) == [step]


@pytest.mark.parametrize("heading", ["# Step 99", "# Step 100", "# My steps", "# Step one"])
def test_without_a_heading_there_is_a_note(tmp_path, heading):
    given = read_one(tmp_path, heading, CODE)
    assert given.steps == {}
    assert "no heading names a step" in given.notes[0]


def test_a_folder_with_one_notebook_is_cut_at_its_headings(tmp_path):
    (tmp_path / "work.ipynb").write_text(notebook("# Step 1", CODE), "utf-8")
    given = read(tmp_path)
    assert given.sources == {"step01.py": CODE}
    assert given.notes == ("the steps were cut out of work.ipynb",)


@pytest.mark.parametrize(
    "line", ["%matplotlib inline", "%%time", "!pip install x", "  !ls", "?print", "np.array?"]
)
def test_the_notebook_s_own_commands_are_commented_out(tmp_path, line):
    source = read_one(tmp_path, "# Step 1", f"if True:\n{line}\nx = 1").sources["step01.py"]
    first, second, third = source.splitlines()
    assert (first, third) == ("if True:", "x = 1")
    assert second.strip() == f"pass  # {line.strip()}"


@pytest.mark.parametrize("code", ["x = (7\n     % 4)", "x = (7\n% 4)", "x = (1\n     != 2)"])
def test_an_operator_that_begins_a_line_is_kept(tmp_path, code):
    assert read_one(tmp_path, "# Step 1", code).sources["step01.py"] == code


def test_plots_do_not_make_a_notebook_too_large(tmp_path):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    plot = {"image/png": "A" * (1 << 20)}
    made.cells[0].outputs = [nbformat.v4.new_output("display_data", plot)]
    (tmp_path / "step01.ipynb").write_text(nbformat.writes(made), "utf-8")
    assert read(tmp_path).sources == {"step01.py": CODE}


@pytest.mark.filterwarnings("error")
def test_an_older_notebook_is_read_without_a_warning(tmp_path):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    made = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [cell | {"source": "a"}],
    }
    (tmp_path / "step01.ipynb").write_text(json.dumps(made), "utf-8")
    assert read(tmp_path).sources == {"step01.py": "a"}


def test_lone_surrogates_in_a_notebook_can_be_sent(tmp_path):
    (tmp_path / "step01.ipynb").write_text(
        notebook("x = 'HERE'").replace("HERE", "\\ud800"), "utf-8"
    )
    assert read(tmp_path).sources == {"step01.py": "x = '\\ud800'"}


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "{", "[" * 100_000, '{"cells": 1}'])
def test_what_is_no_notebook_is_told_of(tmp_path, text):
    (tmp_path / "step01.ipynb").write_text(text)
    assert read(tmp_path).steps["step01"].problem == "it is not a notebook"
    with pytest.raises(GradmarkError, match=r"step01\.ipynb: it is not a notebook"):
        read(tmp_path / "step01.ipynb")


def test_without_nbformat_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "step01.ipynb").write_text(notebook(CODE), "utf-8")
    monkeypatch.setitem(sys.modules, "nbformat", None)
    for path in (tmp_path, tmp_path / "step01.ipynb"):
        with pytest.raises(GradmarkError, match="pip install") as caught:
            read(path)
        assert "\n" not in str(caught.value)
