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
        self.assertNotIn("\nSquare.", text)
        self.assertNotIn("\nVariable.", text)
