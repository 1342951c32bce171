"""Walk back by recursion before the loop, as deep as Python may be told to go."""

import sys

import numpy as np

sys.setrecursionlimit(10**6)


class Variable:
    def __init__(self, data):
        self.data, self.grad, self.creator = data, None, None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        for f in self.functions():
            f.input.grad = f.backward(f.output.grad)

    def functions(self):
        return [self.creator, *self.creator.input.functions()] if self.creator else []


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(self.forward(input.data))
        self.output.set_creator(self)
        return self.output


class Square(Function):
    def forward(self, x):
        return x**2

    def backward(self, gy):
        return 2 * self.input.data * gy


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return np.exp(self.input.data) * gy
