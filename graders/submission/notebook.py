"""Read notebooks as pieces: each cell by itself, cut at headings that name steps."""

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from graders.submission.heading import (
    Heading,
    count_on,
    counted,
    has_parts,
    headings,
    named,
    remark,
    spelt_out,
)
from graders.submission.text import Unreadable, decode, spelt
from graders.syllabus import find_unit
from graders.wire import Piece
from graders.words import _, place

FOREIGN = re.compile(
    r"%%(?:!|\w*sh\b|script|html|svg|javascript|js|latex|markdown|perl|ruby|R\b|cython|sql"
    r"|bigquery|file|writefile|cmd|powershell|pypy|python[23]?\b|timeit|julia|mermaid)",
    re.IGNORECASE,
)
"""How a cell begins that is not run here; the body of any other is Python."""
WRITES = re.compile(r"%%(?:write)?file\s+(-a\s+)?[\"']?([^\"'\n]+\.py)[\"']?\s*$")
THEORY = {5: 6}
"""A step that is one unit with another."""


class Cell(msgspec.Struct):
    """What matters of a notebook's cell; its outputs are never looked at."""

    cell_type: str
    source: str | list[str] = ""
    input: str | list[str] = ""
    """The code, in version 3 of the format."""
    level: int = 1

    @property
    def text(self) -> str:
        """Return the cell's text, with plain newlines."""
        given = self.source or self.input
        text = given if isinstance(given, str) else "".join(given)
        text = spelt(text).replace("\r\n", "\n").replace("\r", "\n")
        return "#" * self.level + f" {text}" if self.cell_type == "heading" else text


class Sheet(msgspec.Struct):
    """A part of a notebook, in version 3 of the format."""

    cells: list[Cell]


class File(msgspec.Struct):
    """A notebook as it is stored."""

    cells: list[Cell] | None = None
    worksheets: list[Sheet] | None = None


@dataclass(frozen=True)
class Section:
    """The part of a notebook that a step is."""

    pieces: tuple[Piece, ...]
    """The cells before it, and its own."""
    own: tuple[int, ...]
    """Which of them are its own, by index."""

    @property
    def place(self) -> str:
        """Return which cells are its own, in words."""
        mine = [self.pieces[index].cell for index in self.own]
        if not mine:
            return ""
        text = _("cells {first}–{last}") if len(mine) > 1 else _("cell {first}")
        return text.format(first=mine[0], last=mine[-1])


@dataclass
class Notebook:
    """A notebook's code, cell by cell."""

    path: str
    cells: list[Cell]
    pieces: list[Piece] = field(default_factory=list)
    written: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    """Files that cells write by ``%%writefile``, by path."""
    foreign: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, cell in enumerate(self.cells, 1):
            if cell.cell_type == "code" and cell.text.strip():
                self.sort(Piece(self.path, cell.text, number))

    def sort(self, piece: Piece) -> None:
        """Put a cell where it belongs; a command that stands above its text becomes blank."""
        blank = len(piece.text) - len(piece.text.lstrip())
        command, _newline, body = piece.text[blank:].partition("\n")
        above = "\n" * (piece.text[:blank].count("\n") + 1)
        if not command.startswith("%%"):
            self.pieces.append(piece)
        elif found := WRITES.match(command):
            folder = posixpath.dirname(self.path)
            path = posixpath.normpath(posixpath.join(folder, found[2].strip()))
            before = self.written.get(path, ()) if found[1] else ()
            self.written[path] = (*before, Piece(self.path, above + body, piece.cell))
        elif FOREIGN.match(command):
            self.foreign.append(piece)
        else:
            self.pieces.append(Piece(self.path, above + body, piece.cell))

    def notes(self) -> Iterator[str]:
        """Yield what is to be said of cells that are not run."""
        if self.foreign:
            cells = ", ".join(
                f"{piece.cell} ({piece.text.split()[0][:20]})" for piece in self.foreign
            )
            text = _("{path}: left out what is not Python, in cell {cells}")
            yield text.format(path=self.path, cells=cells)
        for path, pieces in self.written.items():
            text = _("{place} writes {path}: it is there to be imported")
            yield text.format(place=place(self.path, pieces[-1].cell), path=path)

    def sections(self) -> dict[str, Section]:
        """Return the sections that headings make, by step.

        Headings are those of text cells, else the first comment of code cells, else how text
        cells begin where that counts on.  A section
        lasts to the next heading that names a step, of this course or a later one, and has
        the cells before it too, as the student had.
        """
        means = self.headed() or self.remarked() or self.begun()
        current: tuple[str, ...] = ()
        own: dict[str, list[int]] = {}
        code = {piece.cell: index for index, piece in enumerate(self.pieces)}
        for number in range(1, len(self.cells) + 1):
            if number in means:
                current = steps_of(means[number])
                own |= {step: [] for step in current if step not in own}
            for step in current if number in code else ():
                own[step].append(code[number])
        found = {}
        for step, mine in own.items():
            end = mine[-1] + 1 if mine else self.above(means, step)
            found[step] = Section(tuple(self.pieces[:end]), tuple(mine))
        return found

    def above(self, means: Mapping[int, Sequence[int]], step: str) -> int:
        """Return how many pieces stand above a step's heading."""
        number = next(cell for cell in sorted(means) if step in steps_of(means[cell]))
        return sum(piece.cell < number for piece in self.pieces)

    def headed(self) -> dict[int, tuple[int, ...]]:
        """Return the steps that text cells name, by the cell's number."""
        listed = [
            (number, heading)
            for number, cell in enumerate(self.cells, 1)
            if cell.cell_type in ("markdown", "heading")
            for heading in headings(cell.text)
        ]
        by_name = first_of_each(listed)
        if by_name:
            return by_name
        bare = counted([heading for _number, heading in listed])
        found: dict[int, tuple[int, ...]] = {}
        for index, steps in bare.items():
            found.setdefault(listed[index][0], steps)
        return found

    def remarked(self) -> dict[int, tuple[int, ...]]:
        """Return the steps that code cells name in their first comment, by their number."""
        said = [(piece.cell, remark(piece.text)) for piece in self.pieces]
        return first_of_each([(number, heading) for number, heading in said if heading])

    def begun(self) -> dict[int, tuple[int, ...]]:
        """Return the steps that text cells begin with, by their number, where at least three
        count on: a lone one may be prose.
        """
        texts = [
            (number, Heading(0, spelt_out(cell.text.strip().partition("\n")[0])))
            for number, cell in enumerate(self.cells, 1)
            if cell.cell_type == "markdown"
        ]
        found = first_of_each(texts)
        return found if count_on(found.values(), least=3) else {}


def first_of_each(listed: Sequence[tuple[int, Heading]]) -> dict[int, tuple[int, ...]]:
    """Return what the first heading in each cell that names steps means, by the cell."""
    ranges = not any(has_parts(heading) for _number, heading in listed)
    found: dict[int, tuple[int, ...]] = {}
    for number, heading in listed:
        if number not in found and (steps := named(heading, ranges)):
            found[number] = steps
    return found


def steps_of(numbers: Sequence[int]) -> tuple[str, ...]:
    """Return the course's steps among numbers; theory counts as the step that it leads to."""
    units = (find_unit(str(THEORY.get(number, number))) for number in numbers)
    return tuple(dict.fromkeys(unit.step for unit in units if unit))


def read_notebook(path: str, content: bytes) -> Notebook:
    """Return a notebook.  Raise Unreadable for what is none."""
    try:
        file = decoded(content)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unreadable(_("it is not a notebook")) from error
    sheets = [sheet.cells for sheet in file.worksheets or []]
    if file.cells is None and not sheets:
        raise Unreadable(_("it is not a notebook"))
    return Notebook(path, [cell for cells in [file.cells or [], *sheets] for cell in cells])


def decoded(content: bytes) -> File:
    """Return a notebook's cells, without building what is not asked for.

    What Python writes as JSON and JSON is not (NaN, half a surrogate) is read as Python does.
    Raise MsgspecError, ValueError or RecursionError for what is no notebook.
    """
    try:
        return msgspec.json.decode(content, type=File)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.convert(json.loads(decode(content)), File)
