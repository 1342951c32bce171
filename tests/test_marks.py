"""What a mistake costs: the checks that it breaks, and no others that it keeps from running."""

import re

import pytest
from conftest import LESSONS, REFERENCE
from mutants import MUTANTS
from sharing import some

from graders.judge import steps
from graders.judge.run import Options, grade
from graders.judge.scoring import BROKEN
from graders.sandbox.clock import awake
from graders.sandbox.process import Limits
from graders.submission.pieces import Submission
from graders.submission.read import read

LIMITS = Limits(cpu=0.4)
SIGNATURE = "def numerical_diff(f, x, eps=1e-4):"
LOW = "y0 = f(Variable(x.data - eps))"
QUOTIENT = "(y1.data - y0.data) / (2 * eps)"
ACCURACY = "square_at_two central_accuracy composite_at_one_half order_of_convergence"
BY_X = (("self.input", "self.x"), ("= f.input", "= f.x"))
IN_A_LIST = (
    ("self.input = input", "self.inputs = [input]"),
    ("self.input.data", "self.inputs[0].data"),
    ("= f.input", "= f.inputs[0]"),
)
NO_POP = (("f = funcs.pop()", "f = funcs[-1]"),)


def named(*parameters: str) -> tuple[tuple[str, str], ...]:
    """Return the edit that gives numerical_diff other parameters after f and x."""
    listed = ", ".join(("f", "x", *parameters))
    first = re.match(r"\w+", parameters[-1] if parameters else "1e-4")[0]
    more = "" if first == "eps" else f"\n    eps = {first if parameters else '1e-4'}"
    return ((SIGNATURE, f"def numerical_diff({listed}):{more}"),)


COSTS = {
    "a default that rounds": ("step04", named("eps=1e-6"), "default_eps"),
    "a coarse default": ("step04", named("eps=10e-4"), "default_eps"),
    "a huge default": ("step04", named("eps=1e4"), "default_eps"),
    "no default": ("step04", named("eps"), "default_eps"),
    "no default, another name": ("step04", named("h"), "default_eps eps_is_used"),
    "another name": ("step04", named("h=1e-4"), "eps_is_used"),
    "by name alone": ("step04", named("*", "eps=1e-4"), "order_of_convergence"),
    "eps as the fourth": ("step04", named("n=1", "eps=1e-4"), "order_of_convergence"),
    "no eps": ("step04", named(), "eps_is_used order_of_convergence"),
    "None, then 1e-4": (
        "step04",
        ((SIGNATURE, f"{SIGNATURE.replace('1e-4', 'None')}\n    eps = eps or 1e-4"),),
        "",
    ),
    "a default of float32": ("step04", named("eps=np.float32(1e-4)"), ""),
    "any arguments": (
        "step04",
        ((SIGNATURE, "def numerical_diff(f, x, *more):\n    eps = more[0] if more else 1e-4"),),
        "eps_is_used",
    ),
    "any named ones": (
        "step04",
        ((SIGNATURE, "def numerical_diff(f, x, **more):\n    eps = more.get('eps', 1e-4)"),),
        "order_of_convergence",
    ),
    "a forward difference": ("step04", ((QUOTIENT, "(y1.data - f(x).data) / eps"),), ACCURACY),
    "a backward difference": ("step04", ((QUOTIENT, "(f(x).data - y0.data) / eps"),), ACCURACY),
    "twice eps": ("step04", ((LOW, f"eps = 2 * eps\n    {LOW}"),), "eps_is_used"),
    "a float": (
        "step04",
        ((QUOTIENT, f"({QUOTIENT}).item()"),),
        "one_slope_for_each central_accuracy",
    ),
    "a float of what must be 0-d": (
        "step04",
        ((QUOTIENT, f"float({QUOTIENT})"),),
        "one_slope_for_each central_accuracy",
    ),
    "a Variable": ("step04", ((QUOTIENT, f"Variable({QUOTIENT})"),), ""),
    "another name for the input, in step 6": ("step06", BY_X[:1], "input_is_kept"),
    "another name for the input, in step 7": ("step07", BY_X, "links_lead_back"),
    "another name for the input, in step 9": ("step09", (*BY_X, (" f.input, ", " f.x, ")), ""),
    "another name for the creator": (
        "step07",
        (("self.creator", "self.func"),),
        "set_creator leaf_has_no_creator",
    ),
    "a list of inputs, in step 6": ("step06", IN_A_LIST[:2], "input_is_kept"),
    "a list of inputs, in step 7": ("step07", IN_A_LIST, "links_lead_back"),
    "a list of inputs, in step 9": ("step09", (*IN_A_LIST, ("f.input,", "f.inputs[0],")), ""),
    "a loop that doesn't end, in step 8": (
        "step08",
        NO_POP,
        "every_gradient starts_from_the_given_gradient each_function_once last_function_first "
        "constant_stack_depth deep_chain backward_again backward_at_one_half",
    ),
    "a loop that doesn't end, in step 9": (
        "step09",
        NO_POP,
        "grad_starts_as_ones given_grad_is_kept backward_at_one_half backward_agrees",
    ),
    "TypeError without a message": (
        "step09",
        (('raise TypeError(f"{type(data)} is not supported")', "raise TypeError"),),
        "",
    ),
}


@pytest.mark.parametrize("mistake", COSTS)
def test_a_mistake_costs_the_checks_that_it_breaks(grade_step, mistake):
    step, edits, costs = COSTS[mistake]
    text = LESSONS[step]
    for old, new in edits:
        text = text.replace(old, new)
    assert text != LESSONS[step]
    graded = grade_step(step, {f"{step}.py": text}, limits=LIMITS)
    lost = {check.id for check in graded.checks if not check.points}
    assert lost == {f"{step}.{name}" for name in costs.split()}


HIDES = ("len", "any", "sum", "type", "dir", "getattr", "map", "range", "str")
ODD = {
    "Python's own names": ("step04", "\n".join(f"{name} = 3" for name in HIDES)),
    "numpy's names": ("step06", "from numpy import *"),
    "some of numpy's, in step 9": ("step09", "from numpy import any, sum"),
    "a signature that is none": ("step04", "numerical_diff.__signature__ = 5"),
    "a patched inspect": ("step04", "import inspect\ninspect.signature = None"),
    "a wrapper with other arguments": (
        "step04",
        "import functools\nplain = numerical_diff\n@functools.wraps(plain)\n"
        "def numerical_diff(*args, **more): return plain(*args, **more)",
    ),
    "a property that raises": (
        "step06",
        "Function.slope = property(lambda self: self.backward(None) / 0)",
    ),
    "a property that exits": (
        "step09",
        "import sys\nFunction.off = property(lambda f: sys.exit())",
    ),
    "a dir of its own": ("step09", "Function.__dir__ = lambda self: 1 / 0"),
    "slots and no dict": ("step07", "Function.__slots__ = ()"),
    "a class without a home": ("step04", "class Helper: __module__ = []"),
    "a name that is none": ("step04", "globals()['Squar\\udce9'] = type('X', (), {})"),
}


@pytest.mark.parametrize("oddity", ODD)
def test_what_a_suite_defines_is_not_led_astray(grade_step, oddity):
    step, more = ODD[oddity]
    lesson, guard = LESSONS[step], 'if __name__ == "__main__"'
    text = f"{lesson[: lesson.index(guard)]}\n{more}\n"
    graded = grade_step(step, {f"{step}.py": text}, limits=LIMITS)
    assert [check.id for check in graded.checks if check.status != "passed"] == []


EARNED = {
    "one list for all": (
        "step06",
        (("    def __call__", "    seen = []\n\n    def __call__"),
         ("self.input = input", "self.seen.append(input)"),
         ("self.input.data", "self.seen[-1].data")),
        "two_functions_are_independent",
    ),
    "a value for a slope": ("step04", ((QUOTIENT, "y1.data"),), "sign"),
    "no gradient": ("step06", (("return 2 * x * gy", "pass"),), "gy_is_left_alone"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", EARNED)
def test_what_is_not_there_earns_nothing(grade_step, mistake):
    step, edits, check = EARNED[mistake]
    text = LESSONS[step]
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    graded = grade_step(step, {f"{step}.py": text}, limits=LIMITS)
    (found,) = [each for each in graded.checks if each.id == f"{step}.{check}"]
    assert found.status != "passed"


def test_functions_that_make_an_older_file_s_variables_are_noticed(grade_step):
    lesson = LESSONS["step06"]
    variable, function = lesson.index("class Variable"), lesson.index("class Function")
    square = lesson.index("class Square")
    files = {
        "step01.py": LESSONS["step01"],
        "base.py": f"from step01 import Variable\n\n\n{lesson[function:square]}",
        "step06.py": f"import numpy as np\nfrom base import Function\n\n\n"
        f"{lesson[variable:function]}{lesson[square:]}",
    }
    step = grade_step("step06", files, limits=LIMITS)
    (broken,) = [check for check in step.checks if check.status != "passed"]
    assert broken.misconception == "results-of-an-older-variable"


def test_step_8_is_about_variable_alone(grade_step):
    lesson = LESSONS["step08"]
    files = {"step08.py": lesson[: lesson.index("class Function")]}
    step = grade_step("step08", files, limits=LIMITS)
    lost = [check.id for check in step.checks if not check.points]
    assert lost == ["step08.backward_at_one_half"]


ALIKE = [mutant for mutant in MUTANTS if mutant.step != "step10"]


@pytest.mark.parametrize("mutant", some(ALIKE, 60), ids=lambda mutant: mutant.name)
def test_blocked_takes_no_points(graded, mutant):
    (alone,) = graded.tried(mutant).outcomes.values()
    (step,) = graded(mutant).steps
    lost = {check.id for check in step.checks if not check.points}
    assert lost == {check for check, status in alone.alone.items() if status in BROKEN}


def test_two_timeouts_leave_the_others_a_quarter_of_the_step_s_seconds():
    judged = steps.Steps(Submission("", "", {}, {}, ()), None, 0, Limits(step=20.0))
    state = steps.State(seconds=4.0, began=awake())
    for check, left in (("step08.a", 16.0), ("step08.b", 5.0), ("step08.c", 5.0)):
        judged.ran_out(state, check)
        assert judged.left(state) == pytest.approx(left, abs=1.0)


def test_what_is_left_after_timeouts_is_twice_what_right_code_needs(sandbox):
    half = Limits(cpu=Limits().cpu * steps.IN_A_HURRY / 2)
    report = grade(read(REFERENCE), sandbox, Options(limits=half))
    assert report.score == report.max_score
