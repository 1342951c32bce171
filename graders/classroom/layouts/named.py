"""Downloads in which the name of each file, or folder, says whose it is: Moodle's, Canvas's,
Blackboard's and Brightspace's.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graders.classroom.layouts.draft import Draft, newest
from graders.classroom.layouts.listing import Listing, common_start, is_whole
from graders.submission.downloads import BLACKBOARD, BRIGHTSPACE, CANVAS, MOODLE
from graders.submission.text import composed
from graders.words import _

AGAIN = re.compile(r"-\d{1,3}(?=(?:\.[^.]+)?$)")
"""What Canvas adds to the name of a file that is handed in again."""
DAY = re.compile(r"(?P<month>[A-Za-z]{3})[a-z]* (?P<day>\d{1,2}), (?P<year>\d{4})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3})[a-z]*,? (?P<year>\d{4})")
CLOCK = re.compile(r" (?P<hour>\d{1,2})(?P<minute>\d\d)(?: ?(?P<half>[AaPp])[Mm])?")
EARLIER = _("an earlier attempt is passed over")
FOLDER = ("name", "number", "time")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass
class Gathered:
    """What is found of one student, or one attempt, among the names."""

    folder: str = ""
    files: list[tuple[str, str]] = field(default_factory=list)
    typed: bool = False
    """Whether text was typed into the system."""
    late: bool = False

    def draft(self, student: str, **more: Any) -> Draft:
        """Return it as a draft."""
        text = _("text that was typed into the system is not read")
        notes = (text,) if self.typed and not (self.folder or self.files) else ()
        path, files = self.folder, tuple(self.files)
        if not path and len(files) == 1 and is_whole(files[0][0]):
            path = files[0][0]
        return Draft(student, path, () if path else files, notes=notes, **more)


def gathered(
    listing: Listing, match: Callable[[str], re.Match[str] | None], *whose: str
) -> Iterator[tuple[tuple[str, ...], Gathered]]:
    """Yield what there is of each, in order: whose it is the groups of these names tell.

    What the student called a file the group ``file`` says; where there is no such group, what
    follows the match, or the whole.
    """
    found: dict[tuple[str, ...], Gathered] = {}
    for name in listing.names:
        if not (told := match(name)):
            continue
        groups = told.groupdict()
        rest = name[told.end() :].lstrip(" _-") or name
        key = tuple(composed(groups.get(group) or "") for group in whose)
        mine = found.setdefault(key, Gathered())
        mine.late |= bool(groups.get("late"))
        if groups.get("kind") in ("onlinetext", "text", "link"):
            mine.typed = True
        elif name in listing.folders:
            mine.folder = mine.folder or name
        elif own := groups.get("file", rest):
            mine.files.append((name, composed(own)))
    yield from found.items()


def moodle(listing: Listing) -> Iterator[Draft]:
    """Yield what was downloaded from Moodle, in folders or not.

    Its number is the worksheet's Identifier; a team without members has none.
    """
    for (name, number), mine in gathered(listing, MOODLE.fullmatch, "name", "id"):
        yield mine.draft(name, id=number)


def canvas(listing: Listing) -> Iterator[Draft]:
    """Yield what was downloaded from Canvas, an entry a file."""
    for (name, user, anonymous), mine in gathered(
        listing, CANVAS.fullmatch, "name", "user", "anon"
    ):
        own = once([own for _name, own in mine.files])
        mine.files = [(name, own) for (name, _own), own in zip(mine.files, own, strict=True)]
        who = name or (f"anon_{anonymous}" if anonymous else user)
        yield mine.draft(who, id=user, late=mine.late)


def once(names: list[str]) -> list[str]:
    """Return the names of files without the number of a file that was handed in again, as far
    as they stay different.
    """
    bare = [AGAIN.sub("", name) for name in names]
    return [
        short if bare.count(short) == 1 else name
        for name, short in zip(names, bare, strict=True)
    ]


def blackboard(listing: Listing) -> list[Draft]:
    """Return the newest attempt of each in a download from Blackboard.

    Each name begins with the assignment's, which may be any text: it is what all have in
    common.
    """
    attempts = list(gathered(listing, BLACKBOARD.fullmatch, "name", "time"))
    names = {name for (name, _time), _mine in attempts}
    start = len(common_start(names, "_"))
    drafts = []
    for (name, time), mine in attempts:
        day, clock = time[:10], time[11:].replace("-", ":")
        who = name[start:]
        drafts.append(mine.draft(who, id=who, time=f"{day}T{clock}", attempt=time))
    return newest(drafts, EARLIER)


def brightspace(listing: Listing) -> Iterator[Draft]:
    """Yield the newest folder of each in a download from Brightspace.

    The numbers at the beginning are none of the student's.  The date is written as the
    instructor's language has it: where it is not in English, all folders of a student stay.
    """
    drafts = defaultdict(list)
    for (name, _number, said), mine in gathered(listing, BRIGHTSPACE.fullmatch, *FOLDER):
        drafts[name].append(mine.draft(name, time=when(said), attempt=when(said)))
    for listed in drafts.values():
        dated = all(draft.time for draft in listed)
        yield from newest(listed, EARLIER) if dated else listed


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
