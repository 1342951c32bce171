"""The course as it stands: tests count its checks and points instead of knowing the numbers."""

from graders.commands.course.declared import checks_of
from graders.syllabus import SYLLABUS

CHECKS = tuple(check for unit in SYLLABUS for check in checks_of(unit))
SHIPPED = (
    "step01",
    "step02",
    "step03",
    "step04",
    "step06",
    "step07",
    "step08",
    "step09",
    "step10",
)
"""The steps that the project keeps finished; an author's own are ``selftest``'s matter."""


def points(*steps: str) -> int:
    """Return what some steps are worth together."""
    return sum(check.declared.points for check in CHECKS if check.unit.step in steps)


def count(step: str) -> int:
    """Return how many checks a step has."""
    return sum(check.unit.step == step for check in CHECKS)
