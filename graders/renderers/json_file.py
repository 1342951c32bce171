"""The report as JSON, on stdout or in a file that is never half-written."""

import os
import re
from pathlib import Path

from graders.errors import GradmarkError
from graders.renderers.plain import OLD_COMMAND, visible
from graders.replace import replace, write_through
from graders.report import Report, to_json
from graders.words import _

NOT_ASCII = re.compile(r"[^\n -~]")


def text(report: Report) -> str:
    """Return the report as JSON text that steers no terminal and no log of a CI runner's."""
    made = OLD_COMMAND.sub(r"#\\u0023", to_json(report).decode())
    return NOT_ASCII.sub(lambda found: escaped(found[0]), made)


def escaped(character: str) -> str:
    """Return a character, or JSON's escape of it if it is none to be seen."""
    if visible(character) == character:
        return character
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def write(report: Report, path: Path, submission: Path) -> None:
    """Write the report to a file, or into what its path leads to.

    In a submission no link is followed: its author chose where that leads.  Raise GradmarkError
    on failure.
    """
    try:
        folder = Path(os.path.realpath(path.parent))
        if folder.is_relative_to(os.path.realpath(submission)):
            replace(path, text(report).encode())
        else:
            write_through(path, text(report).encode())
    except OSError as error:
        raise unwritten(str(path), error) from error


def unwritten(path: str, error: OSError) -> GradmarkError:
    """Return what to say of a report that can't be written."""
    reason = _("the report can't be written to {path}: {why}")
    return GradmarkError(reason.format(path=path, why=error.strerror or error))
