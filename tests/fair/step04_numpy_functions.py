"""All arithmetic is done by numpy's functions, and the quotient by the true distance."""
import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, input):
        return Variable(self.forward(input.data))

    def forward(self, x):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return np.multiply(x, x)


class Exp(Function):
    def forward(self, x):
        return np.exp(x)


def numerical_diff(f, x, eps=1e-4):
    left, right = np.subtract(x.data, eps), np.add(x.data, eps)
    rise = np.subtract(f(Variable(right)).data, f(Variable(left)).data)
    return np.divide(rise, right - left)
