"""The file holds the tests alone: what they test comes from steps 9 and 4, in three spellings."""
import unittest

import numpy as np

import step09
from step04 import numerical_diff as num_diff
from step09 import *
from step09 import square as sq


class SquareTest(unittest.TestCase):
    def test_forward(self):
        y = square(Variable(np.array(2.0)))
        self.assertEqual(y.data, np.array(4.0))

    def test_backward(self):
        x = step09.Variable(np.array(3.0))
        y = step09.square(x)
        y.backward()
        self.assertEqual(x.grad, np.array(6.0))

    def test_gradient_check(self):
        x = Variable(np.random.rand(1))
        y = sq(x)
        y.backward()
        self.assertTrue(np.allclose(x.grad, num_diff(sq, x)))


if __name__ == "__main__":
    unittest.main()
