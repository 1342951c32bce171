"""Tests without a class: unittest.FunctionTestCase by load_tests, found as plain functions."""
import unittest

import numpy as np


class Variable:
    def __init__(self, data):
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
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
            f = funcs.pop()
            x, y = f.input, f.output
            x.grad = f.backward(y.grad)
            if x.creator is not None:
                funcs.append(x.creator)


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
        raise NotImplementedError()

    def backward(self, gy):
        raise NotImplementedError()


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        return 2 * self.input.data * gy


def square(x):
    return Square()(x)


def test_forward():
    y = square(Variable(np.array([1.0, 2.0, 3.0])))
    assert (y.data == np.array([1.0, 4.0, 9.0])).all(), y.data


def test_backward():
    x = Variable(np.array([1.0, 2.0, 3.0]))
    square(x).backward()
    if x.grad is None or list(x.grad) != [2.0, 4.0, 6.0]:
        raise AssertionError("gradient of square: %r" % (x.grad,))


def load_tests(loader, tests, pattern):
    return unittest.TestSuite(map(unittest.FunctionTestCase, (test_forward, test_backward)))


if __name__ == "__main__":
    unittest.main()
