"""Parts: several files for a step, several steps in a file."""

import pytest
from test_choice import places, work
from test_submission import read_files


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (["step09-1.py", "step09-2.py"], "step09-1.py, step09-2.py"),
        (
            ["step09_2.py", "step09_1.py", "step09_3.py"],
            "step09_1.py, step09_2.py, step09_3.py",
        ),
        (["step09/variable.py", "step09/main.py"], "step09/variable.py, step09/main.py"),
        (["step09.py", "step09-1.py"], "step09.py"),
        (["step09_a.py", "step09_b.py"], "step09_a.py, step09_b.py"),
    ],
)
def test_a_step_may_be_in_several_files(tmp_path, names, place):
    files = {name: f"class Variable{n}: pass" for n, name in enumerate(names)}
    given = read_files(tmp_path, files)
    run = given.steps["step09"]
    assert run.found_in == place
    assert ", ".join(piece.path for piece in run.pieces) == place
    assert set(given.modules) == set(names)


def test_files_of_a_step_that_define_the_same_are_versions_of_it(tmp_path):
    given = read_files(tmp_path, {"step02_a.py": work("a"), "step02_b.py": work("b")})
    assert given.steps["step02"].found_in == "step02_a.py"
    assert given.notes == ("passed over: step02_b.py for step02_a.py",)


@pytest.mark.parametrize(
    ("tests", "place"),
    [
        ("test_step10.py", "step10.py, test_step10.py"),
        ("step10_test.py", "step10.py, step10_test.py"),
        ("test_square.py", "step10.py"),
    ],
)
def test_tests_beside_a_step_belong_to_it(tmp_path, tests, place):
    test = "import unittest\nfrom step10 import square\nsquare(1)\n"
    files = {"step10.py": work("x"), tests: test}
    assert places(files, tmp_path) == {"step10": place}


@pytest.mark.parametrize(
    "path", ["test_step10.py", "test_square.py", "tests/test_x.py", "tests.py"]
)
def test_tests_alone_are_step_10(tmp_path, path):
    files = {"step09.py": work("x"), path: "import unittest\nsquare(1)\n"}
    assert places(files, tmp_path) == {"step09": "step09.py", "step10": path}


def test_tests_of_an_earlier_step_are_not_its_work(tmp_path):
    files = {f"steps/step0{n}.py": work(str(n)) for n in (1, 2)}
    files |= {f"tests/test_step0{n}.py": "from steps import square" for n in (1, 2)}
    given = read_files(tmp_path, files)
    assert {run.found_in[:6] for run in given.steps.values()} == {"steps/"}


PARTS = [work(name) for name in "abc"]
BANNERS = ["# Step {}", "# -- step {}: title --", "#region Step {}", "'''\nStep {}\n'''",
           "# ステップ{}", "# MAGIC %md ## Step {}",
           "# %% [markdown]\n# # Step {}"]  # fmt: skip


@pytest.mark.parametrize("banner", BANNERS)
@pytest.mark.parametrize("name", ["step01_03.py", "everything.py", "step1.py"])
def test_a_file_is_cut_at_its_comments(tmp_path, banner, name):
    text = "\n".join(f"{banner.format(n)}\n{part}" for n, part in enumerate(PARTS, 1))
    given = read_files(tmp_path, {name: text})
    assert list(given.steps) == ["step01", "step02", "step03"]
    for run, part in zip(given.steps.values(), PARTS, strict=True):
        (piece,) = run.pieces
        assert text.startswith(piece.text)
        assert piece.text.removesuffix("# %% [markdown]").rstrip().endswith(part.rstrip())
    assert given.modules[name][0].text == text


def test_a_part_without_code_is_known(tmp_path):
    text = f"# Step 1\n{work('a')}\n# Step 2\n# to do\n"
    given = read_files(tmp_path, {"step1-2.py": text})
    assert [run.own for run in given.steps.values()] == [(0,), ()]


def test_a_file_without_comments_is_each_of_its_steps(tmp_path):
    given = read_files(tmp_path, {"step0809.py": work("x")})
    assert [run.found_in for run in given.steps.values()] == ["step0809.py"] * 2
    assert "all of step0809.py is graded as each of step08, step09" in given.notes[0]


def test_comments_that_number_what_a_file_does_cut_nothing(tmp_path):
    steps = ["imports", "the box", "the difference", "the test"]
    text = "\n".join(f"# Step {n}: {what}\nx = {n}" for n, what in enumerate(steps, 1))
    given = read_files(tmp_path, {"step04.py": f"{text}\n{work('x')}"})
    assert [run.found_in for run in given.steps.values()] == ["step04.py"]
    assert given.notes == ()


def test_comments_in_prose_cut_nothing(tmp_path):
    text = f"# Step 3 gave us Exp\n{work('x')}\n# step 1 was short\ny = 1\n"
    assert places({"step04.py": text}, tmp_path) == {"step04": "step04.py"}


def test_a_slip_is_named(tmp_path):
    given = read_files(tmp_path, {"steo04.py": work("x"), "step01.py": work("y")})
    assert list(given.steps) == ["step01", "step04"]
    assert "steo04.py is taken for step04: is that what its name means?" in given.notes
