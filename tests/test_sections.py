"""Sections: a notebook for several steps is cut at the headings that name them."""

from pathlib import Path

import nbformat
import pytest
from test_notebook import CODE, cells, notebook, own, read_one

from graders.submission.pieces import Submission
from graders.submission.read import read


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
    (tmp_path / "rest.ipynb").write_text(notebook("# Step 1", "x", "# Step 2", "Exp"), "utf-8")
    given = read(tmp_path)
    assert [run.found_in for run in given.steps.values()] == ["step01.py", "rest.ipynb, cell 4"]
    assert given.notes == ("the headings in rest.ipynb tell where step02 is",)


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


@pytest.mark.parametrize("heading", ["# My steps", "# One step", "# Recap of step 3"])
def test_without_a_heading_there_is_a_note(tmp_path, heading):
    given = read_one(tmp_path, heading, CODE)
    assert given.steps == {}
    assert "no heading names a step" in given.notes[0]


def test_the_notebook_with_most_steps_is_cut_and_those_beside_it_complete_it(tmp_path):
    (tmp_path / "a.ipynb").write_text(notebook("# Step 1", "Exp", "# Step 3", "c"), "utf-8")
    (tmp_path / "b.ipynb").write_text(
        notebook("# Step 1", "Exp", "# Step 2", "y", "# Step 4", "z"), "utf-8"
    )
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "c.ipynb").write_text(notebook("# Step 7", "q"), "utf-8")
    given = read(tmp_path)
    assert {step: run.pieces[-1].path for step, run in given.steps.items()} == {
        "step01": "b.ipynb", "step02": "b.ipynb", "step03": "a.ipynb", "step04": "b.ipynb",
    }  # fmt: skip
    assert given.notes == (
        "the headings in b.ipynb tell where step01, step02, step04 are",
        "the headings in a.ipynb tell where step03 is",
    )


def test_cells_that_write_steps_need_no_heading(tmp_path):
    given = remarked(tmp_path, f"%%writefile step01.py\n{CODE}", "%%writefile step02.py\nb")
    assert (own(given, "step01"), own(given, "step02")) == ([2], [3])
