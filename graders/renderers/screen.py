"""A terminal to print on: texts wrap between words, code between tokens."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from tokenize import COMMENT, TokenError, generate_tokens
from typing import Literal, NamedTuple, TextIO

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from graders.renderers.plain import plain

NARROWEST = 20
"""Columns that are written to, however few there are."""
WORD = re.compile(r"[ ]*[^ ]+")
DEEPER = 4
"""By how much the rest of a broken line of code stands further to the right."""
DEPTH = dict.fromkeys("([{", 1) | dict.fromkeys(")]}", -1)


Kind = Literal["inside", "outside", "comment"]


class Part(NamedTuple):
    """A part of a line of code, with the blanks before it."""

    text: str
    kind: Kind
    """Whether it stands inside brackets: outside, a break has a backslash before it."""


class Screen(Console):
    """A terminal, or a stream, that a report is printed on line by line.

    What a closed pipe means is left to the command.
    """

    def __init__(
        self, file: TextIO | None = None, color: bool = True, width: int | None = None
    ) -> None:
        super().__init__(file=file, no_color=not color or None, highlight=False, width=width)

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError instead of ending the program."""
        raise BrokenPipeError

    def show_cursor(self, show: bool = True) -> bool:
        """Leave the cursor as it is: whoever ends this by force would go without one."""
        return False

    def put(self, text: Text | str = "") -> None:
        """Print a line as it is, however long, and whatever stands in brackets."""
        self.print(Text(text) if isinstance(text, str) else text, soft_wrap=True)

    def say(self, text: str, by: int = 2, style: str = "", hanging: int = 0) -> None:
        """Print a text as a block that begins ``by`` columns from the left and wraps between
        words; what is wrapped begins ``hanging`` columns further.
        """
        for line in plain(text).split("\n"):
            room = max(NARROWEST, self.width - by)
            for row in wrapped(line, room, hanging):
                self.put(Text(" " * by * bool(row) + row, style))

    def code(self, text: str) -> None:
        """Print Python code in lines that fit, and that do the same if they are pasted."""
        for line in folded(plain(text), max(NARROWEST, self.width)).split("\n"):
            self.put(line)


def wrapped(line: str, width: int, hanging: int = 0) -> list[str]:
    """Return a line in rows of at most so many columns, broken at blanks, none of which is left
    at a row's end.

    What is wrapped begins ``hanging`` columns from the left.  A word that has no room there, or
    at the line's beginning, begins further to the left; one that is longer than a row stays
    whole, as it may be a path, unless it is of a script that has no blanks between words.
    """
    rows = [""]
    for word in WORD.findall(line):
        bare = word.lstrip(" ")
        if rows[-1].strip() and cell_len(rows[-1] + word) > width:
            rows.append(" " * hanging)
            word = bare
        if not rows[-1].strip():
            ahead = len(rows[-1] + word) - len(bare)
            rows[-1], word = " " * max(0, min(ahead, width - cell_len(bare))), bare
        rows[-1] += word
        if cell_len(rows[-1]) > width and cell_len(word) > len(word):
            rows[-1:] = chop_cells(rows[-1], width)
    return rows


def folded(code: str, width: int) -> str:
    """Return code that does the same in lines broken between tokens where they were longer; a
    comment that has no room beside its line goes below.
    """
    return "\n".join(row for line in lines_of(code) for row in fold(line, width))


def fold(line: list[Part], width: int) -> Iterator[str]:
    """Yield the rows that a line of code is broken into."""
    row = line[0].text
    indent = " " * (len(row) - len(row.lstrip()))
    for part, after in pairwise([*line, Part("", "inside")]):
        if part is line[0]:
            continue
        if len(row + part.text) <= width - 2 * (after.kind == "outside"):
            row += part.text
        elif part.kind == "comment":
            said = part.text.strip(" #")
            yield from (
                row,
                *(f"{indent}# {each}" for each in wrapped(said, width - len(indent) - 2)),
            )
            return
        else:
            yield row + " \\" * (part.kind == "outside")
            row = indent + " " * DEEPER + part.text.lstrip()
    yield row


def lines_of(code: str) -> Iterator[list[Part]]:
    """Yield the lines of code, each in the parts between which it may be broken; a text that is
    no code is not.
    """
    cuts: dict[int, list[tuple[int, Kind]]] = {}
    with suppress(TokenError, SyntaxError):
        for line, column, kind in gaps(code):
            cuts.setdefault(line, []).append((column, kind))
    for number, text in enumerate(code.split("\n"), 1):
        found = [(0, "outside"), *cuts.get(number, [])]
        ends = [*(at for at, _kind in found[1:]), len(text)]
        yield [Part(text[at:end], kind) for (at, kind), end in zip(found, ends, strict=True)]


def gaps(code: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield where blanks stand between tokens: the line, the column, and what may stand there.

    Raise TokenError or SyntaxError for what is no code.
    """
    depth = 0
    for before, token in pairwise(generate_tokens(io.StringIO(code).readline)):
        depth += DEPTH.get(before.string, 0)
        (line, column), (also, begin) = before.end, token.start
        if line == also and token.line[column:begin].isspace():
            inside: Kind = "inside" if depth else "outside"
            yield line, column, "comment" if token.type == COMMENT else inside
