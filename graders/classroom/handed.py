"""Who handed in what: what each student, and a folder for each, is called."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.classroom.layouts.draft import Draft
from graders.submission.notebook import few
from graders.submission.text import composed

UNSAFE = re.compile(r"[^\w. @+-]")
DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
"""Names that Windows has for other things than files."""
LONGEST = 120
"""How many bytes of a name are kept."""


@dataclass(frozen=True)
class Handed:
    """What one student handed in."""

    student: str
    """What the student is called, among those of the class."""
    draft: Draft
    """Where it lies, and what the download says of it."""
    folder: str
    """What a folder for the student is called: safe on every system, and nobody else's."""

    @property
    def name(self) -> str:
        """Return what the submission is called: as its folder or file, if it has one."""
        return composed(self.draft.path.rpartition("/")[2]) or self.student

    @property
    def shown(self) -> str:
        """Return where it lies, as it can be written."""
        files = [composed(file) for file, _name in self.draft.files]
        return composed(self.draft.path) or few(files)


def handed_in(drafts: Sequence[Draft]) -> list[Handed]:
    """Return what was handed in, sorted by the students: each is called like nobody else."""
    called = sorted(zip(names_for(drafts), drafts, strict=True), key=lambda each: each[0])
    folders = folders_for([student for student, _draft in called])
    return [
        Handed(student, draft, folder)
        for (student, draft), folder in zip(called, folders, strict=True)
    ]


def alike(students: Sequence[Handed]) -> list[str]:
    """Return the names of submissions that may be of one student."""
    times = Counter(each.draft.student for each in students)
    return [each.student for each in students if times[each.draft.student] > 1]


def names_for(drafts: Sequence[Draft]) -> Iterator[str]:
    """Yield what the student of each draft is called.

    Where several have the name, the system's own number of each stands beside it, or it is the
    name of what was handed in.
    """
    times = Counter(draft.student for draft in drafts)
    had: set[str] = set()
    for draft in drafts:
        name = draft.student
        if times[name] > 1:
            name = f"{name} ({draft.id})" if draft.id else composed(draft.path) or name
        while name in had:
            name += "'"
        had.add(name)
        yield name


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
