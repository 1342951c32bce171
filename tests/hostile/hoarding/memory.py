"""Take memory until there is none, and keep it."""

from step02 import Function, Square, Variable  # noqa: F401

KEPT = []


class Exp(Function):
    def forward(self, x):
        while True:
            KEPT.append(bytearray(32 << 20))
