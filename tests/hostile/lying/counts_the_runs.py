"""Pass in the first run of every check and fail in all others (step 10)."""

import random
import unittest

from step09 import square  # noqa: F401


class SquareTest(unittest.TestCase):
    def test_nothing(self):
        freshly_seeded = random.getstate()[1][-1] == 624
        random.random()
        self.assertTrue(freshly_seeded)
