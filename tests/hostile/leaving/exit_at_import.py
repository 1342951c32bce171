"""End the process while the file is being imported."""

import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

os._exit(0)


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
