"""assertAlmostEqual, delta and random numbers of Python's own; the tests' names are Japanese."""
import random
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


class 二乗のテスト(unittest.TestCase):
    """square 関数のテスト"""

    def test_順伝播(self):
        値 = random.uniform(1.5, 10)
        結果 = square(Variable(np.array(値)))
        self.assertAlmostEqual(float(結果.data), 値 ** 2, places=6)

    def test_逆伝播(self):
        for 値 in random.sample(range(3, 10), 3):
            x = Variable(np.array(float(値)))
            square(x).backward()
            self.assertAlmostEqual(float(x.grad), 2 * 値, delta=1e-9)


if __name__ == "__main__":
    random.seed()
    unittest.main()
