"""The points that count: of what was graded, by the course's weights and deadline, unless the
instructor says otherwise.  The score stays beside them as it was graded.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import msgspec

from graders.classroom.handed import Handed
from graders.classroom.marking.course import Course
from graders.classroom.results import Override, Row, written
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.words import _

DAY = timedelta(days=1)
FINE = Decimal("1e-9")
"""What points are rounded to: only what is written has fewer decimals."""


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

    def check(self) -> None:
        """Raise GradmarkError where no step counts, or more points are given than there are."""
        if not self.max_points:
            raise GradmarkError(_("of the steps that are graded none counts"))
        for student, override in self.overrides.items():
            if override.points is not None and override.points > self.max_points:
                text = _("overrides.toml: {student} has {points} points, and there are {most}")
                points, most = written(override.points), written(self.max_points)
                raise GradmarkError(text.format(student=student, points=points, most=most))

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

    def marked(self, row: Row, handed: Handed) -> Row:
        """Return a student's row with the points that count."""
        row = msgspec.structs.replace(
            row, time=self.times.get(handed) or row.download_time, rules=self.course.rules
        )
        due, days = self.due(row), self.days_late(row)
        row = msgspec.structs.replace(
            row,
            due=due.isoformat() if due else "",
            max_points=self.max_points,
            days_late=days,
            late=row.download_late if days is None else days > 0,
            points=row.given,
            penalty=0.0,
        )
        if row.given is not None or row.status != "graded":
            return row
        earned = self.earned(row)
        penalty = min(earned, self.penalty(earned, days or 0))
        return msgspec.structs.replace(row, points=rounded(earned - penalty), penalty=penalty)

    def earned(self, row: Row) -> float:
        """Return the points that a submission has earned, whenever it came."""
        shares = (
            self.weights[step] * (got.points / got.max_points)
            for step, got in row.steps.items()
            if step in self.weights and got.max_points
        )
        return min(rounded(sum(shares)), self.max_points)

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
        after = elapsed(due, came) - timedelta(minutes=self.course.grace_minutes)
        return max(0, math.ceil(after / DAY))

    def due(self, row: Row) -> datetime | None:
        """Return a student's deadline: their own, where it is later than the course's."""
        due = self.course.deadline and self.course.aware(self.course.deadline)
        own = row.override and row.override.deadline
        mine = own and self.course.aware(own)
        return mine if due and mine and elapsed(due, mine) > timedelta() else due

    def came(self, row: Row) -> datetime | None:
        """Return when a submission was handed in, where that is known."""
        return self.course.aware(datetime.fromisoformat(row.time)) if row.time else None

    def told(self, row: Row) -> Iterator[str]:
        """Yield what a student may be told of the points that count, besides the score."""
        if row.override and row.given is not None:
            text = _("Points by the instructor: {points} of {most} ({reason})")
            reason = one_line(row.override.reason or "")
            most = written(row.max_points)
            yield text.format(points=written(row.given), most=most, reason=reason)
            return
        if row.points is None:
            return
        if row.days_late and row.penalty:
            text = _("Handed in after {due}, days begun: {days}; that costs {penalty} points")
            due, cost = self.due(row), written(row.penalty)
            yield text.format(due=due and shown(due), days=row.days_late, penalty=cost)
        if (row.points, row.max_points) != (row.score, row.max_score):
            text = _("Points in this course: {points} of {most}")
            yield text.format(points=written(row.points), most=written(row.max_points))


def shown(time: datetime) -> str:
    """Return a time as people write it."""
    return f"{time:%Y-%m-%d %H:%M %Z}"


def elapsed(due: datetime, came: datetime) -> timedelta:
    """Return how long after a deadline a submission came.  Where clocks are put back and a time
    is there twice, the deadline is the later and the submission came at the earlier.
    """
    offset = min(offsets(due)) - max(offsets(came))
    return came.replace(tzinfo=None) - due.replace(tzinfo=None) + offset


def offsets(time: datetime) -> list[timedelta]:
    """Return the offsets from UTC that a time may have."""
    found = (time.replace(fold=fold).utcoffset() for fold in (0, 1))
    return [offset or timedelta() for offset in found]


def rounded(points: float) -> float:
    """Return points without what binary fractions add to them."""
    return float(Decimal(repr(points)).quantize(FINE, ROUND_HALF_UP)) + 0.0  # there is no -0
