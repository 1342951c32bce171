"""setUp, tearDown and a subTest for each of several numbers; the tests are run on import."""
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


class SquareTest(unittest.TestCase):
    def setUp(self):
        self.numbers = (2.0, 3.0, -1.5, 0.0)
        self.boxes = [Variable(np.array(number)) for number in self.numbers]

    def tearDown(self):
        del self.boxes

    def test_forward(self):
        for number, box in zip(self.numbers, self.boxes):
            with self.subTest(number=number):
                self.assertEqual(square(box).data, number * number)

    def test_backward(self):
        for number, box in zip(self.numbers, self.boxes):
            with self.subTest(msg="gradient", number=number):
                square(box).backward()
                self.assertEqual(box.grad, 2 * number)


if __name__ == "__main__":
    unittest.main(argv=["first-arg-is-ignored"], exit=False, verbosity=2)
