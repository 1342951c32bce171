"""The report as JSON, on stdout or in a file that is never half-written."""

from pathlib import Path

from graders.engine.errors import GradmarkError
from graders.engine.report import Report, to_json
from graders.replace import replace
from graders.words import _


def text(report: Report) -> str:
    """Return the report as JSON text."""
    return to_json(report).decode()


def write(report: Report, path: Path) -> None:
    """Write the report to a file, or into a device or pipe.  Raise GradmarkError on failure."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(to_json(report))  # a rename would put a file in /dev/null's place
        else:
            replace(path, to_json(report), 0o644)
    except OSError as error:
        reason = _("the report can't be written to {path}: {why}")
        raise GradmarkError(reason.format(path=path, why=error.strerror or error)) from error
