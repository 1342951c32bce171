"""Give classes names that steer terminals and pages."""

from step02 import Function, Square, Variable  # noqa: F401

Shown = type("\x1b[31mVariable\u202e<b>[red]", (), {})


class Exp(Function):
    def forward(self, x):
        return Shown()
