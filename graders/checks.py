"""Declare a check: what it asserts, of which kind it is, what it is worth."""

from dataclasses import dataclass
from typing import Any, get_args

import pytest

from graders.engine.report import Kind


@dataclass(frozen=True)
class Declared:
    """What a check says of itself."""

    title: str
    kind: Kind
    points: int
    needs: tuple[str, ...] = ()
    hint: str | None = None
    why: str = ""
    section: str = ""
    stays: str = ""
    reproduce: str = ""


def check(
    title: str,
    *,
    kind: Kind,
    points: int,
    needs: tuple[str, ...] = (),
    hint: str | None = None,
    why: str = "",
    section: str = "",
    stays: str = "",
    reproduce: str = "",
) -> pytest.MarkDecorator:
    """Mark a test function as a check.

    ``title`` is a sentence that a student understands, ``points`` a whole number from 1,
    ``needs`` names checks of the same suite (without ``test_``) that this one rests on: where
    one of them fails, this one's failure is put down to it.  ``hint`` is shown on failure.
    ``why`` is a sentence on what the check is good for, ``section`` the course's, such as
    ``6.3``.  ``stays`` says why the check is kept, where no mistake is caught by it alone among
    those of its step and kind.  ``reproduce`` is a script that shows whatever fails in it, as
    for a file called ``stepNN.py``, where the record of frames would be too long.
    Raise ValueError when any of it is missing or odd.
    """
    if not title or kind not in get_args(Kind) or type(points) is not int or points < 1:
        raise ValueError(f"the check {title!r} needs a title, a kind and whole points")
    said = Declared(title, kind, points, tuple(needs), hint, why, section, stays, reproduce)
    return pytest.mark.check(said)


def declared(item: Any) -> Declared:
    """Return what a collected test says of itself.  Raise UsageError when it says nothing."""
    mark = item.get_closest_marker("check")
    if mark is None:
        raise pytest.UsageError(f"{item.nodeid} is not marked with @check(...)")
    found: Declared = mark.args[0]
    return found
