"""Where in an export of Canvas, Moodle or Brightspace points, feedback and students stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graders.classroom.exports.raw_csv import Table
from graders.errors import GradmarkError
from graders.submission.notebook import few
from graders.words import _

CANVAS, MOODLE, BRIGHTSPACE = "canvas", "moodle", "brightspace"
TITLES = {CANVAS: "Canvas", MOODLE: "Moodle", BRIGHTSPACE: "Brightspace"}
ASSIGNMENT = re.compile(r"(?P<title>.+) \(\d+\)")
"""How Canvas calls a column of points; others are computed."""
ITEM = re.compile(r"(?P<title>.+?) Points Grade(?: <.*?MaxPoints:(?P<most>[\d.,]+).*>| <.*>)?")
"""How Brightspace does."""
IDENTITY, NAMES = ("OrgDefinedId", "Username", "Email"), ("First Name", "Last Name")
IDENTIFIER = re.compile(r"\D+?(?P<number>\d+)")
"""What stands in the first column of Moodle's worksheet, in whatever language."""
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
GRADE, COMMENTS = "Grade", "Feedback comments"


@dataclass(frozen=True)
class Columns:
    """What the columns of an export are, by their numbers."""

    system: str
    grade: int
    title: str
    """What the column of points is called."""
    feedback: int | None
    identity: tuple[int, ...]
    """Those that tell who somebody is, but for names."""
    names: tuple[int, ...]
    """Those that make up a name."""
    own: int | None
    """The one with the system's own number of a student."""
    students: Mapping[int, float | None]
    """The rows of students, and the most points that there are for each; None where the export
    doesn't say.
    """


def columns_of(table: Table, column: str | None = None) -> Columns:
    """Return where in an export everything stands; the points in the ``column`` of that title.

    Raise GradmarkError for what is no such export, or where it is unclear.
    """
    header = table.header
    if len(header) > 2 and "Student" in header[0] and header[1] == "ID":
        return canvas(table, column)
    if set(IDENTITY) & set(header):
        return brightspace(table, column)
    rows = range(1, len(table.rows))
    if rows and all(IDENTIFIER.fullmatch(table.text(row, 0)) for row in rows):
        return moodle(table, column)
    raise GradmarkError(
        _("it is no gradebook of Canvas or Brightspace, nor Moodle's worksheet")
    )


def canvas(table: Table, column: str | None) -> Columns:
    """Return what the columns of Canvas's gradebook are.

    Rows without a number are none of students; one of them may tell how many points there are.
    """
    students = [row for row in range(1, len(table.rows)) if table.text(row, 1)]
    others = [row for row in range(1, len(table.rows)) if row not in students]
    titles = {
        number: match["title"]
        for number, name in enumerate(table.header)
        if (match := ASSIGNMENT.fullmatch(name))
        and not any(table.text(row, number).startswith("(") for row in others)
    }
    grade = chosen(table.header, titles, column)
    most = next(filter(None, (number_in(table.text(row, grade)) for row in others)), None)
    before = table.header.index("Section") if "Section" in table.header else 2
    return Columns(
        CANVAS,
        grade,
        table.header[grade],
        None,
        tuple(range(2, before)),
        (0,),
        1,
        dict.fromkeys(students, most),
    )


def brightspace(table: Table, column: str | None) -> Columns:
    """Return what the columns of Brightspace's grades are."""
    items = {
        number: match
        for number, name in enumerate(table.header)
        if (match := ITEM.fullmatch(name))
    }
    titles = {number: match["title"] for number, match in items.items()}
    grade = chosen(table.header, titles, column)
    most = number_in(items[grade]["most"] or "") if grade in items else None
    names = tuple(map(table.header.index, NAMES)) if set(NAMES) <= set(table.header) else ()
    identity = tuple(n for n, name in enumerate(table.header) if name in IDENTITY)
    students = dict.fromkeys(range(1, len(table.rows)), most)
    return Columns(
        BRIGHTSPACE, grade, table.header[grade], None, identity, names, None, students
    )


def moodle(table: Table, column: str | None) -> Columns:
    """Return what the columns of Moodle's worksheet are.

    Their names are translated.  The most points are the same number in each row, the points
    stand in the column of numbers before; the feedback in the last.
    """
    rows, header = range(1, len(table.rows)), table.header
    values = [[table.text(row, number) for row in rows] for number in range(len(header))]
    numbers = [
        all(not cell or number_in(cell) is not None for cell in cells) for cells in values
    ]
    full = [number for number, cells in enumerate(values) if is_most(cells)]
    titles = {
        number - 1: header[number - 1] for number in full if number > 1 and numbers[number - 1]
    }
    if GRADE in titles.values():
        titles = {number: title for number, title in titles.items() if title == GRADE}
    grade = chosen(header, titles, column)
    most = values[grade + 1] if grade + 1 in full else [""] * len(rows)
    last = len(header) - 1
    commented = last > grade and (header[last] == COMMENTS or not any(values[last]))
    return Columns(
        MOODLE,
        grade,
        header[grade],
        last if commented else None,
        tuple(range(2, grade)),
        (1,),
        0,
        {row: number_in(text) for row, text in zip(rows, most, strict=True)},
    )


def is_most(cells: Sequence[str]) -> bool:
    """Return whether all cells of a column hold the same number, which is not 0."""
    return len(set(cells)) == 1 and bool(number_in(cells[0]))


def chosen(header: Sequence[str], titles: Mapping[int, str], column: str | None) -> int:
    """Return the number of the column that points go to: the only one, or that of a name, with
    its number or without.  Raise GradmarkError where there is none, or several.
    """
    if column is None and len(titles) == 1:
        return next(iter(titles))
    asked = (column or "").casefold()
    named = [number for number, title in titles.items() if title.casefold() == asked]
    named = [n for n, name in enumerate(header) if name.casefold() == asked] or named
    if column is not None and len(named) == 1:
        return named[0]
    known = few([f"“{header[number]}”" for number in titles]) or _("none")
    if column is None and not titles:
        raise GradmarkError(_("no column of it is one of points: name one by --column"))
    text = _("the column of points is unclear: name one by --column, such as {names}")
    if column is not None:
        text = _("--column {column}: there is none of that name, or several: {names}")
    raise GradmarkError(text.format(column=column, names=known))


def number_in(text: str) -> float | None:
    """Return the number that a cell holds, with a point or a comma; None for none."""
    found = NUMBER.fullmatch(text.strip())
    return float(text.strip().replace(",", ".")) if found else None


def has_commas(table: Table, columns: Columns) -> bool:
    """Return whether decimals of the points are written with a comma."""
    cells = [table.text(row, columns.grade) for row in range(1, len(table.rows))]
    if columns.system == MOODLE:
        cells += [table.text(row, columns.grade + 1) for row in columns.students]
    numbers = [cell for cell in cells if NUMBER.fullmatch(cell)]
    if any("." in cell for cell in numbers):
        return False
    return any("," in cell for cell in numbers) or table.delimiter == ";"
