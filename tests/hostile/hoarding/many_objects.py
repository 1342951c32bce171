"""Give a list of a hundred thousand objects."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return [object() for _ in range(100_000)]
