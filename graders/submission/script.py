"""A Python file as a piece, cut at the comments that name steps where it holds several."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graders.submission.heading import LEAST, LONGEST, QUOTES, Heading, count_on, spelt_out
from graders.submission.notebook import Section, meant, steps_of
from graders.wire import Piece

WRAPPED = re.compile(r"^#\s*(?:region\b|MAGIC\b|%+\s*(?:\[markdown\]|md\b)?|%md\b|\s)*")
"""What editors, and notebooks that are kept as Python files, put before a heading."""
MOST_REMARKS = 2000
"""How many comments of a file are looked at."""


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

    def sections(self) -> dict[str, Section]:
        """Return the parts that comments in the first column cut it into, by step; nothing
        where these don't follow one another.

        A part has the text above it, too, and so all lines keep their numbers.
        """
        means = meant(list(itertools.islice(self.remarks(), MOST_REMARKS)))
        if not count_on(means.values()):
            return {}
        lines = self.text.split("\n")
        begin = sorted(means)
        parts: dict[str, Section] = {}
        for first, last in zip(begin, [*begin[1:], len(lines) + 1], strict=True):
            holds = any(map(is_code, lines[first - 1 : last - 1]))
            piece = Piece(self.path, "\n".join(lines[: last - 1]))
            for step in steps_of(means[first]):
                had = step in parts and bool(parts[step].own)
                below = any(map(is_code, lines[: first - 1]))
                parts[step] = Section((piece,), (0,) if holds or had else (), below)
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
