"""Which row of an export is whose: by number, email or name; nobody's where that is unclear."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from graders.classroom.exports.columns import IDENTIFIER, MOODLE, Columns
from graders.classroom.exports.raw_csv import Table
from graders.classroom.handed import Handed

BY_HAND = ("folders", "names")
"""The layouts in which the instructor has called everything: a name may be any number, too.
Elsewhere a name is what students call themselves.
"""


class Rows:
    """The rows of an export, to be found by what stands in them."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self.system = columns.system
        self.own: dict[str, set[int]] = defaultdict(set)
        """Those of a number of the system's own."""
        self.cells: dict[str, set[int]] = defaultdict(set)
        """Those with a cell like this, among the columns that tell who it is."""
        self.names: dict[tuple[str, ...], set[int]] = defaultdict(set)
        """Those with a name of these words, in whatever order."""
        for row in columns.students:
            if columns.own is not None:
                own = table.text(row, columns.own)
                told = IDENTIFIER.fullmatch(own) if self.system == MOODLE else None
                self.own[told["number"] if told else own].add(row)
            for number in columns.identity:
                if cell := table.text(row, number).removeprefix("#"):
                    self.cells[spelt(cell)].add(row)
            name = " ".join(table.text(row, number) for number in columns.names)
            if words(name):
                self.names[words(name)].add(row)

    def of(self, handed: Handed, layout: str) -> set[int]:
        """Return the rows that may be a student's: the first kind of evidence that there is
        decides, and the system's own number is beyond doubt.
        """
        draft, by_hand = handed.draft, layout in BY_HAND
        if layout == self.system and draft.id:
            return self.own.get(draft.id, set())
        for key in (draft.id, draft.email, draft.student if by_hand else ""):
            found = self.cells.get(spelt(key), set()) if key else set()
            found |= self.own.get(key, set()) if by_hand else set()
            if found:
                return found
        return self.names.get(words(draft.student), set())


def spelt(text: str) -> str:
    """Return a text in one spelling."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, sorted: people are called in either order."""
    return tuple(sorted(re.findall(r"[^\W_]+", spelt(name))))


def matched(
    students: Iterable[Handed], layout: str, table: Table, columns: Columns
) -> dict[Handed, int]:
    """Return the row of each student, of whom there is exactly one and who is alone in it."""
    rows = Rows(table, columns)
    found = {handed: rows.of(handed, layout) for handed in students}
    sure = {handed: next(iter(few)) for handed, few in found.items() if len(few) == 1}
    times = Counter(row for each in found.values() for row in each)
    return {handed: row for handed, row in sure.items() if times[row] == 1}
