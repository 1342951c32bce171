"""The points that count: of what was graded, by the course's weights and deadline, unless the
instructor says otherwise.  The score stays beside them as it was graded.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import msgspec

from graders.classroom.handed import Handed
from graders.classroom.marking.course import Course
from graders.classroom.results import Override, Row
from graders.renderers.plain import one_line
from graders.words import _

DAY = 24 * 60 * 60
DECIMALS = 2
"""Of points, where weights and percents make fractions of them."""


@dataclass(frozen=True)
class Marking:
    """How points are made of what was graded."""

    course: Course
    worth: Mapping[str, float]
    """What gradmark's own points of each step are that is graded."""
    overrides: Mapping[str, Override] = field(default_factory=dict)
    """What the instructor says of students, by their names."""
    times: Mapping[Handed, str] = field(default_factory=dict)
    """When who handed in, where the instructor says so; ISO 8601."""

    @cached_property
    def weights(self) -> dict[str, float]:
        """Return what each step that is graded is worth here."""
        said = self.course.weights or dict.fromkeys(self.worth)
        given = {step: said[step] for step in self.worth if step in said}
        return {step: self.worth[step] if w is None else w for step, w in given.items()}

    @property
    def max_points(self) -> float:
        """Return the most points that there are."""
        return rounded(sum(self.weights.values()))

    def marked(self, row: Row) -> Row:
        """Return a student's row with the points that count."""
        days = self.days_late(row)
        late = row.late if days is None else days > 0
        row = msgspec.structs.replace(
            row,
            rules=self.course.rules,
            max_points=self.max_points,
            days_late=days,
            late=late,
            points=None,
            penalty=0.0,
        )
        if row.given is not None:
            return msgspec.structs.replace(row, points=row.given)
        if row.status != "graded":
            return row
        earned = self.earned(row)
        penalty = min(earned, self.penalty(earned, days or 0))
        return msgspec.structs.replace(row, points=rounded(earned - penalty), penalty=penalty)

    def earned(self, row: Row) -> float:
        """Return the points that a submission has earned, whenever it came."""
        shares = (
            self.weights[step] * got.points / got.max_points
            for step, got in row.steps.items()
            if step in self.weights and got.max_points
        )
        return rounded(sum(shares))

    def penalty(self, earned: float, days: int) -> float:
        """Return what so many days cost."""
        late = self.course.late
        if late is None:
            return 0.0
        percent = min(late.percent_per_day * days, late.max_percent)
        whole = earned if late.of == "earned" else self.max_points
        return rounded(whole * percent / 100)

    def days_late(self, row: Row) -> int | None:
        """Return how many days had begun after deadline and grace when a submission came; None
        where there is no deadline, or nobody knows when it came.
        """
        due, came = self.due(row), self.came(row)
        if due is None or came is None:
            return None
        grace = self.course.grace_minutes * 60
        return max(0, math.ceil((came.timestamp() - due.timestamp() - grace) / DAY))

    def due(self, row: Row) -> datetime | None:
        """Return a student's deadline."""
        own = row.override and row.override.deadline
        due = own or self.course.deadline
        return self.course.aware(due) if due else None

    def came(self, row: Row) -> datetime | None:
        """Return when a submission was handed in, where that is known."""
        return self.course.aware(datetime.fromisoformat(row.time)) if row.time else None

    def told(self, row: Row) -> Iterator[str]:
        """Yield what a student may be told of the points that count, besides the score."""
        if row.override and row.given is not None:
            text = _("Points by the instructor: {points:g} ({reason})")
            yield text.format(points=row.given, reason=one_line(row.override.reason or ""))
            return
        if row.points is None:
            return
        if row.days_late and row.penalty:
            text = _("Handed in after {due}, days begun: {days}; that costs {penalty:g} points")
            due = self.due(row)
            yield text.format(due=due and shown(due), days=row.days_late, penalty=row.penalty)
        if (row.points, row.max_points) != (row.score, row.max_score):
            text = _("Points in this course: {points:g} of {most:g}")
            yield text.format(points=row.points, most=row.max_points)


def shown(time: datetime) -> str:
    """Return a time as people write it."""
    return f"{time:%Y-%m-%d %H:%M %Z}"


def rounded(points: float) -> float:
    """Return points as they are written."""
    return round(points, DECIMALS)
