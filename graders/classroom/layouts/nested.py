"""Downloads that are told by what lies in their folders: GitHub's, Teams's, nbgrader's, and
those that are arranged by hand.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from graders.classroom.layouts.draft import Draft
from graders.classroom.layouts.listing import Listing, stem
from graders.submission.downloads import TEAMS
from graders.submission.text import composed

CLASSROOM50 = ".classroom50.yaml"
GITHUB = "-submissions"
"""How the folder is called that GitHub Classroom's students are cloned into."""
VERSION = re.compile(
    r"(?i)(?:[vw]er[sz]\w{0,8}|верс\w{0,3}|έκδοση|バージョン|버전|版本|版) ?(\d{1,6})"
)
"""How Teams calls the folder of each version, in most of its languages."""
MOST_BESIDE = 4
"""How many folders there may be beside that one: “Working files”, as a rule."""
SUBMITTED = "submitted"
TIMESTAMP = "timestamp.txt"


def without(listing: Listing, is_marked: Callable[[Listing], bool]) -> list[str] | None:
    """Return the folders that have no mark of a layout; None where that is most of them."""
    marked = {held.root.name for held in listing.inner() if is_marked(held)}
    others = [folder for folder in listing.folders if folder not in marked]
    return others if marked and len(marked) >= len(others) else None


def not_githubs(listing: Listing) -> list[str] | None:
    """Return what is no clone in a folder of GitHub Classroom's; None where it is none."""
    if not listing.root.name.endswith(GITHUB):
        return None
    return without(listing, lambda held: held.has(".git"))


def github(listing: Listing) -> Iterator[Draft]:
    """Yield the clones in a folder of GitHub Classroom's.

    When they were handed in is not asked: a commit's date is the student's word.
    """
    start = listing.root.name.removesuffix(GITHUB[1:])
    for folder in listing.folders:
        who = composed(folder.removeprefix(start)) or composed(folder)
        yield Draft(who, folder, id=who)


def not_of_teams(listing: Listing) -> list[str] | None:
    """Return what in Teams's folder has no versions; None where it is no such folder."""
    if listing.root.name == TEAMS or TEAMS in listing.folders:
        return []
    inside = submitted(listing)
    return None if inside is None else without(listing.at(inside), has_versions)


def submitted(listing: Listing) -> str | None:
    """Return the folder in Teams's that holds what was handed in, which is called in the
    school's language: its works have versions.  Empty for itself, None for none.
    """
    if TEAMS in listing.folders:
        return TEAMS
    if listing.root.name == TEAMS or without(listing, has_versions) is not None:
        return ""
    if len(listing.folders) > MOST_BESIDE:
        return None
    inner = (held.root.name for held in listing.inner() if without(held, has_versions) == [])
    return next(inner, None)


def has_versions(student: Listing) -> bool:
    """Return whether a student's works have versions."""
    return any(any(map(VERSION.fullmatch, work.folders)) for work in student.inner())


def teams(listing: Listing) -> Iterator[Draft]:
    """Yield the last version of each student's work in Teams: what lies in ``Working files``
    isn't handed in.
    """
    inside = submitted(listing)
    if inside is None:
        return
    for draft, work in works(listing.at(inside)):
        versions = [name for name in work.folders if VERSION.fullmatch(name)]
        latest = max(versions, key=lambda name: int(VERSION.sub(r"\1", name)), default="")
        path = os.path.join(draft.path, latest).rstrip("/")
        yield replace(draft, path=path).under(inside)


def not_nbgraders(listing: Listing) -> list[str] | None:
    """Return what in nbgrader's folder ``submitted`` has no time; None where it is none."""
    inside = listing.at(SUBMITTED) if SUBMITTED in listing.folders else listing
    return without(
        inside, lambda held: any(held.has(folder, TIMESTAMP) for folder in held.folders)
    )


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
