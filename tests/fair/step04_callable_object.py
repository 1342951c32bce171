"""numerical_diff is an object with __call__, which keeps count of how often it is used."""
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


class CentralDifference:
    def __init__(self):
        self.calls = 0

    def __call__(self, f, x, eps=1e-4):
        self.calls += 1
        return self._rise(f, x.data, eps) / (eps + eps)

    @staticmethod
    def _rise(f, at, eps):
        return f(Variable(at + eps)).data - f(Variable(at - eps)).data


numerical_diff = CentralDifference()
