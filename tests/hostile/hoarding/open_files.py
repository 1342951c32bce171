"""Open files until no more can be opened."""

import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

try:
    while True:
        os.open("/dev/null", os.O_RDONLY)
except OSError:
    pass


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
