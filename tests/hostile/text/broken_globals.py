"""Define names that are no text, or no names at all."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

globals()["\ud800"] = globals()["a\0b"] = globals()["x" * 500_000] = 1


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
