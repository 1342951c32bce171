"""Print a letter at a time, without end."""

import os

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        while True:
            os.write(1, b"a")
