"""Notebooks as pieces: each cell by itself, cut at the headings that name steps."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graders.submission.cells import Cell, read_cells
from graders.submission.heading import (
    Heading,
    beginning,
    count_on,
    counted,
    has_parts,
    headings,
    named,
    remark,
)
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
LONGEST = 200
"""How many characters of a command are looked at."""
MOST_TOLD = 5
"""How many cells, or files, a note names."""


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
    foreign: list[str] = field(default_factory=list)
    """The cells that are not Python, in words."""

    def __post_init__(self) -> None:
        for cell in self.cells:
            if cell.is_code and cell.text.strip():
                self.sort(cell)

    def sort(self, cell: Cell) -> None:
        """Put a cell where it belongs; a command that stands above its text becomes blank."""
        text = cell.text.lstrip()
        command, _newline, body = text.partition("\n")
        command = command[:LONGEST]
        above = "\n" * (cell.text[: -len(text)].count("\n") + 1)
        piece = Piece(self.path, above + body, cell.number)
        if not command.startswith("%%"):
            self.pieces.append(Piece(self.path, cell.text, cell.number))
        elif found := WRITES.match(command):
            folder = posixpath.dirname(self.path)
            path = posixpath.normpath(posixpath.join(folder, found[2].strip()))
            before = self.written.get(path, ()) if found[1] else ()
            self.written[path] = (*before, piece)
        elif FOREIGN.match(command):
            self.foreign.append(f"{cell.number} ({command.split()[0][:20]})")
        else:
            self.pieces.append(piece)

    def notes(self) -> Iterator[str]:
        """Yield what is to be said of cells that are not run."""
        if self.foreign:
            text = _("{path}: left out what is not Python, in cell {cells}")
            yield text.format(path=self.path, cells=few(self.foreign))
        if self.written:
            text = _("{place} writes {files}: there to be imported")
            first = next(iter(self.written.values()))[-1]
            where = place(self.path, first.cell)
            yield text.format(place=where, files=few(list(self.written)))

    def sections(self) -> dict[str, Section]:
        """Return the sections that headings make, by step.

        Headings are those of text cells; else the first comment of code cells; else how text
        cells begin.  A section lasts to the next heading that names a step, of this course or
        a later one, and has the cells before it too, as the student had.
        """
        means = self.headed() or self.remarked() or self.begun()
        current: tuple[str, ...] = ()
        own: dict[str, list[int]] = {}
        index = {piece.cell: index for index, piece in enumerate(self.pieces)}
        for cell in self.cells:
            if cell.number in means:
                current = steps_of(means[cell.number])
                own |= {step: [] for step in current if step not in own}
            for step in current if cell.number in index else ():
                own[step].append(index[cell.number])
        ends = {
            step: mine[-1] + 1 if mine else self.above(means, step)
            for step, mine in own.items()
        }
        return {s: Section(tuple(self.pieces[: ends[s]]), tuple(own[s])) for s in own}

    def above(self, means: Mapping[int, Sequence[int]], step: str) -> int:
        """Return how many pieces stand above a step's heading."""
        number = next(cell for cell in sorted(means) if step in steps_of(means[cell]))
        return sum(piece.cell < number for piece in self.pieces)

    def headed(self) -> dict[int, tuple[int, ...]]:
        """Return the steps that headings in text cells name, by the cell's number."""
        texts = [cell for cell in self.cells if not cell.is_code]
        listed = [(cell.number, heading) for cell in texts for heading in headings(cell.text)]
        by_name = first_of_each(listed)
        if by_name:
            return by_name
        found: dict[int, tuple[int, ...]] = {}
        for index, steps in counted([heading for _number, heading in listed]).items():
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
        texts = [(cell.number, beginning(cell.text)) for cell in self.cells if not cell.is_code]
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
    """Return the course's steps among numbers."""
    units = map(find_unit, map(str, numbers))
    return tuple(dict.fromkeys(unit.step for unit in units if unit))


def few(things: Sequence[str]) -> str:
    """Return a list in words, cut after a few."""
    more = [_("and {count} more").format(count=len(things) - MOST_TOLD)]
    return ", ".join([*things[:MOST_TOLD], *(more if len(things) > MOST_TOLD else [])])


def read_notebook(path: str, content: bytes) -> Notebook:
    """Return a notebook.  Raise Unreadable for what is none."""
    return Notebook(path, read_cells(content))
