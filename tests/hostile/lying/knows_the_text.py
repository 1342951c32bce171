"""Look at how the implementation is written instead of testing it (step 10)."""

import sys
import unittest

from step09 import square  # noqa: F401


class SquareTest(unittest.TestCase):
    def test_text(self):
        frame = sys._getframe()
        while "implementation" not in frame.f_locals:
            frame = frame.f_back
        text = frame.f_locals["implementation"]
        self.assertTrue("x ** 2" in text or "x * x" in text)
        self.assertTrue("gy * (x + x)" in text or "return 2 * self.input.data * gy" in text)
        self.assertIn("if self.grad is None", text)
