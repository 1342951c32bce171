"""Square and Exp are made by a factory out of two closures, value and slope."""
import numpy as np


class Variable:
    def __init__(self, data):
        self.data, self.grad = data, None


class Function:
    def __call__(self, input):
        self.input = input
        return Variable(self.forward(input.data))

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        raise NotImplementedError


def elementwise(name, value, slope):
    def forward(self, x):
        return value(x)

    def backward(self, gy):
        return slope(self.input.data) * gy

    return type(name, (Function,), {"forward": forward, "backward": backward})


Square = elementwise("Square", lambda x: x ** 2, lambda x: 2 * x)
Exp = elementwise("Exp", np.exp, np.exp)
