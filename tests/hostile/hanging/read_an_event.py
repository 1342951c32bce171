"""Wait for an event that nobody raises."""

import os

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        os.read(os.eventfd(0), 8)
