"""What came of loading a step's pieces, and what is said of those that ended early."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graders.errors import Verdict
from graders.feedback.raised import StudentError
from graders.wire import Left, Piece, Raised
from graders.words import _, place

UNBOUND = re.compile(r"name '(\w+)' is not defined")
MOST_TOLD = 5
"""How many cells of a step are told of."""
LONGEST = 200
"""How many characters of a line are looked at."""
Trouble = Raised | Left | Verdict
"""What ended a piece early; a verdict stands for one that had to be left out."""


@dataclass(frozen=True)
class Loaded:
    """A step that has been loaded."""

    names: tuple[str, ...] = ()
    """The public names that it defines."""
    stood_in: tuple[str, ...] = ()
    """Modules that are not installed and were stood in for."""
    troubles: Mapping[Piece, Trouble] = field(default_factory=dict)
    """The pieces that ended early, in order."""
    waits: Mapping[Piece, tuple[int, ...]] = field(default_factory=dict)
    """The lines of cells that were left out since they ``await`` something."""
    own: frozenset[Piece] = frozenset()
    """The pieces that are the step's own, and not of earlier steps."""
    stops: bool = False
    """Whether an exception or an exit ended a piece, even one below all definitions."""

    @property
    def errors(self) -> list[str]:
        """What ended each of the step's own pieces early, with its place."""
        return [told(p, trouble) for p, trouble in self.troubles.items() if p in self.own]

    def want_of(self, name: str) -> str | None:
        """Say what ended the piece that would have defined a name; None if none would.

        One that ended for want of another name is put down to the piece that lacks that.
        """
        guilty: list[Piece] = []
        while piece := self.lacks(name, guilty):
            guilty.append(piece)
            trouble = self.troubles[piece]
            cause = UNBOUND.search(trouble.message) if isinstance(trouble, Raised) else None
            if not cause:
                break
            name = cause[1]
        if not guilty:
            return None
        text = _("the file stopped early: {why}")
        if guilty[-1].cell:
            text = _("a cell stopped early: {why}")
        return text.format(why=told(guilty[-1], self.troubles[guilty[-1]]))

    def lacks(self, name: str, but: list[Piece]) -> Piece | None:
        """Return the first piece that ended early and looks as if it defined a name."""
        for piece, trouble in self.troubles.items():
            if piece not in but and would_define(piece, trouble, name):
                return piece
        return None

    def notes(self) -> Iterator[str]:
        """Yield what was done to load the step whole, and what ended further pieces early."""
        for error in self.errors[1:MOST_TOLD]:
            yield _("stopped early: {why}").format(why=error)
        if len(self.errors) > MOST_TOLD:
            text = _("{count} more cells stopped early")
            yield text.format(count=len(self.errors) - MOST_TOLD)
        for name in self.stood_in:
            text = _("{name} is not installed here: a stand-in took its place")
            yield text.format(name=name)
        waits = [(piece, lines[0]) for piece, lines in self.waits.items() if piece in self.own]
        text = _("{place}: left out, since it awaits something outside of a function")
        for piece, line in waits[:MOST_TOLD]:
            yield text.format(place=place(piece.path, piece.cell, line))


def told(piece: Piece, trouble: Trouble) -> str:
    """Return what ended a piece early, with its place."""
    match trouble:
        case Raised():
            return StudentError(trouble).traced()
        case Left(name, message):
            what = f"{name} {message}".rstrip()
            return f"{place(piece.path, piece.cell)}: {what}" if piece.cell else what
    text = _("{place} was left out: {what}")
    return text.format(place=place(piece.path, piece.cell), what=trouble)


def would_define(piece: Piece, trouble: Trouble, name: str) -> bool:
    """Return whether a piece looks as if it had defined a name, if it had not ended early.

    A whole file always does: it may have meant to import it in many ways.
    """
    if not piece.cell:
        return True
    word = re.escape(name)
    wanted = rf"(?:class|def)\s+{word}\b|{word}\s*=|(?:from|import)\s.*\b{word}\b"
    if isinstance(trouble, Raised) and "ImportError" in trouble.bases:
        wanted += r"|from\s.*\bimport\s*\*"
    below = piece.text.split("\n")[reached(piece, trouble) :]
    return any(re.match(wanted, line.strip()[:LONGEST]) for line in below)


def reached(piece: Piece, trouble: Trouble) -> int:
    """Return how many of a piece's lines had been run when it ended early."""
    lines = trouble.lines if isinstance(trouble, Raised) and not is_no_python(trouble) else ()
    return next((line.number - 1 for line in lines if line.cell == piece.cell), 0)


def is_no_python(trouble: Trouble) -> bool:
    """Return whether Python refused a piece."""
    return isinstance(trouble, Raised) and "SyntaxError" in trouble.bases
