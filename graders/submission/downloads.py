"""Tell a download of a whole class, which is many submissions, from one submission."""

import re
from collections.abc import Collection

from graders.errors import GradmarkError
from graders.words import _

STUDENTS = {
    "Moodle": (re.compile(r"(?P<who>.+)_assignsubmission_[a-z]+"), 0.5),
    "Blackboard": (re.compile(r"(?P<who>.+)_attempt_\d{4}(?:-\d\d){5}"), 0.5),
    "Brightspace": (re.compile(r"\d{4,}-\d{4,} - (?P<who>.+)"), 0.5),
    "Canvas": (
        re.compile(
            r"(?:(?!LATE_|anon_)\w+?_)?(?:LATE_)?(?P<who>\d{3,}|anon_[0-9A-Za-z]+)"
            r"_(?:(?:text|link)\.html|\d{4,}_.+)"
        ),
        0.8,
    ),
}
"""How a system names what a student handed in, and what share of all has to be so named."""
GRADESCOPE, TEAMS = "submission_metadata.yml", "Submitted files"
FEWEST = 2
"""How many students there have to be."""


def refuse_class(top: Collection[str]) -> None:
    """Raise GradmarkError where what lies in a folder, or zip, is a whole class's."""
    if system := system_of(top):
        text = _(
            "this is {system}'s download of a whole class: name the folder, or unpack the "
            "files, of one student"
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
    for system, (pattern, share) in STUDENTS.items():
        alike = [match["who"] for name in top if (match := pattern.match(name))]
        if len(set(alike)) >= FEWEST and len(alike) >= share * len(top):
            return system
    return ""
