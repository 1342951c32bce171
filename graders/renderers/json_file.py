"""The report as JSON, on stdout or in a file that is never half-written."""

import os
import tempfile
from pathlib import Path

from graders.engine.errors import GradmarkError
from graders.engine.report import Report, to_json
from graders.words import _


def text(report: Report) -> str:
    """Return the report as JSON text in which GitHub's runner sees no command of its own."""
    return to_json(report).decode().replace("##[", r"#\u0023[")


def write(report: Report, path: Path) -> None:
    """Write the report to a file, or into a device or pipe.  Raise GradmarkError on failure."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(to_json(report))  # a rename would put a file in /dev/null's place
        else:
            replace(path, to_json(report))
    except OSError as error:
        reason = _("the report can't be written to {path}: {why}")
        raise GradmarkError(reason.format(path=path, why=error.strerror or error)) from error


def replace(path: Path, content: bytes) -> None:
    """Write a file beside its place, then rename it; leave nothing behind on failure."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
