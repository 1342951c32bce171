"""Give an array that no frame can hold."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return np.zeros(10**7)
