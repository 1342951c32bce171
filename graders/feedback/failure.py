"""A claim that does not hold: what is said of it, and what a script shows of it."""

from typing import Any, NoReturn

from graders.feedback.showing import pair, shown
from graders.feedback.transcript import Ending
from graders.misconceptions.signs import Seen
from graders.words import _


class CheckFailed(AssertionError):
    """A claim that does not hold.

    ``ending`` is what the last line of a script should show of it; ``reproduce`` a whole
    script, where the record of frames can't say it.
    """

    def __init__(
        self,
        message: str,
        ending: Ending | None = None,
        seen: Seen | None = None,
        reproduce: str = "",
    ) -> None:
        super().__init__(message)
        self.ending = ending or Ending("{0}", (), "")
        self.seen = seen or Seen()
        self.reproduce = reproduce


class Described(str):
    """What was got, told in words instead of as a value."""


def fail(
    got: object,
    due: object,
    why: str = "",
    note: str = "",
    *,
    first: str = "",
    claim: str = "",
    ending: Ending | None = None,
    reproduce: str = "",
    **inputs: Any,
) -> NoReturn:
    """Raise CheckFailed with what was got and what was due, aligned.

    ``due`` is a value, or its description as a string; ``why`` says how it comes about.
    ``first`` is said before the values, ``note`` after them.
    ``claim`` and ``inputs`` are for the catalogue of misconceptions; see ``Seen``.
    ``ending`` and ``reproduce`` are for ``CheckFailed``.
    """
    __tracebackhide__ = True  # at pytest's own door
    got_text, due_text = pair(got, due)
    got_text = got if isinstance(got, Described) else got_text
    due_text = due if isinstance(due, str) else due_text
    names = [_("got"), _("due")]
    width = max(map(len, names))
    lines = [f"{names[0]:{width}}   {got_text}", f"{names[1]:{width}}   {due_text}"]
    lines += [f"{'':{width}}   {why}"] if why else []
    text = "\n".join([*([first] if first else []), *lines, *([note] if note else [])])
    things = () if isinstance(got, Described) else (got,)
    ending = ending or Ending("{0}", things, due if isinstance(due, str) else shown(due))
    raise CheckFailed(text, ending, Seen(claim, got, inputs), reproduce)
