"""Places: what is said of a cell that ended early names it, its line, and what came of it."""

import zipfile

from test_notebook import notebook
from test_pieces import FUNCTION, SQUARE, VARIABLE, graded, only

from graders.judge.run import Options, grade
from graders.submission.read import read

__all__ = ["graded"]


def test_an_exception_in_a_check_is_told_with_its_cell_and_line(graded):
    wrong = SQUARE.replace("x ** 2", "x.square()")
    step = only(graded("# Step 2", VARIABLE, FUNCTION, f"\n{wrong}"))
    message = next(check.message for check in step.checks if check.status == "failed")
    assert "mine.ipynb, cell 3, line 4: return Variable(self.forward(x))" in message
    assert "mine.ipynb, cell 4, line 4: return x.square()" in message


def test_a_mistake_in_a_cell_is_told_with_its_own_line(graded):
    step = only(graded("# Step 2", VARIABLE, "!ls\n%%time\n\nclass Function\n    pass"))
    assert step.load_error.splitlines()[0] == "SyntaxError: expected ':'"
    assert step.load_error.splitlines()[1].startswith(
        "mine.ipynb, cell 3, line 4: class Function"
    )


def test_a_missing_name_is_put_down_to_the_cell_that_would_define_it(graded):
    broken = SQUARE.replace("Function):", "Function)")
    step = only(graded("# Step 2", "1 / 0", VARIABLE, FUNCTION, broken, "print(Square)"))
    message = next(check.message for check in step.checks if check.status == "failed")
    assert message.startswith("a cell stopped early: SyntaxError")
    assert "mine.ipynb, cell 5, line 1" in message
    assert message.endswith("so Square is not defined")


def test_a_missing_name_is_put_down_to_the_first_cell_of_a_chain(graded):
    broken = FUNCTION.replace("__call__(self, input):", "__call__(self, input:")
    step = only(graded("# Step 2", VARIABLE, broken, SQUARE))
    message = next(check.message for check in step.checks if check.status == "failed")
    assert "mine.ipynb, cell 3, line 2" in message
    assert "cell 4" not in message


def test_a_cell_that_ended_below_a_definition_is_not_to_blame(graded):
    step = only(graded("# Step 2", VARIABLE, "Square = 1\ndel Square\n1 / 0", FUNCTION))
    message = next(check.message for check in step.checks if check.status == "failed")
    assert message == "Square is not defined"


def test_what_ended_a_cell_of_an_earlier_step_is_told_there_alone(graded):
    report = graded("# Step 1", VARIABLE, "1 / 0", "# Step 2", FUNCTION, SQUARE,
                    steps=["step01", "step02"])  # fmt: skip
    first, second = report.steps
    assert first.load_error.startswith("ZeroDivisionError")
    assert (second.load_error, second.notes) == (None, ())


def test_what_awaits_is_told_of(graded):
    waits = "import asyncio\nawait asyncio.sleep(0)"
    step = only(graded("# Step 2", VARIABLE, FUNCTION, SQUARE, waits))
    told = "left out, since it awaits something outside of a function"
    assert (step.notes, step.load_error) == ((f"mine.ipynb, cell 5, line 2: {told}",), None)


def test_a_script_for_a_notebook_goes_into_a_cell_of_it(graded):
    step = only(graded("# Step 2", VARIABLE, FUNCTION, SQUARE.replace("x ** 2", "x * 2")))
    script = next(check.reproduce for check in step.checks if check.reproduce)
    first, second = script.splitlines()[:2]
    assert first == "# restart mine.ipynb, run it down to cell 4; then, in a new cell:"
    assert second == "import numpy as np"
    space: dict[str, object] = {}
    for cell in (VARIABLE, FUNCTION, SQUARE):
        exec(cell, space)
    exec(script, space)


def test_what_python_refused_is_told_before_a_failure_that_may_come_of_it(graded):
    broken = f"{FUNCTION}\n\ndef more(:\n    pass"
    old = FUNCTION.replace("Variable(self.forward(x))", "self.forward(x)")
    step = only(graded("# Step 1", VARIABLE, old, SQUARE, "# Step 2", broken, "x = 1"))
    failed = next(check for check in step.checks if check.status == "failed")
    assert failed.message.startswith("a cell could not be run: SyntaxError")
    assert "mine.ipynb, cell 6, line 8: def more(:" in failed.message
    assert (failed.misconception, failed.hint) == (None, None)


def test_a_name_with_a_line_end_in_it_comes_into_no_script(sandbox, tmp_path):
    wrong = SQUARE.replace("x ** 2", "x * 2")
    text = notebook("# Step 2", VARIABLE, FUNCTION, wrong)
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr("x\nprint('here')  #.ipynb", text)
    how = Options(steps=frozenset({"step02"}))
    step = only(grade(read(tmp_path / "work.zip"), sandbox, how))
    scripts = [check.reproduce for check in step.checks if check.reproduce]
    assert scripts
    assert all("here" not in script for script in scripts)


def test_brackets_in_a_name_are_told_once(graded):
    step = only(graded("# Step 2", VARIABLE, "x = (", name="deep (1).ipynb"))
    first, second = step.load_error.splitlines()
    assert first == "SyntaxError: '(' was never closed"
    assert second == "deep (1).ipynb, cell 3, line 1: x = ("
