"""Tell a download of a whole class, which is many submissions, from one submission."""

import re
from collections.abc import Collection

from graders.errors import GradmarkError
from graders.words import _

MOODLE = re.compile(
    r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?"
)
CANVAS = re.compile(
    r"(?:(?P<name>(?!LATE_|anon_)\w+?)_)?(?P<late>LATE_)?"
    r"(?:(?P<user>\d{3,})|anon_(?P<anon>[0-9A-Za-z]+))"
    r"_(?:(?P<kind>text|link)\.html|(?P<number>\d{4,})_(?P<file>.+))"
)
BLACKBOARD = re.compile(
    r"(?P<name>.+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:\.txt|_(?P<file>.+))"
)
BRIGHTSPACE = re.compile(
    r"(?P<number>\d{4,}-\d{4,}) - (?P<name>.+?) - (?P<time>.+?)(?: - (?P<file>.+))?"
)
PATTERNS = {
    "Moodle": (MOODLE, 0.5),
    "Blackboard": (BLACKBOARD, 0.5),
    "Brightspace": (BRIGHTSPACE, 0.5),
    "Canvas": (CANVAS, 0.8),
}
"""How a system names what a student handed in, and what share of all has to be so named."""
WHOSE = ("name", "user", "anon")
"""The groups that tell whose something is."""
GRADESCOPE, TEAMS = "submission_metadata.yml", "Submitted files"
FEWEST = 2
"""How many students there have to be, so that one's own files are not taken for a class."""


def refuse_class(top: Collection[str]) -> None:
    """Raise GradmarkError where what lies in a folder, or zip, is a whole class's."""
    if system := system_of(top):
        text = _(
            "this is {system}'s download of a whole class: grade it by `grade.py class`, or "
            "name the folder, or unpack the files, of one student"
        )
        raise GradmarkError(text.format(system=system))


def system_of(top: Collection[str], fewest: int = FEWEST) -> str:
    """Return which system a class was downloaded from, by the names in the folder; nothing
    where it was from none.
    """
    if GRADESCOPE in top:
        return "Gradescope"
    if TEAMS in top:
        return "Teams"
    for system, (pattern, share) in PATTERNS.items():
        alike = [match for name in top if (match := pattern.fullmatch(name))]
        who = {tuple(match.groupdict().get(key) for key in WHOSE) for match in alike}
        if len(who) >= fewest and len(alike) >= share * len(top):
            return system
    return ""
