"""The near side of step 10: its own tests tried on implementations, on each just once.

Each trial is a process of its own that has run nothing before, so that tests can't compare what
one implementation does with what another did.  The worker is told a text and nothing else, and
in an order drawn from the seed: which ones are correct it can't tell by their place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from graders import wire
from graders.errors import Blocked, Crashed, TimedOut, Verdict
from graders.evidence import Defined
from graders.feedback.plainly import NO_FILE, File, kind_of, leftover, overlooked, plainly
from graders.judge.remote import Conversation
from graders.sandbox.process import malformed
from graders.syllabus import TAUGHT
from graders.wire import Raised
from graders.words import _, place

MOST_TOLD = 10
"""Of how many failures it is told what they mean."""
AT_HOLE = f"NotImplementedError: {wire.HOLE}"


@dataclass(frozen=True)
class Trial:
    """What became of a step's own tests on one implementation."""

    raised: Mapping[str, Raised | None] = field(default_factory=dict)
    """What the worker told: each test, and what ended it; None for a pass."""
    hidden: tuple[str, ...] = ()
    """Tests that were lost because their class, or function, was defined again."""
    printed: str = ""
    ended: Verdict | None = None
    """What cut the trial short: a limit of time, or the end of the process."""

    @cached_property
    def results(self) -> dict[str, str]:
        """Return each test, and what went wrong in it in words."""
        return {name: in_words(raised) for name, raised in self.raised.items()}

    @cached_property
    def tests(self) -> list[str]:
        """Return the names of the tests, in order, without those still to be filled in."""
        return sorted(name for name in self.results if name and name not in self.holes)

    @cached_property
    def holes(self) -> dict[str, str]:
        """Return the tests that are still to be filled in, and what the template calls them."""
        found = {n: what for n, what in self.results.items() if what.startswith(AT_HOLE)}
        return {name: what.removeprefix(AT_HOLE) for name, what in found.items()}

    @cached_property
    def passed(self) -> frozenset[str]:
        """Return the names of the tests that passed."""
        return frozenset(name for name, what in self.results.items() if not what)

    @cached_property
    def failures(self) -> dict[str, str]:
        """Return what went wrong, by test; under an empty name, in the file as a whole."""
        return {n: what for n, what in self.results.items() if what and n not in self.holes}


class Trials:
    """The trials of one step's tests, by implementation."""

    def __init__(
        self, on: Callable[[str], Trial], random: np.random.Generator, file: File = NO_FILE
    ) -> None:
        """``on`` tries the tests on an implementation; the order is drawn from ``random``.

        ``file`` is what the step's own file defines.
        """
        self.try_on = on
        self.overlooked = overlooked(file) or []
        """Why tests of the file's are never run."""
        self.file = File(tuple(each for each in file.outline if not is_exchanged(each)))
        """What the file defines, but for what is exchanged."""
        self.random = random
        self.first = ""
        """A correct implementation: tests that don't come to an end on it never do."""
        self.made: dict[str, Trial] = {}
        self.stopped: Verdict | None = None
        """What kept the rest of the trials from being made."""
        self.printed = ""
        """What the tests printed on a correct implementation."""
        self.notes: list[str] = [*self.overlooked]
        """What else there is to say of the tests."""

    def make(self, sources: Sequence[str]) -> None:
        """Try the tests on the implementations that they haven't been tried on.

        The very first of all is a correct one, which has its turn like the others; but after a
        trial that was cut short it is next: tests that never end should be found out soon.
        """
        self.first = self.first or sources[0]
        ahead = [source for source in sources if source not in self.made]
        ahead = [ahead[index] for index in self.random.permutation(len(ahead))]
        try:
            while ahead and not self.stopped:
                trial = self.try_on(source := ahead.pop())
                self.made[source] = trial
                if source == self.first:
                    self.printed, self.stopped = trial.printed, trial.ended
                elif trial.ended and self.first in ahead:
                    ahead.append(ahead.pop(ahead.index(self.first)))
        except Blocked:
            text = _("your tests used up all the time that the step may take")
            self.stopped = TimedOut(text)
        except Verdict as verdict:
            self.stopped = verdict

    def extra(self, source: str) -> Trial | None:
        """Return the trial of an implementation that no points depend on.

        There is none where there is no time left for it.
        """
        stopped = self.stopped
        self.make([source])
        self.stopped = stopped
        return self.made.get(source)

    def told(self, trial: Trial, name: str) -> str:
        """Return what went wrong in a test: where, and what that means."""
        raised = trial.raised[name]
        assert raised
        lines = (f"  {place(at.file, at.cell, at.number)}: {at.source}" for at in raised.lines)
        means = plainly(raised, self.file)
        return "\n".join([trial.failures[name], *lines, *([f"  {means}"] if means else [])])

    def listed(self, trial: Trial) -> str:
        """Return what went wrong in each test; of the first ones where, and what it means."""
        told = {name: self.told(trial, name) for name in first_of(trial)}
        every = sorted(trial.failures)
        return "\n".join(f"{name}: {told.get(name, trial.failures[name])}" for name in every)

    def why(self, trial: Trial) -> tuple[str, ...]:
        """Return the kinds of what went wrong in tests: see ``kind_of``."""
        failed = (raised for name, raised in trial.raised.items() if name in trial.failures)
        return tuple(sorted({kind_of(raised) for raised in failed if raised}))

    def unfilled(self, trial: Trial, name: str) -> str:
        """Return what is to be done about a test that is a hole, or has one left in it."""
        raised = trial.raised[name]
        left = leftover(raised, self.file) if raised else ""
        text = _("{hole} is still to be filled in")
        return left or text.format(hole=trial.holes[name])

    def explains(self, trial: Trial) -> bool:
        """Return whether each failure is told by what it means, or by an exception that is no
        assertion's.
        """
        failed = filter(None, (trial.raised[name] for name in first_of(trial)))
        return all(
            raised.name != "AssertionError" or plainly(raised, self.file) for raised in failed
        )

    def note(self, text: str) -> None:
        """Have the report say something of the tests, once."""
        if text not in self.notes:
            self.notes.append(text)

    def on(self, source: str) -> Trial:
        """Return the trial of an implementation.  Raise the verdict that kept it from being."""
        if source not in self.made and self.stopped:
            raise self.stopped
        return self.made[source]


def first_of(trial: Trial) -> list[str]:
    """Return the tests that failed, as many as it is told of what their failures mean."""
    return sorted(trial.failures)[:MOST_TOLD]


def is_exchanged(each: Defined) -> bool:
    """Return whether something is defined that implementations have in its place."""
    top = (each.within or each.name).partition(".")[0]
    return top in TAUGHT and not top.lower().endswith("test")


def in_words(raised: Raised | None) -> str:
    """Return what ended a test; nothing for a pass."""
    if raised is None:
        return ""
    if raised.name == wire.UNEXPECTED:
        return _("no failure, though one was expected")
    return f"{raised.name}: {raised.message}".rstrip(": ")


def tried(talk: Conversation, step: wire.Load, request: wire.Rehearse) -> Trial:
    """Send a process a step, and run the step's own tests there on an implementation."""
    try:
        talk.exchange(step)
        reply = talk.exchange(request)
    except (TimedOut, Crashed) as verdict:
        text = _("while your tests ran on an implementation of ours: {what}")
        ended = type(verdict)(text.format(what=verdict))
        return Trial(printed=talk.process.output(), ended=ended)
    printed = talk.process.output()
    match reply:
        case wire.Rehearsed(tests, hidden):
            return Trial(tests, hidden, printed)
        case Raised(name=name, message=message):
            return Trial({"": Raised(name, (), message, ())}, printed=printed)
        case wire.Left(name, message):
            text = _("your tests raised {name} {message}")
            ended = Crashed(text.format(name=name, message=message).rstrip())
            return Trial(printed=printed, ended=ended)
    return Trial(
        ended=malformed(wire.MalformedFrame(_("something that is no result of tests")))
    )
