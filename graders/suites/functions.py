"""Functions that a suite defines beside the student's own, which may still be wrong."""

from typing import Any

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
HOLDS = """
def holds(holder, thing):
    if getattr(holder, "input", None) is thing or getattr(holder, "creator", None) is thing:
        return True
    own = getattr(holder, "__dict__", {})
    for name in dir(holder):
        try:
            held = getattr(holder, name)
            if name in own and type(held) in (list, tuple):
                held = held[-1]
            if held is thing:
                return True
        except Exception:
            pass
    return False
"""


def define(student: Any, source: str, name: str) -> Any:
    """Return what a source defines; with a Function of the suite's where the step has none.

    That is for step 8, which is about Variable alone.
    """
    return student.define(source if student.has("Function") else LINKED + source, name)


def remembers(student: Any, holder: Any, thing: Any) -> bool:
    """Return whether a Function has kept its input, or a result its creator, by whatever name.

    The name is asked where it is taught, and where step 7 follows the links by hand.
    """
    held = student.define(HOLDS, "holds")(holder, thing)
    return isinstance(held, bool) and held
