"""Whose submission everything in a class's folder is: by the layout of the download."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from graders.classroom.layouts.draft import Draft
from graders.classroom.layouts.listing import COMPANIONS, Listing, looked_into
from graders.classroom.layouts.named import (
    blackboard,
    brightspace,
    canvas,
    found_by,
    moodle,
    unclear,
)
from graders.classroom.layouts.nested import (
    github,
    githubs,
    nbgraders,
    of_teams,
    plain,
    teams,
)
from graders.classroom.layouts.tables import (
    classroom50,
    gradescope,
    of_classroom50,
    of_gradescope,
    stamped,
)
from graders.errors import GradmarkError
from graders.submission.downloads import FEWEST, SYSTEMS
from graders.submission.notebook import few
from graders.submission.text import composed
from graders.words import _

DEEPEST = 4
"""How many folders around a class's there may be that hold nothing else."""
EXPORT = re.compile(r"assignment_\d+_export")
"""How Gradescope calls the folder in its zip."""
AROUND = re.compile(r"(?: ?\(\d+\))+$")
"""What a browser adds to the name of a file that there is already."""


@dataclass(frozen=True)
class Layout:
    """How a download is arranged."""

    name: str
    """What it is called on the command line."""
    title: str
    """What people call it."""
    marked: Callable[[Listing], Sequence[str]]
    """Returns what in a folder bears the layout's mark."""
    drafts: Callable[[Listing], Iterable[Draft]]
    """Returns what was handed in."""

    def strays(self, listing: Listing) -> list[str] | None:
        """Return what in a folder may be a submission and bears no mark of the layout; None
        where that is most.
        """
        marked = set(self.marked(listing))
        others = [name for name in listing.works if name not in marked]
        return others if marked and len(marked) >= len(others) else None


def by_names(system: str, drafts: Callable[[Listing], Iterable[Draft]]) -> Layout:
    """Return the layout of a system that tells all in names."""
    names = SYSTEMS[system][0]

    def marked(listing: Listing) -> list[str]:
        return [name for name in listing.names if names.read(name)]

    def each(listing: Listing) -> list[Draft]:
        return [*drafts(listing), *unclear(listing, names)]

    return Layout(system.lower(), system, marked, each)


LAYOUTS = (
    Layout("gradescope", "Gradescope", of_gradescope, gradescope),
    Layout("teams", "Teams", of_teams, teams),
    by_names("Moodle", moodle),
    by_names("Blackboard", blackboard),
    by_names("Brightspace", brightspace),
    by_names("Canvas", canvas),
    Layout("classroom50", "Classroom 50", of_classroom50, classroom50),
    Layout("github", "GitHub Classroom", githubs, github),
    Layout("nbgrader", "nbgrader", nbgraders, stamped),
)
PLAIN = Layout("folders", _("a submission an entry"), lambda held: held.submissions, plain)
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
    title: str | None = None,
) -> Arranged:
    """Return whose everything in a class's folder is: by the layout asked for, or told.

    ``title`` is what the folder is called, if not by its own name.  Raise GradmarkError where
    there is no submission, and where the layout is unclear.
    """
    for listing, above in levels(looked_into(root, title), layout is not None):
        found = layout or told(listing)
        if found is PLAIN and layout is None:
            refuse_wrapped(listing)
        if drafts := list(found.drafts(listing)):
            return laid_out(found, listing, above, of_one(drafts, assignment))
    text = _("there is no submission in {path}: no folder, no zip and no notebook")
    if layout not in (None, PLAIN):
        text = _("there is no submission in {path} that is called as by --layout or --names")
    raise GradmarkError(text.format(path=root))


def told(listing: Listing) -> Layout:
    """Return the layout that a folder has.  Nobody who hands in may choose it for all: it is
    the one of which all submissions bear the mark.

    Raise GradmarkError where only most do, or there are several such.
    """
    fitting = strays_of(listing)
    whole = [layout for layout, strays in fitting.items() if not strays]
    if len(whole) > 1:
        text = _("it may be a download of {titles}: say which by --layout")
        titles = " or ".join(layout.title for layout in whole)
        raise GradmarkError(text.format(titles=titles))
    if whole:
        return whole[0]
    for layout, strays in fitting.items():
        text = _(
            "it looks like {title}'s download, but for {strays}: take these away, or say "
            "--layout {name} or --layout {plain}"
        )
        names = {"title": layout.title, "name": layout.name, "plain": PLAIN.name}
        raise GradmarkError(text.format(strays=few(list(map(composed, strays))), **names))
    return PLAIN


def strays_of(listing: Listing) -> dict[Layout, list[str]]:
    """Return the layouts of which most that a folder holds bears the mark, and what doesn't."""
    every = {layout: layout.strays(listing) for layout in LAYOUTS}
    return {layout: strays for layout, strays in every.items() if strays is not None}


def levels(listing: Listing, is_asked: bool) -> Iterator[tuple[Listing, str]]:
    """Yield the folder that a class is in, relative to this one.

    A folder that is all there is, and is called like the one around it, is looked through.  So
    is any where a layout ``is_asked`` for, as long as nothing is found.
    """
    above = ""
    for _depth in range(DEEPEST):
        lone = listing.lone
        if not (lone and (is_around(lone, listing.title) or EXPORT.fullmatch(lone))):
            yield listing, above
            if not (lone and is_asked):
                return
        listing, above = listing.at(lone), f"{above}/{lone}".lstrip("/")


def refuse_wrapped(listing: Listing) -> None:
    """Raise GradmarkError where all that there is is a folder that may be a class's: a student
    could have made it, or whoever has packed the class.
    """
    if not listing.lone:
        return
    inner, path = listing, ""
    while lone := inner.lone:
        inner, path = inner.at(lone), f"{path}/{lone}".lstrip("/")
    likely = [layout.name for layout in strays_of(inner)]
    if likely or (len(inner.submissions) >= FEWEST and not inner.scripts):
        text = _(
            "all that there is is {path}/: if that is the class, name it{by}; if it is a "
            "student's, say --layout {plain}"
        )
        by = _(", or say --layout {name}").format(name=likely[0]) if likely else ""
        raise GradmarkError(text.format(path=composed(path), by=by, plain=PLAIN.name))


def is_around(folder: str, title: str) -> bool:
    """Return whether a folder is only around a class: it is called like what it came out of."""
    return folder.casefold() == AROUND.sub("", title).casefold()


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


def laid_out(layout: Layout, listing: Listing, above: str, drafts: list[Draft]) -> Arranged:
    """Return what lies in a folder, relative to the class's."""
    used = {
        path.partition("/")[0] for each in drafts for path in (each.path, *dict(each.files))
    }
    known = used | COMPANIONS | set(layout.marked(listing))
    others = [name for name in listing.names if name not in known]
    listed = sorted(map(composed, (*others, *listing.others)))
    return Arranged(layout, [draft.under(above) for draft in drafts], listed)


def by_regex(names: re.Pattern[str]) -> Layout:
    """Return the layout in which a regular expression, matched at the beginning of each name,
    tells whose it is.
    """

    def marked(listing: Listing) -> list[str]:
        return [name for name in listing.names if names.match(name)]

    return Layout("names", _("by --names"), marked, partial(found_by, names=names))
