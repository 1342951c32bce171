"""Keep nothing, and take what is asked for from whoever asks."""

import sys

from step02 import Variable as Older


class Variable(Older):
    grad = None


class Square:
    def __call__(self, input):
        return Variable(input.data**2)

    @property
    def input(self):
        return sys._getframe(1).f_locals.get("thing")

    def backward(self, gy):
        return gy


class Exp(Square):
    pass
