"""A Python file as a piece, cut at the comments that name steps where it holds several."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graders.submission.heading import LEAST, LONGEST, QUOTES, Heading, count_on, spelt_out
from graders.submission.notebook import meant
from graders.syllabus import steps_of
from graders.wire import Piece

WRAPPED = re.compile(r"^#\s*(?:region\b|MAGIC\b|%+\s*(?:\[markdown\]|md\b)?|%md\b|\s)*")
"""What editors, and notebooks that are kept as Python files, put before a heading."""
MOST_REMARKS = 2000
"""How many comments of a file are looked at."""


@dataclass(frozen=True)
class Part:
    """The part of a file that a step is.

    It is run with the text above it, and so all lines keep their numbers.
    """

    path: str
    lines: list[str]
    """Those of the whole file."""
    first: int
    last: int
    """Which of them are its own, from 0 and up to the last, which is not."""

    @property
    def text(self) -> str:
        """Return what is its own."""
        return "\n".join(self.lines[self.first : self.last])

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return what is run."""
        return (Piece(self.path, "\n".join(self.lines[: self.last])),)

    @property
    def own(self) -> tuple[int, ...]:
        """Return which of the pieces are its own: none where it holds only comments."""
        return (0,) if any(map(is_code, self.lines[self.first : self.last])) else ()

    @property
    def has_above(self) -> bool:
        """Return whether there is code above its own."""
        return any(map(is_code, self.lines[: self.first]))

    place = ""
    """Which part it is, in words: its file says it."""


@dataclass
class Script:
    """A Python file."""

    path: str
    text: str
    written: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    """Files that it writes before it is run: none, unlike a notebook's."""

    @property
    def pieces(self) -> list[Piece]:
        """Return the one piece that it is."""
        return [Piece(self.path, self.text)]

    def notes(self) -> Iterator[str]:
        """Yield what is to be said of parts that are not run: there are none."""
        return iter(())

    def sections(self) -> dict[str, Part]:
        """Return the parts that comments in the first column cut it into, by step; nothing
        where these don't follow one another.
        """
        means = meant(list(itertools.islice(self.remarks(), MOST_REMARKS)))
        if not count_on(means.values()):
            return {}
        lines = self.text.split("\n")
        begin = sorted(means)
        parts: dict[str, Part] = {}
        for first, last in zip(begin, [*begin[1:], len(lines) + 1], strict=True):
            for step in steps_of(means[first]):
                began = parts[step].first if step in parts else first - 1
                parts[step] = Part(self.path, lines, began, last - 1)
        return parts

    def remarks(self) -> Iterator[tuple[int, Heading]]:
        """Yield the comments in the first column, and what texts there begin with, by line."""
        opened = 0
        for number, line in enumerate(self.text.split("\n"), 1):
            if opened or line.startswith(("#", *QUOTES)):
                said = WRAPPED.sub("", line[:LONGEST])
                yield opened or number, Heading(LEAST, spelt_out(said))
            opened = number if line.strip() in QUOTES and not opened else 0


def is_code(line: str) -> bool:
    """Return whether a line is more than a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")
