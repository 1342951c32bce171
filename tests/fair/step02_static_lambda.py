"""The forward of Square is a lambda in a staticmethod, and that of Function is static too."""
import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, v):
        return Variable(self.forward(v.data))

    @staticmethod
    def forward(x):
        raise NotImplementedError


class Square(Function):
    forward = staticmethod(lambda x: x * x)


if Square()(Variable(np.array(10))).data != 100:
    raise SystemExit("10 squared is 100")
