"""``python grade.py new``: what it writes, what it leaves alone, and what it refuses."""

import ast
import shutil
from pathlib import Path

import pytest
from course import SHIPPED

from graders import cli
from graders.commands.course.checkout import FILES, LESSON, MUTANTS, ROOT, SUITE, TEMPLATE
from graders.commands.new import command

COURSE = "graders/syllabus.py"
LESSON_42 = '''"""Step 42: the “answer” (section 42.1).

New: answer.
"""


def answer():
    """Return it (section 42.1)."""
    return 42


if __name__ == "__main__":
    print(answer())  # 42
'''


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """Give a copy of the authors' texts, which the command takes for its own checkout."""
    for path in ("reference", "student_template", "tests/mutants", "tests/fair"):
        shutil.copytree(ROOT / path, tmp_path / path)
    for folder in ("graders/suites", "graders/misconceptions"):
        (tmp_path / folder).mkdir(parents=True)
        for file in (ROOT / folder).glob("*.py"):
            shutil.copy(file, tmp_path / folder)
    for path in (COURSE, "tests/equivalents.py"):
        shutil.copy(ROOT / path, tmp_path / path)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def new(checkout, capsys):
    """Give the command; it returns the status, and what was printed and complained of."""

    def new(*words):
        status = cli.main(["new", *words])
        return status, *capsys.readouterr()

    return new


def texts(folder):
    """Return what lies in a folder, by path."""
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def refused(new, checkout, *words):
    """Return the one sentence that a command is refused with; nothing is written."""
    before = texts(checkout)
    status, out, err = new(*words)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert texts(checkout) == before
    return err


def files(step):
    """Return the files that a step has."""
    return [path.format(step=step) for path in FILES]


def test_a_step_is_begun_with_holes_and_each_is_listed(new, checkout):
    status, out, err = new("step", "42")
    assert (status, err) == (0, "")
    assert [line for line in out.splitlines() if line.startswith("wrote ")] == [
        f"wrote {path}" for path in [*files("step42"), COURSE]
    ]
    for path in files("step42"):
        assert ast.parse((checkout / path).read_text("utf-8"))
    assert "  reference/step42.py:3 what is new, and what for.\n" in out
    assert "  graders/syllabus.py step42: what the step is called\n" in out
    assert "  a check: python grade.py new check 42 NAME\n" in out
    assert out.endswith("  python grade.py selftest --step 42 says what else\n")


def test_a_step_is_called_what_its_lesson_calls_it(new, checkout):
    (checkout / LESSON.format(step="step42")).write_text(LESSON_42, "utf-8")
    out = new("step", "42")[1]
    assert f"wrote {LESSON.format(step='step42')}" not in out
    course = (checkout / COURSE).read_text("utf-8")
    assert '    Unit("step42", "42", _("The “answer”"), "42.1"),\n)' in course
    made = (checkout / TEMPLATE.format(step="step42")).read_text("utf-8")
    assert 'raise NotImplementedError("fill in: answer")' in made


def test_what_is_there_stays_as_it_is(new, checkout):
    suite = checkout / SUITE.format(step="step42")
    suite.write_text("MINE = 1\n")
    out = new("step", "42")[1]
    assert suite.read_text() == "MINE = 1\n"
    assert SUITE.format(step="step42") not in out.partition("left to do")[0]


@pytest.mark.parametrize("step", SHIPPED)
def test_a_check_is_added_to_every_suite_and_a_mutant_to_its_mutants(new, checkout, step):
    suite, mutants = (checkout / path.format(step=step) for path in (SUITE, MUTANTS))
    before = suite.read_text("utf-8"), mutants.read_text("utf-8")
    status, out, err = new("check", step, "test_twice_is_four")
    assert (status, err) == (0, "")
    after = suite.read_text("utf-8")
    assert after.startswith(before[0])
    assert ast.parse(after).body[-1].name == "test_twice_is_four"
    added = [line for line in mutants.read_text("utf-8").splitlines() if line.startswith(" ")]
    assert added[-2:] == ['        "twice_is_four",', "    ),"]
    assert out.count(f"{step}.py:") >= 9


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["step", "5"], "step 5 is graded with step06"),
        (["check", "3", "exp_of_arrays"], "test_step03.py has a check exp_of_arrays already"),
    ],
)
def test_what_can_not_be_begun_is_one_sentence(new, checkout, words, sentence):
    assert sentence in refused(new, checkout, *words)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["thing"],
        ["step"],
        ["step", "0"],
        ["step", "100"],
        ["step", "４２"],
        ["step", "-1"],
        ["check", "99", "x"],
        ["check", "3", "Exp"],
        ["check", "3", "a b"],
        ["template", "99"],
    ],
)
def test_wrong_usage_is_refused(new, checkout, words):
    with pytest.raises(SystemExit, match="2"):
        new(*words)


def test_a_lesson_that_is_not_python_makes_nothing(new, checkout):
    (checkout / LESSON.format(step="step42")).write_text("def f(:\n")
    assert "reference/step42.py is not Python: " in refused(new, checkout, "step", "42")


@pytest.mark.parametrize(
    ("path", "old", "new_text", "words"),
    [
        (COURSE, "SYLLABUS = (\n", "OTHER = (\n", ["step", "42"]),
        (COURSE, "SYLLABUS = (", "SYLLABUS = tuple(", ["step", "42"]),
        (MUTANTS, "MUTANTS = mutants(", "MUTANTS = made_of(", ["check", "1", "x"]),
    ],
)
def test_a_file_without_a_list_is_left_to_the_author(new, checkout, path, old, new_text, words):
    file = checkout / path.format(step="step01")
    before, found, after = file.read_text("utf-8").rpartition(old)
    assert found
    file.write_text(before + new_text + after, "utf-8")
    assert "has no list to put this line into, which you may by hand: " in refused(
        new, checkout, *words
    )


def test_a_check_that_was_written_by_half_is_completed(new, checkout):
    new("check", "2", "twice")
    suite, mutants = (checkout / path.format(step="step02") for path in (SUITE, MUTANTS))
    whole = suite.read_text("utf-8"), mutants.read_text("utf-8")
    for file, path in ((suite, SUITE), (mutants, MUTANTS)):
        shutil.copy(ROOT / path.format(step="step02"), file)
        out = new("check", "2", "twice")[1]
        assert out.count("wrote ") == 1
        assert (suite.read_text("utf-8"), mutants.read_text("utf-8")) == whole


def test_an_unreadable_file_is_told_of(new, checkout):
    (checkout / MUTANTS.format(step="step02")).write_bytes(b"# \xff")
    told = refused(new, checkout, "check", "2", "twice")
    assert "tests/mutants/step02.py can't be read: " in told


def test_an_earlier_lesson_is_asked_for(new, checkout):
    (checkout / LESSON.format(step="step09")).unlink()
    assert "reference/step09.py can't be read: " in refused(new, checkout, "step", "42")


def test_a_lesson_must_say_what_step_it_is(new, checkout):
    text = LESSON_42.replace("Step 42", "Step 41")
    (checkout / LESSON.format(step="step42")).write_text(text, "utf-8")
    told = refused(new, checkout, "step", "42")
    assert "reference/step42.py should begin with “Step 42: its title (sections 42.1).”" in told


def test_a_template_is_made_anew_where_the_lesson_has_changed(new, checkout):
    lesson, template = (checkout / path.format(step="step01") for path in (LESSON, TEMPLATE))
    assert new("template", "1")[1] == "there is nothing to write\n"
    lesson.write_text(lesson.read_text("utf-8").replace("Keep data", "Keep the data"), "utf-8")
    before = template.read_text("utf-8") + "\n# a note of mine\n"
    template.write_text(before, "utf-8")
    out = new("template", "1")[1]
    assert out.startswith(
        "wrote student_template/step01.py.bak\nwrote student_template/step01.py\n"
    )
    assert "Keep the data" in template.read_text("utf-8")
    assert template.with_name("step01.py.bak").read_text("utf-8") == before


def test_a_template_that_somebody_has_worked_in_is_not_written_over(new, checkout):
    template = checkout / TEMPLATE.format(step="step03")
    shutil.copy(checkout / LESSON.format(step="step03"), template)
    told = refused(new, checkout, "template", "3")
    assert "student_template/step03.py has code of somebody's in Variable.__init__" in told


def test_a_checkout_is_asked_for(new, checkout):
    shutil.rmtree(checkout / "tests" / "fair")
    assert "new needs the authors' material of a checkout" in refused(
        new, checkout, "step", "42"
    )


def test_what_can_not_be_written_is_told_of(new, checkout, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command, "write_through", full)
    told = refused(new, checkout, "step", "42")
    assert "step42.py can't be written: No space left on device" in told
