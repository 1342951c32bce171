"""Random inputs for a check, from the seed and the check's id alone."""

import hashlib
from typing import Any

import numpy as np


def for_worker(seed: int, check: str) -> int:
    """Return what the worker's random generators are seeded with for a check: it tells nothing
    of the seed, nor of what is drawn from it here.
    """
    digest = hashlib.sha256(f"worker:{seed}:{check}".encode()).digest()
    return int.from_bytes(digest[:6], "big")


class Draw:
    """Random inputs of one check, drawn from the seed and the check's id alone."""

    def __init__(self, seed: int, check: str) -> None:
        digest = hashlib.sha256(f"{seed}:{check}".encode()).digest()
        self.seed = int.from_bytes(digest[:6], "big")
        self.random = np.random.default_rng(self.seed)

    def array(self, *shape: int, low: float = 0.3, high: float = 1.9) -> Any:
        """Return a float64 array (of 3 elements unless a shape is given) with three decimals,
        of both signs, all elements apart from one another and from 0, 1 and 2.
        """
        count = int(np.prod(shape)) if shape else 3
        slots = np.linspace(low, high, count + 1)
        sizes = slots[:-1] + self.random.uniform(0.1, 0.9, count) * np.diff(slots)
        sizes = np.where(np.abs(sizes - 1) < 0.03, sizes + 0.07, sizes)
        signs = np.where(np.arange(count) % 2 == self.random.integers(2), 1, -1)
        values = self.random.permutation(np.round(sizes * signs, 3))
        return values.reshape(shape or (3,))

    def positive(self, *shape: int) -> Any:
        """Return an array like ``array`` without the signs."""
        return np.abs(self.array(*shape))

    def number(self, low: float = 0.3, high: float = 1.9) -> Any:
        """Return a 0-d float64 array with three decimals, away from 1."""
        return self.array(1, low=low, high=high).reshape(())
