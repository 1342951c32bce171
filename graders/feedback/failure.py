"""A claim that does not hold: what is said of it, and what a script shows of it."""

from collections.abc import Mapping
from typing import Any, NoReturn

from graders.feedback.showing import Described, in_report, pair, shown
from graders.feedback.thing import as_seen
from graders.feedback.transcript import NOTHING, Ending
from graders.misconceptions.signs import Seen
from graders.report import Shown
from graders.words import _

Inputs = Mapping[str, Any]
"""What a suite says of its claim to the catalogue of misconceptions: see ``Seen``."""
NO_INPUTS: Inputs = {}


class CheckFailed(AssertionError):
    """A claim that does not hold.

    ``got`` and ``due`` are what the message says of them, as data.  ``ending`` is what the
    last line of a script should show of it; ``reproduce`` a whole script, where the record of
    frames can't say it.
    """

    def __init__(
        self,
        message: str,
        got: Shown | None = None,
        due: Shown | None = None,
        *,
        seen: Seen | None = None,
        ending: Ending = NOTHING,
        reproduce: str = "",
    ) -> None:
        super().__init__(message)
        self.got = got
        self.due = due
        self.seen = seen or Seen()
        self.ending = ending
        self.reproduce = reproduce


def fail(
    got: object,
    due: object,
    why: str = "",
    *,
    above: str = "",
    below: str = "",
    claim: str = "",
    inputs: Inputs = NO_INPUTS,
    ending: Ending | None = None,
    reproduce: str = "",
) -> NoReturn:
    """Raise CheckFailed with what was got and what was due, aligned.

    ``got`` and ``due`` are values, or ``Described``; ``why`` says how what is due comes about.
    ``above`` and ``below`` are lines around the values.  ``claim`` and ``inputs`` are for the
    catalogue of misconceptions: see ``Seen``.  ``ending`` and ``reproduce`` are for
    ``CheckFailed``.
    """
    __tracebackhide__ = True  # at pytest's own door
    texts = pair(got, due)
    names = [_("got"), _("due")]
    width = max(map(len, names))
    lines = [f"{name:{width}}   {text}" for name, text in zip(names, texts, strict=True)]
    lines += [f"{'':{width}}   {why}"] if why else []
    things = () if isinstance(got, Described) else (got,)
    raise CheckFailed(
        "\n".join(filter(None, [above, *lines, below])),
        in_report(got, texts[0]),
        in_report(due, texts[1]),
        seen=Seen(claim, as_seen(got), inputs),
        ending=ending or Ending("{0}", things, str(shown(due))),
        reproduce=reproduce,
    )
