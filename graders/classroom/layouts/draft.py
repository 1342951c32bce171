"""What one student handed in, as a download has it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

FILED = re.compile(r"(\d{4}-\d\d-\d\d)[-_ T](\d\d)[-_.:](\d\d)(?:[-_.:](\d\d))?")
"""A time in a file's name, which can't have colons on every system."""
ZONE = re.compile(r" (?=[+-]\d\d:\d\d$|Z$)")
"""The blank that some write before a time's zone."""
Kind = Literal["name", "login", "hand"]
"""Whose word a student's name is: the student's, as people are called, or as machines know
them; or by the hand of the instructor or the school, and then it may be a number, too.
"""


@dataclass(frozen=True)
class Draft:
    """Where something that was handed in lies, and what the download says of it."""

    student: str
    """What the download calls the student; the system's own name of a file, if it says more."""
    path: str = ""
    """The folder, zip or notebook, relative to the class's folder and as the system has it."""
    files: tuple[tuple[str, str], ...] = ()
    """Where there is no folder for each student: a file, and what the student called it."""
    id: str = ""
    email: str = ""
    time: str = ""
    """When it was handed in, ISO 8601; empty where the download doesn't say."""
    late: bool | None = None
    """What the download says; None where it says nothing."""
    notes: tuple[str, ...] = ()
    kind: Kind = "name"
    """What kind of name the student's is."""
    unclear: str = ""
    """Why it can't be told whose it is, where that is so."""
    assignment: str = ""
    """What it was handed in for, where a download may hold several."""
    attempt: str = field(default="", compare=False)
    """What is greatest for the one that counts, of several by the same student."""

    def under(self, folder: str) -> "Draft":
        """Return the same, relative to a folder around."""
        if not folder:
            return self
        files = tuple((f"{folder}/{path}", name) for path, name in self.files)
        return replace(self, path=self.path and f"{folder}/{self.path}", files=files)


def iso(text: str) -> str:
    """Return a time in the usual form of ISO 8601, which can be sorted; nothing for none."""
    text = ZONE.sub("", text.strip())
    if named := FILED.fullmatch(text):
        text = f"{named[1]}T{named[2]}:{named[3]}:{named[4] or '00'}"
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def newest(drafts: Iterable[Draft], note: str) -> list[Draft]:
    """Return the newest attempt of each student, with a note where there were others; all that
    are as new as that.
    """
    every: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        every.setdefault((draft.student, draft.id), []).append(draft)
    found = []
    for attempts in every.values():
        last = max(draft.attempt for draft in attempts)
        latest = [draft for draft in attempts if draft.attempt == last]
        notes = (note,) if len(latest) < len(attempts) else ()
        found += [replace(draft, notes=(*draft.notes, *notes)) for draft in latest]
    return found
