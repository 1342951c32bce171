"""Names that a step lacks: looked for where its own code would, and nowhere else."""

import textwrap

import pytest
from test_notebook import notebook

from graders.syllabus import TAUGHT
from graders.worker.source import COURSE

VARIABLE = (
    "import numpy as np\nclass Variable:\n    def __init__(self, data): self.data = data\n"
)
FUNCTION = (
    "class Function:\n    def __call__(self, x): return Variable(self.forward(x.data))\n"
    "    def forward(self, x): raise NotImplementedError()\n"
)
SQUARE = "class Square(Function):\n    def forward(self, x): return x ** 2\n"
EXP = "class Exp(Function):\n    def forward(self, x): return np.exp(x)\n"
DIFF = (
    "def numerical_diff(f, x, eps=1e-4):\n"
    "    return (f(Variable(x.data + eps)).data - f(Variable(x.data - eps)).data) / (2 * eps)\n"
)
NUMPY = "import numpy as np\n"
STEPS = {
    "step01.py": VARIABLE,
    "step02.py": f"from step01 import Variable\n{FUNCTION}{SQUARE}",
    "step03.py": f"{NUMPY}import step02\n{EXP.replace('(Function', '(step02.Function')}",
}


def test_the_worker_knows_the_names_that_the_syllabus_teaches():
    assert set(TAUGHT) <= COURSE


BRING = "from step01 import Variable\n"
HOLE = """class Variable:
    def __init__(self, data):
        raise NotImplementedError("fill in: Variable.__init__")
"""
FROM_LATER = f"{NUMPY}import step04\n{EXP.replace('(Function', '(step04.Base')}"
LENDING = {
    "a base's module": ("step03", f"{NUMPY}from step02 import Square\n"
                        f"{EXP.replace('(Function', '(Square.__base__')}"),
    "a module": ("step03", STEPS["step03.py"]),
    "a base": ("step03", f"{NUMPY}from step02 import Function\n{EXP}"),
    "at second hand": ("step04", f"{NUMPY}from step03 import Exp as E\n{BRING}{DIFF}"
                       "print(numerical_diff(E(), Variable(np.array(1.0))))"),
    "no Function at all": ("step04", f"{NUMPY}from step01 import Variable\n{DIFF}"),
    "a function": ("step04", "from helper import difference\nnumerical_diff = difference\n"),
}  # fmt: skip


@pytest.mark.parametrize(("step", "text"), LENDING.values(), ids=LENDING)
def test_a_step_need_not_bring_in_names_that_it_does_not_use(grade_step, step, text):
    helper = (
        f"{NUMPY}from step01 import Variable\n{DIFF.replace('numerical_diff', 'difference')}"
    )
    found = grade_step(step, STEPS | {"helper.py": helper, f"{step}.py": text})
    assert (found.status, found.load_error) == ("passed", None)


def test_what_was_lent_is_told(grade_step):
    found = grade_step("step03", STEPS)
    assert found.notes == (
        "Function, Square taken from step02.py, where the step's own code finds it",
        "Variable taken from step01.py, where the step's own code finds it",
    )


def test_a_script_brings_in_what_was_lent(grade_step):
    wrong = STEPS["step03.py"].replace("np.exp(x)", "np.exp(x) + 1")
    found = grade_step("step03", STEPS | {"step03.py": wrong})
    (broken,) = [check for check in found.checks if check.status == "failed"]
    assert "from step03 import Exp\nfrom step01 import Variable\n" in (broken.reproduce or "")


@pytest.mark.parametrize(
    ("step", "files", "missing"),
    [
        # what a step teaches must be its own, or a shared file's
        ("step03", {"step02.py": STEPS["step02.py"] + NUMPY + EXP,
                    "step03.py": "from step02 import Square\n"}, "Exp"),
        # nothing comes from a later step
        ("step03", {"step03.py": FROM_LATER,
                    "step04.py": f"{VARIABLE}{FUNCTION}class Base(Function): pass\n"},
         "Function"),
        # nor from nowhere near
        ("step03", {"step03.py": f"{NUMPY}class Function: pass\n{EXP}"}, "Variable"),
        # nor is a hole lent
        ("step03", {"step01.py": HOLE}, "Variable"),
    ],
)  # fmt: skip
def test_some_names_are_not_lent(grade_step, step, files, missing):
    found = grade_step(step, STEPS | files)
    assert any(f"{missing} is not defined" in (check.message or "") for check in found.checks)
    assert not any(
        missing in note.partition(" taken from")[0].split(", ") for note in found.notes
    )


def test_a_shared_file_may_hold_what_a_step_teaches(grade_step):
    shared = f"{VARIABLE}{FUNCTION}{SQUARE}{EXP}"
    found = grade_step("step03", {"lib.py": shared, "step03.py": "from lib import Square\n"})
    assert found.status == "passed"


def test_different_things_of_a_name_are_unclear_and_said(grade_step):
    files = {
        "a.py": f"{VARIABLE}{FUNCTION}{SQUARE}",
        "b.py": f"{VARIABLE}{FUNCTION}class Other(Function): pass\n",
        "step03.py": f"{NUMPY}from a import Square\nfrom b import Other\nclass Exp: pass\n",
    }
    found = grade_step("step03", files)
    told = "Function is not brought in, and means different things in a.py, b.py"
    assert any(told in (check.message or "") for check in found.checks)


def test_a_base_says_more_than_what_else_goes_by_its_name(grade_step):
    step = grade_step(
        "step03",
        {
            "step01.py": f"{VARIABLE}{FUNCTION}",
            "step02.py": f"{NUMPY}from step01 import Variable\n{FUNCTION}{SQUARE}",
            "base.py": f"{NUMPY}from step02 import Function\n{EXP}",
            "step03.py": "from step01 import Variable\nfrom step02 import Square\n"
            "import base\nB = base.Exp()\nclass Exp(base.Exp): pass\n",
        },
    )
    assert (step.status, step.notes) == (
        "passed",
        ("Function taken from step02.py, where the step's own code finds it",),
    )


def test_nothing_comes_from_another_file_of_an_earlier_step(grade_step):
    files = {"step02_a.py": f"from step01 import Variable\n{FUNCTION}", "step02.py": ""}
    files["step02_b.py"] = f"{NUMPY}from step02_a import Function\n{SQUARE}{EXP}"
    files["step03.py"] = "import step02_b\nSquare = step02_b.Square\n"
    found = grade_step("step03", STEPS | files)
    assert any("Exp is not defined" in (check.message or "") for check in found.checks)


SHOWS = [
    ["x = 1"],
    ["print(Square()(Variable(np.array(2.0))).data)"],
    ["y = type(Square()(Variable(np.array(2.0))))"],
    ["y = Variable(np.array(1.0))\ny.grad = np.array(1.0)", "f = lambda x: x"],
    ["import matplotlib.pyplot as plt\nplt.plot([1])"],
    ["raise SystemExit"],
]


@pytest.mark.parametrize("cells", SHOWS)
def test_a_section_that_only_shows_earns_nothing_for_earlier_ones(grade_step, cells):
    texts = ["# Step 1", VARIABLE, "# Step 2", FUNCTION + SQUARE, "# Step 3", *cells]
    found = grade_step("step03", {"mine.ipynb": notebook(*texts)})
    assert (found.score, found.status) == (0, "not_attempted")
    assert "nothing is defined" in (found.checks[0].message or "")


def test_a_file_that_only_prints_is_not_attempted(grade_step):
    found = grade_step("step03", STEPS | {"step03.py": "print('to do')\n"})
    assert (found.score, found.status) == (0, "not_attempted")


def test_modules_are_found_where_sys_path_would_and_whatever_their_case(grade_step):
    files = {
        "lib/variable.py": VARIABLE,
        "steps/step02.py": "import sys\nsys.path.append('../lib')\n"
        f"from Variable import Variable\n{FUNCTION}{SQUARE}",
    }
    assert grade_step("step02", files).status == "passed"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("from .core import Variable", "core.py"),
        ("from .lib.core import *", "lib/core.py"),
        ("import core\nVariable = core.Variable", "core.py"),
        ("import core as c\nclass Mine(c.Function): pass", "core.py"),
        ("from dezero import Variable", "dezero.py"),
    ],
)
def test_a_missing_file_of_one_s_own_is_named(grade_step, line, named):
    found = grade_step("step02", {"step02.py": f"{line}\n{FUNCTION}{SQUARE}"})
    assert found.load_error == f"it imports from {named}, which is not in the submission"
    assert not any("stand-in" in note for note in found.notes)


def test_a_name_that_is_misspelt_is_not_put_down_to_a_missing_file(grade_step):
    text = f"from utils import *\n{VARIABLE}{FUNCTION}{SQUARE.replace('Square', 'Squere')}"
    found = grade_step("step02", {"step02.py": text})
    told = found.checks[0].message or ""
    assert told == "Square is not defined: did you mean Square where you wrote Squere?"


def test_a_name_that_two_files_have_is_not_guessed(grade_step):
    files = {
        "a/base.py": VARIABLE,
        "b/base.py": VARIABLE,
        "steps/step02.py": f"from base import Variable\n{FUNCTION}{SQUARE}",
    }
    found = grade_step("step02", files)
    assert found.load_error == "it imports from base.py, which is not in the submission"
    assert any(
        textwrap.dedent("base.py is not in the submission\nso Variable is not defined")
        in (check.message or "")
        for check in found.checks
    )
