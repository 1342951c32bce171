"""What came of a class: a row for each student, as ``results.json`` has it."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

import msgspec

from graders.classroom.handed import Handed, number_of
from graders.report import Isolation, Points, Report, Status, Tool

CENT = Decimal("0.01")
Standing = Literal["graded", "nothing", "ambiguous", "unreadable", "error"]


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of one check."""

    status: Status
    points: Points
    misconception: str | None = None
    """The id of the wrong idea that a failure likely comes from."""


class Earned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of one step."""

    points: Points
    max_points: Points


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the instructor says of one student, which no grading changes."""

    points: Annotated[float, msgspec.Meta(ge=0, le=10_000)] | None = None
    """What counts instead of the score."""
    reason: str | None = None
    folder: str | None = None
    """Which folder of the submission is graded, where several hold steps."""
    id: str | None = None
    """The student's number or name in the download, to be sure that it is still the same."""
    deadline: datetime | None = None
    """The student's own, instead of the course's."""


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of one student's submission."""

    student: str
    id: str = ""
    """The number or name that the download gives the student; so the email, time and late."""
    email: str = ""
    submission: str
    """Where it lies, relative to the class's folder."""
    download_time: str = ""
    download_late: bool | None = None
    """What the download says of time and lateness; null where it says nothing."""
    time: str = ""
    """When it was handed in, ISO 8601, as the instructor or else the download says; empty where
    nobody does.
    """
    due: str = ""
    """The deadline that holds for the student, ISO 8601; empty where there is none."""
    late: bool | None = None
    """Whether it was late: by the deadline, else as the download says; null if nobody knows."""
    days_late: int | None = None
    """How many days had begun after deadline and grace; null where that isn't known."""
    status: Standing
    """``nothing``: no step was found.  ``error``: by the grader's fault, or the machine's."""
    why: str | None = None
    """Why it isn't graded."""
    folders: tuple[str, ...] = ()
    """Those to choose from, where it is ambiguous."""
    content: str
    """The digest of what was handed in."""
    course: str
    """The digest of all that gives verdicts."""
    seed: Annotated[int, msgspec.Meta(ge=0)]
    setting: str = ""
    """The digest of how it was graded: steps, limits, hints, versions."""
    isolation: Isolation
    key: str
    """What the result is kept under."""
    report: str | None = None
    """The file that the student may be given, relative to the results."""
    notes: tuple[str, ...] = ()
    """What else the grader says of it: files passed over, steps that did not load whole."""
    score: Points = 0.0
    """As it was graded, in gradmark's own points, and whenever it was handed in."""
    max_score: Points = 0.0
    points: Points | None = None
    """What counts: by the course's weights, less what lateness costs, or as the instructor
    says; null where nothing was graded.
    """
    max_points: Points = 0.0
    penalty: Points = 0.0
    """How many points lateness has cost."""
    rules: str = ""
    """The digest of what the course says of points."""
    override: Override | None = None
    steps: dict[str, Earned] = {}
    checks: dict[str, Mark] = {}

    def is_of(self, handed: Handed) -> bool:
        """Return whether it is of who has handed in this: names may have changed hands.  Where
        there is no number and no email, the name is all that tells.
        """
        return number_of(self) == number_of(handed.draft)

    def has_id_of(self, handed: Handed) -> bool:
        """Return whether it has a number, or an email, and is of who has handed in this."""
        return bool(number_of(self)) and self.is_of(handed)

    @property
    def given(self) -> float | None:
        """Return the points that the instructor has given by hand, if any."""
        points = self.override.points if self.override else None
        return None if points is None else points + 0.0  # there is no -0


class Results(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of a class."""

    schema_version: Literal[1] = 1
    tool: Tool
    students: tuple[Row, ...]
    """Sorted by their names."""


def written(points: float) -> str:
    """Return points as they are written: with two decimals at most, halves up."""
    return f"{Decimal(repr(points)).quantize(CENT, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")


def marks(report: Report) -> dict[str, Mark]:
    """Return what became of each check of a report."""
    checks = (check for step in report.steps for check in step.checks)
    return {check.id: Mark(check.status, check.points, check.misconception) for check in checks}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a class's results."""
    described = msgspec.json.schema(Results)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | described
