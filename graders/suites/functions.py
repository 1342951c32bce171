"""Functions that a suite defines beside the student's own, which may still be wrong."""

from typing import Any

import numpy as np

TRIPLE = """
class Triple(Function):
    def forward(self, x): return 3 * x
    def backward(self, gy): return 3 * gy
"""
LINKED = """
class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(self.forward(input.data))
        self.output.set_creator(self)
        return self.output
"""
# No code of the student's runs meanwhile: it might take the thing from whoever asks.
HOLDS = """
def holds(holder, thing):
    held = []
    try:
        held += object.__getattribute__(holder, "__dict__").values()
    except AttributeError:
        pass
    for cls in type.__dict__["__mro__"].__get__(type(holder)):
        for slot in type.__dict__["__dict__"].__get__(cls).values():
            if type(slot).__name__ == "member_descriptor":
                try:
                    held.append(slot.__get__(holder))
                except AttributeError:
                    pass
    lists = [each for each in held if type(each) in (list, tuple) and each]
    return any(each is thing for each in [*held, *(each[-1] for each in lists)])
"""


def define(student: Any, source: str, name: str) -> Any:
    """Return what a source defines; with a Function of the suite's where the step has none.

    That is for step 8, which is about Variable alone.
    """
    return student.define(source if student.has("Function") else LINKED + source, name)


def slope_of_the_course(x: Any) -> float:
    """Return the slope of (exp(x²))², which the course asks for at 0.5, at any other number."""
    return float(4 * x * np.exp(2 * x**2))


def remembers(student: Any, holder: Any, thing: Any) -> bool:
    """Return whether a Function has kept its input, or a result its creator, by whatever name.

    The name is asked where it is taught, and where step 7 follows the links by hand.
    """
    held = student.define(HOLDS, "holds")(holder, thing)
    return isinstance(held, bool) and held
