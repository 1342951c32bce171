"""Choosing: what is graded where a submission holds a step more than once."""

from pathlib import Path

import pytest
from test_notebook import notebook
from test_submission import put, read_files

from graders.errors import GradmarkError
from graders.submission import published
from graders.submission.choice import Ambiguous
from graders.submission.published import OWN, digest
from graders.submission.read import read

ROOT = Path(__file__).parent.parent
TEMPLATE = (
    'class Variable:\n    def f(self):\n        raise NotImplementedError("fill in: f")\n'
)


def work(what: str) -> str:
    return f"class Variable:\n    name = {what!r}\n"


def places(files: dict[str, str], root: Path, folder: str | None = None) -> dict[str, str]:
    """Return where each step of a submission was found."""
    given = read(put(root, files), folder)
    return {step: run.found_in for step, run in given.steps.items()}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("step01.py", "step01 (1).py"),
        ("step01.py", "old/step01.py"),
        ("step01.py", "deep/down/step01.py"),
        ("student_template/step01.py", "work/step01.ipynb"),
    ],
)
def test_work_wins_over_a_template_wherever_it_lies(tmp_path, left, right):
    code = notebook(work("x")) if right.endswith(".ipynb") else work("x")
    assert places({left: TEMPLATE, right: code}, tmp_path) == {"step01": right}


def test_a_finished_notebook_wins_over_templates_beside_it(tmp_path):
    files = {f"step0{n}.py": f"# {n}\n{TEMPLATE}" for n in (1, 2)}
    files["mine.ipynb"] = notebook("# Step 1", work("a"), "# Step 2", work("b"))
    given = read_files(tmp_path, files)
    assert [run.notebook for run in given.steps.values()] == ["mine.ipynb"] * 2
    told = "still to be filled in, and passed over: step01.py, step02.py for mine.ipynb"
    assert given.notes[0] == told


def test_comments_in_a_template_change_nothing(tmp_path):
    touched = f"# my name\n\n{TEMPLATE}\n# to do\n"
    assert places({"step01.py": touched, "x/step01.py": work("a")}, tmp_path) == {
        "step01": "x/step01.py"
    }


@pytest.mark.parametrize(
    ("chosen", "other"),
    [
        ("steps", "old"), ("steps", "steps_old"), ("steps", "backup"), ("steps", "이전"),
        ("steps", "steps - コピー"), ("steps", "archive/deep"), ("final", "draft"),
        ("提出", "作業中"), ("v2", "v1"), ("v10", "v9"), ("2024-05-10", "2024-05-03"),
        ("a", "b/c"), ("submit", "steps"), ("final_final", "final"),
    ],
)  # fmt: skip
def test_one_folder_is_chosen_for_all_steps(tmp_path, chosen, other):
    steps = ("step01", "step02")
    files = {f"{f}/{s}.py": work(f + s) for f in (chosen, other) for s in steps}
    given = read_files(tmp_path, files)
    assert {run.found_in.rpartition("/")[0] for run in given.steps.values()} == {chosen}
    assert given.notes == (f"{other}/ has step01, step02 too, passed over for {chosen}/",)
    assert [(c.folder, c.graded) for c in given.candidates] == [(chosen, steps), (other, ())]


def test_the_folder_with_most_steps_wins_and_others_fill_its_gaps(tmp_path):
    names = ["a/step01.py", "b/step01.py", "b/step02.py", "a/step04.py", "a/step03.py"]
    given = read_files(tmp_path, {name: work(name) for name in names})
    assert [run.found_in for run in given.steps.values()] == [
        "a/step01.py", "b/step02.py", "a/step03.py", "a/step04.py",
    ]  # fmt: skip
    assert given.notes == (
        "gathered from several folders: a/ (step01, step03, step04), b/ (step02)",
        "b/ has step01 too, passed over for a/",
    )


def test_where_nothing_decides_it_is_said_and_a_folder_is_asked_for(tmp_path):
    files = {f"{f}/step0{n}.py": work(f) for f in ("kim", "lee") for n in (1, 2)}
    with pytest.raises(Ambiguous, match=r"kim/, lee/ hold .*\(step01, step02\)") as e:
        read_files(tmp_path, files)
    assert e.value.folders == ("kim", "lee")
    assert places(files, tmp_path, "lee")["step01"] == "lee/step01.py"
    assert places(files, tmp_path, "./lee/")["step02"] == "lee/step02.py"
    with pytest.raises(GradmarkError, match="--folder park: there is no such"):
        read(tmp_path, "park")


def test_equal_work_is_no_tie(tmp_path):
    files = {"a/step01.py": work("x"), "b/step01.py": work("x").replace("\n", "\r\n") + "\n"}
    given = read_files(tmp_path, files)
    assert (given.steps["step01"].found_in, given.notes) == ("a/step01.py", ())


def test_what_another_folder_holds_can_be_imported(tmp_path):
    files = {"lib/base.py": "x = 1", "steps/step01.py": work("a")}
    assert set(read(put(tmp_path, files), "steps").modules) == set(files)


# --- published solutions


def copied(root: Path, folder: str, to: str) -> None:
    """Copy a folder of this repository's steps into a submission."""
    for path in (ROOT / folder).glob("step*.py"):
        put(root, {f"{to}/{path.name}": path.read_text("utf-8").replace("\n", "\r\n")})


def test_the_digests_are_those_of_the_reference():
    texts = [path.read_text("utf-8") for path in (ROOT / "reference").glob("step*.py")]
    assert sorted(map(digest, texts)) == sorted(OWN)


@pytest.mark.parametrize("beside", ["student_template", "mine"])
def test_the_reference_is_passed_over_for_templates_and_for_work(tmp_path, beside):
    copied(tmp_path, "reference", "reference")
    if beside == "mine":
        put(tmp_path, {"mine/step01.py": work("x")})
    else:
        copied(tmp_path, "student_template", "student_template")
    given = read(tmp_path)
    assert {run.path.partition("/")[0] for run in given.steps.values()} == {beside}
    assert "reference/ is gradmark's own reference solution: passed over" in given.notes


@pytest.mark.parametrize("named", [None, "reference"])
def test_the_reference_by_itself_is_graded_with_a_note(tmp_path, named):
    copied(tmp_path, "reference", "reference")
    given = read(tmp_path, named)
    assert len(given.steps) == 9
    assert given.notes[-1].startswith("the same code as gradmark's own reference solution: st")


def test_a_few_files_of_the_reference_among_one_s_own_are_told_of(tmp_path):
    text = (ROOT / "reference" / "step02.py").read_text("utf-8")
    given = read_files(tmp_path, {"step01.py": work("x"), "step02.py": text})
    assert given.notes == ("the same code as gradmark's own reference solution: step02",)


def test_the_reference_that_was_passed_over_can_t_be_imported(tmp_path):
    copied(tmp_path, "reference", "reference")
    put(tmp_path, {"step01.py": "from reference.step01 import Variable"})
    assert list(read(tmp_path).modules) == ["step01.py"]


@pytest.fixture
def books(monkeypatch):
    """Take some texts for those of the book."""
    texts = {f"step0{n}.py": work(f"book {n}") for n in range(1, 5)}
    monkeypatch.setattr(published, "BOOKS", {digest(text) for text in texts.values()})
    return {f"steps/{name}": text for name, text in texts.items()}


@pytest.mark.parametrize(
    "mine",
    [
        {"mine/step01.py": work("x")},
        {"mine/step01/main.py": work("x")},
        {"mine/work.ipynb": notebook("# Step 1", work("x"))},
        {f"mine/{n}.py": work(f"{n}") for n in (1, 2, 3)},
    ],
)
@pytest.mark.parametrize("edited", [False, True])
def test_a_copy_of_the_book_s_files_fills_no_gaps_of_one_s_own(tmp_path, books, mine, edited):
    books["steps/step04.py"] += "# mine\n" * edited
    given = read_files(tmp_path, books | mine)
    assert {run.found_in.partition("/")[0] for run in given.steps.values()} == {"mine"}
    told = "mostly the book's" if edited else "the book's"
    assert f"steps/ is {told} own solution: passed over" in given.notes


def test_a_copy_of_the_book_s_files_alone_is_graded_and_told_of(tmp_path, books):
    given = read_files(tmp_path, books)
    assert len(given.steps) == 4
    told = "the same code as the book's own solution: step01, step02, step03, step04"
    assert given.notes == (told,)


def test_in_a_copy_of_gradmark_its_own_files_are_no_work(tmp_path):
    tool = ("grade.py", "graders/cli.py", "graders/suites/test_step10.py")
    put(tmp_path, dict.fromkeys(tool, "import unittest\nsquare(1)"))
    put(tmp_path, {"tests/step01.py": work("x"), "work/step02.py": work("y")})
    given = read(tmp_path)
    assert (list(given.steps), set(given.modules)) == (
        ["step02"],
        {"grade.py", "work/step02.py"},
    )


# --- guesses, and other work


@pytest.mark.parametrize("name", ["stop1.py", "step03_old.py"])
def test_a_guess_counts_only_where_nothing_else_does(tmp_path, name):
    files = {"step01.py": work("x"), "step03.py": work("y"), name: work("z")}
    assert set(places(files, tmp_path).values()) == {"step01.py", "step03.py"}


def test_other_work_of_the_same_name_is_not_preferred(tmp_path):
    files = {f"kaggle/step{n}.py": "print('load data')" for n in range(1, 9)}
    files |= {"a/b/step01.py": work("x"), "a/b/step02.py": work("y")}
    given = read_files(tmp_path, files)
    assert given.steps["step01"].found_in == "a/b/step01.py"
