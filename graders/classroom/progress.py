"""How far a class has come: a line on a terminal, or one every few seconds elsewhere."""

import sys
import time

from graders.renderers.plain import one_line
from graders.renderers.progress import Progress
from graders.words import _

SECONDS = 5.0
"""How often a line is printed where there is no terminal."""
MOST_NAMES = 4


class ClassProgress:
    """Tells how many are done and at which rate, how long it will take, and who is graded."""

    def __init__(self) -> None:
        self.line = Progress()
        self.count = self.done = self.failed = 0
        self.began = self.printed = time.monotonic()
        self.now: list[str] = []

    def look(self, count: int) -> None:
        """Take how many are looked at, whether they have changed."""
        self.line.tell(_("looking at {count}").format(count=count))

    def begin(self, count: int, kept: int) -> None:
        """Take how many are to be graded, and of how many a result is kept already."""
        self.count, self.began = count, time.monotonic()
        if kept:
            text = _("{kept} kept from before, {count} to be graded")
            print(text.format(kept=kept, count=count), file=sys.stderr, flush=True)

    def started(self, student: str) -> None:
        """Take who is graded now."""
        self.now.append(student)
        self.line.tell(self.text())

    def ended(self, student: str, why: str | None) -> None:
        """Take that one is done, and why it could not be graded, if it couldn't."""
        self.done += 1
        self.failed += why is not None
        if student in self.now:
            self.now.remove(student)
        self.line.tell(self.text())
        if not self.line.shown and time.monotonic() - self.printed > SECONDS:
            self.printed = time.monotonic()
            print(self.text(), file=sys.stderr, flush=True)

    def counts(self) -> dict[str, int]:
        """Return how many are done, of how many."""
        return {"done": self.done, "count": self.count}

    def text(self) -> str:
        """Return how far it has come, in a line."""
        rate = self.done / max(time.monotonic() - self.began, 1e-3)
        parts = [_("{done} of {count}").format(done=self.done, count=self.count)]
        if self.failed:
            parts.append(_("{failed} failed").format(failed=self.failed))
        if self.done:
            left = (self.count - self.done) / rate
            parts.append(_("{rate:.1f} a second").format(rate=rate))
            parts.append(_("{left:.0f} s left").format(left=left))
        if self.now:
            names = ", ".join(one_line(name) for name in self.now[:MOST_NAMES])
            parts.append(_("grading {names}").format(names=names))
        return " · ".join(parts)

    def clear(self) -> None:
        """Take the line away."""
        self.line.clear()
