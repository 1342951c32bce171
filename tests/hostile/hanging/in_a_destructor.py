"""Sleep when the judge lets go of an object."""

import time

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def __del__(self):
        time.sleep(60)
