"""Grade many submissions of single steps, in as many processes as there are cores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from graders.classroom.engine import Ended, Engine, Say, usable
from graders.commands.course.material import Specimen
from graders.errors import SandboxLost
from graders.judge import scoring
from graders.judge.grading import Grading
from graders.judge.suites import Suites
from graders.sandbox.placed import open_place
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import open_sandbox
from graders.sandbox.warm import Door
from graders.syllabus import SYLLABUS
from graders.words import _

LIMITS = Limits(cpu=1.0)
SECONDS = 180.0
"""How long the checks of one step may take."""


@dataclass(frozen=True)
class Outcome:
    """What a suite made of a submission."""

    alone: Mapping[str, str]
    """The status of each check by itself, before any is put down to another."""
    first: str | None
    """The misconception that the first thing to fix is likely to come from."""
    named: frozenset[str]
    """Every misconception that some check names."""
    broken: frozenset[str] = frozenset()
    """The checks whose failure is put down to no other's."""
    scriptless: frozenset[str] = frozenset()
    """Those of them that have no script for a student to try."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """What went wrong in the checks that go wrong themselves."""

    @property
    def caught(self) -> bool:
        """Return whether some check fails."""
        return any(status in scoring.BROKEN for status in self.alone.values())

    @property
    def hung(self) -> bool:
        """Return whether some check did not end."""
        return "timeout" in self.alone.values()


@dataclass(frozen=True)
class Tried:
    """A submission and its outcomes, by seed."""

    specimen: Specimen
    outcomes: Mapping[int, Outcome]


def tried(specimens: Sequence[Specimen], seeds: Sequence[int]) -> Iterator[Tried]:
    """Yield every submission with the outcomes for all seeds, in order, as they come.

    Raise SandboxLost where one can't be graded.
    """
    sandbox = open_sandbox(LIMITS)
    try:
        suites = Suites(frozenset(specimen.step for specimen in specimens))
        work = Trying(specimens, seeds, suites, sandbox.door)
        engine = Engine(work, len(usable()) or 1, SECONDS * len(seeds))
        for number, outcomes in enumerate(in_order(engine.each(range(len(specimens))))):
            yield Tried(specimens[number], dict(zip(seeds, outcomes, strict=True)))
    finally:
        sandbox.close()


def in_order(ended: Iterable[Ended[int]]) -> Iterator[list[Outcome]]:
    """Yield what came of submissions by their numbers, from 0."""
    waiting: dict[int, Ended[int]] = {}
    due = 0
    for each in ended:
        waiting[each.task] = each
        while due in waiting:
            came = waiting.pop(due)
            if came.how != "done":
                why = came.why or _("a check comes to no end")
                raise SandboxLost(_("the selftest stopped: {why}").format(why=why))
            yield [msgspec.msgpack.decode(said, type=Outcome) for said in came.said]
            due += 1


@dataclass(frozen=True)
class Trying:
    """Grades one submission, once a seed."""

    specimens: Sequence[Specimen]
    seeds: Sequence[int]
    suites: Suites
    door: Door | None

    def __call__(self, number: int, say: Say, core: int | None) -> None:
        """Grade the submission of a number, and say what came of it."""
        specimen = self.specimens[number]
        place = open_place(self.door, LIMITS, core=core)
        try:
            for seed in self.seeds:
                grading = Grading(specimen.submission, place, seed, LIMITS)
                rows, _whole = self.suites.run(grading, frozenset({specimen.step}))
                say(msgspec.msgpack.encode(outcome(specimen.step, rows)))
        finally:
            place.close()


def outcome(name: str, facts: Sequence[scoring.Facts]) -> Outcome:
    """Return what matters of the facts of one step's checks."""
    (unit,) = (unit for unit in SYLLABUS if unit.step == name)
    step = scoring.step(unit, scoring.checks(facts), None, None, ())
    broken = [check for check in step.checks if check.status in scoring.BROKEN]
    ideas = {check.id: check.misconception for check in step.checks}
    return Outcome(
        alone={fact.id: fact.status for fact in facts},
        first=ideas.get(scoring.fix_first([step]) or ""),
        named=frozenset(idea for idea in ideas.values() if idea),
        broken=frozenset(check.id for check in broken),
        scriptless=frozenset(check.id for check in broken if not check.reproduce),
        errors={c.id: c.message or "" for c in step.checks if c.status == "error"},
    )
