"""Give a whole number of a hundred thousand digits."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return 7**118_000
