"""What a student may be given: the report without the seed, with the hints of the course."""

import io
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from graders.classroom.judging import Refused
from graders.classroom.marking.course import Hints
from graders.renderers import console
from graders.renderers.plain import one_line
from graders.report import Check, Report, Step
from graders.words import _

WIDTH = 80
"""Columns of what a student may be told."""

Told = TypeVar("Told", Report, Refused, Report | Refused)


def without_hints(result: Told, hints: Hints) -> Told:
    """Return a result without the seed, and with no more hints than the course shows."""
    if isinstance(result, Refused):
        return result
    steps = tuple(limited(step, hints) for step in result.steps)
    return msgspec.structs.replace(result, seed=None, steps=steps)


def limited(step: Step, hints: Hints) -> Step:
    """Return what is said of a step with no more hints than the course shows."""
    if hints == "more":
        return step
    at = step.located and msgspec.structs.replace(step.located, edit=None)
    checks = tuple(hinted(check, hints) for check in step.checks)
    return msgspec.structs.replace(
        step, checks=checks, located=at if hints == "think" else None
    )


def hinted(check: Check, hints: Hints) -> Check:
    """Return a verdict with what to think about, or without that as well."""
    if hints == "think":
        return msgspec.structs.replace(check, hint_more=None)
    return msgspec.structs.replace(
        check, hint=None, hint_more=None, misconception=None, likely=None
    )


def text_of(result: Report | Refused, more: Iterable[str]) -> str:
    """Return a result as a terminal would show it, with more lines at its end."""
    below = "".join(f"\n {line}\n" for line in more) or "\n"
    if isinstance(result, Refused):
        return one_line(_("This could not be graded: {why}.").format(why=result.why)) + below
    file = io.StringIO()
    console.show(result, "", more_hints=True, color=False, file=file, width=WIDTH)
    return file.getvalue() + below
