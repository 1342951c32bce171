"""A table in a file, of which single cells change: all else stays byte for byte.

A library that reads a table and writes it again gives other bytes: other quotes, another end of
line, no mark at the beginning.
"""

import codecs
import re
from dataclasses import dataclass

from graders.errors import GradmarkError
from graders.words import _

MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
DELIMITERS = ",;\t"
QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Cell:
    """A cell, and where in the file's text it stands, with its quotes."""

    text: str
    start: int
    end: int


class Table:
    """The rows of a file, and what is changed in them."""

    def __init__(self, content: bytes) -> None:
        """Raise GradmarkError for what is no table."""
        self.mark = next((mark for mark in MARKS if content.startswith(mark)), b"")
        body = content.removeprefix(self.mark)
        self.encoding = MARKS.get(self.mark) or encoding_of(body)
        try:
            self.whole = body.decode(self.encoding)
        except UnicodeError as error:
            raise GradmarkError(_("it is not text")) from error
        header = QUOTED.sub("", self.whole.partition("\n")[0])
        self.delimiter = max(DELIMITERS, key=header.count)
        rest = rf"[^{self.delimiter}\r\n]*"
        cell = rf'(?:(?P<quoted>"(?:[^"]|"")*+"){rest}|(?!"){rest})'
        self.pattern = re.compile(rf"{cell}(?P<end>{self.delimiter}|\r\n|\r|\n|\Z)")
        self.rows = self.parsed()
        self.changed: dict[tuple[int, int], str] = {}

    def parsed(self) -> list[list[Cell]]:
        """Return the cells of each row that has any.  Raise GradmarkError."""
        rows: list[list[Cell]] = [[]]
        place = 0
        while place < len(self.whole):
            match = self.pattern.match(self.whole, place)
            if match is None:
                text = _("a quote in it has no end, in line {line}")
                raise GradmarkError(text.format(line=self.whole.count("\n", 0, place) + 1))
            raw = self.whole[place : match.start("end")]
            quoted = match["quoted"]
            text = quoted[1:-1].replace('""', '"') + raw[len(quoted) :] if quoted else raw
            rows[-1].append(Cell(text, place, match.start("end")))
            place = match.end()
            if match["end"] != self.delimiter:
                rows.append([])
            elif place == len(self.whole):
                rows[-1].append(Cell("", place, place))
        return [row for row in rows if len(row) > 1 or (row and row[0].text)]

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell, without blanks around it; nothing if there is none."""
        cells = self.rows[row]
        return cells[column].text.strip() if column < len(cells) else ""

    @property
    def header(self) -> list[str]:
        """Return what stands in the first row."""
        return [cell.text.strip() for cell in self.rows[0]] if self.rows else []

    def change(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell that there is."""
        self.changed[row, column] = text

    def content(self) -> bytes:
        """Return the bytes of the file, with the cells that are changed."""
        parts, place = [], 0
        for (row, column), text in sorted(self.changed.items()):
            cell = self.rows[row][column]
            was = self.whole[cell.start : cell.end]
            parts += [self.whole[place : cell.start], self.written(text, was)]
            place = cell.end
        text = "".join([*parts, self.whole[place:]])
        return self.mark + text.encode(self.encoding, "replace")

    def written(self, text: str, was: str) -> str:
        """Return a text as the file has it, in quotes if it needs them or the cell had them."""
        needs = {self.delimiter, '"', "\r", "\n"} & set(text)
        return '"{}"'.format(text.replace('"', '""')) if needs or was.startswith('"') else text


def encoding_of(content: bytes) -> str:
    """Return the encoding of text without a mark: UTF-8, or one that keeps every byte."""
    try:
        content.decode("utf-8")
    except UnicodeError:
        return "latin-1"
    return "utf-8"
