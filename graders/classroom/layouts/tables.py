"""Downloads with a table beside them, which says whose each folder is and when it came.

A table is written by another program from what students have said: it is read apart, in a
process with limits, and only strings come back.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath
from zoneinfo import ZoneInfo

import msgspec

from graders.classroom.engine import apart
from graders.classroom.layouts.draft import Draft, iso
from graders.classroom.layouts.listing import Listing, common_start
from graders.classroom.layouts.nested import CLASSROOM50, TIMESTAMP, in_half, nbgrader
from graders.errors import GradmarkError
from graders.submission.downloads import GRADESCOPE
from graders.submission.opening import Place
from graders.submission.text import composed
from graders.words import _

SECONDS = 60.0
"""How long reading one may take."""
MOST_BYTES = 64 << 20
MOST_STAMP = 200
SCORES = "scores.csv"


class Said(msgspec.Struct, frozen=True):
    """What a table says of one student."""

    folder: str
    student: str
    id: str = ""
    email: str = ""
    time: str = ""
    late: bool | None = None


def said(read: Callable[[], list[Said]]) -> list[Said]:
    """Return what a table says, read in a process with limits.  Raise GradmarkError."""
    return msgspec.msgpack.decode(
        apart(lambda: msgspec.msgpack.encode(read()), SECONDS), type=list[Said]
    )


def text_of(root: Path, *names: str, most: int = MOST_BYTES) -> str:
    """Return what a table holds.  Raise GradmarkError for what is none."""
    path = root.joinpath(*names)
    try:
        with Place(root, names).opened() as file:
            content = file.read(most + 1)
    except OSError as error:
        text = _("{path} can't be read: {why}")
        raise GradmarkError(text.format(path=path, why=error.strerror or error)) from error
    if len(content) > most:
        raise GradmarkError(_("{path} is longer than such tables are").format(path=path))
    return content.decode("utf-8-sig", "replace")


def is_gradescope(listing: Listing) -> bool:
    """Return whether it is an export of Gradescope's."""
    return GRADESCOPE in listing.files


def gradescope(listing: Listing) -> Iterator[Draft]:
    """Yield what was exported from Gradescope: a submission of a group once for each of it.

    Raise GradmarkError where the table can't be read.
    """
    for each in said(lambda: gradescopes(listing.root)):
        if each.folder in listing.folders:
            yield Draft(
                each.student or each.folder,
                each.folder,
                id=each.id,
                email=each.email,
                time=each.time,
            )


def gradescopes(root: Path) -> list[Said]:
    """Return what Gradescope's table says.  Raise GradmarkError for what is none of its."""
    try:
        import yaml
    except ImportError as error:
        text = _("{name} needs the extra “class”: pip install 'gradmark[class]'")
        raise GradmarkError(text.format(name=GRADESCOPE)) from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        table = yaml.load(text_of(root, GRADESCOPE), loader)
        return [
            Said(
                folder,
                plain(who.get(":name")),
                plain(who.get(":sid")),
                plain(who.get(":email")),
                iso(plain(about.get(":created_at"))),
            )
            for folder, about in table.items()
            for who in about.get(":submitters") or [{}]
        ]
    except (yaml.YAMLError, AttributeError, TypeError, ValueError, RecursionError) as error:
        text = _("{path} is none of Gradescope's ({why})")
        why = str(error).partition("\n")[0]
        raise GradmarkError(text.format(path=root / GRADESCOPE, why=why)) from error


def plain(value: object) -> str:
    """Return a text, a number or a time (ISO 8601) as text; nothing for what is none."""
    if isinstance(value, datetime):
        return value.isoformat()
    return composed(str(value)) if isinstance(value, str | int) else ""


def is_classroom50(listing: Listing) -> bool:
    """Return whether it holds clones of Classroom 50's."""
    return listing.has(CLASSROOM50) or in_half(listing, CLASSROOM50)


def classroom50(listing: Listing) -> Iterator[Draft]:
    """Yield the clones that Classroom 50 has downloaded; a group's once for each of it that
    has a folder.  Raise GradmarkError where its table can't be read.
    """
    table = said(lambda: scores(listing.root)) if SCORES in listing.files else []
    start = len(common_start(listing.folders, "-"))
    for folder in listing.folders:
        fitting = [
            each for each in table if f"-{folder.lower()}".endswith(f"-{each.id.lower()}")
        ]
        about = max(fitting, key=lambda each: len(each.id), default=None)
        who = about.id if about else composed(folder[start:])
        email, time, late = (about.email, about.time, about.late) if about else ("", "", None)
        yield Draft(who, folder, id=who, email=email, time=time, late=late)


def scores(root: Path) -> list[Said]:
    """Return what Classroom 50's table says of each: the first row on somebody counts, since it
    is of the newest.
    """
    found: dict[str, Said] = {}
    for row in csv.DictReader(io.StringIO(text_of(root, SCORES))):
        cells = {
            name: composed(row.get(name) or "")
            for name in ("username", "email", "datetime", "late")
        }
        if who := cells["username"]:
            late = {"true": True, "false": False}.get(cells["late"].lower())
            new = Said("", who, who, cells["email"], iso(cells["datetime"]), late)
            found.setdefault(who, new)
    return list(found.values())


def stamps(root: Path, drafts: Sequence[Draft]) -> list[Said]:
    """Return when nbgrader says that each was handed in."""
    return [Said(composed(each.path), "", time=stamp(root, each.path)) for each in drafts]


def stamp(root: Path, path: str) -> str:
    """Return the time that a file of nbgrader's holds, in ISO 8601; nothing for none."""
    try:
        text = text_of(root, *PurePath(path).parts, TIMESTAMP, most=MOST_STAMP)
        moment, _blank, zone = text.strip().rpartition(" ")
        return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).isoformat()
    except (GradmarkError, KeyError, OSError, ValueError):  # missing, or the student's own
        return ""


def stamped(listing: Listing) -> Iterator[Draft]:
    """Yield what students have handed in through nbgrader, with its time."""
    drafts = list(nbgrader(listing))
    times = {each.folder: each.time for each in said(lambda: stamps(listing.root, drafts))}
    for draft in drafts:
        yield replace(draft, time=times.get(composed(draft.path), ""))
