"""Give a million characters for a number."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return "x" * 1_000_000
