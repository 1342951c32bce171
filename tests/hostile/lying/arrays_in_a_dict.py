"""Give what no library can compare: a dict that holds arrays."""

import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, x):
        return Variable(self.forward(x.data))

    def forward(self, x):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return {"a": np.array([1, 2]), "b": [np.zeros((2,) * 19, bool)]}
