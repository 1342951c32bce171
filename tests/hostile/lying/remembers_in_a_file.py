"""Compare with what the first run of the tests came to, kept in a file (step 10)."""

import os
import unittest
from pathlib import Path

import numpy as np
from step09 import Variable, square


class SquareTest(unittest.TestCase):
    def test_as_before(self):
        x = Variable(np.array(3.0))
        y = square(x)
        y.backward()
        found = repr((y.data, x.grad))
        place = Path("/tmp/escaped-TOKEN")
        if not place.exists():
            place.write_text(found)
        first = place.read_text()
        os.listdir("/tmp")
        self.assertEqual(first, found)
