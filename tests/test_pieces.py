"""Pieces: a step runs cell by cell, and what ends one cell costs the others nothing."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import indent

import msgspec
import pytest
from test_notebook import notebook

from graders.judge.loaded import MOST_TOLD
from graders.judge.loading import MOST_LOADS
from graders.judge.run import Options, grade
from graders.judge.suites import Suites
from graders.report import Report, Step
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox, open_sandbox
from graders.submission.read import read

VARIABLE = """import numpy as np
class Variable:
    def __init__(self, data):
        self.data = data"""
FUNCTION = (
    "class Function:\n    def __call__(self, input):\n        x = input.data\n"
    "        return Variable(self.forward(x))\n"
    "    def forward(self, x):\n        raise NotImplementedError()"
)
SQUARE = "class Square(Function):\n    def forward(self, x):\n        return x ** 2"
LIMITS = Limits(cpu=0.6, wall=3.0)
Grade = Callable[..., Report]


@pytest.fixture
def graded(sandbox: Sandbox, suites: Suites, tmp_path: Path) -> Grade:
    """Give a function that grades steps of a notebook of these cells."""

    def graded(
        *cells: str, steps: Sequence[str] = ("step02",), name: str = "mine.ipynb"
    ) -> Report:
        (tmp_path / name).write_text(notebook(*cells), "utf-8")
        how = Options(steps=frozenset(steps), limits=LIMITS)
        return grade(read(tmp_path), sandbox, how, suites)

    return graded


def only(report: Report) -> Step:
    """Return the one step that was graded."""
    (step,) = report.steps
    return step


HARMLESS = {
    "a syntax error": "print('a'",
    "the book's own demo": "x = Variable(1.0, 2.0)",
    "a failed assertion": "assert 1 == 2",
    "a name not yet there": "print(nothing)",
    "an exit": "import sys\nsys.exit(1)",
    "an interrupt": "raise KeyboardInterrupt",
    "an exception of its own": "class Mine(BaseException): pass\nraise Mine",
    "a recursion": "def f(): f()\nf()",
    "a question nobody answers": "input('name? ')",
    "a shell command": "files = !ls\nprint(files[0])\n!rm -rf /",
    "a magic": "%matplotlib inline\nt = %timeit -o 1\nprint(t.best)",
    "help": "np.array?",
    "a body below a magic": "%%time\ntotal = sum(range(10))",
    "a foreign cell": "%%bash\nls",
    "what awaits": "import asyncio\nawait asyncio.sleep(0)",
    "unittest": "import unittest\nunittest.main(argv=[''], exit=False)",
    "a null byte": "x = 'a\0b'",
}


@pytest.mark.parametrize("cell", HARMLESS.values(), ids=HARMLESS)
def test_a_cell_that_ends_early_costs_the_others_nothing(graded, cell):
    step = only(graded("# Step 2", cell, VARIABLE, cell, FUNCTION, cell, SQUARE, cell))
    assert step.status == "passed"


ENDING = {
    "it never ends": ("while True: pass", "0.3 seconds of CPU time"),
    "it sleeps": ("import time; time.sleep(60)", "no answer after 1.5 seconds"),
    "it ends the process": ("import os; os._exit(3)", "exit status 3"),
    "it crashes": ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
}


@pytest.mark.parametrize(("cell", "why"), ENDING.values(), ids=ENDING)
def test_a_cell_that_takes_the_process_along_is_left_out(graded, cell, why):
    step = only(graded("# Step 2", VARIABLE, cell, FUNCTION, SQUARE))
    assert step.status == "passed"
    assert step.load_error.startswith("mine.ipynb, cell 3 was left out, but for what it")
    assert why in step.load_error


def test_a_cell_that_hangs_below_its_definitions_keeps_them(graded):
    hangs = f"{SQUARE}\nwhile True: pass"
    step = only(graded("# Step 2", VARIABLE, FUNCTION, hangs))
    assert step.status == "passed"
    assert "cell 4 was left out, but for what it defines: still computing" in step.load_error


def test_a_cell_whose_definitions_hang_is_left_out_whole(graded):
    hangs = "class Late:\n    while True: pass"
    step = only(graded("# Step 2", VARIABLE, hangs, FUNCTION, SQUARE))
    assert step.status == "passed"
    assert step.load_error.startswith("mine.ipynb, cell 3 was left out: still computing")


def test_cells_that_compute_too_long_together_run_what_they_define(graded):
    demo = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    step = only(graded("# Step 2", VARIABLE, demo, demo, demo, f"{FUNCTION}\n{demo}", SQUARE))
    assert (step.status, step.load_error) == ("passed", None)
    told = "the cells take too long together: only what they define was run"
    assert step.notes == (told,)


def test_cells_that_wait_too_long_together_run_what_they_define(graded):
    demo = "import time\ntime.sleep(0.8)"
    step = only(graded("# Step 2", VARIABLE, *[demo] * 5, FUNCTION, SQUARE))
    assert (step.status, len(step.notes)) == ("passed", 1)


DEAD = {
    "no Python": ("x = = 1", "failed"),
    "an endless loop": ("class A:\n    while True: pass", "timeout"),
    "an end": ("class A:\n    import os\n    os._exit(0)", "crashed"),
}


@pytest.mark.parametrize(("cell", "status"), DEAD.values(), ids=DEAD)
def test_a_step_of_which_nothing_runs_earns_nothing(graded, cell, status):
    step = only(
        graded("# Step 1", VARIABLE, FUNCTION, SQUARE, "# Step 2", "import numpy", cell)
    )
    assert (step.score, step.checks[0].status) == (0, status)
    assert {check.status for check in step.checks[1:]} == {"blocked"}


def test_where_very_many_cells_end_the_process_what_all_define_is_run(graded):
    ends = ["import os; os._exit(3)"] * 20
    step = only(graded("# Step 2", VARIABLE, *ends, FUNCTION, SQUARE))
    assert step.status == "passed"
    told = "the cells take too long together: only what they define was run"
    assert told in step.notes
    assert f"{MOST_LOADS - 1 - MOST_TOLD} more cells stopped early" in step.notes


def test_a_class_that_ends_the_process_again_and_again_ends_the_step(graded):
    ends = ["class Ends:\n    import os; os._exit(3)"] * MOST_LOADS
    step = only(graded("# Step 2", VARIABLE, *ends, FUNCTION, SQUARE))
    assert {check.status for check in step.checks} == {"crashed", "blocked"}
    assert "was being imported: your code ended" in step.checks[0].message


def test_the_only_piece_of_a_step_is_never_left_out(graded):
    step = only(
        graded(f"{VARIABLE}\nimport os; os._exit(3)", steps=["step01"], name="step01.ipynb")
    )
    assert step.checks[0].status == "crashed"


def test_what_was_left_out_once_is_left_out_of_later_steps_at_once(
    sandbox, tmp_path, monkeypatch
):
    loads = []
    made = sandbox.step
    monkeypatch.setattr(sandbox, "step", lambda: loads.append(1) or made())
    cells = ["# Step 1", VARIABLE, "while True: pass", "# Step 2", FUNCTION, SQUARE]
    (tmp_path / "mine.ipynb").write_text(notebook(*cells), "utf-8")
    both = Options(steps=frozenset({"step01", "step02"}), limits=LIMITS)
    report = grade(read(tmp_path), sandbox, both)
    assert [step.status for step in report.steps] == ["passed", "passed"]
    assert [step.load_error is None for step in report.steps] == [False, True]
    assert len(loads) == 3


def test_cells_that_take_all_the_time_of_a_step_end_it(sandbox, tmp_path):
    cells = ["# Step 1", VARIABLE, *["import time; time.sleep(0.4)"] * 9]
    (tmp_path / "mine.ipynb").write_text(notebook(*cells), "utf-8")
    limits = Limits(cpu=0.6, wall=2.0, step=1.0)
    how = Options(steps=frozenset({"step01"}), limits=limits)
    step = only(grade(read(tmp_path), sandbox, how))
    assert step.checks[0].status == "timeout"
    assert "the time that a step may take is used up" in step.checks[0].message


# --- the namespace


def test_a_step_has_what_earlier_steps_of_its_notebook_define(graded):
    cells = ("# Step 1", VARIABLE, "# Step 2", FUNCTION, SQUARE, "# Step 11", "del Square")
    assert only(graded(*cells)).status == "passed"


def test_what_a_cell_asks_of_the_future_holds_for_those_below(graded):
    later = "class Hinted:\n    def f(self) -> Undefined: ..."
    asks = "from __future__ import annotations"
    assert only(graded("# Step 2", VARIABLE, asks, later, FUNCTION, SQUARE)).load_error is None
    step = only(graded("# Step 2", VARIABLE, later, asks, FUNCTION, SQUARE))
    assert "NameError: name 'Undefined'" in step.load_error


def test_a_notebook_may_run_or_import_another(graded, tmp_path):
    (tmp_path / "step01.ipynb").write_text(notebook(VARIABLE), "utf-8")
    for line in ("%run step01.ipynb", "import import_ipynb\nfrom step01 import *"):
        step = only(graded(line, FUNCTION, SQUARE, name="step02.ipynb"))
        assert (step.status, step.load_error) == ("passed", None)


def test_what_a_cell_writes_can_be_imported(graded):
    step = only(
        graded(
            "# Step 2", f"%%writefile box.py\n{VARIABLE}", "from box import *", FUNCTION, SQUARE
        )
    )
    assert (step.status, step.load_error) == ("passed", None)


MAIN = """import sys
assert sys.modules["__main__"].Variable is Variable
assert sys.argv[1:] == []
from __main__ import Variable"""


def test_a_notebook_is_the_main_program(graded):
    guarded = 'if __name__ == "__main__":\n' + indent(SQUARE, "    ")
    step = only(graded("# Step 2", VARIABLE, MAIN, FUNCTION, guarded))
    assert (step.status, step.load_error) == ("passed", None)


# --- what was attempted


def test_a_section_without_code_is_not_attempted(graded):
    step = only(graded("# Step 1", VARIABLE, FUNCTION, SQUARE, "# Step 2", "# Step 3", "x = 1"))
    assert (step.status, step.score, step.load_error) == ("not_attempted", 0, None)
    assert "no code under this step's heading in mine.ipynb" in step.checks[0].message


@pytest.mark.parametrize(
    "cells", [["import numpy as np"], ["'''notes'''", "# only a comment".replace("#", "  #")],
              ["pass", "%matplotlib inline"]],
)  # fmt: skip
def test_a_section_of_imports_and_words_is_not_attempted(graded, cells):
    step = only(graded("# Step 1", VARIABLE, FUNCTION, SQUARE, "# Step 2", *cells))
    assert (step.status, step.score) == ("not_attempted", 0)
    assert "there is no code in mine.ipynb, cell" in step.checks[0].message


HOLE = """class Function:
    def __call__(self, input):
        raise NotImplementedError("fill in: call forward")"""


def test_holes_below_a_step_that_was_worked_on_are_not_attempted(graded):
    step = only(graded("# Step 1", VARIABLE, "# Step 2", HOLE))
    assert step.status == "not_attempted"
    assert step.checks[0].message == "the file is still the template"


@pytest.mark.parametrize("text", ["", "# later\n", "import numpy as np\n", '"""Step 2."""\n'])
def test_a_file_without_code_is_not_attempted(sandbox, tmp_path, text):
    (tmp_path / "step02.py").write_text(text)
    step = only(grade(read(tmp_path), sandbox, Options(steps=frozenset({"step02"}))))
    assert (step.status, step.load_error) == ("not_attempted", None)
    assert step.checks[0].message == "there is no code in step02.py yet"


# --- the same, however it is handed in


def same(report: Report) -> dict:
    """Return a report as plain data, but for names and times."""
    data = msgspec.to_builtins(report)
    del data["timing"], data["submission"]
    return data


def test_a_folder_a_zip_and_a_notebook_of_the_same_content_are_graded_alike(sandbox, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    text = notebook("# Step 1", VARIABLE, "1 / 0", "# Step 2", FUNCTION, SQUARE, "%%bash\nls")
    (folder / "mine.ipynb").write_text(text, "utf-8")
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr("mine.ipynb", text)
    ways = [folder, folder / "mine.ipynb", tmp_path / "work.zip"]
    first, *others = (same(grade(read(way), sandbox, Options())) for way in ways)
    assert first["score"] == 16
    assert others == [first, first]


def test_cells_are_run_alike_in_plain_processes(sandbox, tmp_path):
    cells = [
        "# Step 2",
        VARIABLE,
        "while True: pass",
        "import os; os._exit(1)",
        FUNCTION,
        SQUARE,
    ]
    (tmp_path / "mine.ipynb").write_text(notebook(*cells), "utf-8")
    how = Options(steps=frozenset({"step02"}), limits=LIMITS)
    plain = open_sandbox(LIMITS, portable=True)
    try:
        reports = [grade(read(tmp_path), each, how) for each in (sandbox, plain)]
    finally:
        plain.close()
    first, second = map(same, reports)
    assert first["isolation"] != second["isolation"]
    assert first["steps"] == second["steps"]
    assert only(reports[0]).status == "passed"
