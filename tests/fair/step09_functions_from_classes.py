"""square is made from its class by a decorator with wraps, exp is a lambda assigned."""
from functools import wraps

import numpy as np


class Variable:
    def __init__(self, data):
        if not (data is None or isinstance(data, np.ndarray)):
            raise TypeError(f"{type(data)!r} is not supported")
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        if self.grad is None:
            self.grad = np.ones(self.data.shape, dtype=self.data.dtype)
        todo = [self.creator]
        while todo:
            if (f := todo.pop()) is not None:
                f.input.grad = f.backward(f.output.grad)
                todo.append(f.input.creator)


def as_array(x):
    return np.array(x) if not isinstance(x, np.ndarray) else x


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(as_array(self.forward(input.data)))
        self.output.set_creator(self)
        return self.output

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        raise NotImplementedError


def as_function(cls):
    @wraps(cls, updated=())
    def function(x):
        return cls()(x)

    return function


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        return 2 * self.input.data * gy


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return np.exp(self.input.data) * gy


square = as_function(Square)
exp = lambda x: Exp()(x)
