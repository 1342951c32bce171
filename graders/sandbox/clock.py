"""The clock that a student's time is taken by: what others take is not on it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

ASLEEP = 5.0
"""Seconds between two looks that nothing the judge does takes: it was stopped, as by Ctrl-Z."""


class Awake:
    """Counts the seconds in which this process could look at what a student's does."""

    def __init__(self) -> None:
        self.seen = time.monotonic()
        self.missed = 0.0

    def __call__(self) -> float:
        """Return the seconds of wall time, without those that were not the student's."""
        now = time.monotonic()
        if now - self.seen > ASLEEP:
            self.missed += now - self.seen
        self.seen = now
        return now - self.missed

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stand still while something is done that is not the student's."""
        before = self()
        try:
            yield
        finally:
            self.missed += self() - before


awake = Awake()
