"""Find and read the steps in what a student hands in: a folder, a zip or a notebook.

The submission is only read, never run, unpacked or written to.  Links that lead out of it,
what isn't a plain file, and what is too large are passed over, and the report says so.
"""

import contextlib
import os
import posixpath
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graders.errors import GradmarkError
from graders.submission.entry import BROKEN_ZIP, TOTAL_BYTES, Entry, choose
from graders.submission.notebook import Notebook, Section
from graders.submission.text import Unreadable, spelt
from graders.wire import Piece
from graders.words import _

DEPTH = 4
MOST_ENTRIES = 20_000
SKIPPED = {"__pycache__", "node_modules", "site-packages", "venv", "env"}


@dataclass(frozen=True)
class StepRun:
    """What was found of one step: pieces, to be run one by one in one namespace."""

    path: str
    """What it is imported as, relative to the submission and with slashes."""
    found_in: str
    """Where it is, for people: a file, or a notebook and which of its cells are the step's."""
    pieces: tuple[Piece, ...] = ()
    own: tuple[int, ...] = ()
    """Which pieces are its own, by index; the others are cells of earlier steps."""
    problem: str | None = None
    """Why it can't be graded, in a sentence."""

    @property
    def notebook(self) -> str | None:
        """Return the notebook that it is in."""
        return self.pieces[-1].path if self.pieces and self.pieces[-1].cell else None


@dataclass(frozen=True)
class Submission:
    """What a student handed in, as text."""

    name: str
    root: str
    """The folder's own name as a package: some steps import through it."""
    steps: dict[str, StepRun]
    modules: dict[str, tuple[Piece, ...]]
    """Every file that steps may import, by the path that it is imported by."""
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
            if not name.lower().endswith((".py", ".ipynb")):
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
            if parts[-1].lower().endswith((".py", ".ipynb")) and parts[0] != "__MACOSX":
                yield Entry("/".join(parts), info.file_size, (archive, info.filename))


def from_notebook(name: str, entry: Entry) -> Submission:
    """Return the submission in one notebook.  Raise GradmarkError for what is none."""
    try:
        entry.notebook()
    except Unreadable as error:
        raise GradmarkError(f"{entry.path}: {error}") from error
    return assemble(name, [entry], [])


def package_name(name: str) -> str:
    """Return a folder's name as a package's, or a stand-in where it can't be one."""
    stem = name.rpartition(".")[0] or name
    return stem if stem.isidentifier() else "submission"


def assemble(name: str, entries: list[Entry], notes: list[str]) -> Submission:
    """Find the pieces of each step, and what the steps may import."""
    found = Assembly(notes)
    for step, entry in choose(entries, notes).items():
        found.add_step(step, entry)
    if not found.steps:
        found.cut_at_headings([entry for entry in entries if entry.is_notebook])
    if not found.steps and entries:
        notes.append(nothing_found(entries))
    found.add_siblings(entries)
    steps = {step: found.steps[step] for step in sorted(found.steps)}
    return Submission(name, package_name(name), steps, found.modules, tuple(notes))


class Assembly:
    """A submission that is being put together from files, as far as the limits reach."""

    def __init__(self, notes: list[str]) -> None:
        self.notes = notes
        self.steps: dict[str, StepRun] = {}
        self.modules: dict[str, tuple[Piece, ...]] = {}
        self.room = TOTAL_BYTES

    def add_step(self, step: str, entry: Entry) -> None:
        """Add a step that a file, or a whole notebook, is."""
        try:
            pieces = self.pieces(entry)
        except Unreadable as error:
            self.steps[step] = StepRun(entry.module, entry.path, problem=str(error))
        else:
            self.modules[entry.module] = pieces
            own = tuple(range(len(pieces)))
            self.steps[step] = StepRun(entry.module, entry.path, pieces, own)

    def cut_at_headings(self, entries: list[Entry]) -> None:
        """Add the steps of notebooks with headings: of the one with most, then of those
        beside it.
        """
        cut: list[tuple[Entry, Notebook, dict[str, Section]]] = []
        for entry in entries:
            try:
                notebook = entry.notebook()
            except Unreadable as error:
                self.notes.append(f"{entry.path}: {error}")
                continue
            if sections := notebook.sections():
                cut.append((entry, notebook, sections))
        cut.sort(key=lambda each: (-len(each[2]), each[0].path.count("/"), each[0].path))
        for entry, notebook, sections in cut:
            new = [step for step in sections if step not in self.steps]
            if new and entry.folder == cut[0][0].folder:
                self.notes.append(_("the steps were cut out of {path}").format(path=entry.path))
                self.add_sections(entry, notebook, {step: sections[step] for step in new})

    def add_sections(self, entry: Entry, notebook: Notebook, cut: dict[str, Section]) -> None:
        """Add sections of a notebook as steps."""
        problem = None
        try:
            self.taken(notebook)
        except Unreadable as error:
            problem = str(error)
        for step, section in cut.items():
            path = posixpath.join(entry.folder, f"{step}.py")
            place = ", ".join(filter(None, [entry.path, section.place]))
            self.steps[step] = StepRun(path, place, section.pieces, section.own, problem)

    def add_siblings(self, entries: list[Entry]) -> None:
        """Add the other Python files, nearest to the root first, then notebooks."""
        nearest = sorted(entries, key=lambda e: (e.is_notebook, e.path.count("/"), e.path))
        for entry in (entry for entry in nearest if entry.module not in self.modules):
            with contextlib.suppress(Unreadable):
                self.modules[entry.module] = self.pieces(entry)

    def pieces(self, entry: Entry) -> tuple[Piece, ...]:
        """Return a file's text, or a notebook's code cells.  Raise Unreadable."""
        if entry.is_notebook:
            return self.taken(entry.notebook())
        piece = Piece(entry.path, entry.text())
        self.take([piece])
        return (piece,)

    def taken(self, notebook: Notebook) -> tuple[Piece, ...]:
        """Return a notebook's code cells, and add what they write.  Raise Unreadable."""
        written = [piece for pieces in notebook.written.values() for piece in pieces]
        self.take([*notebook.pieces, *written])
        self.notes += notebook.notes()
        for path, pieces in notebook.written.items():
            self.modules.setdefault(path, pieces)
        return tuple(notebook.pieces)

    def take(self, pieces: list[Piece]) -> None:
        """Use up the room that pieces need.  Raise Unreadable where there is none."""
        size = sum(len(piece.text.encode()) + len(piece.path.encode()) + 10 for piece in pieces)
        if size > self.room:
            text = _("the steps are together larger than {limit} KiB")
            raise Unreadable(text.format(limit=TOTAL_BYTES >> 10))
        self.room -= size


def nothing_found(entries: list[Entry]) -> str:
    """Say why no file of a submission is a step's."""
    files = [entry for entry in entries if not entry.is_notebook]
    if files:
        text = _("none of the {count} Python files is called like step01.py")
        return text.format(count=len(files))
    return _("no heading names a step: write one such as “# Step 3” above each")
