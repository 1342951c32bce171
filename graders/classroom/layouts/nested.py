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
VERSION = re.compile(
    r"(?i)(?:[vw]er[sz]\w{0,8}|верс\w{0,3}|έκδοση|バージョン|버전|版本|版) ?(\d{1,6})"
)
"""How Teams calls the folder of each version, in most of its languages."""
HANDED_IN = (TEAMS, "Gesendete Dateien", "提出済みのファイル")
"""How Teams calls what was handed in, in English, German and Japanese."""
SUBMITTED = "submitted"
TIMESTAMP = "timestamp.txt"


def githubs(listing: Listing) -> list[str]:
    """Return the clones in a folder that is called like GitHub Classroom's."""
    if not listing.title.endswith(GITHUB):
        return []
    return [folder for folder in listing.folders if listing.has(folder, ".git")]


def github(listing: Listing) -> Iterator[Draft]:
    """Yield the clones in a folder of GitHub Classroom's.

    When they were handed in is not asked: a commit's date is the student's word.
    """
    title = listing.title
    start = title.removesuffix(GITHUB[1:]) if title.endswith(GITHUB) else ""
    for folder in listing.folders:
        who = composed(folder.removeprefix(start)) or composed(folder)
        yield Draft(who, folder, id=composed(folder), kind="login")


def of_teams(listing: Listing) -> list[str]:
    """Return the folder of Teams's that holds what was handed in, if there is one; all that is
    in it, where it is that.
    """
    if listing.title in HANDED_IN:
        return list(listing.folders)
    return [folder for folder in listing.folders if folder in HANDED_IN]


def submitted(listing: Listing) -> str | None:
    """Return the folder in Teams's that holds what was handed in: by its name or, as that is
    translated, since all in it has versions.  Empty for itself, None for none.
    """
    if listing.title in HANDED_IN or all_have_versions(listing):
        return ""
    if told := of_teams(listing):
        return told[0]
    return next((held.root.name for held in listing.inner() if all_have_versions(held)), None)


def all_have_versions(students: Listing) -> bool:
    """Return whether each student's works have versions."""
    return bool(students.folders) and all(map(has_versions, students.inner()))


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
    students = listing.at(inside)
    for draft in works(students):
        versions = filter(VERSION.fullmatch, students.at(draft.path).folders)
        latest = max(versions, key=lambda name: int(VERSION.sub(r"\1", name)), default="")
        path = os.path.join(draft.path, latest).rstrip("/")
        yield replace(draft, path=path).under(inside)


def nbgraders(listing: Listing) -> list[str]:
    """Return nbgrader's folder ``submitted``, or the students in it: their work has a time."""
    inside = listing.at(SUBMITTED) if SUBMITTED in listing.folders else listing
    students = [
        held.root.name
        for held in inside.inner()
        if any(held.has(folder, TIMESTAMP) for folder in held.folders)
    ]
    return [SUBMITTED] if students and inside is not listing else students


def nbgrader(listing: Listing) -> Iterator[Draft]:
    """Yield what students have handed in through nbgrader, but for its time."""
    inside = SUBMITTED if SUBMITTED in listing.folders else ""
    for draft in works(listing.at(inside)):
        yield replace(draft, id=draft.student, kind="hand").under(inside)


def works(students: Listing) -> Iterator[Draft]:
    """Yield each student's work on each assignment: it lies in ``STUDENT/ASSIGNMENT``."""
    for student in students.inner():
        name = student.root.name
        for work in student.folders:
            yield Draft(composed(name), f"{name}/{work}", assignment=composed(work))


def plain(listing: Listing) -> Iterator[Draft]:
    """Yield each folder, zip and notebook: it is called as its student.  A clone is called as
    its owner has called it.
    """
    for name in listing.submissions:
        is_clone = listing.has(name, ".git")
        student = stem(name, name in listing.folders)
        yield Draft(student, name, kind="login" if is_clone else "hand")
