"""Notebooks as pieces: each cell by itself, cut at the headings that name steps."""

import itertools
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graders.submission.cells import Cell, read_cells
from graders.submission.heading import (
    LEAST,
    Heading,
    beginning,
    count_on,
    counted,
    has_parts,
    headings,
    named,
    numbers,
    remarks,
)
from graders.submission.text import cut
from graders.syllabus import steps_of
from graders.wire import Piece
from graders.words import _

FOREIGN = re.compile(
    r"%%(?:!|\w*sh\b|script|html|svg|javascript|js|latex|markdown|perl|ruby|R\b|cython|sql"
    r"|bigquery|file|writefile|cmd|powershell|pypy|python[23]?\b|timeit|julia|mermaid)",
    re.IGNORECASE,
)
"""How a cell begins that is not run here; the body of any other is Python."""
TEXT = re.compile(r"%%(?:markdown|html)\b", re.IGNORECASE)
WRITES = re.compile(r"%%(?:write)?file\s+(-a\s+)?[\"']?([^\"'\n]+\.py)[\"']?\s*$")
LONGEST = 200
"""How many characters of a command, or of a name in a note, are looked at."""
MOST_TOLD = 5
"""How many cells, or files, a note names."""
MOST_HEADINGS = 1000
"""How many headings of a notebook are looked at."""
TABLE = 3
"""How many steps a cell names one by one that is a table of contents."""
Meant = dict[int, tuple[int, ...]]
"""The steps that begin with a cell, by its number."""


@dataclass(frozen=True)
class Section:
    """The part of a notebook that a step is."""

    pieces: tuple[Piece, ...]
    """The cells before it, and its own."""
    own: tuple[int, ...]
    """Which of them are its own, by index."""

    @property
    def text(self) -> str:
        """Return what is its own, as one text."""
        return "\n".join(self.pieces[index].text for index in self.own)

    @property
    def has_above(self) -> bool:
        """Return whether there is code above its own."""
        return bool(self.own) and self.own[0] > 0

    @property
    def place(self) -> str:
        """Return which cells are its own, in words."""
        mine = [self.pieces[index].cell for index in self.own]
        if not any(mine):
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
    texts: list[tuple[int, str]] = field(default_factory=list)
    """What is there to be read, with the cell's number."""
    foreign: list[str] = field(default_factory=list)
    """The cells that are not Python, in words."""

    def __post_init__(self) -> None:
        for cell in self.cells:
            if not cell.is_code:
                self.texts.append((cell.number, cell.text))
            elif cell.text.strip():
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
            self.pieces += [piece] if is_work(path) else []
        elif FOREIGN.match(command):
            self.foreign.append(f"{cell.number} ({command.split()[0][:20]})")
            self.texts += [(cell.number, body)] if TEXT.match(command) else []
        else:
            self.pieces.append(piece)

    def held(self) -> Iterator[str]:
        """Yield the texts that it keeps in memory."""
        yield from (cell.text for cell in self.cells)
        yield from (piece.text for piece in self.pieces)

    def notes(self) -> Iterator[str]:
        """Yield what is to be said of cells that are not run."""
        if self.foreign:
            text = _("{path}: left out what is not Python, in cell {cells}")
            yield text.format(path=self.path, cells=few(self.foreign))
        if self.written:
            text = _("{path}: files that cells write can be imported: {files}")
            cell = _("{file} (cell {number})")
            files = [cell.format(file=f, number=p[-1].cell) for f, p in self.written.items()]
            yield text.format(path=self.path, files=few(files))

    def sections(self) -> dict[str, Section]:
        """Return the sections that headings make, by step.

        Headings are those of text cells; else the first comments of code cells; else how text
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

    def above(self, means: Meant, step: str) -> int:
        """Return how many pieces stand above a step's heading."""
        number = next(cell for cell in sorted(means) if step in steps_of(means[cell]))
        return sum(piece.cell < number for piece in self.pieces)

    def headed(self) -> Meant:
        """Return the steps that headings in text cells name, by the cell's number.

        Where none begins with a step's name, one may end with it, or begin with a bare number.
        """
        every = ((cell, heading) for cell, text in self.texts for heading in headings(text))
        listed = list(itertools.islice(every, MOST_HEADINGS))
        if found := meant(listed):
            return found
        loosely = meant(listed, anywhere=True)
        if count_on(loosely.values()):
            return loosely
        bare = counted([heading for _number, heading in listed])
        return first_of_each((listed[index][0], steps) for index, steps in bare.items())

    def remarked(self) -> Meant:
        """Return the steps that code cells name in their first comments, or in the name of the
        file that they write, by their number.
        """
        written = {run[-1].cell: path.rpartition("/")[2] for path, run in self.written.items()}
        texts = ((p.cell, f"# {written.get(p.cell, '')}\n{p.text}") for p in self.pieces)
        every = ((cell, said) for cell, text in texts for said in remarks(text))
        return meant(list(itertools.islice(every, MOST_HEADINGS)))

    def begun(self) -> Meant:
        """Return the steps that text cells begin with, by their number, where at least three
        count on: a lone one may be prose.
        """
        found = meant([(cell, beginning(text)) for cell, text in self.texts])
        return found if count_on(found.values(), least=3) else {}


def meant(listed: Sequence[tuple[int, Heading]], anywhere: bool = False) -> Meant:
    """Return the steps that the headings of each cell name, by its number.

    Three steps one by one, in one cell and equally great, are a table of contents.  A step is
    begun by the greatest headings that name it, and rather by one of its own than by one for
    several: those below are parts of it, or of other steps.
    """
    names = [(cell, heading, named(heading, anywhere)) for cell, heading in listed]
    ranges = not any(has_parts(name) for _cell, _heading, name in names)
    found = [(cell, h.level, numbers(name, ranges)) for cell, h, name in names if name]
    singly = Counter((cell, level) for cell, level, steps in set(found) if len(steps) == 1)
    found = [each for each in found if singly[each[:2]] < TABLE]
    found = [each for each, above in zip(found, greater(found), strict=True) if not above]
    rank: dict[int, tuple[bool, int]] = {}
    for _cell, level, steps in found:
        own = (len(steps) > 1, level)
        rank |= {step: min(own, rank.get(step, own)) for step in steps}
    return first_of_each(
        (cell, tuple(step for step in steps if step and rank[step] == (len(steps) > 1, level)))
        for cell, level, steps in found
    )


def greater(found: Sequence[tuple[int, int, tuple[int, ...]]]) -> Iterator[bool]:
    """Yield whether each heading (its cell, level and steps) stands below a greater one of the
    same step or a later one: it is a part of that.
    """
    top_level, top_step = LEAST + 1, 0
    for _cell, level, steps in found:
        part = level > top_level and max(steps) <= top_step
        if not part and level <= top_level and len(steps) == 1:
            top_level, top_step = level, max(steps)
        yield part


def first_of_each(listed: Iterable[tuple[int, tuple[int, ...]]]) -> Meant:
    """Return the first steps that are given for each cell, if any."""
    found: Meant = {}
    for number, steps in listed:
        if steps:
            found.setdefault(number, steps)
    return found


def is_work(path: str) -> bool:
    """Return whether a file that a cell writes is called after a step, or like tests."""
    name = path.rpartition("/")[2]
    return name.startswith("test") or bool(named(beginning(name)))


def few(things: Sequence[str]) -> str:
    """Return a list in words, cut after a few; each is cut, too, since names may be long."""
    told = [cut(each, LONGEST) for each in things[:MOST_TOLD]]
    if len(things) > MOST_TOLD:
        told.append(_("and {count} more").format(count=len(things) - MOST_TOLD))
    return ", ".join(told)


def read_notebook(path: str, content: bytes) -> Notebook:
    """Return a notebook.  Raise Unreadable for what is none."""
    return Notebook(path, read_cells(content))
