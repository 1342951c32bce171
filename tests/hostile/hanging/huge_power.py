"""Compute a whole number of a billion digits in one call that hears no signal."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return 7 ** (10**9)
