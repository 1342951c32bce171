"""Write a line of a hundred thousand characters."""

from step02 import Function, Square, Variable  # noqa: F401

MESSAGE = "x" * 100_000
print(MESSAGE)


class Exp(Function):
    def forward(self, x):
        print(MESSAGE)
        raise ValueError(MESSAGE)
