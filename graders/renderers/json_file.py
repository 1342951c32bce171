"""The report as JSON, on stdout or in a file that is never half-written."""

import re
from pathlib import Path

from graders.errors import GradmarkError
from graders.renderers.plain import OLD_COMMAND, visible
from graders.replace import replace
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


def write(report: Report, path: Path) -> None:
    """Write the report to a file, or into a device or pipe.  Raise GradmarkError on failure."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(
                text(report).encode()
            )  # a rename would put a file in /dev/null's place
        else:
            replace(path, text(report).encode(), 0o644)
    except OSError as error:
        reason = _("the report can't be written to {path}: {why}")
        raise GradmarkError(reason.format(path=path, why=error.strerror or error)) from error
