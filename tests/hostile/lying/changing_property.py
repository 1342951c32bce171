"""Give another answer each time that data is read."""

import numpy as np
from step02 import Function, Square  # noqa: F401


class Variable:
    def __init__(self, data):
        self.answers = [data, np.exp(data), data * 0, data + 1]

    @property
    def data(self):
        self.answers.append(self.answers.pop(0))
        return self.answers[-1]


class Exp(Function):
    def forward(self, x):
        return x
