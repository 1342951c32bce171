"""Answer with an array whose bytes don't fit its shape."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

from graders import values

values.pack = lambda *args: values.Array("float64", (2**40, 2**40), b"12345678")


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
