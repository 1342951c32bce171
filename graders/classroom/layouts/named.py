"""Downloads in which the name of each file, or folder, says whose it is: Moodle's, Canvas's,
Blackboard's and Brightspace's, and what an instructor's regular expression tells.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graders.classroom.layouts.draft import Draft, iso, newest
from graders.classroom.layouts.listing import Listing, common_start, is_whole
from graders.errors import GradmarkError
from graders.submission.downloads import BLACKBOARD, BRIGHTSPACE, CANVAS, MOODLE, Names
from graders.submission.naming import called_after
from graders.submission.text import composed
from graders.words import _

AGAIN = re.compile(r"-[1-9]\d{0,2}(?=(?:\.[^.]+)?$)")
"""What Canvas adds to the name of a file that is handed in again."""
DAY = re.compile(r"(?P<month>[A-Za-z]{3})[a-z]* (?P<day>\d{1,2}), (?P<year>\d{4})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3})[a-z]*,? (?P<year>\d{4})")
CLOCK = re.compile(r" (?P<hour>\d{1,2})(?P<minute>\d\d)(?: ?(?P<half>[AaPp])[Mm])?")
EARLIER = _("an earlier attempt is passed over")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Read = Callable[[str], re.Match[str] | None]
Own = Callable[[re.Match[str]], str]


@dataclass
class Gathered:
    """What is found of one student, or one attempt, among the names."""

    folders: list[str] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    typed: bool = False
    """Whether text was typed into the system."""
    late: bool = False

    def drafts(self, student: str, **more: Any) -> Iterator[Draft]:
        """Yield it as a draft: as several, each by itself, where there are folders for it."""
        for folder in self.folders:
            yield Draft(student, folder, **more)
        if self.files:
            files = tuple(self.files)
            lone = len(files) == 1 and is_whole(files[0][0])
            yield Draft(student, files[0][0] if lone else "", () if lone else files, **more)
        if self.typed and not (self.folders or self.files):
            text = _("text, or a link, that was typed into the system is not read")
            yield Draft(student, notes=(text,), **more)


def gathered(
    listing: Listing, read: Read, *whose: str, own: Own = lambda told: told["file"]
) -> Iterator[tuple[tuple[str, ...], Gathered]]:
    """Yield what there is of each, in order: whose it is the groups of these names tell, and
    what the student called a file ``own`` does.
    """
    found: dict[tuple[str, ...], Gathered] = {}
    folders = set(listing.folders)
    for name in listing.names:
        if not (told := read(name)):
            continue
        groups = told.groupdict()
        key = tuple(composed(groups.get(group) or "") for group in whose)
        mine = found.setdefault(key, Gathered())
        mine.late |= bool(groups.get("late"))
        if groups.get("kind") in ("onlinetext", "text", "link"):
            mine.typed = True
        elif name in folders:
            mine.folders.append(name)
        elif called := own(told):
            mine.files.append((name, composed(called)))
        else:
            mine.typed = True  # a receipt alone
    yield from found.items()


def unclear(listing: Listing, names: Names) -> Iterator[Draft]:
    """Yield what has a name that can be read in two ways: it is graded for nobody."""
    text = _("its name can be read in two ways: say whose it is by --names")
    for name in listing.names:
        if names.read(name) and not names.is_clear(name):
            yield Draft(composed(name), name, unclear=text)


def moodle(listing: Listing) -> Iterator[Draft]:
    """Yield what was downloaded from Moodle, in folders or not.

    Its number is the worksheet's Identifier; a team without members has none.
    """
    for (name, number), mine in gathered(listing, MOODLE.clearly, "name", "id"):
        yield from mine.drafts(name, id=number)


def canvas(listing: Listing) -> Iterator[Draft]:
    """Yield what was downloaded from Canvas, an entry a file."""
    for (name, user, anonymous), mine in gathered(listing, CANVAS.clearly, *CANVAS.whose):
        called = once([own for _file, own in mine.files])
        mine.files = [(file, own) for (file, _), own in zip(mine.files, called, strict=True)]
        who = name or (f"anon_{anonymous}" if anonymous else user)
        yield from mine.drafts(who, id=user or anonymous, late=mine.late)


def once(names: list[str]) -> list[str]:
    """Return the names of files without the number of a file that was handed in again, as far
    as they stay different.

    A number may be the student's own: it stays where no step is told without it, and where a
    file that is alone may hold all the steps from one to another.
    """

    def own(name: str) -> str:
        short = AGAIN.sub("", name)
        before, after = called_after(name), called_after(short)
        keeps = (before and not after) or (before != after and len(names) == 1)
        return name if keeps or bare.count(short) > 1 else short

    bare = [AGAIN.sub("", name) for name in names]
    return list(map(own, names))


def blackboard(listing: Listing) -> list[Draft]:
    """Return the newest attempt of each in a download from Blackboard.

    Each name begins with the assignment's, which may be any text: it is what all have in
    common.  So may a part of the login be: the whole tells students apart.
    """
    attempts = list(gathered(listing, BLACKBOARD.clearly, *BLACKBOARD.whose, "time"))
    start = len(common_start({name for (name, _time), _mine in attempts}, "_"))
    drafts: list[Draft] = []
    for (name, said), mine in attempts:
        time = iso(said[said.index("_", 1) + 1 :])
        who = name[start:]
        drafts += mine.drafts(who, id=name, kind="login", time=time, attempt=time)
    return newest(drafts, EARLIER)


def brightspace(listing: Listing) -> Iterator[Draft]:
    """Yield the newest folder of each in a download from Brightspace.

    Two of a name are one student's if the first number is the same, too.  The date is written
    as the instructor's language has it: where that isn't English, all folders stay.
    """
    found = defaultdict[tuple[str, str], list[Draft]](list)
    for (name, number, said), mine in gathered(
        listing, BRIGHTSPACE.clearly, *BRIGHTSPACE.whose, "time"
    ):
        time = when(said)
        found[name, number] += mine.drafts(name, id=number, time=time, attempt=time)
    for drafts in found.values():
        dated = all(draft.time for draft in drafts)
        yield from newest(drafts, EARLIER) if dated else drafts


def when(text: str) -> str:
    """Return a date of Brightspace's in ISO 8601; nothing where it can't be told."""
    day = DAY.search(text) or DAY_FIRST.search(text)
    clock = CLOCK.fullmatch(text, day.end()) if day else None
    if not (day and clock and day["month"].lower() in MONTHS):
        return ""
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + 12 * (clock["half"].lower() == "p")
    month = MONTHS.index(day["month"].lower()) + 1
    try:
        made = datetime(int(day["year"]), month, int(day["day"]), hour, int(clock["minute"]))
    except ValueError:
        return ""
    return made.isoformat()


def found_by(listing: Listing, names: re.Pattern[str]) -> list[Draft]:
    """Return what a regular expression finds, matched at the beginning of each name.

    Its groups are ``student`` and, where it has them, ``id``, ``time`` (ISO 8601) and ``file``:
    what the student called a file, or else what follows the match.  Where two would be called
    alike, both keep their whole names.  Of several times the newest counts.
    """

    def read(name: str) -> re.Match[str] | None:
        told = names.match(name)
        return told if told and told["student"] else None

    def own(told: re.Match[str]) -> str:
        rest = told.string[told.end() :].lstrip(" _-")
        return told.groupdict().get("file") or (
            rest if rest[:1] not in ("", ".") else told.string
        )

    drafts: list[Draft] = []
    for (student, number, said), mine in gathered(
        listing, read, "student", "id", "time", own=own
    ):
        time = iso(said)
        if said and not time:
            text = _("--names: the time of {student} is not in ISO 8601: {time}")
            raise GradmarkError(text.format(student=student, time=said))
        if len({own for _name, own in mine.files}) < len(mine.files):
            mine.files = [(name, composed(name)) for name, _own in mine.files]
        drafts += mine.drafts(student, id=number, kind="hand", time=time, attempt=time)
    return newest(drafts, EARLIER)
