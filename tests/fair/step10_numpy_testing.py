"""unittest with numpy.testing, a random generator with a seed, and arrays of two dimensions."""
import unittest

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal


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


def numerical_diff(f, x, eps=1e-4):
    x0 = Variable(x.data - eps)
    x1 = Variable(x.data + eps)
    y0 = f(x0)
    y1 = f(x1)
    return (y1.data - y0.data) / (2 * eps)


class TestSquare(unittest.TestCase):
    rng = np.random.default_rng(0)

    def test_forward(self):
        x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
        assert_array_equal(square(x).data, [[1.0, 4.0], [9.0, 16.0]])

    def test_backward(self):
        a = self.rng.normal(size=(2, 3))
        x = Variable(a)
        y = square(x)
        y.backward()
        assert_allclose(x.grad, 2 * a, rtol=1e-7)
        assert_array_equal(y.grad, np.ones((2, 3)))

    def test_gradient_check(self):
        x = Variable(self.rng.uniform(-1, 1, 5))
        square(x).backward()
        assert_allclose(x.grad, numerical_diff(square, x), rtol=1e-4, atol=1e-8)
