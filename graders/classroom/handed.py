"""Who handed in what: what each student, and a folder for each, is called."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from graders.classroom.layouts.draft import Draft
from graders.submission.notebook import few
from graders.submission.text import composed

UNSAFE = re.compile(r"[^\w. @+-]")
DIGITS = 32
"""How long a digest is that tells one folder from all others."""
SPECIAL = re.compile(rf"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|-[0-9a-f]{{{DIGITS}}}$")
"""Names that Windows has for other things than files, and those that end like one of ours."""
LONGEST = 120
"""How many bytes of a name are kept."""


class Numbered(Protocol):
    """What may have a student's number and email."""

    @property
    def id(self) -> str:
        """Return the number that a system has given."""

    @property
    def email(self) -> str:
        """Return the email."""


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
        return place_of(self.draft)


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
    times = Counter((each.draft.student, each.draft.id) for each in students)
    return [each.student for each in students if times[each.draft.student, each.draft.id] > 1]


def names_for(drafts: Sequence[Draft]) -> Iterator[str]:
    """Yield what the student of each draft is called.

    Where several have the name, the system's own number of each stands beside it, or their
    email, or where it lies.  So it does for who chose to be called what another is given.
    """
    times = Counter(draft.student for draft in drafts)
    numbers = Counter((draft.student, number_of(draft)) for draft in drafts)
    names = []
    for draft in drafts:
        number = number_of(draft)
        beside = number if number and numbers[draft.student, number] == 1 else place_of(draft)
        twice = times[draft.student] > 1
        names.append(f"{draft.student} ({beside})" if twice else draft.student)
    given, had = Counter(names), set[str]()
    for draft, name in zip(drafts, names, strict=True):
        if given[name] > 1 and name == draft.student:
            name = f"{name} ({place_of(draft)})"
        while name in had:
            name += "'"
        had.add(name)
        yield name


def number_of(told: Numbered) -> str:
    """Return what tells a student from others of the name: a number, or else the email."""
    return told.id or told.email


def place_of(draft: Draft) -> str:
    """Return where a submission lies, as it can be written."""
    return composed(draft.path) or few([composed(file) for file, _name in draft.files])


def folders_for(students: Sequence[str]) -> Iterator[str]:
    """Yield what a folder for each student is called: nobody can choose another's."""
    plain = [short(UNSAFE.sub("_", student)).strip(". ") for student in students]
    times = Counter(name.casefold() for name in plain)
    for student, name in zip(students, plain, strict=True):
        if name == student and times[name.casefold()] == 1 and not SPECIAL.search(name):
            yield name
            continue
        digest = hashlib.sha256(student.encode()).hexdigest()[:DIGITS]
        yield f"{'_' if SPECIAL.match(name) else ''}{name or 'student'}-{digest}"


def short(name: str) -> str:
    """Return a name of no more bytes than every file system takes, with some to spare."""
    return name.encode()[:LONGEST].decode(errors="ignore")
