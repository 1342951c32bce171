"""Pass in as many runs as there are correct implementations, fail in the rest (step 10)."""

import builtins
import unittest

from step09 import square  # noqa: F401


class SquareTest(unittest.TestCase):
    def test_nothing(self):
        builtins.runs = getattr(builtins, "runs", 0) + 1
        self.assertLessEqual(builtins.runs, 6)  # the first one is tried twice
