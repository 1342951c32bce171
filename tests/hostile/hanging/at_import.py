"""Sleep while the file is being imported."""

import time

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

time.sleep(60)


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
