"""The code of steps 5 and 6 lies in step05.py; it differentiates numerically as well."""
import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None


class Function:
    def __call__(self, input):
        x = input.data
        y = self.forward(x)
        output = Variable(y)
        self.input = input
        return output

    def forward(self, x):
        raise NotImplementedError()

    def backward(self, gy):
        raise NotImplementedError()


class Square(Function):
    def forward(self, x):
        y = x ** 2
        return y

    def backward(self, gy):
        x = self.input.data
        gx = 2 * x * gy
        return gx


class Exp(Function):
    def forward(self, x):
        y = np.exp(x)
        return y

    def backward(self, gy):
        x = self.input.data
        gx = np.exp(x) * gy
        return gx


def numerical_diff(f, x, eps=1e-4):
    x0, x1 = Variable(x.data - eps), Variable(x.data + eps)
    return (f(x1).data - f(x0).data) / (2 * eps)


x = Variable(np.array([0.5]))
gx = numerical_diff(lambda v: Square()(Exp()(Square()(v))), x)
print("数値微分:", gx)
