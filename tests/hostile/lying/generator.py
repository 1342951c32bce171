"""Give a generator for an array."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        yield from np.exp(x)
