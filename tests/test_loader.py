"""The loader: a step runs as its student meant it, beside its siblings or without them."""

import math
from pathlib import Path

import numpy as np
import pytest

from graders import wire
from graders.worker.source import look

ROOT = Path(__file__).parents[1]
SIBLING = "class Variable:\n    def __init__(self, data):\n        self.data = data\n"


def is_untouched(text: str) -> bool:
    return look({0: wire.Piece("step01.py", text)}).untouched


def number(student) -> float:
    """Return what a Variable of the step's holds."""
    return student.Variable(np.array(2.5)).data.item()


@pytest.mark.parametrize(
    ("path", "sibling", "line"),
    [
        ("step02.py", "step01.py", "from step01 import *"),
        ("step02.py", "step01.py", "from step01 import Variable"),
        ("step02.py", "step01.py", "import step01; Variable = step01.Variable"),
        ("step02.py", "step01.py", "from .step01 import Variable"),
        ("step02.py", "step01.py", "from . import step01; Variable = step01.Variable"),
        ("step02.py", "step01.py", "from mine.step01 import Variable"),
        ("step02.py", "step01.py", "import mine.step01 as s; Variable = s.Variable"),
        ("step02.py", "core.py", "from core import Variable"),
        ("step02.py", "lib/core.py", "from lib.core import Variable"),
        ("step02.py", "lib/__init__.py", "from lib import Variable"),
        ("steps/step02.py", "steps/step01.py", "from steps.step01 import Variable"),
        ("steps/step02.py", "steps/step01.py", "from step01 import *"),
        ("steps/step02.py", "steps/step01.py", "from .step01 import Variable"),
        ("steps/step02.py", "steps/step01.py", "from mine.steps.step01 import Variable"),
        ("steps/step02.py", "core.py", "from core import Variable"),
    ],
)
def test_a_sibling_is_imported_by_any_spelling(load, path, sibling, line):
    loaded, student = load(path, {path: line, sibling: SIBLING})
    assert (loaded.trouble, loaded.stood_in) == (None, ())
    assert number(student) == 2.5


def test_a_sibling_is_one_module_by_whatever_name(load):
    text = "import step01, mine.step01\nfrom . import step01 as third\n"
    text += "same = step01 is mine.step01 is third"
    _loaded, student = load("step02.py", {"step02.py": text, "step01.py": SIBLING})
    assert student.same is True


def test_siblings_may_import_one_another_in_a_circle(load):
    sources = {"step02.py": "import step01\nx = 1", "step01.py": f"import step02\n{SIBLING}"}
    loaded, student = load("step02.py", sources)
    assert loaded.trouble is None
    assert student.x == 1


@pytest.mark.parametrize(
    "line", ["import step01", "from steps.step01 import X", "from .step_1 import X"]
)
def test_a_missing_step_ends_the_file_with_its_name(load, line):
    loaded, student = load("step02.py", {"step02.py": f"x = 1\n{line}\ny = 2"})
    assert loaded.trouble.name == "ModuleNotFoundError"
    assert "step" in loaded.trouble.message
    assert loaded.trouble.lines[-1] == wire.Line("step02.py", 2, "<module>", line)
    assert student.x == 1
    assert "y" not in loaded.names


STANDS_IN = {
    "import matplotlib.pyplot as plt\nplt.plot([1], [2]); plt.show()": "matplotlib",
    "from matplotlib import pyplot as plt\nplt.figure(figsize=(1, 2)).gca()": "matplotlib",
    "from turtle import forward": "turtle",
    "import tkinter as tk\nroot = tk.Tk()": "tkinter",
    "from dezero import utils": "dezero",
    "from torch import nn\nwith nn.no_grad() as n: pass": "torch",
    "import matplotlib.pyplot as plt\nfig, (a, b, c) = plt.subplots(1, 3)": "matplotlib",
    "from matplotlib import pyplot\nrange(int(pyplot.x)), [1][pyplot.x]": "matplotlib",
    "import tqdm\nfor i in tqdm.tqdm([1]): pass": "tqdm",
    "from typeguard import typechecked\n@typechecked\ndef f(): return 1": "typeguard",
    "import numba\n@numba.jit(nopython=True)\ndef f(): return 1": "numba",
    "import jaxtyping as t\ndef f(x: t.Float[t.Array, '3']): return x": "jaxtyping",
}


@pytest.mark.parametrize("text", STANDS_IN)
def test_what_is_not_installed_is_stood_in_for(load, text):
    loaded, student = load("step01.py", {"step01.py": f"{text}\n{SIBLING}"})
    assert (loaded.trouble, loaded.stood_in) == (None, (STANDS_IN[text],))
    assert number(student) == 2.5


@pytest.mark.parametrize("line", ["from core.base import Function", "from core.base import *"])
def test_what_the_course_s_names_are_imported_from_is_the_students_own_and_missing(load, line):
    loaded, student = load("step01.py", {"step01.py": f"{line}\n{SIBLING}"})
    assert (loaded.trouble, loaded.stood_in, loaded.missing) == (None, (), ("core.base",))
    assert "Function" not in loaded.names
    assert number(student) == 2.5


def test_a_decorator_of_a_missing_package_leaves_a_function_and_a_class_as_they_are(load):
    text = "from missing import jit, mark\n"
    text += "@jit\ndef double(x): return 2 * x\n"
    text += "@jit(cache=True)\ndef triple(x): return 3 * x\n"
    text += f"@mark.slow\n{SIBLING}"
    _loaded, student = load("step01.py", {"step01.py": text})
    assert (student.double(2), student.triple(2), number(student)) == (4, 6, 2.5)


def test_what_is_installed_is_no_stand_in(load):
    line = "import numpy as np, math, unittest, dataclasses"
    loaded, student = load("step01.py", {"step01.py": f"{line}\nx = math.tau"})
    assert (loaded.trouble, loaded.stood_in, student.x) == (None, (), math.tau)


def test_a_file_may_import_pytest(load):
    text = f"import pytest\n{SIBLING}\napprox = 0.1 + 0.2 == pytest.approx(0.3)"
    loaded, student = load("step01.py", {"step01.py": text})
    assert (loaded.trouble, student.approx) == (None, True)


def test_what_was_defined_before_an_exception_is_kept(load):
    loaded, student = load("step01.py", {"step01.py": f"{SIBLING}\n1 / 0\nclass Late: pass"})
    assert loaded.trouble.name == "ZeroDivisionError"
    assert loaded.trouble.bases[0] == "ZeroDivisionError"
    assert [line.number for line in loaded.trouble.lines] == [5]
    assert number(student) == 2.5
    assert loaded.names == ("Variable",)


@pytest.mark.parametrize(
    "line",
    ["import sys\nsys.exit()", "raise SystemExit(3)", "import unittest\nunittest.main()",
     "breakpoint()", "if __name__ == '__main__':\n    1 / 0"],
)  # fmt: skip
def test_a_file_may_end_as_a_program_ends(load, line):
    loaded, student = load("step01.py", {"step01.py": f"{SIBLING}\n{line}"})
    assert loaded.trouble is None
    assert number(student) == 2.5


def test_input_left_in_finds_nobody_at_the_keyboard(load):
    loaded, student = load("step01.py", {"step01.py": f"{SIBLING}\nx = input('? ')"})
    assert loaded.trouble.name == "EOFError"
    assert number(student) == 2.5


def test_a_breakpoint_in_a_method_does_not_stop_it(load):
    text = "class Variable:\n    def __init__(self, data):\n        breakpoint()\n"
    _loaded, student = load("step01.py", {"step01.py": f"{text}        self.data = data\n"})
    assert number(student) == 2.5


def test_a_keyboard_interrupt_is_told_of_as_what_ends_a_program(load):
    loaded, _student = load("step01.py", {"step01.py": "raise KeyboardInterrupt('now')"})
    assert loaded.trouble == wire.Left("KeyboardInterrupt", "now")


@pytest.mark.parametrize("text", ["def f(:\n", "x = '\n", "if 1:\nx = 2", "\tx\n  y", "a\0b"])
def test_a_syntax_error_is_told_with_its_line(load, text):
    loaded, _student = load("step01.py", {"step01.py": text})
    assert "SyntaxError" in loaded.trouble.bases or loaded.trouble.name == "ValueError"
    assert loaded.names == ()
    assert not is_untouched(text)


def test_a_class_defined_again_further_down_is_the_one_that_counts(load):
    again = SIBLING.replace("= data", "= data * 2")
    _loaded, student = load("step01.py", {"step01.py": f"{SIBLING}\n{again}"})
    assert number(student) == 5.0


# --- untouched


@pytest.mark.parametrize("path", sorted((ROOT / "student_template").glob("step*.py")),
                         ids=lambda path: path.stem)  # fmt: skip
def test_a_template_is_untouched_until_any_hole_of_it_is_filled(path):
    text = path.read_text("utf-8")
    assert is_untouched(text)
    assert is_untouched(f"# my name\nimport math\n{text}\nprint('hello')\n")
    start = text.index("raise NotImplementedError(")
    for body in ("pass", "return x", "self.data = data", "raise NotImplementedError('no')"):
        assert not is_untouched(f"{text[:start]}{body}\n\n    def more(): {text[start:]}")


@pytest.mark.parametrize("path", sorted((ROOT / "reference").glob("step*.py")),
                         ids=lambda path: path.stem)  # fmt: skip
def test_a_solution_is_not_untouched(path):
    assert not is_untouched(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "text", ["", "x = 1", "def f(:", "class A: pass", "a\0b", "(" * 10_000]
)
def test_a_file_without_holes_is_not_untouched(text):
    assert not is_untouched(text)
