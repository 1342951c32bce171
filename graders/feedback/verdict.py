"""What became of a check: the exception that ended it, looked at once."""

import traceback
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graders.checks import SUITES
from graders.errors import Blocked, Crashed, NotPython, TimedOut, Verdict
from graders.feedback.failure import CheckFailed, fail
from graders.feedback.plainly import NO_FILE, File, beside, lacking, plainly
from graders.feedback.plainly.calls import NOT_CALLABLE
from graders.feedback.raised import MissingName, NotPlain, StudentError
from graders.feedback.showing import Described, abridged, mismatch
from graders.feedback.transcript import LAST, NOTHING, Ending
from graders.misconceptions.signs import Seen
from graders.report import Shown, Status
from graders.wire import Raised
from graders.words import _

ON_ANSWERS = (
    SUITES,
    *(SUITES.parent / name for name in ("assertions.py", "derivatives.py", "values.py")),
    SUITES.parent / "feedback" / "showing.py",
)
"""The code that works on what a worker has answered, whatever that is."""
PLAIN = ("builtins", "numpy")
"""Where the types of plain values are defined."""


@dataclass(frozen=True)
class Ruling:
    """What an exception that ended a check stands for, or that none did."""

    status: Status
    message: str | None = None
    undefined: str | None = None
    """The name that the step itself lacks."""
    lacking: str | None = None
    """The attribute that an object of the step's lacks."""
    blocked_by: str | None = None
    """The check that this one rests on."""
    got: Shown | None = None
    due: Shown | None = None
    seen: Seen = field(default_factory=Seen)
    """What the catalogue of misconceptions is told."""
    ending: Ending = NOTHING
    """What the last line of a script shows."""
    reproduce: str = ""
    """A script of the failure's own."""
    explained: bool = False
    """Whether the message says what it comes of: then the check's own hint says less."""

    @property
    def missing(self) -> str | None:
        """Return the name that the check failed for want of, an attribute's with a dot."""
        return f".{self.lacking}" if self.lacking else self.undefined


def ruling_on(error: BaseException | None, file: File = NO_FILE) -> Ruling:
    """Return what an exception in a check stands for; without one the check passed.

    ``file`` is what the student's file defines.
    """
    match error:
        case None:
            return Ruling("passed")
        case Blocked():
            return Ruling("blocked", blocked_by=error.args[0])
        case Verdict():
            seen = Seen(status=error.status)
            return Ruling(error.status, str(error), seen=seen, ending=ending_after(error))
        case StudentError():
            return on_raised(error, file)
        case MissingName():
            ending = Ending("{0}", (), _("no error"))
            return Ruling("failed", str(error), undefined=error.name, ending=ending)
        case CheckFailed():
            means = beyond(error, file)
            return Ruling(
                "failed",
                "\n".join(filter(None, [str(error), means])),
                got=error.got,
                due=error.due,
                seen=error.seen,
                ending=error.ending,
                reproduce=error.reproduce,
                explained=bool(means) or is_no_number(error.seen),
            )
        case pytest.fail.Exception() | AssertionError():
            return Ruling("failed", str(error))
        case AttributeError() if type(error.obj).__module__ in PLAIN:
            return on_plain_value(error)
        case TypeError() if found := NOT_CALLABLE.fullmatch(str(error)):
            text = _("this is a {kind}, which can't be called: a class or a function was due")
            return Ruling("failed", text.format(kind=found[1]))
        case TypeError() | ValueError() | LookupError() | ArithmeticError() | MemoryError() if (
            by_an_answer(error)
        ):
            text = _("what your code gave is of another form than was asked for ({why})")
            return Ruling("failed", text.format(why=abridged(str(error))))
    text = _("the grader itself failed ({kind}: {what}); this costs you nothing")
    return Ruling("error", text.format(kind=type(error).__name__, what=error))


def beyond(error: CheckFailed, file: File) -> str:
    """Return what there is to say of a claim beyond it: what an exception means that came
    instead, or where a return is missing.
    """
    if isinstance(error.__cause__, StudentError):
        raised = error.__cause__.raised
        return "\n".join(filter(None, [lack_of(raised), plainly(raised, file)]))
    return beside(error.seen.claim, error.seen.got, file) or ""


def is_no_number(seen: Seen) -> bool:
    """Return whether something came that is no number at all, where one was due, or an object
    that holds some: the message says so, and a hint on numbers would lead away from it.
    """
    return seen.claim in ("number", "attribute")


def ending_after(verdict: Verdict) -> Ending:
    """Return what the last line of a script shows of a check that did not come to its end."""
    match verdict:
        case NotPython():
            return Ending("{0}", (), _("no SyntaxError"))
        case TimedOut():
            return Ending("{0}", (LAST,), _("an end"))
        case Crashed():
            return Ending("{0}", (LAST,), _("no crash"))
    return NOTHING


def on_raised(error: StudentError, file: File) -> Ruling:
    """Return what an exception in the student's code stands for."""
    raised = error.raised
    text = lack_of(raised) or _("your code raised {what}").format(what=error.traced())
    return Ruling(
        "failed",
        "\n".join(filter(None, [text, plainly(raised, file)])),
        lacking=lacking(raised),
        seen=Seen(raised=raised.name, message=raised.message, scene=raised.scene),
        ending=Ending("{0}", (LAST,), _("no {error}").format(error=raised.name)),
    )


def lack_of(raised: Raised) -> str:
    """Say which of the course's names is lacking that a suite has asked for, or nothing."""
    name, of = lacking(raised), raised.scene.of
    text = _("a {cls} has no {name}")
    if of.kind == "class":
        text = _("class {cls} has no {name}")
    return text.format(cls=of.name, name=name) if name else ""


def on_plain_value(error: AttributeError) -> Ruling:
    """Return what it stands for that a suite met a plain value where an object was due."""
    due = Described(_("an object that has {name}").format(name=error.name))
    above = mismatch(error.obj, due)
    try:
        fail(error.obj, due, above=above, claim="attribute", inputs={"name": error.name})
    except CheckFailed as failed:
        return ruling_on(failed)


def by_an_answer(error: BaseException) -> bool:
    """Return whether a suite's own line, or one that compares or shows answers, failed.

    A worker may answer with anything, such as a number where a pair is to be unpacked, and the
    line may have handed the answer to a library, such as numpy, that fails.
    """
    frames = [frame.f_code for frame, _line in traceback.walk_tb(error.__traceback__)]
    ours = [Path(code.co_filename) for code in frames if is_ours(code.co_filename)]
    last = ours[-1] if ours else Path()
    on_answers = any(file in (last, *last.parents) for file in ON_ANSWERS)
    return on_answers or isinstance(error, NotPlain)


def is_ours(file: str) -> bool:
    """Return whether a file is one of gradmark's."""
    return Path(file).is_relative_to(SUITES.parent)
