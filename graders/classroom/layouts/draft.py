"""What one student handed in, as a download has it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime


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
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def newest(drafts: Iterable[Draft], note: str) -> list[Draft]:
    """Return the newest attempt of each student; a note on it says where there were others."""
    best: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        key = (draft.student, draft.id)
        if (other := best.get(key)) is None:
            best[key] = draft
            continue
        later = max(other, draft, key=lambda each: each.attempt)
        best[key] = replace(later, notes=tuple(dict.fromkeys((*later.notes, note))))
    return list(best.values())
