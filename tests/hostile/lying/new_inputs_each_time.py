"""Give a new Variable whenever one is asked for the input."""

import numpy as np
from step02 import Variable as Older


class Variable(Older):
    grad = None


class Square:
    input = property(lambda self: Variable(np.zeros(3)))

    def __call__(self, input):
        return Variable(input.data**2)

    def backward(self, gy):
        return gy


class Exp(Square):
    pass
