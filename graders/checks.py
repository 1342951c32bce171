"""Declare a check: what it asserts, of which kind it is, what it is worth."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

import pytest

from graders.report import Kind
from graders.words import _

SUITES = Path(__file__).parent / "suites"
"""Where the checks lie, a suite for each step."""
TODO = "TODO: "
"""What a text has that its author has still to write."""
Function = TypeVar("Function", bound=Callable[..., Any])


class Refused(pytest.Collector.CollectError, ValueError):
    """A test that doesn't say enough of itself to be a check: one sentence, with its name."""


SHAPES: dict[str, tuple[Any, str]] = {
    "title": (str, "text"),
    "needs": (tuple, 'tuple of names, such as ("add",)'),
    "only_if": (tuple, 'tuple of names, such as ("add",)'),
    "hint": (str | None, "text"),
    "why": (str, "text"),
    "section": (str, "text"),
    "stays": (str, "text"),
    "reproduce": (str, "text"),
}
"""What a check's words must be, and what that is called."""


@dataclass(frozen=True)
class Declaration:
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
    only_if: tuple[str, ...] = ()


def check(
    title: str = "",
    *,
    kind: Any = "",
    points: int = 0,
    needs: Any = (),
    only_if: Any = (),
    hint: str | None = None,
    why: str = "",
    section: str = "",
    stays: str = "",
    reproduce: str = "",
) -> Callable[[Function], Any]:
    """Mark a test function as a check.

    ``title`` is a sentence that a student understands, ``points`` a whole number from 1,
    ``needs`` names checks of the same suite (without ``test_``) that this one rests on: where
    one of them fails, this one's failure is put down to it.  ``only_if`` names those without
    which a pass of this one tells nothing, and is worth nothing: that tests notice a gradient
    which doesn't arrive, if no wrong one makes them fail.  ``hint`` is shown on failure.
    ``why`` is a sentence on what the check is good for, ``section`` the course's, such as
    ``6.3``.  ``stays`` says why the check is kept, where no mistake is caught by it alone among
    those of its step and kind.  ``reproduce`` is a script that shows whatever fails in it, as
    for a file called ``stepNN.py``, where the record of frames would be too long.
    A test whose title is still to be written is no check yet: nothing collects it.
    Raise Refused when the title, the kind or the points are missing or odd.
    """
    listed: list[Any] = [n if isinstance(n, str) else tuple(n) for n in (needs, only_if)]
    declared = Declaration(
        title, kind, points, listed[0], hint, why, section, stays, reproduce, listed[1]
    )

    def mark(function: Function) -> Any:
        if TODO in str(title):
            return None
        if lack := lacking(declared) or misnamed(function):
            raise Refused(f"{name(function)} {lack}")
        return pytest.mark.check(declared)(function)

    return mark


def misnamed(function: Callable[..., Any]) -> str | None:
    """Say that pytest would never run a check; None where it would."""
    run = function.__name__.startswith("test_")
    return None if run else _("is never run: its name must begin with test_")


def lacking(declared: Declaration) -> str | None:
    """Say what a check can't do without and does not say; None when all is there."""
    for word, (kind, told) in SHAPES.items():
        if not isinstance(getattr(declared, word), kind):
            return _("says {word} with what is no {told}").format(word=word, told=told)
    if not declared.title:
        return _("has no title: a sentence that a student understands")
    if declared.kind not in get_args(Kind):
        return _("has no kind: one of {kinds}").format(kinds=", ".join(get_args(Kind)))
    if type(declared.points) is not int or declared.points < 1:
        return _("has no points: a whole number from 1")
    return None


def name(function: Callable[..., Any]) -> str:
    """Return a test's file and its name, for a message to its author."""
    return f"{Path(function.__code__.co_filename).name}: {function.__name__}"


def refuse_unmarked(function: Callable[..., Any]) -> None:
    """Raise Refused for a test that is no check."""
    if all(mark.name != "check" for mark in getattr(function, "pytestmark", ())):
        raise Refused(_("{name} is no check: mark it with @check").format(name=name(function)))


def declaration(item: Any) -> Declaration:
    """Return what a collected check says of itself."""
    found: Declaration = item.get_closest_marker("check").args[0]
    return found
