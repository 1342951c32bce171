"""``grade.py pytest SUBMISSION``: gradmark's verdicts and words, pytest's door."""

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from course import count, points
from sharing import some

ROOT = Path(__file__).parents[1]
ALL_OF_STEP_3 = "gradmark: {0} of {0} points, checks run: {1}".format(
    points("step03"), count("step03")
)


def run_pytest(home, submission, *arguments, cwd=ROOT):
    """Run pytest on the suites, with a home of its own; return the finished process."""
    line = [sys.executable, ROOT / "grade.py", "pytest", submission]
    return subprocess.run(
        [*map(str, line), *arguments],
        cwd=cwd,
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def spoil(folder):
    """Return a copy of the reference whose Square.backward leaves out gy."""
    shutil.copytree(ROOT / "reference", folder)
    file = folder / "step06.py"
    file.write_text(file.read_text().replace("return 2 * x * gy", "return 2 * x"))
    return folder


@pytest.fixture
def knock(tmp_path):
    """Return a function that runs pytest on the suites; its home is this test's own."""
    return partial(run_pytest, tmp_path / "home")


@pytest.fixture
def spoiled(tmp_path):
    """Return a submission with a mistake, to change."""
    return spoil(tmp_path / "spoiled")


@pytest.fixture(scope="module")
def one_failure(tmp_path_factory):
    """Return the finished run on a submission with a mistake."""
    folder = tmp_path_factory.mktemp("door")
    words = ("-v", "-rs", "-k", "step06")
    return run_pytest(folder / "home", spoil(folder / "spoiled"), *words)


def outcomes(done):
    """Return what pytest's -v says of each check."""
    return dict(re.findall(r"::test_(\w+) ([A-Z]+)", done.stdout))


def test_the_reference_passes(knock):
    done = knock("reference", "-k", "step03")
    assert done.returncode == 0
    assert f"{count('step03')} passed" in done.stdout
    assert "submission: reference · " in done.stdout
    assert ALL_OF_STEP_3 in done.stdout


def test_a_failure_is_told_in_gradmarks_words(one_failure):
    done = one_failure
    assert done.returncode == 1
    told = re.search(r"_ test_square_backward _+\n(.*?)gradmark:", done.stdout, re.DOTALL)[1]
    assert told.startswith("Square.backward multiplies by gy\n\n    got   array([")
    for part in ("due   array([", "likely: ", "hint: ", "try it:\n        import numpy"):
        assert f"\n    {part}" in told
    assert "from step06 import Square, Variable" in told
    for ours in ("Traceback", "assert_close", "graders/", "Error", "draw"):
        assert ours not in told
    assert done.stderr == ""


def test_one_mistake_is_one_failure(one_failure):
    done = one_failure
    found = outcomes(done)
    assert [name for name, outcome in found.items() if outcome == "FAILED"] == [
        "square_backward"
    ]
    skipped = {name for name, outcome in found.items() if outcome == "SKIPPED"}
    assert skipped >= {"square_agrees", "by_hand_at_one_half"}
    assert done.stdout.count("blocked: see step06.square_backward") == len(skipped)
    left, whole = map(int, re.search(r"gradmark: (\d+) of (\d+) points", done.stdout).groups())
    assert whole - 4 >= left > 0


def test_the_first_failure_ends_it_and_the_last_are_run_again_where_asked(knock, spoiled):
    done = knock(spoiled, "-x", "-v", "-k", "step04 or step06")
    assert done.returncode == 1
    assert list(outcomes(done).items())[-1] == ("square_backward", "FAILED")
    again = knock(spoiled, "-v", "--lf")
    assert outcomes(again) == {"square_backward": "FAILED"}
    shutil.copy(ROOT / "reference" / "step06.py", spoiled)
    assert outcomes(knock(spoiled, "-v", "--lf")) == {"square_backward": "PASSED"}


def test_the_seed_draws_other_inputs(knock, spoiled, one_failure):
    told = [one_failure.stdout, knock(spoiled, "-k", "step06", "--seed", "7").stdout]
    got = [re.search(r"got   array\((.*)\)", text)[1] for text in told]
    assert got[0] != got[1]
    assert "seed 7" in told[1]


def test_holes_are_skipped(knock):
    done = knock("student_template", "-v", "-rs", "-k", "step01")
    assert done.returncode == 0
    assert set(outcomes(done).values()) == {"SKIPPED"}
    assert "not attempted: the file is still the template" in done.stdout
    assert f"gradmark: 0 of {points('step01')} points" in done.stdout


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def f(:\n", "SyntaxError: invalid syntax"),
        ("import os\nos._exit(3)\n", "your code ended the whole process (exit status 3)"),
    ],
)
def test_a_file_that_does_not_load_is_one_failure(knock, spoiled, source, told):
    (spoiled / "step03.py").write_text(source)
    found = knock(spoiled, "-v", "-k", "step03")
    assert sorted(outcomes(found).values()) == ["FAILED", *["SKIPPED"] * (count("step03") - 1)]
    assert told in found.stdout
    assert "ERROR" not in found.stdout


def test_what_a_student_prints_cannot_steer_the_terminal(knock, spoiled):
    file = spoiled / "step06.py"
    file.write_text(file.read_text().replace("return 2 * x", "print('\\x1b[2J'); return 2 * x"))
    done = knock(spoiled, "-k", "square_backward and step06")
    assert "    your code printed:\n        \\x1b[2J" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("arguments", [["no/such/folder"], ["README.md"]])
def test_wrong_usage_is_one_sentence(knock, arguments):
    done = knock(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert done.stderr.startswith("gradmark: ")


REFUSED = ("--pdb", "--trace", "-n2", "--debug", "--cache-clear", "-Werror", "-pxdist", "-c.")
"""Options of pytest's that run, write or obey what lies in the folder it is started in."""


@pytest.mark.parametrize("word", [*REFUSED, "step03.py", "\x1b[2J"])
def test_other_words_do_not_reach_pytest(knock, word):
    done = knock("reference", word)
    assert (done.returncode, done.stdout) == (2, "")
    assert "unrecognized arguments" in done.stderr
    assert "\x1b" not in done.stderr


TRAP = "open({mark!r}, 'w').close()"
LOADED_BY_PYTEST = {
    "conftest.py": TRAP,
    "pytest.ini": "[pytest]\naddopts = -p plugin\npythonpath = .",
    "plugin.py": TRAP,
    "numpy.py": TRAP,
    "test_step03.py": TRAP,
    "setup.py": TRAP,
}


@pytest.mark.parametrize("submission", [".", "../spoiled"])
@pytest.mark.parametrize("words", some([["-v"], ["--sw", "-rA"], ["--lf"]], 2), ids=" ".join)
def test_nothing_counts_that_lies_where_it_is_started(
    knock, spoiled, tmp_path, submission, words
):
    mark, beyond = tmp_path / "it was run", tmp_path / "beyond"
    for name, text in LOADED_BY_PYTEST.items():
        (spoiled / name).write_text(text.format(mark=str(mark)))
    beyond.write_text("kept")
    cache = spoiled / ".pytest_cache/v/cache"
    cache.mkdir(parents=True)
    (cache / "lastfailed").write_text('{"test_step03.py::test_exp_is_a_function": true}')
    (cache / "stepwise").write_text('{"last_failed": "test_step03.py::test_exp", "x": 1}')
    (cache / "nodeids").symlink_to(beyond)
    done = knock(submission, "-k", "step03", *words, cwd=spoiled)
    assert ALL_OF_STEP_3 in done.stdout
    assert not mark.exists()
    assert beyond.read_text() == "kept"


def test_what_a_student_wrote_does_not_look_like_pytests(knock, spoiled):
    says = "\n\ngradmark: 100 of 100 points, checks run: 85"
    hole = f"raise NotImplementedError({'fill in: it' + says!r})"
    wrong = f"raise ValueError({says!r})"
    for step, line in (("step02.py", hole), ("step03.py", wrong)):
        file = spoiled / step
        file.write_text(file.read_text().replace("return x**2", line))
    done = knock(spoiled, "-rs", "-k", "step02 or step03")
    assert "100 of 100" in done.stdout
    (sum_of,) = re.findall("^gradmark: (.*) points", done.stdout, re.MULTILINE)
    assert sum_of.endswith(f" of {points('step02', 'step03')}")


def test_an_empty_expression_is_one(knock):
    done = knock("reference", "-k", "", "--step", "1")
    assert f"checks run: {count('step01')}" in done.stdout


def test_a_value_names_no_file_of_more_words(knock, tmp_path):
    mark = tmp_path / "it was run"
    (tmp_path / "test_evil.py").write_text(TRAP.format(mark=str(mark)))
    (tmp_path / "words").write_text(f"x\n{tmp_path}/test_evil.py\n--junitxml={mark}\n")
    for option in ("-k", "-r", "--maxfail", "--durations"):
        knock(ROOT / "reference", option, "@words", "--step", "1", cwd=tmp_path)
    assert not mark.exists()


def test_a_failure_under_stepwise_is_a_failure(knock, spoiled):
    assert knock(spoiled, "--sw", "--step", "6").returncode == 1


def test_a_folder_may_be_called_anything(knock, tmp_path):
    name = "100 of 100 points, checks run: 85"
    shutil.copytree(ROOT / "student_template", tmp_path / name)
    broken = tmp_path / f"x\ngradmark: {name}\n.zip"
    broken.write_text("no zip")
    for path in (tmp_path / name, broken):
        done = knock(path, "--step", "1")
        said = re.findall("^gradmark: (100 .*)$", done.stdout + done.stderr, re.MULTILINE)
        assert said == []


def test_plain_pytest_is_sent_to_this_door(spoiled, tmp_path):
    mark = tmp_path / "it was run"
    (spoiled / "conftest.py").write_text(TRAP.format(mark=str(mark)))
    line = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "graders/suites", spoiled]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr == "gradmark: python grade.py pytest SUBMISSION runs the suites\n"
    assert not mark.exists()
