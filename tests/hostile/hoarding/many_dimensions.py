"""Give an array of two to the nineteenth elements in nineteen dimensions."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return np.ones((2,) * 19, np.int8)
