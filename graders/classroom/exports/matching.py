"""Which row of an export is whose: nobody's where anything speaks against it."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from graders.classroom.exports.columns import IDENTIFIER, MOODLE, Columns
from graders.classroom.exports.raw_csv import Table
from graders.classroom.handed import Handed

BY_HAND = ("folders", "names")
"""The layouts in which the instructor has called everything: a name may be a number, too.
Elsewhere a name is what students call themselves.
"""
NO_EVIDENCE = ("github", "classroom50", "blackboard", "brightspace")
"""The layouts whose logins students choose, that may be cut, or whose numbers nothing else has:
none of another system is theirs by that.
"""


class Rows:
    """The rows of an export, to be found by what stands in them."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self.system = columns.system
        self.own: dict[str, set[int]] = defaultdict(set)
        """Those of a number of the system's own."""
        self.called: dict[int, tuple[str, ...]] = {}
        """The words before it, in Moodle: all are called so where names are hidden."""
        self.cells: dict[str, set[int]] = defaultdict(set)
        """Those with a cell like this, among the columns that tell who it is."""
        self.names: dict[tuple[str, ...], set[int]] = defaultdict(set)
        """Those with a name of these words, in whatever order."""
        for row in columns.students:
            if columns.own is not None:
                own = table.text(row, columns.own)
                told = IDENTIFIER.fullmatch(own) if self.system == MOODLE else None
                self.own[told["number"] if told else own].add(row)
                self.called[row] = words(told["word"]) if told else ()
            for number in columns.identity:
                if cell := table.text(row, number).removeprefix("#"):
                    self.cells[spelt(cell)].add(row)
            name = words(" ".join(table.text(row, number) for number in columns.names))
            if name:
                self.names[name].add(row)

    def of_own(self, handed: Handed) -> set[int]:
        """Return the rows with the number that the same system has given a student.

        In Moodle a team's number may be a student's, and another worksheet's another student's:
        the name has to agree, if it isn't hidden.
        """
        found = self.own.get(handed.draft.id, set()) if handed.draft.id else set()
        if self.system != MOODLE:
            return found
        hidden = {row for row in found if self.called[row] == words(handed.draft.student)}
        return found & (self.named(handed) | hidden)

    def named(self, handed: Handed) -> set[int]:
        """Return the rows of a student's name."""
        return self.names.get(words(handed.draft.student), set())

    def of(self, handed: Handed, layout: str) -> tuple[set[int], bool]:
        """Return the rows for which all speaks that speaks for any: number, email and name; and
        whether it is more than the name.
        """
        draft, by_hand = handed.draft, layout in BY_HAND
        keys = ("" if layout in NO_EVIDENCE else draft.id, draft.email, draft.student * by_hand)
        evidence = [self.cells.get(spelt(key), set()) for key in keys if key]
        evidence += [self.own.get(key, set()) for key in keys if key and by_hand]
        strong = [rows for rows in evidence if rows]
        named = self.named(handed)
        spoken = [*strong, named] if named else strong
        return set.intersection(*spoken) if spoken else set(), bool(strong)


def spelt(text: str) -> str:
    """Return a text in one spelling."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, sorted: people are called in either order."""
    return tuple(sorted(re.findall(r"[^\W_]+", spelt(name))))


def matched(
    students: Sequence[Handed], layout: str, table: Table, columns: Columns
) -> dict[Handed, int]:
    """Return the row of each student, of whom there is exactly one and who is alone in it.

    Where the download is the same system's, its own number decides, and nothing else does.
    Else who is known by more than a name comes first.
    """
    rows = Rows(table, columns)
    if layout == columns.system and columns.own is not None:
        return alone({handed: rows.of_own(handed) for handed in students})
    found = {handed: rows.of(handed, layout) for handed in students}
    known = {handed: places for handed, (places, strong) in found.items() if strong}
    taken = {place for places in known.values() for place in places}
    named = {
        handed: places
        for handed, (places, strong) in found.items()
        if not strong and not places & taken
    }
    return alone(known) | alone(named)


def alone(found: Mapping[Handed, set[int]]) -> dict[Handed, int]:
    """Return the row of each who has one row, and is alone in it."""
    times = Counter(row for places in found.values() for row in places)
    sure = {handed: next(iter(few)) for handed, few in found.items() if len(few) == 1}
    return {handed: row for handed, row in sure.items() if times[row] == 1}
