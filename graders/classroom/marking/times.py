"""When each submission was handed in, where the instructor says so in a table."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from graders.classroom.gradebook import guarded
from graders.classroom.handed import Handed
from graders.classroom.layouts.draft import iso
from graders.classroom.raw_csv import Table
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.submission.text import composed
from graders.words import _

WHO = ("student", "id", "email")
"""The columns that tell who it is, each as in the gradebook."""
TIME = "time"


class Times:
    """What a table of times says."""

    @classmethod
    def of(cls, path: Path, content: bytes, students: Sequence[Handed]) -> "Times":
        """Return what a table says of students.

        Raise GradmarkError for what is no such table, for what is no time, and where a row may
        be of several students, or several are of one and differ.
        """
        try:
            return cls(Table(content), students)
        except GradmarkError as error:
            raise GradmarkError(f"{path}: {error}") from error

    def __init__(self, table: Table, students: Sequence[Handed]) -> None:
        header = [title.casefold() for title in table.header]
        columns = {name: header.index(name) for name in (*WHO, TIME) if name in header}
        if TIME not in columns or len(columns) == 1:
            text = _("its first row has to name the columns {time}, and {names}")
            who = _("student, id or email")
            raise GradmarkError(text.format(time=TIME, names=who))
        known = {handed: said_of(handed) for handed in students}
        self.known: dict[Handed, str] = {}
        """ISO 8601, with an offset where the table has one."""
        self.unknown: list[str] = []
        """The rows that are nobody's."""
        for row in range(1, len(table.rows)):
            told = {name: table.text(row, columns[name]) for name in columns if name != TIME}
            text = table.text(row, columns[TIME])
            if not text:
                continue
            name = one_line(next(filter(None, told.values()), "?"))
            time = iso(text)
            if not time:
                said = _("{name}: {text} is no time such as 2026-11-30T23:59")
                raise GradmarkError(said.format(name=name, text=one_line(text)))
            found = [handed for handed in students if fits(known[handed], told)]
            if not found:
                self.unknown.append(name)
            elif len(found) > 1 or self.known.setdefault(found[0], time) != time:
                said = _("{name}: it is unclear whose time it is")
                if len(found) == 1:
                    said = _("{name} has two times")
                raise GradmarkError(said.format(name=name))


def said_of(handed: Handed) -> dict[str, str]:
    """Return what is known of a student, by the names of the columns."""
    draft = handed.draft
    return {"student": handed.student, "id": draft.id, "email": draft.email}


def fits(known: Mapping[str, str], told: Mapping[str, str]) -> bool:
    """Return whether all that a row tells of who it is, and that is known, is a student's."""
    both = [(known[name], text) for name, text in told.items() if text and known[name]]
    return bool(both) and all(same(mine, text) for mine, text in both)


def same(one: str, other: str) -> bool:
    """Return whether two names, numbers or addresses are the same."""
    if "@" in one and one.casefold() == other.casefold():
        return True
    return composed(other) in {composed(one), guarded(one_line(one))}
