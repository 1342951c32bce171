"""Give arrays of objects and of text for numbers."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        return np.array(["1.0"] * np.size(x), object)
