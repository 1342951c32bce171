"""Tell a download of a whole class, which is many submissions, from one submission."""

import re
from collections.abc import Collection

from graders.errors import GradmarkError
from graders.words import _


class Names:
    """How a system names what was handed in: what it writes, around what people choose."""

    def __init__(self, mark: str, pattern: str, *whose: str) -> None:
        """``mark`` is what only the system should write, with a group if it says whose it is;
        ``pattern`` may have it as ``MARK``; its groups ``whose`` tell one student from another.
        """
        self.mark = re.compile(mark, re.DOTALL)
        self.pattern = re.compile(pattern.replace("MARK", mark), re.DOTALL)
        self.whose = whose

    def read(self, name: str) -> re.Match[str] | None:
        """Return what a name says, by the first mark in it; None where it has none."""
        return self.pattern.fullmatch(name)

    def clearly(self, name: str) -> re.Match[str] | None:
        """Return what a name says, if it can be read in one way."""
        return self.read(name) if self.is_clear(name) else None

    def is_clear(self, name: str) -> bool:
        """Return whether a name has one mark.

        Who is called like the system's own writing, or calls a file so, makes a name that can
        be read in two ways: it is nobody's.
        """
        found = self.mark.findall(name)
        return len(set(found) if self.mark.groups else found) == 1


SEGMENT = r"(?:(?! - ).)*"
MOODLE = Names(
    r"_assignsubmission_",
    r"(?P<name>.+?)(?:_(?P<id>\d+))?MARK(?P<kind>[a-z]+)(?:_(?P<file>.*))?",
    *("name", "id"),
)
CANVAS = Names(
    r"(?:^|_)(\d{3,}|anon_[0-9A-Za-z]+)_(?:(?:text|link)\.html$|\d{4,}_)",
    r"(?:(?P<name>(?!LATE_|anon_).+?)_)?(?P<late>LATE_)?"
    r"(?:(?P<user>\d{3,})|anon_(?P<anon>[0-9A-Za-z]+))"
    r"_(?:(?P<kind>text|link)\.html|(?P<number>\d{4,})_(?P<file>.+))",
    *("name", "user", "anon"),
)
BLACKBOARD = Names(
    r"_[^\W\d_]+_\d{4}(?:-\d\d){5}(?=[._])",  # “attempt”, translated
    r"(?P<name>.+?)(?P<time>MARK)(?:\.txt|_(?P<file>.+))",
    "name",
)
BRIGHTSPACE = Names(
    rf" - {SEGMENT}\b(?:19|20)\d\d\b{SEGMENT}\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?= - |$)",
    r"(?P<number>\d{4,})-\d{4,} - (?P<name>.+?)(?P<time>MARK)(?: - (?P<file>.+))?",
    *("name", "number"),
)
SYSTEMS = {
    "Moodle": (MOODLE, 0.5),
    "Blackboard": (BLACKBOARD, 0.5),
    "Brightspace": (BRIGHTSPACE, 0.5),
    "Canvas": (CANVAS, 0.8),
}
"""How a system names things, and what share of all has to be so named."""
GRADESCOPE, TEAMS = "submission_metadata.yml", "Submitted files"
FEWEST = 2
"""How many students there have to be, so that one's own files are not taken for a class."""


def refuse_class(top: Collection[str]) -> None:
    """Raise GradmarkError where what lies in a folder, or zip, is a whole class's."""
    if system := system_of(top):
        text = _(
            "this is {system}'s download of a whole class: name it by itself after `grade.py "
            "class`, or unpack it and name the files of one student"
        )
        raise GradmarkError(text.format(system=system))


def system_of(top: Collection[str]) -> str:
    """Return which system a class was downloaded from, by the names in the folder; nothing
    where it was from none.
    """
    if GRADESCOPE in top:
        return "Gradescope"
    if TEAMS in top:
        return "Teams"
    for system, (names, share) in SYSTEMS.items():
        alike = [match for name in top if (match := names.read(name))]
        who = {match.group(*names.whose) for match in alike}
        if len(who) >= FEWEST and len(alike) >= share * len(top):
            return system
    return ""
