"""A stopwatch that charges every moment to one phase."""

import functools
import time
from collections import Counter


class Stopwatch:
    """Charges every moment to one phase at a time."""

    def __init__(self, phase: str, since: float) -> None:
        self.spent: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.phase, self.since = phase, since

    def switch(self, phase: str) -> str:
        """Start charging to a phase and return the one before."""
        now = time.perf_counter()
        self.spent[self.phase] += now - self.since
        before, self.phase, self.since = self.phase, phase, now
        return before

    def wrap(self, owner, name, phase, after=None):
        """Charge the calls of a function to a phase (a name, or what gives one for a call)."""
        function = getattr(owner, name)

        @functools.wraps(function)
        def timed(*args, **kwargs):
            charged = phase(*args) if callable(phase) else phase
            before = self.switch(charged)
            self.counts[charged] += charged != before
            try:
                return function(*args, **kwargs)
            finally:
                self.switch(after or before)

        setattr(owner, name, timed)
