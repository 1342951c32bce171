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
    held = [getattr(holder, name, None) for name in dir(holder) if name[:2] != "__"]
    lists = [each for each in held if type(each) in (list, tuple)]
    return any(each is thing for each in sum(map(list, lists), held))
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
