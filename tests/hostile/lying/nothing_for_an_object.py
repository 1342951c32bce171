"""Give None where the judge expects a Variable."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def __call__(self, x):
        return None
