"""What came of loading a step's pieces, and what is said of those that ended early."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graders.errors import Verdict
from graders.feedback.plainly import File, alone, hidden, plainly
from graders.feedback.raised import StudentError
from graders.submission.notebook import few
from graders.submission.text import cut
from graders.wire import Left, Lent, Piece, Raised
from graders.words import _, place

UNBOUND = re.compile(r"name '(\w+)' is not defined")
DEFINES = re.compile(r"(?m)^[ \t]*(?:class|def)\s")
MOST_TOLD, MOST_NOTES = 5, 20
"""How many cells of a step are told of, and how many modules or calls of a kind."""
LONGEST = 200
"""How many characters of a line are looked at."""


@dataclass(frozen=True)
class LeftOut:
    """What was left out of a fresh process: a piece that ended one or did not end in time."""

    why: Verdict
    whole: bool = False
    """Whether its definitions were left out as well."""


Trouble = Raised | Left | LeftOut
"""What ended a piece early."""


@dataclass(frozen=True)
class Loaded:
    """A step that has been loaded."""

    names: tuple[str, ...] = ()
    """The public names that it defines."""
    stood_in: tuple[str, ...] = ()
    """Modules that are not installed and were stood in for."""
    missing: tuple[str, ...] = ()
    """Modules of the student's own that are not there."""
    ignored: tuple[str, ...] = ()
    """Calls that did nothing."""
    lent: Mapping[str, Lent] = field(default_factory=dict)
    """Names that it lacks, and where its own code refers to them."""
    unclear: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names that it lacks, and the files that have different things of."""
    misspelt: Mapping[str, str] = field(default_factory=dict)
    """Names that it lacks, and what of its own is called almost alike."""
    quick: tuple[str, ...] = ()
    """Places of cells that took next to no time."""
    ran: tuple[int, ...] = ()
    """The pieces of which anything was run, by index."""
    troubles: Mapping[Piece, Trouble] = field(default_factory=dict)
    """The pieces that ended early, in order."""
    refused: frozenset[Piece] = frozenset()
    """Those that Python could not read at all."""
    waits: Mapping[Piece, int] = field(default_factory=dict)
    """The first line in a cell that was left out since it ``await``s something."""
    own: frozenset[Piece] = frozenset()
    """The pieces that are the step's own, and not of earlier steps."""
    slow: bool = False
    """Whether no more was run than what the pieces define, since they took too long."""
    stops: bool = False
    """Whether an exception or an exit ended a piece, even one below all definitions."""
    file: File = field(default_factory=File)
    """What the pieces define, as their text says it."""

    @cached_property
    def errors(self) -> list[str]:
        """What ended each of the step's own pieces early, with its place, and which module of
        the student's own is not there.
        """
        ended = [told(p, trouble) for p, trouble in self.troubles.items() if p in self.own]
        if self.lacking:
            text = _("it imports from {file}, which is not in the submission")
            ended.insert(0, text.format(file=self.lacking))
        return ended

    def cause_of(self, name: str) -> str | None:
        """Say why a name is missing: where it is hidden, or what ended the piece that would
        have defined it, or which files have different things of it; None if nothing tells.

        A piece that ended for want of another name is put down to the one that lacks that.
        """
        if self.lacking and not difflib.get_close_matches(name, self.names, 1):
            return _("{file} is not in the submission").format(file=self.lacking)
        if name in self.unclear:
            text = _("{name} is not brought in, and means different things in {files}")
            return text.format(name=name, files=few(self.unclear[name]))
        if why := hidden(name, self.file):
            return why
        guilty = None
        for _turn in range(MOST_TOLD):
            ended = (piece for piece in self.troubles if piece is not guilty)
            found = next((piece for piece in ended if self.would_define(piece, name)), None)
            if not found:
                break
            guilty, trouble = found, self.troubles[found]
            cause = UNBOUND.search(trouble.message) if isinstance(trouble, Raised) else None
            if not cause:
                break
            name = cause[1]
        if not guilty:
            near = difflib.get_close_matches(name, self.names, 1)
            return None if near else alone(self.file) or None
        text = _("the file stopped early: {why}")
        if guilty.cell:
            text = _("a cell stopped early: {why}")
        return text.format(why=explained(guilty, self.troubles[guilty], self.file))

    def unread(self) -> str | None:
        """Say why Python refused a piece of the step's own that defines something, if any."""
        for piece in self.troubles:
            if piece in self.own & self.refused and DEFINES.search(piece.text):
                text = _("a cell could not be run: {why}")
                return text.format(why=explained(piece, self.troubles[piece], self.file))
        return None

    @property
    def lacking(self) -> str | None:
        """The file of the student's own that the step imports and is not there, if any."""
        return f"{self.missing[0].replace('.', '/')}.py" if self.missing else None

    def is_dead(self, piece: Piece) -> bool:
        """Return whether nothing of a piece has been run."""
        trouble = self.troubles.get(piece)
        left_out = isinstance(trouble, LeftOut) and (
            trouble.whole or not DEFINES.search(piece.text)
        )
        return left_out or piece in self.refused

    def would_define(self, piece: Piece, name: str) -> bool:
        """Return whether a piece looks as if it had defined a name, if it had not ended early.

        A whole file does where that could not be read; else if the name, or an import of all
        that another file has, stands below.
        """
        if not piece.cell:
            return piece in self.refused or self.is_below(piece, name)
        trouble = self.troubles[piece]
        word = re.escape(name)
        wanted = rf"(?:class|def)\s+{word}\b|{word}\s*=|(?:from|import)\s.*\b{word}\b"
        if isinstance(trouble, Raised) and "ImportError" in trouble.bases:
            wanted += r"|from\s.*\bimport\s*\*"
        below = piece.text.split("\n")[self.reached(piece) :]
        likely = (line for line in below if name in line or "*" in line)
        return any(re.match(wanted, line.lstrip(" \t>.")[:LONGEST]) for line in likely)

    def is_below(self, piece: Piece, name: str) -> bool:
        """Return whether a name would have been defined below the line that ended a file."""
        trouble, end = self.troubles[piece], self.reached(piece)
        if not isinstance(trouble, Raised):
            return True
        named = [each for each in self.file.outline if each.name in (name, "*")]
        return any(each.line > end and not each.within for each in named)

    def reached(self, piece: Piece) -> int:
        """Return how many of a piece's lines had been run when it ended early."""
        trouble = self.troubles[piece]
        lines = trouble.lines if isinstance(trouble, Raised) else ()
        first = next((line.number - 1 for line in lines if line.cell == piece.cell), 0)
        return 0 if piece in self.refused else first

    def notes(self) -> Iterator[str]:
        """Yield what was done to load the step whole, and what ended further pieces early."""
        for error in self.errors[1:MOST_TOLD]:
            yield _("stopped early: {why}").format(why=error)
        if len(self.errors) > MOST_TOLD:
            text = _("{count} more cells stopped early")
            yield text.format(count=len(self.errors) - MOST_TOLD)
        for path in [*dict.fromkeys(lent.path for lent in self.lent.values())][:MOST_NOTES]:
            names = few([name for name, lent in self.lent.items() if lent.path == path])
            text = _("{names} taken from {path}, where the step's own code finds it")
            yield text.format(names=names, path=cut(path, LONGEST))
        for name in self.stood_in[:MOST_NOTES]:
            text = _("{name} is not installed here: a stand-in took its place")
            yield text.format(name=name)
        for name in self.ignored[:MOST_NOTES]:
            yield _("{name} did nothing: it is for the student's own machine").format(name=name)
        if self.slow:
            yield _("the cells take too long together: only what they define was run")
        waits = [(piece, line) for piece, line in self.waits.items() if piece in self.own]
        text = _("{place}: left out, since it awaits something outside of a function")
        for piece, line in waits[:MOST_TOLD]:
            yield text.format(place=place(piece.path, piece.cell, line))


def explained(piece: Piece, trouble: Trouble, file: File) -> str:
    """Return what ended a piece early, with its place and what that means."""
    means = plainly(trouble, file) if isinstance(trouble, Raised) else ""
    return "\n".join(filter(None, [told(piece, trouble), means]))


def told(piece: Piece, trouble: Trouble) -> str:
    """Return what ended a piece early, with its place."""
    where = place(piece.path, piece.cell)
    match trouble:
        case Raised():
            return StudentError(trouble).traced()
        case Left(name, message):
            what = f"{name} {message}".rstrip()
            return f"{where}: {what}" if piece.cell else what
        case LeftOut(why, whole=True):
            return _("{place} was left out: {what}").format(place=where, what=why)
    text = _("{place} was left out, but for what it defines: {what}")
    return text.format(place=where, what=trouble.why)
