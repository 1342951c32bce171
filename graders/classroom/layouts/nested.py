"""Downloads that are told by what lies in their folders: GitHub's, Teams's, nbgrader's, and
those that are arranged by hand.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace

from graders.classroom.layouts.draft import Draft
from graders.classroom.layouts.listing import Listing, stem
from graders.submission.downloads import TEAMS
from graders.submission.text import composed

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


def teams(listing: Listing) -> Iterator[Draft]:
    """Yield the last version of each student's work in Teams: what lies in ``Working files``
    isn't handed in.
    """
    inside = TEAMS if TEAMS in listing.folders else ""
    for draft, work in works(listing.at(inside)):
        versions = [name for name in work.folders if VERSION.fullmatch(name)]
        latest = max(versions, key=lambda name: int(VERSION.sub(r"\1", name)), default="")
        path = os.path.join(draft.path, latest).rstrip("/")
        yield replace(draft, path=path).under(inside)


def is_nbgrader(listing: Listing) -> bool:
    """Return whether it is a course of nbgrader's, or the folder ``submitted`` of one."""
    inside = listing.at(SUBMITTED) if SUBMITTED in listing.folders else listing
    stamped = [
        any(held.has(folder, TIMESTAMP) for folder in held.folders) for held in inside.inner()
    ]
    return bool(stamped) and len(stamped) <= 2 * sum(stamped)


def nbgrader(listing: Listing) -> Iterator[Draft]:
    """Yield what students have handed in through nbgrader, but for its time."""
    inside = SUBMITTED if SUBMITTED in listing.folders else ""
    for draft, _work in works(listing.at(inside)):
        yield replace(draft, id=draft.student).under(inside)


def works(students: Listing) -> Iterator[tuple[Draft, Listing]]:
    """Yield each student's work on each assignment, as ``STUDENT/ASSIGNMENT``, and what lies in
    it.
    """
    for student in students.inner():
        for work in student.inner():
            who, assignment = composed(student.root.name), composed(work.root.name)
            path = f"{student.root.name}/{work.root.name}"
            yield Draft(who, path, assignment=assignment), work


def plain(listing: Listing) -> Iterator[Draft]:
    """Yield each folder, zip and notebook: it is called as its student."""
    for name in listing.submissions:
        yield Draft(stem(name, name in listing.folders), name)
