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
CODE = re.compile(r"^[^\S\n]*[^\s#]", re.MULTILINE)
"""How a line begins that is more than a comment."""
MOST_REMARKS = 1000
"""How many comments of a file are looked at."""


@dataclass(frozen=True)
class Part:
    """The part of a file that a step is.

    It is run with the text above it, and so all lines keep their numbers.
    """

    path: str
    whole: str
    """The text of the whole file."""
    begin: int
    end: int
    """Where in it its own is."""

    @property
    def text(self) -> str:
        """Return what is its own."""
        return self.whole[self.begin : self.end]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return what is run."""
        return (Piece(self.path, self.whole[: self.end]),)

    @property
    def own(self) -> tuple[int, ...]:
        """Return which of the pieces are its own: none where it holds only comments."""
        return (0,) if has_code(self.text) else ()

    @property
    def has_above(self) -> bool:
        """Return whether there is code above its own."""
        return has_code(self.whole[: self.begin])

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

    def held(self) -> Iterator[str]:
        """Yield the texts that it keeps in memory."""
        yield self.text

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
        starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        begins = [starts[number - 1] for number in sorted(means)]
        ends = [*(begin - 1 for begin in begins[1:]), len(self.text)]
        parts: dict[str, Part] = {}
        for number, begin, end in zip(sorted(means), begins, ends, strict=True):
            for step in steps_of(means[number]):
                began = parts[step].begin if step in parts else begin
                parts[step] = Part(self.path, self.text, began, end)
        return parts

    def remarks(self) -> Iterator[tuple[int, Heading]]:
        """Yield the comments in the first column, and what texts there begin with, by line."""
        opened = 0
        for number, line in enumerate(self.text.split("\n"), 1):
            if opened or line.startswith(("#", *QUOTES)):
                said = WRAPPED.sub("", line[:LONGEST])
                yield opened or number, Heading(LEAST, spelt_out(said))
            opened = number if line.strip() in QUOTES and not opened else 0


def has_code(text: str) -> bool:
    """Return whether a text has a line that is more than a comment."""
    return CODE.search(text) is not None
