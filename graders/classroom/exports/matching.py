"""Which row of an export is whose: nobody's where anything speaks against it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graders.classroom.exports.columns import IDENTIFIER, MOODLE, Columns
from graders.classroom.handed import Handed
from graders.classroom.layouts.draft import Draft
from graders.classroom.raw_csv import Table

SHARED = ("gradescope", "nbgrader", "names")
"""The layouts whose numbers other systems may have, too: those of others are their own."""
REMOVED = re.compile(r"[&<>\"`|':\\/]")
"""What Moodle removes from a name that it makes a file's of."""


Words = tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """What a row of an export tells of who it is."""

    own: str
    """The system's own number."""
    called: Words
    """The words before it, in Moodle: all are called so where names are hidden."""
    numbers: frozenset[str]
    """Other numbers, and logins."""
    emails: frozenset[str]
    name: Words

    @classmethod
    def of(cls, table: Table, columns: Columns, row: int) -> "Entry":
        """Return what a row tells."""
        own = "" if columns.own is None else table.text(row, columns.own)
        told = IDENTIFIER.fullmatch(own) if columns.system == MOODLE else None
        cells = {spelt(table.text(row, n).removeprefix("#")) for n in columns.identity} - {""}
        emails = frozenset(cell for cell in cells if "@" in cell)
        return cls(
            told["number"] if told else own,
            words(told["word"]) if told else (),
            frozenset(cells) - emails,
            emails,
            words(" ".join(table.text(row, n) for n in columns.names)),
        )

    def is_own(self, known: "Known") -> bool:
        """Return whether it has the number that the same system has given a student.

        In Moodle a team's number may be a student's, and another worksheet's another student's:
        the name has to agree, if it isn't hidden.
        """
        if not known.own or known.own != self.own:
            return False
        return not self.called or not known.calls.isdisjoint({self.name, self.called})

    def strength(self, known: "Known") -> int:
        """Return how surely it is a student's: 2 by number or email, 1 by the name alone, 0
        where nothing says so, or anything speaks against it.
        """
        same_email = known.email in self.emails
        other_email = bool(known.email and self.emails) and not same_email
        same_number = not known.numbers.isdisjoint(self.numbers) or (
            known.by_hand and self.own in known.numbers
        )
        if same_email or (same_number and not other_email):
            return 2
        other_number = bool(known.number and self.numbers)
        return int(self.is_named(known) and not (other_email or other_number))

    def is_named(self, known: "Known") -> bool:
        """Return whether it has a student's name, if that is one of people's."""
        return bool(self.name) and known.name == self.name


@dataclass(frozen=True)
class Known:
    """What is known of a student that a row may hold."""

    own: str
    """The number that the download's system has given."""
    number: str
    """The same, if other systems may have it, too."""
    numbers: frozenset[str]
    """All that may stand among numbers and logins."""
    by_hand: bool
    """Whether these may be of any system, as the instructor has said them."""
    email: str
    name: Words
    calls: frozenset[Words]
    """The name, and what of it may come after a group's."""

    @classmethod
    def of(cls, draft: Draft, layout: str) -> "Known":
        """Return what a download says of a student."""
        by_hand = draft.kind == "hand"
        number = spelt(draft.id) if layout in SHARED else ""
        parts = draft.student.split("-")
        return cls(
            draft.id,
            number,
            frozenset({number, spelt(draft.student) if by_hand else ""} - {""}),
            by_hand,
            spelt(draft.email),
            () if draft.kind == "login" else words(draft.student),
            frozenset(words("-".join(parts[start:])) for start in range(len(parts))),
        )


def spelt(text: str) -> str:
    """Return a text in one spelling."""
    return unicodedata.normalize("NFC", text).lower()


def words(name: str) -> Words:
    """Return the words of a name, sorted: people are called in either order.  What Moodle
    removes from names is none of theirs; a vowel's sign is.
    """
    spelling = REMOVED.sub("", spelt(name))
    letters = (
        each if each.isalnum() or unicodedata.category(each)[0] == "M" else " "
        for each in spelling
    )
    return tuple(sorted("".join(letters).split()))


def matched(
    students: Sequence[Handed], layout: str, table: Table, columns: Columns
) -> dict[Handed, int]:
    """Return the row of each student, of whom there is exactly one and who is alone in it.

    Where the download is the same system's, its own number decides, and nothing else does.
    Else who is known by more than a name comes first.
    """
    entries = {row: Entry.of(table, columns, row) for row in columns.students}
    every = {handed: Known.of(handed.draft, layout) for handed in students}
    if layout == columns.system and columns.own is not None:
        return alone(
            {handed: rows_of(entries, each, Entry.is_own) for handed, each in every.items()}
        )
    sure, likely = dict[Handed, set[int]](), dict[Handed, set[int]]()
    for handed, each in every.items():
        strengths = {row: entry.strength(each) for row, entry in entries.items()}
        strong = {row for row, strength in strengths.items() if strength == 2}
        named = rows_of(entries, each, Entry.is_named)
        if strong:
            sure[handed] = strong & named if named else strong
        else:
            likely[handed] = {row for row, strength in strengths.items() if strength == 1}
    taken = {row for rows in sure.values() for row in rows}
    free = {handed: rows for handed, rows in likely.items() if not rows & taken}
    return alone(sure) | alone(free)


def rows_of(
    entries: Mapping[int, Entry], known: Known, fits: Callable[[Entry, Known], bool]
) -> set[int]:
    """Return the rows that fit what is known of a student."""
    return {row for row, entry in entries.items() if fits(entry, known)}


def alone(found: Mapping[Handed, set[int]]) -> dict[Handed, int]:
    """Return the row of each who has one row, and is alone in it."""
    times = Counter(row for rows in found.values() for row in rows)
    sure = {handed: next(iter(few)) for handed, few in found.items() if len(few) == 1}
    return {handed: row for handed, row in sure.items() if times[row] == 1}
