"""The course file: what counts in this course, as its instructor says."""

import zoneinfo
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from graders.classroom import digest
from graders.errors import GradmarkError
from graders.syllabus import SYLLABUS, find_unit
from graders.words import _

DEADLINE = _("a deadline is written as 2026-11-30T23:59:00, without quotation marks")
Hints = Literal["none", "think", "more"]
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Weight = Annotated[float, msgspec.Meta(ge=0, le=10_000)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=3600)]
Minutes = Annotated[float, msgspec.Meta(ge=0, le=527_040)]


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What lateness costs."""

    percent_per_day: Percent
    """For each day that has begun after the deadline and its grace."""
    max_percent: Percent = 100.0
    """The most that it costs."""
    of: Literal["earned", "possible"] = "earned"
    """Of what: the points that the submission has earned, or the most that there are."""


class Allowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each check may take, instead of what gradmark has."""

    cpu_seconds: Seconds | None = None
    wall_seconds: Seconds | None = None


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A course: all that its file doesn't say is as gradmark has it."""

    title: str = ""
    steps: list[int | str] | dict[str, Weight] | None = None
    """Those that are graded, as ``6``, ``"5-6"`` or ``step06``; in a table with what each is
    worth.
    """
    deadline: datetime | None = None
    """With an offset from UTC, or else in ``timezone``."""
    timezone: str = ""
    """Where times without an offset are meant, such as ``Asia/Tokyo``."""
    grace_minutes: Minutes = 0.0
    """How long after the deadline nothing is late yet."""
    late: Late | None = None
    limits: Allowed = Allowed()
    hints: Hints | None = None
    """What a student's report says besides what was got and due."""

    @cached_property
    def weights(self) -> dict[str, float | None]:
        """Return the steps that are graded, in course order, with what each is worth, where the
        file says so; nothing where all are.  Raise GradmarkError for a step that is none.
        """
        said = self.steps if isinstance(self.steps, dict) else dict.fromkeys(self.steps or ())
        found: dict[str, float | None] = {}
        for name, weight in said.items():
            unit = find_unit(str(name))
            if unit is None:
                raise GradmarkError(_("there is no step {name!r}").format(name=name))
            if unit.step in found:
                raise GradmarkError(_("step {label} is there twice").format(label=unit.label))
            found[unit.step] = weight
        return {unit.step: found[unit.step] for unit in SYLLABUS if unit.step in found}

    @cached_property
    def zone(self) -> tzinfo | None:
        """Return where times without an offset are meant; None if that isn't said."""
        if not self.timezone:
            return None
        try:
            return zoneinfo.ZoneInfo(self.timezone)
        except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError) as error:
            text = _("there is no timezone {name!r} here; one is Europe/Berlin")
            if not zoneinfo.available_timezones():
                text = _('this machine knows no timezones: pip install -e ".[class]"')
            raise GradmarkError(text.format(name=self.timezone)) from error

    def aware(self, time: datetime) -> datetime | None:
        """Return a time with its offset; None where nobody says which it is."""
        if time.tzinfo is None:
            return time.replace(tzinfo=self.zone) if self.zone else None
        return time

    def check(self) -> None:
        """Raise GradmarkError for what contradicts itself."""
        if self.steps is not None and not any(w != 0 for w in self.weights.values()):
            raise GradmarkError(_("no step counts"))
        if self.zone is None and self.deadline and self.aware(self.deadline) is None:
            text = _("the deadline needs timezone = {name}, or an offset such as +01:00")
            raise GradmarkError(text.format(name='"Europe/Berlin"'))
        if self.late and self.deadline is None:
            raise GradmarkError(_("what lateness costs needs a deadline"))

    @property
    def rules(self) -> str:
        """Return the digest of what points depend on besides what was graded."""
        late = msgspec.to_builtins(self.late)
        return digest.of_values(self.weights, self.timezone, self.grace_minutes, late)


def course_of(path: Path, content: bytes) -> Course:
    """Return the course that a file tells.  Raise GradmarkError for nonsense."""
    try:
        course = msgspec.toml.decode(content.decode("utf-8-sig"), type=Course)
        course.check()
    except (ValueError, RecursionError, msgspec.MsgspecError, GradmarkError) as error:
        why = str(error)
        if "$.deadline" in why:
            why = DEADLINE
        elif isinstance(error, msgspec.DecodeError) and b"deadline" in content:
            why += f"; {DEADLINE}"
        if "unknown field" in why:
            why += _("; there are {names}").format(names=", ".join(Course.__struct_fields__))
        raise GradmarkError(f"{path}: {why}") from error
    return course


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a course file."""
    described = msgspec.json.schema(Course)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | described
