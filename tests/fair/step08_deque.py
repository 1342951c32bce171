"""The Functions to do wait in a deque, first in, first out."""
from collections import deque

import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        queue = deque()
        if self.creator is not None:
            queue.append(self.creator)
        while len(queue) > 0:
            func = queue.popleft()
            x, y = func.input, func.output
            x.grad = func.backward(y.grad)
            if x.creator is not None:
                queue.append(x.creator)


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(self.forward(input.data))
        self.output.set_creator(self)
        return self.output

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        raise NotImplementedError


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
