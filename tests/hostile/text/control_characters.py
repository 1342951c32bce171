"""Print and raise what a report would write six letters for, each."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        print("\x01" * 10_000)
        raise ValueError("\x01" * 5000)
