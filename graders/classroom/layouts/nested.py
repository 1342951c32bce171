"""Downloads that are told by what lies in their folders: GitHub's, Teams's, nbgrader's, and
those that are arranged by hand.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator

from graders.classroom.layouts.draft import Draft
from graders.classroom.layouts.listing import Listing, stem
from graders.errors import GradmarkError
from graders.submission.downloads import TEAMS
from graders.submission.notebook import few
from graders.submission.text import composed
from graders.words import _

CLASSROOM50 = ".classroom50.yaml"
GITHUB = "-submissions"
"""How the folder is called that GitHub Classroom's students are cloned into."""
VERSION = re.compile(r"\w+ (\d{1,6})")
"""How Teams calls the folder of each version: the word is translated."""
SUBMITTED = "submitted"
TIMESTAMP = "timestamp.txt"


def in_half(listing: Listing, *names: str) -> bool:
    """Return whether half of the folders, or more, hold something of this name."""
    held = sum(listing.has(folder, *names) for folder in listing.folders)
    return 0 < len(listing.folders) <= 2 * held


def is_github(listing: Listing) -> bool:
    """Return whether it is a folder of GitHub Classroom's."""
    return listing.root.name.endswith(GITHUB) and in_half(listing, ".git")


def github(listing: Listing) -> Iterator[Draft]:
    """Yield the clones in a folder of GitHub Classroom's.

    When they were handed in is not asked: a commit's date is the student's word.
    """
    start = listing.root.name.removesuffix(GITHUB[1:])
    for folder in listing.folders:
        who = composed(folder.removeprefix(start)) or composed(folder)
        yield Draft(who, folder, id=who)


def is_teams(listing: Listing) -> bool:
    """Return whether it is a folder of what was handed in through Teams."""
    return TEAMS in (listing.root.name, *listing.folders)


def teams(listing: Listing, assignment: str | None) -> Iterator[Draft]:
    """Yield the last version of each student's work in Teams: what lies in ``Working files``
    isn't handed in.
    """
    inside = TEAMS if TEAMS in listing.folders else ""
    for path, work in works(listing.at(inside), assignment):
        versions = [name for name in work.folders if VERSION.fullmatch(name)]
        latest = max(versions, key=lambda name: int(VERSION.sub(r"\1", name)), default="")
        student = composed(path.partition("/")[0])
        yield Draft(student, os.path.join(inside, path, latest).rstrip("/"))


def is_nbgrader(listing: Listing) -> bool:
    """Return whether it is a course of nbgrader's, or the folder ``submitted`` of one."""
    inside = listing.at(SUBMITTED) if SUBMITTED in listing.folders else listing
    stamped = [any(one.has(TIMESTAMP) for one in held.inner()) for held in inside.inner()]
    return bool(stamped) and len(stamped) <= 2 * sum(stamped)


def nbgrader(listing: Listing, assignment: str | None) -> Iterator[Draft]:
    """Yield what students have handed in through nbgrader, but for its time."""
    inside = SUBMITTED if SUBMITTED in listing.folders else ""
    for path, _held in works(listing.at(inside), assignment):
        student = composed(path.partition("/")[0])
        yield Draft(student, os.path.join(inside, path), id=student)


def works(students: Listing, assignment: str | None) -> Iterator[tuple[str, Listing]]:
    """Yield the folder of one assignment of each student, as ``STUDENT/ASSIGNMENT``.

    Raise GradmarkError where there are several and none is named, or none of that name.
    """
    every = {student: students.at(student).folders for student in students.folders}
    times = Counter(name for names in every.values() for name in names)
    if assignment is None and len(times) > 1:
        text = _("there are several assignments: name one by --assignment: {names}")
        raise GradmarkError(text.format(names=few(sorted(map(composed, times)))))
    if assignment is not None and assignment not in map(composed, times):
        text = _("--assignment {name}: there is none of this name, only {names}")
        told = few(sorted(map(composed, times)))
        raise GradmarkError(text.format(name=assignment, names=told))
    for student, names in every.items():
        for name in names:
            if assignment in (None, composed(name)):
                path = os.path.join(student, name)
                yield path, students.at(path)


def plain(listing: Listing) -> Iterator[Draft]:
    """Yield each folder, zip and notebook: it is called as its student."""
    for name in listing.submissions:
        yield Draft(stem(name, name in listing.folders), name)
