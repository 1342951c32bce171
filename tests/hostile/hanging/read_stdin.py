"""Wait for somebody to type."""

import sys

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        sys.stdin.read()
        return np.exp(x)
