"""Return an array without elements, whose axes are endless all the same."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

VAST = np.empty((0, 2**20, 2**20, 2**20), np.int8)


class Exp(Function):
    def forward(self, x):
        return VAST
