"""Raise KeyboardInterrupt, which would end pytest."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        raise KeyboardInterrupt
