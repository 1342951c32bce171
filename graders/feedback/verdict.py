"""What became of a check, from the exception that ended it: a status and what to say."""

import re
import traceback
from pathlib import Path

import pytest

from graders.checks import SUITES
from graders.errors import Blocked, Verdict
from graders.feedback.failure import CheckFailed
from graders.feedback.plainly import lacking, plainly
from graders.feedback.raised import MissingName, NotPlain, StudentError
from graders.feedback.showing import abridged, mismatch, shown
from graders.misconceptions.signs import Seen
from graders.words import _

ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")
NOT_CALLABLE = re.compile(r"'([\w.]+)' object is not callable")
PLAIN = ("builtins", "numpy")
"""Where the types of plain values are defined."""


def verdict_of(error: BaseException | None) -> tuple[str, str | None]:
    """Return the status that an exception in a check stands for, and what to say of it."""
    match error:
        case None:
            return "passed", None
        case Verdict():
            return error.status, str(error) if not isinstance(error, Blocked) else None
        case StudentError():
            return "failed", raised_in_words(error)
        case CheckFailed() | MissingName():
            return "failed", str(error)
        case pytest.fail.Exception() | AssertionError():
            return "failed", str(error)
        case AttributeError() | TypeError() if taken := taken_for_an_object(error):
            return "failed", taken
        case TypeError() | ValueError() | LookupError() if by_an_answer(error):
            text = _("what your code gave is of another form than was asked for ({why})")
            return "failed", text.format(why=abridged(str(error)))
        case _:
            text = _("the grader itself failed ({kind}: {what}); this costs you nothing")
            return "error", text.format(kind=type(error).__name__, what=error)


def raised_in_words(error: StudentError) -> str:
    """Return what to say of an exception in the student's code."""
    told = _("your code raised {told}").format(told=error.told())
    return "\n".join(filter(None, [told, plainly(error.raised)]))


def missing_of(error: BaseException | None) -> str | None:
    """Return the name that a check failed for want of: of the step's, or an object's."""
    if isinstance(error, MissingName):
        return error.name
    attribute = lacking(error.raised) if isinstance(error, StudentError) else None
    return f".{attribute}" if attribute else None


def seen_of(status: str, error: BaseException | None) -> Seen:
    """Return what the catalogue of misconceptions is told of a failure."""
    match error:
        case StudentError():
            return Seen(raised=error.raised.name, message=error.raised.message)
        case CheckFailed():
            return error.seen
        case AttributeError() if taken_for_an_object(error):
            return Seen("attribute", error.obj, {"name": error.name})
        case _:
            return Seen(status=status)


def taken_for_an_object(error: AttributeError | TypeError) -> str | None:
    """Return what to say when a suite met a plain value where an object was due, else None."""
    if isinstance(error, AttributeError) and type(error.obj).__module__ in PLAIN:
        due = _("an object that has {name}").format(name=error.name)
        return (
            f"{mismatch(error.obj, due)}\n{_('got')}   {shown(error.obj)}\n{_('due')}   {due}"
        )
    if isinstance(error, TypeError) and (match := NOT_CALLABLE.fullmatch(str(error))):
        text = _("this is a {kind}, which can't be called: a class or a function was due")
        return text.format(kind=match[1])
    return None


def by_an_answer(error: BaseException) -> bool:
    """Return whether a suite's own line, or a remote that it took for a value, failed.

    A worker may answer with anything, such as a number where a pair is to be unpacked.
    """
    frames = [frame.f_code for frame, _line in traceback.walk_tb(error.__traceback__)]
    own = any(Path(code.co_filename).parent == SUITES for code in frames[-1:])
    return own or isinstance(error, NotPlain)


def steady(text: str | None) -> str | None:
    """Return a text without addresses in memory, which differ from run to run."""
    return ADDRESS.sub("0x…", text) if text else text
