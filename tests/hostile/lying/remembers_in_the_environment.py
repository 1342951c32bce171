"""Compare with the first run, kept in the C library's environment (step 10)."""

import os
import unittest

import numpy as np
from step09 import Variable, square


class SquareTest(unittest.TestCase):
    def test_as_before(self):
        x = Variable(np.array(3.0))
        y = square(x)
        y.backward()
        found = repr((y.data, x.grad))
        first = os.environ.setdefault("FIRST_RESULT", found)
        self.assertEqual(first, found)
