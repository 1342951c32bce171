"""Find and read the steps in what a student hands in: a folder, a zip or a notebook.

The submission is only read, never run, unpacked or written to.  Links that lead out of it,
what isn't a plain file, and what is too large are passed over, and the report says so.
"""

import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from graders.errors import GradmarkError
from graders.submission.assembly import assemble
from graders.submission.entry import BROKEN_ZIP, Entry
from graders.submission.notebook import read_notebook
from graders.submission.pieces import Submission
from graders.submission.text import Unreadable, spelt
from graders.words import _

DEPTH = 4
LONGEST_PATH = 1000
MOST_ENTRIES = 20_000
READ = (".py", ".ipynb")
SKIPPED = {"__pycache__", "node_modules", "site-packages", "venv", "env"}


def read(path: Path) -> Submission:
    """Return the submission at a path.  Raise GradmarkError when there is none."""
    try:
        kind = path.resolve(strict=True).stat().st_mode
    except (OSError, RuntimeError, ValueError) as error:
        reason = (
            _("there is no submission at {path}: name a folder, or . for this one")
            if isinstance(error, FileNotFoundError)
            else (_("the submission at {path} can't be opened"))
        )
        raise GradmarkError(reason.format(path=path)) from error
    name = spelt(path.resolve().name) or "submission"
    if stat.S_ISDIR(kind):
        notes: list[str] = []
        return assemble(name, list(walk(path.resolve(), notes)), notes)
    if stat.S_ISREG(kind) and path.suffix.lower() == ".ipynb":
        return from_notebook(name, Entry(spelt(path.name), path.stat().st_size, path))
    if stat.S_ISREG(kind) and path.suffix.lower() == ".zip":
        return from_zip(name, path)
    text = _("{path} is not a folder, a zip or a notebook: give the folder that it lies in")
    raise GradmarkError(text.format(path=path))


def walk(root: Path, notes: list[str]) -> Iterator[Entry]:
    """Yield the files of a folder in a fixed order, without following links out of it."""
    seen = 0
    for folder, folders, files in os.walk(root):
        inside = Path(folder).relative_to(root)
        deep = len(inside.parts) >= DEPTH
        folders[:] = [] if deep else sorted(f for f in folders if is_searched(f))
        for name in sorted(files):
            seen += 1
            if seen > MOST_ENTRIES:
                notes.append(_("there are too many files: the rest was not looked at"))
                return
            entry = Path(folder, name)
            shown = spelt((inside / name).as_posix())
            if not name.lower().endswith(READ):
                continue
            try:
                target = entry.resolve(strict=True)
                status = target.stat()
            except (OSError, RuntimeError):
                notes.append(_("{path} is a broken link").format(path=shown))
                continue
            if not stat.S_ISREG(status.st_mode) or not target.is_relative_to(root):
                text = _("{path} is not a file of the submission: passed over")
                notes.append(text.format(path=shown))
                continue
            yield Entry(shown, status.st_size, entry)


def is_searched(folder: str) -> bool:
    """Return whether a folder may hold a student's work."""
    return not folder.startswith(".") and folder.lower() not in SKIPPED


def from_zip(name: str, path: Path) -> Submission:
    """Return the submission in a zip; nothing is unpacked to disk."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, ValueError, *BROKEN_ZIP) as error:
        text = _("{path} is not a zip that can be read")
        raise GradmarkError(text.format(path=path)) from error
    with archive:
        return assemble(name, sorted(members(archive), key=lambda entry: entry.path), [])


def members(archive: zipfile.ZipFile) -> Iterator[Entry]:
    """Yield the files of a zip that a folder of the same content would have."""
    for info in archive.infolist()[:MOST_ENTRIES]:
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        is_file = bool(parts) and not info.filename.endswith("/")
        plain = is_file and parts[0] != "/" and ".." not in parts
        plain = plain and len(info.filename) <= LONGEST_PATH
        if plain and len(parts) <= DEPTH + 2 and all(map(is_searched, parts[:-1])):
            if parts[-1].lower().endswith(READ) and parts[0] != "__MACOSX":
                yield Entry("/".join(parts), info.file_size, (archive, info.filename))


def from_notebook(name: str, entry: Entry) -> Submission:
    """Return the submission in one notebook.  Raise GradmarkError for what is none."""
    try:
        read_notebook(entry.path, entry.whole(entry.read()))
    except Unreadable as error:
        raise GradmarkError(f"{entry.path}: {error}") from error
    return assemble(name, [entry], [])
