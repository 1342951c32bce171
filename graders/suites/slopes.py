"""How step 4 asks for a slope: it calls numerical_diff as that can be called."""

from collections.abc import Callable
from contextlib import suppress
from itertools import product
from typing import Any

import numpy as np

from graders.assertions import CheckFailed, StudentError, assert_close, data_of, is_numeric
from graders.derivatives import central_difference_bound
from graders.words import _

Make = Callable[[Any], Any]
"""Makes a Function of the student's step."""
Way = tuple[tuple[Any, ...], dict[str, Any]]
"""Further arguments, by position and by name."""
STEP = 1e-4
# Where the step's own code has no Square: it needs no Function to differentiate one.
OWN = """
class Function:
    def __call__(self, x):
        return Variable(self.forward(x.data))
class Square(Function):
    def forward(self, x):
        return x ** 2
class Exp(Function):
    def forward(self, x):
        return np.exp(x)
"""
CUBE = """
class Cube(Square):
    def forward(self, x):
        return x ** 3
"""
TAKEN = """
def taken(function):
    import inspect
    every = [*inspect.signature(function).parameters.values()]
    names = [each.name for each in every]
    place = names.index("eps") if "eps" in names else 2
    eps = (every + [None] * 3)[place]
    if eps is None or eps.kind in (3, 4) or place > 2:
        return "by name" if eps else "not at all"
    meant = eps.name == "eps" or type(eps.default) in (float, type)
    return "by position" if meant else "not at all"
"""


def assert_error(got: Any, x: Any, eps: float) -> None:
    """Claim that an estimate of the slope of x³ errs as one with a step of eps does.

    That is by eps²; in steps of eps / 2, or to one side only, by another formula of eps.
    """
    slope = 3 * x**2
    bound = in_shape(central_difference_bound(x**3, slope, 0.0, x, eps), got)
    for error in (eps**2 / 4, eps**2 + 3 * x * eps, eps**2 - 3 * x * eps):
        with suppress(CheckFailed):
            assert_close(got, in_shape(slope + error, got), tolerance=bound)
            return
    why = _("3·x² + eps², with eps = {eps}").format(eps=eps)
    due = in_shape(slope + eps**2, got)
    assert_close(got, due, why, tolerance=bound, inputs={"x": x, "eps": eps})


def slope(student: Any, make: Make, x: Any, *eps: Any, **by_name: Any) -> Any:
    """Return the student's numerical derivative at x; a Variable that holds it will do."""
    _x, got = tried_at(student, make, x, *eps, **by_name)
    return data_of(got, student.Variable)


def tried_at(student: Any, make: Make, x: Any, *eps: Any, **by_name: Any) -> tuple[Any, Any]:
    """Return a Variable of x and what numerical_diff gives there of the function that is made.

    Where the check gives no eps it is 1e-4, in whatever way the signature takes it: the default
    may be another.  x is an array of one dimension at least: 0-d minus eps is a scalar, which a
    Variable as strict as in step 9 refuses.  But a single number is tried without a dimension,
    too: float() wants it so.
    """
    ways: list[Way] = [(eps, by_name)] if eps or by_name else ways_of(student)
    points = [x, np.reshape(x, ())] if np.size(x) == 1 else [x]

    def attempt(point: Any, eps: tuple[Any, ...], by_name: dict[str, Any]) -> tuple[Any, Any]:
        f, variable = make(student), student.Variable(point)
        return variable, student.numerical_diff(f, variable, *eps, **by_name)

    for point, way in product(points, ways):
        with suppress(StudentError):
            return attempt(point, *way)
    return attempt(x, *ways[0])


def ways_of(student: Any) -> list[Way]:
    """Return how numerical_diff may be given a step of 1e-4, and last that it is given none.

    Whether it can be given as it should is for other checks to find out.
    """
    ways: dict[str, list[Way]] = {
        "by position": [((STEP,), {})],
        "by name": [((), {"eps": STEP})],
    }
    taken = "by position"
    with suppress(StudentError):
        taken = student.define(TAKEN, "taken")(student.numerical_diff)
    return [*(ways.get(taken, []) if isinstance(taken, str) else []), ((), {})]


def in_shape(due: Any, got: Any) -> Any:
    """Return a single number in the shape that one came in: which that is has its own check."""
    single = is_numeric(got) and np.size(got) == 1
    return np.reshape(due, np.shape(got)) if single else due


def named(name: str, source: str = "") -> Make:
    """Return what makes a Function: the step's own, or one that is derived from its Square."""

    def make(student: Any) -> Any:
        if not student.has("Square"):
            return student.define(OWN + source, name)()
        return (student.define(source, name) if source else getattr(student, name))()

    return make
