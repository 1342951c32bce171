"""The test methods are made in a loop by setattr; setUpClass prepares what they share."""
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
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slope = staticmethod(lambda x: 2 * x)

    @classmethod
    def tearDownClass(cls):
        del cls.slope


def case(value):
    def test(self):
        x = Variable(np.array([value]))
        y = square(x)
        self.assertEqual(y.data.tolist(), [value ** 2])
        y.backward()
        self.assertEqual(x.grad.tolist(), [self.slope(value)])

    return test


for number in range(3, 6):
    setattr(SquareTest, f"test_square_of_{number}", case(float(number)))

suite = unittest.defaultTestLoader.loadTestsFromTestCase(SquareTest)
unittest.TextTestRunner(verbosity=0).run(suite)
