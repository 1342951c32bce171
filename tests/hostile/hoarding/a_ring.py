"""Give a list that holds itself."""

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        ring = []
        ring.append(ring)
        return ring
