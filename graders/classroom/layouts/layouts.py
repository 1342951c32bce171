"""Whose submission everything in a class's folder is: by the layout of the download."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from graders.classroom.layouts.draft import Draft, iso, newest
from graders.classroom.layouts.listing import Listing, looked_into
from graders.classroom.layouts.named import (
    EARLIER,
    blackboard,
    brightspace,
    canvas,
    gathered,
    moodle,
)
from graders.classroom.layouts.nested import (
    github,
    is_github,
    is_nbgrader,
    is_teams,
    plain,
    teams,
)
from graders.classroom.layouts.tables import (
    SCORES,
    classroom50,
    gradescope,
    is_classroom50,
    is_gradescope,
    stamped,
)
from graders.errors import GradmarkError
from graders.submission.downloads import GRADESCOPE, PATTERNS, system_of
from graders.submission.naming import ending_of
from graders.submission.notebook import few
from graders.submission.text import composed
from graders.words import _

COMPANIONS = {
    *(GRADESCOPE, SCORES, "index.html", "Working files"),
    *("source", "release", "autograded", "feedback", "gradebook.db", "nbgrader_config.py"),
}
"""What systems put beside what was handed in."""
DEEPEST = 3
"""How many folders around a class's there may be that hold nothing else."""


@dataclass(frozen=True)
class Layout:
    """How a download is arranged."""

    name: str
    """What it is called on the command line."""
    title: str
    """What people call it."""
    is_told: Callable[[Listing], bool]
    """Returns whether a folder is so arranged."""
    drafts: Callable[[Listing], Iterable[Draft]]
    """Returns what was handed in."""
    names: Callable[[str], object] = lambda name: None
    """Returns whether a name is the layout's, where names tell all."""


def by_names(system: str, drafts: Callable[[Listing], Iterable[Draft]]) -> Layout:
    """Return the layout of a system that tells all in names."""

    def is_told(listing: Listing) -> bool:
        return system_of(listing.names, fewest=1) == system

    return Layout(system.lower(), system, is_told, drafts, PATTERNS[system][0].fullmatch)


LAYOUTS = (
    Layout("gradescope", "Gradescope", is_gradescope, gradescope),
    Layout("teams", "Teams", is_teams, teams),
    by_names("Moodle", moodle),
    by_names("Blackboard", blackboard),
    by_names("Brightspace", brightspace),
    by_names("Canvas", canvas),
    Layout("classroom50", "Classroom 50", is_classroom50, classroom50),
    Layout("github", "GitHub Classroom", is_github, github),
    Layout("nbgrader", "nbgrader", is_nbgrader, stamped),
)
"""The first that is told counts."""
PLAIN = Layout("folders", _("a submission an entry"), lambda _held: True, plain)
NAMED = {layout.name: layout for layout in (*LAYOUTS, PLAIN)}


@dataclass(frozen=True)
class Arranged:
    """What lies in a class's folder."""

    layout: Layout
    drafts: list[Draft]
    others: list[str]
    """The names of what is nobody's submission."""


def arranged(
    root: Path,
    layout: Layout | None = None,
    assignment: str | None = None,
    wrapped: bool = False,
) -> Arranged:
    """Return whose everything in a class's folder is, by the layout that is asked for, or told.

    A folder around all else is looked through; for submissions in no known layout only if they
    come out of a zip, which ``wrapped`` says.  Raise GradmarkError where there is none.
    """
    plainly = looked_into(root), ""
    for listing, above in levels(plainly[0]):
        found = layout or next((one for one in LAYOUTS if one.is_told(listing)), None)
        if found not in (None, PLAIN) and (drafts := list(found.drafts(listing))):
            return laid_out(found, listing, above, of_one(drafts, assignment))
        if wrapped:
            plainly = listing, above
    listing, above = plainly
    if layout in (None, PLAIN) and (drafts := list(plain(listing))):
        return laid_out(PLAIN, listing, above, of_one(drafts, assignment))
    text = _("there is no submission in {path}: no folder, no zip and no notebook")
    if layout:
        text = _("there is no submission in {path} that is called as by --layout or --names")
    raise GradmarkError(text.format(path=root))


def of_one(drafts: Sequence[Draft], assignment: str | None) -> list[Draft]:
    """Return what was handed in for one assignment.

    Raise GradmarkError where there are several and none is named, or none of that name.
    """
    every = sorted({draft.assignment for draft in drafts})
    if assignment is None and len(every) > 1:
        text = _("there are several assignments: name one by --assignment: {names}")
        raise GradmarkError(text.format(names=few(every)))
    if assignment is not None and assignment not in every:
        text = _("--assignment {name}: there is none of this name, only {names}")
        if every == [""]:
            text = _("--assignment {name}: there is no assignment's name in what was handed in")
        raise GradmarkError(text.format(name=assignment, names=few(every)))
    return [draft for draft in drafts if assignment in (None, draft.assignment)]


def levels(listing: Listing, above: str = "") -> Iterator[tuple[Listing, str]]:
    """Yield a folder, and those in it as long as one is all that there is; with their paths.

    One that holds Python files is a student's own.
    """
    for _depth in range(DEEPEST):
        yield listing, above
        if listing.files or len(listing.folders) != 1:
            return
        (folder,) = listing.folders
        listing, above = listing.at(folder), f"{above}/{folder}".lstrip("/")
        if not listing.submissions or any(ending_of(file) == "py" for file in listing.files):
            return


def laid_out(layout: Layout, listing: Listing, above: str, drafts: list[Draft]) -> Arranged:
    """Return what lies in a folder, relative to the class's."""
    used = {
        path.partition("/")[0] for each in drafts for path in (each.path, *dict(each.files))
    }
    others = [
        name
        for name in listing.names
        if name not in used | COMPANIONS and not layout.names(name)
    ]
    listed = sorted(map(composed, (*others, *listing.others)))
    return Arranged(layout, [draft.under(above) for draft in drafts], listed)


def by_regex(names: re.Pattern[str]) -> Layout:
    """Return the layout in which a regular expression, matched at the beginning of each name,
    tells whose it is: by the group ``student`` and, where it has them, ``id``, ``time`` (ISO
    8601) and ``file``.
    """
    drafts = partial(matched, names=names)
    return Layout("names", _("by --names"), lambda _held: True, drafts, names.match)


def matched(listing: Listing, names: re.Pattern[str]) -> list[Draft]:
    """Return what a regular expression finds; of several by a student the newest counts."""
    drafts = []
    for (student, number, said), mine in gathered(
        listing, names.match, "student", "id", "time"
    ):
        time = iso(said)
        if said and not time:
            text = _("--names: the time of {student} is not in ISO 8601: {time}")
            raise GradmarkError(text.format(student=student, time=said))
        drafts.append(mine.draft(student, id=number, time=time, attempt=time))
    return newest(filter(lambda draft: draft.student, drafts), EARLIER)
