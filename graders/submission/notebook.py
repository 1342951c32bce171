"""Turn notebooks into step files, with nbformat (an extra)."""

import re
import warnings
from typing import Any

from graders.errors import GradmarkError
from graders.submission.text import Unreadable, spelt
from graders.syllabus import find_unit
from graders.words import _

HEADING = re.compile(
    r"\s*#*\s*(?:step|ステップ|스텝|步骤)\s*[_-]?\s*0*(\d{1,2})"
    r"(?:\s*[,、–~-]\s*(?:step)?\s*0*(\d{1,2}))?(?!\d)",
    re.IGNORECASE,
)
MAGIC = re.compile(r"^([ \t]*)(%%?[A-Za-z_].*|![^=].*|\?.*|[\w.]+\?{1,2}[ \t]*)$", re.MULTILINE)
"""A notebook's own commands, but not a line that goes on with the operator % or !=."""


def whole(text: str) -> str:
    """Return the code of a notebook that holds one step."""
    return "\n\n".join(code for kind, code in cells(text) if kind == "code")


def steps(text: str) -> dict[str, str]:
    """Return the steps of a notebook with headings, each with the code of those before it.

    A heading is a line of a text cell that begins with a step's number, such as
    ``## Step 3: chaining``.  Code above the first one belongs to every step.
    """
    found: dict[str, str] = {}
    code: list[str] = []
    current = None
    for kind, source in cells(text):
        if kind != "code":
            current = heading(source) or current
        else:
            code.append(source)
            if current:
                found[current] = "\n\n".join(code)
    return found


def heading(source: str) -> str | None:
    """Return the step that the last heading in a text cell names."""
    for line in reversed(source.splitlines()):
        if match := HEADING.match(line):
            unit = find_unit(match[2] or match[1])
            if unit:
                return unit.step
    return None


def cells(text: str) -> list[tuple[str, str]]:
    """Return the kind and source of each cell, with the notebook's own commands commented
    out.  Raise Unreadable for what is no notebook.
    """
    try:
        import nbformat
    except ImportError as error:
        raise GradmarkError(
            _("notebooks need the extra “notebook”: pip install 'gradmark[notebook]'")
        ) from error
    try:
        with warnings.catch_warnings(action="ignore"):  # of ids that older notebooks lack
            read: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]  # untyped upstream
        listed = [(str(cell.cell_type), spelt(str(cell.source))) for cell in read.cells]
    except Exception as error:  # nbformat raises as many kinds as there are ways to be wrong
        raise Unreadable(_("it is not a notebook")) from error
    return [(kind, MAGIC.sub(r"\1pass  # \2", code)) for kind, code in listed]
