"""The file has a breakpoint, warnings as errors, and ends in sys.exit() of its main."""
import sys
import warnings

import numpy as np

warnings.simplefilter("error")
np.seterr(all="raise")
np.set_printoptions(precision=3, suppress=True)


class Variable:
    def __init__(self, data):
        try:
            assert data is None or isinstance(data, np.ndarray)
        except AssertionError as error:
            raise TypeError(f"{type(data)} is not supported") from error
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        funcs = [self.creator]
        while funcs:
            f = funcs.pop(0)
            if f is None:
                continue
            f.input.grad = f.backward(f.output.grad)
            funcs.append(f.input.creator)


def as_array(x):
    if np.isscalar(x):
        return np.array(x)
    return x


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


def square(x):
    return Square()(x)


def exp(x):
    return Exp()(x)


def main(argv):
    breakpoint()
    for thing in (1.0, [1.0], "1"):
        try:
            Variable(thing)
        except TypeError as error:
            print(error)
    return 0


sys.exit(main(sys.argv[1:]))
