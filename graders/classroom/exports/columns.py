"""Where in an export of Canvas, Moodle or Brightspace points, feedback and students stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graders.classroom.raw_csv import Table
from graders.errors import GradmarkError
from graders.submission.notebook import few
from graders.words import _

CANVAS, MOODLE, BRIGHTSPACE = "canvas", "moodle", "brightspace"
TITLES = {CANVAS: "Canvas", MOODLE: "Moodle", BRIGHTSPACE: "Brightspace"}
ASSIGNMENT = re.compile(r"(?P<title>.+) \((?P<number>\d+)\)")
"""How Canvas calls a column of points; others are computed."""
ITEM = re.compile(r"(?P<title>.+?) Points Grade(?: <(?:.*?MaxPoints:(?P<most>\S+))?.*>)?")
"""How Brightspace does."""
STUDENT_ID, SECTION = ("SIS User ID", "SIS Login ID"), ("Root Account", "Section")
IDENTITY, NAMES = ("OrgDefinedId", "Username", "Email"), ("First Name", "Last Name")
IDENTIFIER = re.compile(r"(?P<word>\D+?)\s?(?P<number>\d+)")
"""What stands in the first column of Moodle's worksheet, in whatever language."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
SCORE = re.compile(r"(?:0|[1-9]\d*)(?:[.,]\d+)?")
FULL = re.compile(r"\d+[.,]\d\d")
"""How Moodle writes the most points."""
THOUSANDS = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+(?:[.,]\d+)?")
"""What may be a number of thousands, or have three decimals."""
COMMENTS, ID_NUMBER = "Feedback comments", "ID number"
CHANGEABLE = "Grade can be changed"


@dataclass(frozen=True)
class Columns:
    """What the columns of an export are, by their numbers."""

    system: str
    grade: int
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
    locked: frozenset[int] = frozenset()
    """The rows whose points can't be changed."""


def columns_of(table: Table, column: str | None = None) -> Columns:
    """Return where in an export everything stands; the points in the ``column`` of that title.

    Raise GradmarkError for what is no such export, or where it is unclear.
    """
    header = table.header
    if "ID" in header and ("Student" in header[0] or set(STUDENT_ID) & set(header)):
        return canvas(table, column)
    if set(IDENTITY) & set(header):
        return brightspace(table, column)
    rows = range(1, len(table.rows))
    if rows and all(IDENTIFIER.fullmatch(table.text(row, 0)) for row in rows):
        return moodle(table, column)
    raise GradmarkError(
        _("it is no CSV of Canvas's or Brightspace's grades, nor Moodle's worksheet")
    )


def canvas(table: Table, column: str | None) -> Columns:
    """Return what the columns of Canvas's gradebook are.

    Rows without a number are none of students; one of them may tell how many points there are.
    """
    header = table.header
    own = header.index("ID")
    students = [row for row in range(1, len(table.rows)) if table.text(row, own)]
    others = [row for row in range(1, len(table.rows)) if row not in students]
    last = max(header.index(name) for name in ("ID", *STUDENT_ID, *SECTION) if name in header)
    open_to = [
        number
        for number in range(last + 1, len(header))
        if not any(table.text(row, number).startswith("(") for row in others)
    ]
    titles = {
        number: (match["title"], match["number"])
        for number in open_to
        if (match := ASSIGNMENT.fullmatch(header[number]))
    }
    grade = chosen(header, titles or dict.fromkeys(open_to, ()), column)
    told = [text for row in others if re.search(r"\d", text := table.text(row, grade))]
    most = greatest(told[-1], header[grade]) if told else None
    return Columns(
        CANVAS,
        grade,
        None,
        tuple(number for number in range(own + 1, last) if header[number] in STUDENT_ID),
        tuple(range(own)),
        own,
        dict.fromkeys(students, most),
    )


def brightspace(table: Table, column: str | None) -> Columns:
    """Return what the columns of Brightspace's grades are."""
    header = table.header
    items = {
        number: match for number, name in enumerate(header) if (match := ITEM.fullmatch(name))
    }
    titles = {number: (match["title"],) for number, match in items.items()}
    grade = chosen(header, titles, column)
    told = items[grade]["most"]
    most = greatest(told, header[grade]) if told else None
    names = tuple(map(header.index, NAMES)) if set(NAMES) <= set(header) else ()
    identity = tuple(number for number, name in enumerate(header) if name in IDENTITY)
    students = dict.fromkeys(range(1, len(table.rows)), most)
    return Columns(BRIGHTSPACE, grade, None, identity, names, None, students)


def moodle(table: Table, column: str | None) -> Columns:
    """Return what the columns of Moodle's worksheet are.

    Their names are translated.  The most points are the same number in each row, the points
    stand before it, in a column that has none or fewer; the feedback stands in the last.
    """
    rows, header = range(1, len(table.rows)), table.header
    values = [[table.text(row, number) for row in rows] for number in range(len(header))]
    titles: dict[int, tuple[str, ...]] = {}
    for number in range(2, len(header) - 1):
        told = values[number + 1][0]
        if FULL.fullmatch(told) and set(values[number + 1]) == {told}:
            if all(is_within(text, told) for text in values[number]):
                titles[number] = ()
    last_of_each = {
        number: short for number, short in titles.items() if number + 1 not in titles
    }
    grade = chosen(header, last_of_each, column)
    most = greatest(values[grade + 1][0], header[grade])
    last = len(header) - 1
    commented = last > grade + 1 and (header[last] == COMMENTS or not any(values[last]))
    can_change = header.index(CHANGEABLE) if CHANGEABLE in header else 0
    return Columns(
        MOODLE,
        grade,
        last if commented else None,
        tuple(n for n in range(2, grade) if header[n] == ID_NUMBER or are_emails(values[n])),
        (1,),
        0,
        dict.fromkeys(rows, most),
        frozenset(row for row in rows if table.text(row, can_change) == "No"),
    )


def is_within(text: str, most: str) -> bool:
    """Return whether a cell holds no points yet, or no more than there are."""
    if text in ("", "-"):
        return True
    return bool(SCORE.fullmatch(text)) and number_in(text) <= number_in(most)


def are_emails(cells: Sequence[str]) -> bool:
    """Return whether the cells of a column, as far as they hold something, are addresses."""
    return any(cells) and all("@" in cell for cell in cells if cell)


def chosen(
    header: Sequence[str], titles: Mapping[int, tuple[str, ...]], column: str | None
) -> int:
    """Return the number of the column that points go to: of those that they may go to the only
    one, or that of a name: its own, or one of the short ones beside it.

    Raise GradmarkError where there is none, or several.
    """
    if not titles:
        raise GradmarkError(_("no column of it is one that points could go to"))
    known = few([f"“{header[number]}”" for number in titles])
    if column is None:
        if len(titles) == 1:
            return next(iter(titles))
        text = _("the column of points is unclear: name one by --column: {names}")
        raise GradmarkError(text.format(names=known))
    asked = column.strip().casefold()
    named = [number for number in titles if header[number].casefold() == asked] or [
        number for number, short in titles.items() if asked in map(str.casefold, short)
    ]
    if len(named) == 1:
        return named[0]
    text = _("--column {column}: points could go to no column of that name, only to {names}")
    if named:
        text = _("--column {column}: there are several of that name: {names}")
    raise GradmarkError(text.format(column=column, names=known))


def number_in(text: str) -> float:
    """Return the number that a cell holds, with a point or a comma."""
    return float(text.replace(",", "."))


def greatest(text: str, title: str) -> float:
    """Return the most points that there are for a column.  Raise GradmarkError for what may be
    read in two ways, or is no number.
    """
    if not NUMBER.fullmatch(text) or THOUSANDS.fullmatch(text) or not number_in(text):
        told = _("it can't be told how many points there are for “{title}”: {text}")
        raise GradmarkError(told.format(title=title, text=text))
    return number_in(text)


def has_commas(table: Table, columns: Columns) -> bool:
    """Return whether decimals of the points are written with a comma."""
    beside = (
        (columns.grade, columns.grade + 1) if columns.system == MOODLE else (columns.grade,)
    )
    cells = [table.text(row, number) for row in range(1, len(table.rows)) for number in beside]
    numbers = [cell for cell in cells if NUMBER.fullmatch(cell)]
    if any("." in cell for cell in numbers):
        return False
    return any("," in cell for cell in numbers) or table.delimiter == ";"
