"""From the raw results of the suites to verdicts and points.

Pure functions: the same facts give the same report.  One mistake is reported once: a check
that failed where one it rests on failed as well is put down to that one.  What a check rests on
explains its failure and takes no point; a pass that is evidence only together with another's
is worth nothing without that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from graders.report import Check, Status, Step
from graders.syllabus import Unit


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one check by itself."""

    check: Check
    """What there is to say of it, but for points, which ``verdict`` awards."""
    needs: tuple[str, ...] = ()
    """The ids of the checks that it rests on."""
    only_if: tuple[str, ...] = ()
    """The ids of those without which a pass tells nothing."""
    missing: str | None = None
    """The name that it failed for want of: of the step's, or with a dot an object's."""
    misspelt: bool = False
    """Whether that is a misspelt name, which the checks after it did not want for."""

    @property
    def id(self) -> str:
        """Return the check's id."""
        return self.check.id

    @property
    def status(self) -> Status:
        """Return what became of it, whatever became of others."""
        return self.check.status


BROKEN = ("failed", "crashed", "timeout")
UNMET = (*BROKEN, "not_attempted")
"""The statuses of its own that a check can have and that another may rest on."""


def checks(facts: Iterable[Facts]) -> list[Check]:
    """Return the verdict on each check, in order."""
    listed = list(facts)
    causes = causes_of(listed) | unproven(listed)
    return [verdict(fact, causes.get(fact.id)) for fact in listed]


def unproven(facts: Sequence[Facts]) -> dict[str, str]:
    """Return, for each check that passed without telling anything, the one that is wanting.

    One that could not be run through the grader's own fault takes nothing away.
    """
    good = {fact.id for fact in facts if fact.status in ("passed", "error")}
    known = {fact.id for fact in facts}
    found: dict[str, str] = {}
    while True:
        passed = (fact for fact in facts if fact.status == "passed" and fact.id in good)
        wanting = {f.id: [need for need in f.only_if if need in known - good] for f in passed}
        more = {check: needs[0] for check, needs in wanting.items() if needs}
        if not more:
            return found
        found |= more
        good -= more.keys()


def causes_of(facts: Sequence[Facts]) -> dict[str, str]:
    """Return, for each check whose failure is another's, the id of that other one.

    That is the first broken check it rests on, unless only a name of it is misspelt; for want
    of such, the first check that failed for want of the same name, or that did not come to an
    end either.
    """
    status = {fact.id: fact.status for fact in facts if not fact.misspelt}
    first_missing: dict[tuple[str, str], str] = {}
    causes: dict[str, str] = {}
    for fact in facts:
        broken = [need for need in fact.needs if status.get(need) in UNMET]
        if fact.status in BROKEN and broken:
            causes[fact.id] = broken[0]
    for fact in facts:
        name = "an end" if fact.status == "timeout" else fact.missing
        if name and fact.id not in causes:
            first = first_missing.setdefault((fact.id.partition(".")[0], name), fact.id)
            causes |= {fact.id: first} if first != fact.id else {}
    roots = {check: root(check, causes) for check in causes}
    return {check: cause for check, cause in roots.items() if cause != check}


def root(check: str, causes: Mapping[str, str]) -> str:
    """Return the check at the end of a chain of causes, or the first by name of a circle."""
    seen = [check]
    while check in causes:
        check = causes[check]
        if check in seen:
            return min(seen[seen.index(check) :])
        seen.append(check)
    return check


def verdict(fact: Facts, cause: str | None) -> Check:
    """Return the verdict on a check; ``cause`` is the check its failure is put down to."""
    check = fact.check
    if cause:
        return Check(
            id=check.id,
            title=check.title,
            kind=check.kind,
            status="blocked",
            points=0.0,
            max_points=check.max_points,
            blocked_by=cause,
            output=check.output,
        )
    points = check.max_points if check.status == "passed" else 0.0
    return msgspec.structs.replace(check, points=points)


def step(
    unit: Unit,
    verdicts: Iterable[Check],
    found_in: str | None,
    load_error: str | None,
    notes: tuple[str, ...],
) -> Step:
    """Return a step's verdicts and their sum."""
    own = tuple(check for check in verdicts if check.id.startswith(f"{unit.step}."))
    return Step(
        step=unit.step,
        label=unit.label,
        title=unit.title,
        score=sum((check.points for check in own), 0.0),
        max_score=sum((check.max_points for check in own), 0.0),
        status=step_status([check.status for check in own]),
        found_in=found_in,
        load_error=load_error,
        notes=notes,
        checks=own,
    )


def step_status(statuses: Sequence[Status]) -> Status:
    """Return the status of a step: its checks' own if they agree, else the worst."""
    for status in ("error", "crashed", "timeout", "failed", "blocked"):
        if status in statuses:
            return status
    return "passed" if set(statuses) == {"passed"} else "not_attempted"


def total(steps: Sequence[Step]) -> tuple[float, float]:
    """Return the points of a run, and how many there were to be had."""
    score = sum((step.score for step in steps), 0.0)
    return score, sum((step.max_score for step in steps), 0.0)


def fix_first(steps: Iterable[Step]) -> str | None:
    """Return the id of the check to look at first; None if all passed.

    In the first step that has a broken check it is the one that most others are put down to;
    among equals one whose mistake has a name, then the first.  Without a broken check in any
    step it is the first hole.
    """
    every = [step.checks for step in steps]
    for checks in every:
        broken = [check for check in checks if check.status in BROKEN]
        if broken:
            rests = Counter(check.blocked_by for check in checks)
            return max(broken, key=lambda c: (rests[c.id], c.misconception is not None)).id
    holes = (
        check.id for checks in every for check in checks if check.status == "not_attempted"
    )
    return next(holes, None)
