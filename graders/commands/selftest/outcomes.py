"""Grade many submissions of single steps, in as many processes as there are cores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graders.commands.course.material import Specimen
from graders.commands.selftest.workers import shared_out
from graders.judge import scoring
from graders.judge.grading import Grading
from graders.judge.suites import Suites
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import open_sandbox
from graders.syllabus import SYLLABUS

LIMITS = Limits(cpu=1.0)
Trial = tuple[Specimen, int]
"""A submission to be graded, and the seed."""


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
    """Yield every submission with the outcomes for all seeds, in order, as they come."""
    trials = [(specimen, seed) for specimen in specimens for seed in seeds]
    each = shared_out(outcomes, trials)
    for specimen in specimens:
        yield Tried(specimen, {seed: next(each) for seed in seeds})


def outcomes(trials: Iterable[Trial]) -> Iterator[Outcome]:
    """Yield the outcome of each trial, all in one sandbox and with suites collected once."""
    listed = list(trials)
    sandbox = open_sandbox(LIMITS)
    try:
        suites = Suites(frozenset(specimen.step for specimen, _seed in listed))
        for specimen, seed in listed:
            grading = Grading(specimen.submission, sandbox, seed, LIMITS)
            rows, _whole = suites.run(grading, frozenset({specimen.step}))
            yield outcome(specimen.step, rows)
    finally:
        sandbox.close()


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
