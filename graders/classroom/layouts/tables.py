"""Downloads with a table beside them, which says whose each folder is and when it came.

A table is written by another program from what students have said: it is read apart, in a
process with limits, and only strings come back.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from graders.classroom.engine import apart
from graders.classroom.layouts.draft import Draft, iso
from graders.classroom.layouts.listing import Listing, common_start
from graders.classroom.layouts.nested import CLASSROOM50, TIMESTAMP, nbgrader
from graders.errors import GradmarkError
from graders.submission.downloads import GRADESCOPE
from graders.submission.opening import Place
from graders.submission.text import composed, cut
from graders.words import _

SECONDS = 60.0
"""How long reading one may take."""
MOST_BYTES = 64 << 20
MOST_STAMP = 200
SCORES = "scores.csv"
LONGEST = 200
"""How much is told of what is wrong with a table."""


class Said(msgspec.Struct, frozen=True):
    """What a table says of one student."""

    folder: str
    student: str
    id: str = ""
    email: str = ""
    time: str = ""
    late: bool | None = None


def said(path: Path, read: Callable[[Path], list[Said]]) -> list[Said]:
    """Return what a table says, read in a process with limits.

    Raise GradmarkError whatever is wrong with it: those whom it is about have a say in it.
    """

    def work() -> bytes:
        try:
            return msgspec.msgpack.encode(read(path))
        except GradmarkError:
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {error}".partition("\n")[0]
            text = _("{path} can't be understood ({why})")
            raise GradmarkError(text.format(path=path, why=cut(why, LONGEST))) from error

    return msgspec.msgpack.decode(apart(work, SECONDS), type=list[Said])


def text_of(path: Path, most: int = MOST_BYTES) -> str:
    """Return what a table holds.  Raise GradmarkError for what is longer than any is, and
    OSError.
    """
    with Place(path.parent, (path.name,)).opened() as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise GradmarkError(_("{path} is longer than such tables are").format(path=path))
    return content.decode("utf-8-sig", "replace")


def of_gradescope(listing: Listing) -> list[str]:
    """Return the folders that Gradescope's table names, if there is one."""
    tabled = gradescope(listing) if GRADESCOPE in listing.files else ()
    return [draft.path for draft in tabled if draft.path]


@lru_cache(maxsize=1)  # the layout is told by the same table
def gradescope(listing: Listing) -> tuple[Draft, ...]:
    """Return what was exported from Gradescope: a submission of a group once for each of it.

    Raise GradmarkError where the table can't be read.
    """
    folders, missing = set(listing.folders), _("its folder is missing in the export")
    return tuple(
        Draft(
            each.student or each.folder,
            each.folder if each.folder in folders else "",
            id=each.id,
            email=each.email,
            time=each.time,
            notes=() if each.folder in folders else (missing,),
        )
        for each in said(listing.root / GRADESCOPE, gradescopes)
    )


def gradescopes(path: Path) -> list[Said]:
    """Return what Gradescope's table says, in which every value is taken for text.

    Raise GradmarkError where there is nothing to read YAML by.
    """
    try:
        import yaml
    except ImportError as error:
        text = _("{name} needs the extra “class”: pip install 'gradmark[class]'")
        raise GradmarkError(text.format(name=GRADESCOPE)) from error
    table = yaml.load(text_of(path), getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return [
        Said(
            text_in(folder),
            text_in(who.get(":name")),
            text_in(who.get(":sid")),
            text_in(who.get(":email")),
            iso(text_in(about.get(":created_at"))),
        )
        for folder, about in table.items()
        for who in about.get(":submitters") or [{}]
    ]


def text_in(value: object) -> str:
    """Return a text; nothing for what is none."""
    return composed(value) if isinstance(value, str) else ""


def of_classroom50(listing: Listing) -> list[str]:
    """Return the clones of Classroom 50's in a folder."""
    marked = listing.has(CLASSROOM50)
    return [name for name in listing.folders if marked or listing.has(name, CLASSROOM50)]


def classroom50(listing: Listing) -> Iterator[Draft]:
    """Yield the clones that Classroom 50 has downloaded; a group's once for each of it that
    has a folder.  Raise GradmarkError where its table can't be read.

    Each folder is called after its login behind what all begin with: as the most of them and
    the table agree.
    """
    rows = said(listing.root / SCORES, scores) if SCORES in listing.files else []
    table = {each.student.casefold(): each for each in rows}
    starts = Counter(
        folder[: -len(login)]
        for folder in listing.folders
        for login in table
        if folder.casefold().endswith(f"-{login}")
    )
    start = common_start(listing.folders, "-")
    if starts:
        start = max(starts, key=lambda each: (starts[each], each == start))
    for folder in listing.folders:
        who = composed(folder.removeprefix(start))
        about = table.get(who.casefold(), Said("", who))
        yield Draft(
            about.student,
            folder,
            id=composed(folder),
            email=about.email,
            time=about.time,
            late=about.late,
            kind="login",
        )


def scores(path: Path) -> list[Said]:
    """Return what Classroom 50's table says of each: the first row on somebody counts, since it
    is of the newest.
    """
    found: dict[str, Said] = {}
    for row in csv.DictReader(io.StringIO(text_of(path), newline="")):
        who, email, time, late = (
            composed(row.get(name) or "") for name in ("username", "email", "datetime", "late")
        )
        was_late = {"true": True, "false": False}.get(late.lower())
        if who:
            found.setdefault(who, Said("", who, email=email, time=iso(time), late=was_late))
    return list(found.values())


def stamped(listing: Listing) -> Iterator[Draft]:
    """Yield what students have handed in through nbgrader, with its time."""
    drafts = list(nbgrader(listing))

    def stamps(root: Path) -> list[Said]:
        return [Said(composed(each.path), "", time=stamp(root / each.path)) for each in drafts]

    times = {each.folder: each.time for each in said(listing.root, stamps)}
    for draft in drafts:
        yield replace(draft, time=times[composed(draft.path)])


def stamp(folder: Path) -> str:
    """Return the time that nbgrader says of a folder, in ISO 8601; nothing for none: it may be
    missing, or the student's own.
    """
    try:
        text = text_of(folder / TIMESTAMP, MOST_STAMP)
        moment, _blank, zone = text.strip().rpartition(" ")
        return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).isoformat()
    except Exception:
        return ""
