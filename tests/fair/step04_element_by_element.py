"""The array is differenced one element at a time, in a copy, as in the book before this one."""
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
        return x ** 2


class Exp(Function):
    def forward(self, x):
        return np.exp(x)


def numerical_diff(f, x, eps=1e-4):
    point = np.array(x.data, dtype=float)
    slope = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        before = point[index]
        point[index] = before + eps
        high = np.asarray(f(Variable(point.copy())).data)[index]
        point[index] = before - eps
        low = np.asarray(f(Variable(point.copy())).data)[index]
        point[index] = before
        slope[index] = (high - low) / (2 * eps)
    return slope


print(numerical_diff(Square(), Variable(np.array(2.0))))
