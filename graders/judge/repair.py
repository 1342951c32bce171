"""Find the line that a step's failures come of: small edits of the student's code are tried.

An edit after which every check passes, on two seeds, mends the step.  If all that do so are of
one line, that line is the mistake.  Where none does, the best of those that mend a part is
kept, and the rest is looked for from there: there may be two mistakes, or three.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graders import wire
from graders.evidence import MOST_EDITS, Edit, EditKind, Suspect
from graders.judge.rerun import Rerun, edited, listed, suite
from graders.judge.scoring import BROKEN
from graders.report import Status
from graders.sandbox.clock import awake
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import Submission
from graders.syllabus import SYLLABUS

BRIEF = Limits(cpu=0.1, wall=0.5, step=5.0)
"""What the checks of an edited step may take, each."""
AT_LENGTH = Limits()
"""What may be taken where much is noted, or listed."""
MOST_HELD = 500
"""Of how many names it is told what they held: a frame has room for that, however long."""
MOST_MISTAKES = 3
MOST_LATE = 40
"""After so many edits in a run that don't come to an end no more are tried."""
ENOUGH = 60
"""After so many edits it is seen whether one that mends a part leaves what can be mended."""
LONGEST = 30.0
"""Seconds of waiting that no search is meant to last: fewer edits of a step are tried whose
check takes longer than a seventh of a second, as that of code that sleeps."""
PIECES = 10
"""With so many pieces to load each time, half as many edits are tried."""
RAISED, THROUGH, RUN, ALONE = 1.0, 0.8, 0.2, 0.4
"""How likely lines are wrong: where an exception was raised, which it came through, which were
run; and how much likelier if no check that passes has run them."""
TESTS = "step10"
"""The step whose code is tests: a test can be mended by testing less, which proves nothing."""
WEAKER: tuple[EditKind, ...] = ("extra", "indent", "place", "return", "order")
"""Edits that make a test pass by testing less."""

Results = Mapping[str, Status]


@dataclass(frozen=True)
class Repair:
    """The edits, each by itself, that mend the first mistake of a step."""

    edits: tuple[Edit, ...]
    """The likeliest first."""
    certain: bool
    """Whether they are all of one line, and none that was tried is of another."""
    mistakes: int
    """How many there are to be mended."""


@dataclass
class Round:
    """What came of the edits of one version of a step."""

    whole: list[Edit] = field(default_factory=list)
    """Those after which all checks pass."""
    parts: list[tuple[int, Edit]] = field(default_factory=list)
    """Those after which fewer fail, each with how many do."""

    @property
    def best(self) -> list[Edit]:
        """Return the edits that mend all, or else those that leave the least."""
        least = min((left for left, _edit in self.parts), default=0)
        return self.whole or [edit for left, edit in self.parts if left == least]


@dataclass
class Search:
    """The search for the edits that mend one step."""

    submission: Submission
    sandbox: Sandbox
    seed: int
    step: str
    most: int = MOST_EDITS
    """How many edits may be tried."""
    tried: int = 0
    patience: int = MOST_LATE
    """How many of them need not come to an end."""
    late: int = 0
    """How many have not."""

    def find(self, passed: frozenset[str], broken: frozenset[str]) -> Repair | None:
        """Return the edits that mend the step, if they are found.

        These checks passed, and these failed, when it was graded: if they don't fail again, or
        take too long now, nothing is looked for.
        """
        pieces = self.submission.steps[self.step].pieces
        self.most //= 1 + len(pieces) // PIECES
        submission, before = self.submission, self.results(self.submission)
        if not broken <= {*broken_of(before)} or any(before[c] == "timeout" for c in passed):
            return None
        if {*before.values()} == {"timeout", "blocked"}:  # what it defines comes to no end
            return None
        began = awake()
        self.passes(submission, next(broken_of(before)))
        self.most = min(self.most, int(LONGEST / (awake() - began)))
        return self.repair(self.mend(submission, before, MOST_MISTAKES))

    def repair(self, found: list[list[Edit]]) -> Repair | None:
        """Return what the edits tell that mend one mistake after another; nothing if they only
        make an array of whatever there is, as that hides a mistake.
        """
        if not found or all(map(coerces, found[0])):
            return None
        lines = [{(edit.piece, edit.line) for edit in each} for each in found]
        alone = all(len(each) == 1 for each in lines) and not shared(lines)
        proven = all(any(map(proves, each)) for each in found)
        fair = self.step != TESTS and self.late <= self.patience
        return Repair(tuple(found[0]), alone and proven and fair, len(found))

    def mend(self, submission: Submission, before: Results, mistakes: int) -> list[list[Edit]]:
        """Return the edits that mend a version of the step, those of one mistake after those
        of another; none if there are more ``mistakes``, or they are not found.
        """
        sieve = next(broken_of(before), None)
        if not mistakes or not sieve:
            return []
        made, begun, looked_into = Round(), self.tried, None
        request = self.request(submission, before, sieve)
        for edit in listed(submission, self.sandbox, self.step, request, AT_LENGTH):
            if self.tried >= self.most or self.late > self.patience:
                break
            if self.step == TESTS and (edit.drops or edit.kind in WEAKER):
                continue
            self.tried += 1
            self.note(made, edit, submission, before, sieve)
            if self.tried - begun == ENOUGH and made.parts and not made.whole:
                looked_into = made.best[0]
                if rest := self.deeper(submission, looked_into, mistakes):
                    return [made.best, *rest]
        if made.whole:
            return [made.whole]
        if made.parts and made.best[0] != looked_into:
            rest = self.deeper(submission, made.best[0], mistakes)
            return [made.best, *rest] if rest else []
        return []

    def deeper(self, submission: Submission, edit: Edit, mistakes: int) -> list[list[Edit]]:
        """Return the edits that mend what an edit leaves."""
        variant = edited(submission, self.step, edit)
        return self.mend(variant, self.results(variant), mistakes - 1)

    def note(
        self, made: Round, edit: Edit, submission: Submission, before: Results, sieve: str
    ) -> None:
        """Try an edit of a version of the step, and keep it if it mends all or a part."""
        variant = edited(submission, self.step, edit)
        if not self.passes(variant, sieve):
            return
        results = self.results(variant)
        broken, was = ([*broken_of(each)] for each in (results, before))
        if any(before[c] == "passed" != came for c, came in results.items()):
            return
        if not broken:
            made.whole.append(edit)
        elif len(broken) < len(was):
            made.parts.append((len(broken), edit))

    def passes(self, submission: Submission, sieve: str) -> bool:
        """Return whether a version of the step passes one check."""
        came = self.rerun(submission, self.seed, BRIEF).of([sieve])[sieve]
        self.late += came == "timeout"
        return came == "passed"

    def results(self, submission: Submission) -> Results:
        """Return what comes of all checks; where none fails, on another seed as well."""
        came = self.rerun(submission, self.seed, BRIEF).of(suite(self.step))
        if any(broken_of(came)):
            return came
        return self.rerun(submission, (self.seed + 1) % 2**64, BRIEF).of(suite(self.step))

    def request(self, submission: Submission, before: Results, sieve: str) -> wire.Mend:
        """Return the question for edits of a version of the step, with what was run in it."""
        good = [check for check, came in before.items() if came == "passed"]
        rerun = self.rerun(submission, self.seed, AT_LENGTH)
        failed, *others = rerun.traced([sieve, *good])
        runs = Counter(spot for each in others for spot in each.lines)
        weights: dict[wire.Spot, float] = {}
        for turn, spot in enumerate(failed.raised):
            weights.setdefault(spot, THROUGH if turn else RAISED)
        for spot in failed.lines:
            alone = 1 - runs[spot] / len(good) if good else 1
            weights.setdefault(spot, RUN + ALONE * alone)
        suspects = [Suspect(*spot, weight) for spot, weight in weights.items()]
        holds = dict.fromkeys(held for each in (failed, *others) for held in each.holds)
        new = next(unit.new for unit in SYLLABUS if unit.step == self.step)
        lines, names = suspects[: wire.MOST_LINES], [*holds][:MOST_HELD]
        return wire.Mend(tuple(lines), tuple(names), new, self.most - self.tried)

    def rerun(self, submission: Submission, seed: int, limits: Limits) -> Rerun:
        """Return the step of a version, of which checks can be run."""
        return Rerun(submission, self.sandbox, seed, limits, self.step)


def shared(lines: list[set[Any]]) -> bool:
    """Return whether two mistakes are of one line, which is then written anew."""
    return len(set[Any]().union(*lines)) < sum(map(len, lines))


def broken_of(results: Results) -> Iterator[str]:
    """Yield the checks that failed."""
    return (check for check, came in results.items() if came in BROKEN)


def proves(edit: Edit) -> bool:
    """Return whether an edit that mends a step tells where the mistake is.

    One that takes something away, or adds a line below a wrong one, may only hide it.
    """
    return not edit.drops and edit.kind != "missing" and not coerces(edit)


def coerces(edit: Edit) -> bool:
    """Return whether an edit only makes an array of whatever there is."""
    return edit.kind == "call" and edit.text.startswith("np.array(")
