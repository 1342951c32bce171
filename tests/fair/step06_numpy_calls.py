"""The gradients are written with np.multiply, einsum, out= and views of the data."""
import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None

    @property
    def T(self):
        return Variable(self.data.T)


class Function:
    def __call__(self, input):
        self.input = input
        return Variable(self.forward(np.asarray(input.data).view()))

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return np.power(x, 2)

    def backward(self, gy):
        double = np.multiply(self.input.data, 2.0)
        return np.multiply(double, gy, out=np.empty(np.shape(gy)))


class Exp(Function):
    def forward(self, x):
        return np.exp(x[...])

    def backward(self, gy):
        return np.einsum("...,...->...", gy, np.exp(self.input.data))
