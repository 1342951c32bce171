"""Functions that a suite defines beside the student's own, which may still be wrong."""

from typing import Any

TRIPLE = """
class Triple(Function):
    def forward(self, x): return 3 * x
    def backward(self, gy): return 3 * gy
"""
HOLDS = """
def holds(function, variable):
    held = [getattr(function, name, None) for name in dir(function) if name[:2] != "__"]
    lists = [each for each in held if type(each) in (list, tuple)]
    return any(each is variable for each in sum(map(list, lists), held))
"""


def remembers(student: Any, function: Any, variable: Any) -> bool:
    """Return whether a Function has kept the Variable it was called with, by whatever name.

    That the name is input is asked where it is taught, in step 6, and where step 7 follows
    the links by hand.
    """
    held = student.define(HOLDS, "holds")(function, variable)
    return isinstance(held, bool) and held
