"""Read the cells of a notebook, as Jupyter stores it: text and code, never outputs."""

import json
from dataclasses import dataclass

import msgspec

from graders.submission.text import Unreadable, decode, spelt
from graders.wire import MOST_PIECES
from graders.words import _

MOST_CODE, MOST_PROSE, MOST_TEXTS = 640 << 10, 10_000, 500
"""How many characters of code a notebook may have, how many of a text cell are looked at, and
at how many such cells."""
ODD_BYTES = 8 << 20
"""How large a notebook may be that has to be built whole, since it isn't quite JSON."""


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook."""

    is_code: bool
    text: str
    """With plain newlines."""
    number: int
    """Its place among all cells, from 1."""


class StoredCell(msgspec.Struct):
    """What matters of a cell as it is stored."""

    cell_type: str
    source: str | list[str] = ""
    input: str | list[str] = ""
    """The code, in version 3 of the format."""
    level: int = 1
    """Of a heading, in version 3."""


class StoredSheet(msgspec.Struct):
    """A part of a notebook, in version 3."""

    cells: list[StoredCell]


class Stored(msgspec.Struct):
    """What matters of a notebook as it is stored, in version 3 or 4."""

    cells: list[StoredCell] | None = None
    worksheets: list[StoredSheet] | None = None


def read_cells(content: bytes) -> list[Cell]:
    """Return the cells of a notebook.  Raise Unreadable for what is none."""
    if not content.strip():
        return []
    try:
        stored = decoded(content)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Unreadable(_("it is not a notebook")) from error
    parts = [sheet.cells for sheet in stored.worksheets or []]
    parts += [stored.cells] if stored.cells is not None else []
    if not parts:
        raise Unreadable(_("it is not a notebook"))
    cells = [cell for part in parts for cell in part]
    if len(cells) > MOST_PIECES:
        raise Unreadable(_("it has more than {most} cells").format(most=MOST_PIECES))
    texts = [number for number, cell in enumerate(cells, 1) if cell.cell_type != "code"]
    passed_over = {*texts[MOST_TEXTS:]}
    found = [
        Cell(cell.cell_type == "code", text_of(cell), number)
        for number, cell in enumerate(cells, 1)
        if number not in passed_over
    ]
    if sum(len(cell.text) for cell in found if cell.is_code) > MOST_CODE:
        text = _("its code is larger than {limit} KiB")
        raise Unreadable(text.format(limit=MOST_CODE >> 10))
    return found


def decoded(content: bytes) -> Stored:
    """Return a notebook's cells, without building what is not asked for.

    What Python writes as JSON and JSON is not (NaN, half a surrogate) is read as Python does.
    Raise MsgspecError, ValueError or RecursionError for what is no notebook, Unreadable for one
    that would take too much memory.
    """
    try:
        return msgspec.json.decode(content, type=Stored)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError):
        if len(content) > ODD_BYTES:
            text = _("it is not quite JSON, and too large to be read all the same")
            raise Unreadable(text) from None
        return msgspec.convert(json.loads(decode(content)), Stored)


def text_of(cell: StoredCell) -> str:
    """Return a cell's text, with plain newlines."""
    given = cell.source or cell.input
    text = given if isinstance(given, str) else "".join(given)
    text = text if cell.cell_type == "code" else text[:MOST_PROSE]
    text = spelt(text).replace("\r\n", "\n").replace("\r", "\n")
    marks = "#" * min(max(cell.level, 1), 6)
    return f"{marks} {text}" if cell.cell_type == "heading" else text
