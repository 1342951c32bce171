"""hypothesis is used where it is installed, and a loop of random numbers elsewhere."""
import unittest

import numpy as np

try:
    from hypothesis import given, strategies as st
except ImportError:
    given = st = None


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


class SquareTest(unittest.TestCase):
    def check(self, value):
        x = Variable(np.array([value]))
        y = square(x)
        y.backward()
        self.assertTrue(np.allclose(y.data, value * value))
        self.assertTrue(np.allclose(x.grad, numerical_diff(square, x), atol=1e-6))

    if given:
        @given(st.floats(-10, 10))
        def test_any_number(self, value):
            self.check(value)
    else:
        def test_any_number(self):
            for value in np.random.uniform(-10, 10, 20):
                self.check(float(value))


if __name__ == "__main__":
    unittest.main()
