"""Give a list nested a hundred thousand deep."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        nested = []
        for _ in range(100_000):
            nested = [nested]
        return nested
