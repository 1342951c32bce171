"""Write 50 MB to stderr, then answer rightly."""

import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        for _ in range(50):
            os.write(2, bytes(1 << 20))
        return np.exp(x)
