"""Give a list that is short on the wire and long in a message."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return [None] * 900_000
