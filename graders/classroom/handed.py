"""Who handed in what: the entries of a class's folder, told by their names alone."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.errors import GradmarkError
from graders.submission.naming import ending_of
from graders.submission.text import composed
from graders.words import _

UNSAFE = re.compile(r"[^\w. @+-]")
NOISE = {"__MACOSX", "__pycache__"}
"""Folders that programs make."""
SYSTEMS = re.compile(r"\.DS_Store$|\._|\.git")
"""What lies there hidden that nobody wonders about."""
DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
"""Names that Windows has for other things than files."""
LONGEST = 120
"""How many bytes of a name are kept."""


@dataclass(frozen=True)
class Handed:
    """What one student handed in."""

    student: str
    """What the student is called, among those of the class."""
    path: str
    """Where it lies, relative to the class's folder: as the system has it."""
    folder: str
    """What a folder for the student is called: safe on every system, and nobody else's."""

    @property
    def shown(self) -> str:
        """Return where it lies, as it can be written."""
        return composed(self.path)


@dataclass(frozen=True)
class Found:
    """What lies in a class's folder."""

    students: list[Handed]
    """In order."""
    others: list[str]
    """The names of what is nobody's submission."""
    alike: list[str]
    """The names of submissions that may be of one student."""


def found(root: Path) -> Found:
    """Return what lies in a class's folder: each folder, zip or notebook is one student's.

    Raise GradmarkError where there is none.
    """
    try:
        with os.scandir(root) as listing:
            every = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        text = _("the class's folder {path} can't be looked into: {why}")
        raise GradmarkError(text.format(path=root, why=error.strerror)) from error
    entries = [entry for entry in every if is_submission(entry)]
    beside = [e.name for e in every if e not in entries and e.name not in NOISE]
    others = [composed(name) for name in beside if not SYSTEMS.match(name)]
    if not entries:
        text = _("there is no submission in {path}: no folder, no zip and no notebook")
        raise GradmarkError(text.format(path=root))
    students = list(names_for(entries))
    handed = map(Handed, students, (entry.name for entry in entries), folders_for(students))
    pairs = zip(students, entries, strict=True)
    alike = [student for student, entry in pairs if student != composed(stem_of(entry))]
    return Found(list(handed), others, alike)


def names_for(entries: Sequence[os.DirEntry[str]]) -> Iterator[str]:
    """Yield what the student of each entry is called: like nobody else."""
    times = Counter(composed(stem_of(entry)) for entry in entries)
    had: set[str] = set()
    for entry in entries:
        name = composed(stem_of(entry))
        if times[name] > 1:
            name = composed(entry.name) + ("/" if entry.is_dir(follow_symlinks=False) else "")
        while name in had:
            name += "'"
        had.add(name)
        yield name


def stem_of(entry: os.DirEntry[str]) -> str:
    """Return what an entry calls its student: its own name, a file's without the ending."""
    is_folder = entry.is_dir(follow_symlinks=False)
    return entry.name if is_folder else entry.name.rpartition(".")[0]


def is_submission(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry of the class's folder is one student's work."""
    if entry.name.startswith(".") or entry.name in NOISE:
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    work = entry.name.lower().endswith(".zip") or ending_of(entry.name) == "ipynb"
    return work and entry.is_file(follow_symlinks=False)


def folders_for(students: Sequence[str]) -> Iterator[str]:
    """Yield what a folder for each student is called: nobody can choose another's."""
    plain = [short(UNSAFE.sub("_", student)).strip(". ") for student in students]
    times = Counter(name.casefold() for name in plain)
    for student, name in zip(students, plain, strict=True):
        if name == student and times[name.casefold()] == 1 and not DEVICES.match(name):
            yield name
            continue
        name = f"{'_' if DEVICES.match(name) else ''}{name or 'student'}-"
        digest = hashlib.sha256(student.encode()).hexdigest()
        lengths = range(8, len(digest))
        yield name + next(
            digest[:n] for n in lengths if (name + digest[:n]).casefold() not in times
        )


def short(name: str) -> str:
    """Return a name of no more bytes than every file system takes, with some to spare."""
    return name.encode()[:LONGEST].decode(errors="ignore")
