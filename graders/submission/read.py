"""Find and read the steps in what a student hands in: a folder, a zip or a notebook.

The submission is only read, never run, unpacked or written to.  Links that lead out of it,
what isn't a plain file, and what is too large are passed over, and the report says so.
"""

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graders.errors import GradmarkError
from graders.submission import notebook
from graders.submission.entry import BROKEN_ZIP, TOTAL_BYTES, Entry, choose
from graders.submission.text import Unreadable, spelt
from graders.words import _

DEPTH = 4
MOST_ENTRIES = 20_000
SKIPPED = {"__pycache__", "node_modules", "site-packages", "venv", "env"}


@dataclass(frozen=True)
class StepFile:
    """The file that was found for one step."""

    path: str
    """Relative to the submission, with slashes."""
    problem: str | None = None
    """Why it can't be graded, in a sentence."""


@dataclass(frozen=True)
class Submission:
    """What a student handed in, as text."""

    name: str
    root: str
    """The folder's own name as a package: some steps import through it."""
    steps: dict[str, StepFile]
    sources: dict[str, str]
    """Every Python file that steps may import, by path."""
    notes: tuple[str, ...]


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
        return from_notebook(name, Entry(path.name, 0, path))
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
            if not name.endswith((".py", ".ipynb")):
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
        if plain and len(parts) <= DEPTH + 2 and all(map(is_searched, parts[:-1])):
            if parts[-1].endswith((".py", ".ipynb")) and parts[0] != "__MACOSX":
                yield Entry("/".join(parts), info.file_size, (archive, info.filename))


def from_notebook(name: str, entry: Entry) -> Submission:
    """Return the submission in one notebook, cut at its headings."""
    try:
        cut = notebook.steps(entry.text())
    except Unreadable as error:
        raise GradmarkError(f"{entry.path}: {error}") from error
    sources = {f"{step}.py": text for step, text in cut.items()}
    steps = {step: StepFile(f"{step}.py") for step in cut}
    found = (
        () if cut else (_("no heading names a step: write one such as “Step 3” above each"),)
    )
    return Submission(name, package_name(name), steps, sources, found)


def package_name(name: str) -> str:
    """Return a folder's name as a package's, or a stand-in where it can't be one."""
    stem = name.rpartition(".")[0] or name
    return stem if stem.isidentifier() else "submission"


def assemble(name: str, entries: list[Entry], notes: list[str]) -> Submission:
    """Choose a file for each step and read what the steps may import."""
    chosen = choose(entries, notes)
    steps: dict[str, StepFile] = {}
    sources: dict[str, str] = {}
    room = TOTAL_BYTES
    for step, entry in chosen.items():
        try:
            text = entry.text()
            path = entry.path
            if path.endswith(".ipynb"):
                text, path = notebook.whole(text), path.removesuffix(".ipynb") + ".py"
            size = len(text.encode())
            if size > room:
                text = _("the steps are together larger than {limit} KiB")
                raise Unreadable(text.format(limit=TOTAL_BYTES >> 10))
            room -= size
            sources[path] = text
            steps[step] = StepFile(path)
        except Unreadable as error:
            steps[step] = StepFile(entry.path, str(error))
    if not chosen:
        sources, steps = cut_single_notebook(entries, notes)
    if not steps and entries:
        text = _("none of the {count} Python files is called like step01.py")
        notes.append(text.format(count=len(entries)))
    add_siblings(sources, entries)
    return Submission(name, package_name(name), steps, sources, tuple(notes))


def cut_single_notebook(
    entries: list[Entry], notes: list[str]
) -> tuple[dict[str, str], dict[str, StepFile]]:
    """Return the steps of a folder's first notebook that has headings naming steps."""
    for entry in entries:
        if entry.path.endswith(".ipynb"):
            try:
                cut = notebook.steps(entry.text())
            except Unreadable as error:
                notes.append(f"{entry.path}: {error}")
                continue
            if cut:
                notes.append(_("the steps were cut out of {path}").format(path=entry.path))
                steps = {step: StepFile(f"{step}.py") for step in cut}
                return {f"{step}.py": text for step, text in cut.items()}, steps
    return {}, {}


def add_siblings(sources: dict[str, str], entries: list[Entry]) -> None:
    """Add the other Python files, nearest to the root first, as far as the limit reaches."""
    total = sum(len(text.encode()) for text in sources.values())
    for entry in sorted(entries, key=lambda entry: (entry.path.count("/"), entry.path)):
        if entry.path.endswith(".py") and entry.path not in sources:
            if total + entry.size > TOTAL_BYTES:
                continue
            try:
                sources[entry.path] = entry.text()
                total += len(sources[entry.path].encode())
            except Unreadable:
                continue
