"""A step's checks once more, outside of pytest: on what was handed in, or an edit of it."""

import contextlib
import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from graders import wire
from graders.errors import Verdict
from graders.evidence import Edit, Holds
from graders.feedback.raised import StudentError
from graders.judge.draw import Draw
from graders.judge.loading import sent
from graders.judge.remote import Conversation, Student
from graders.judge.steps import State, Steps
from graders.judge.trials import Trial, Trials
from graders.report import Status
from graders.sandbox.clock import awake
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import Submission
from graders.wire import Piece

Ended = (Exception, pytest.fail.Exception)
"""What may end a check."""


@cache
def suite(step: str) -> Mapping[str, Callable[..., None]]:
    """Return a step's checks, by id and in order."""
    module = importlib.import_module(f"graders.suites.test_{step}")
    named = {n: each for n, each in vars(module).items() if n.startswith("test_")}
    checks = {n: each for n, each in named.items() if hasattr(each, "pytestmark")}
    return {f"{step}.{n.removeprefix('test_')}": each for n, each in checks.items()}


class Traced(NamedTuple):
    """What was run in a check."""

    raised: tuple[wire.Spot, ...]
    """The lines that an exception came through, innermost first, or that were run for ever."""
    lines: tuple[wire.Spot, ...]
    holds: tuple[Holds, ...]


class AsAsked(Trials):
    """Trials of a step's own tests, of which no more are made than a check asks for."""

    def make(self, sources: Sequence[str]) -> None:
        """Remember which implementation is the first, and try none."""
        self.first = self.first or sources[0]

    def on(self, source: str) -> Trial:
        """Return the trial of an implementation, which is made unless there is one."""
        super().make([source])
        return super().on(source)


class Rerun(Steps):
    """One step of a submission, of which checks are run once more."""

    tries = AsAsked

    def __init__(
        self, submission: Submission, sandbox: Sandbox, seed: int, limits: Limits, step: str
    ) -> None:
        super().__init__(submission, sandbox, seed, limits)
        self.step = step
        self.states[step] = State(began=awake())

    def of(self, checks: Iterable[str]) -> dict[str, Status]:
        """Run checks, and return what came of each."""
        try:
            return {check: self.one(check) for check in checks}
        finally:
            self.close()

    def one(self, check: str) -> Status:
        """Run a check, and return what came of it."""
        try:
            self.run(check, self.check(self.step, check))
        except Verdict as verdict:
            return verdict.status
        except Ended:
            return "failed"
        return "passed"

    def run(self, check: str, talk: Conversation) -> None:
        """Run a check in a conversation that has begun.  Raise whatever ends it."""
        function = suite(self.step)[check]
        given: dict[str, Callable[[], Any]] = {
            "student": lambda: Student(talk),
            "draw": lambda: Draw(self.seed, check),
            "trials": lambda: self.trials_of(self.step),
        }
        with np.errstate(all="ignore"):
            function(**{name: given[name]() for name in inspect.signature(function).parameters})

    def traced(self, checks: Iterable[str]) -> Iterator[Traced]:
        """Run checks, and yield what was run in each."""
        try:
            for check in checks:
                yield self.one_traced(check)
        finally:
            self.close()

    def one_traced(self, check: str) -> Traced:
        """Run a check, and return what was run in it."""
        error: BaseException | None = None
        talk: Conversation | None = None
        try:
            talk = self.check(self.step, check)
            talk.exchange(wire.Trace())
            self.run(check, talk)
        except Ended as ended:
            error = ended
        told = wire.Traced(())
        if talk and talk.process.alive:
            with contextlib.suppress(Verdict):
                reply = talk.exchange(wire.Trace())
                told = reply if isinstance(reply, wire.Traced) else told
        return Traced((*told.often, *self.through(error)), told.lines, told.holds)

    def through(self, error: BaseException | None) -> Iterator[wire.Spot]:
        """Yield the lines of the step's own pieces that exceptions came through, innermost
        first: in the check, while the step was loaded, in its own tests.
        """
        state = self.states[self.step]
        raised: list[wire.Raised] = []
        while error is not None:
            raised += [error.raised] if isinstance(error, StudentError) else []
            error = error.__cause__
        if state.loaded:
            raised += [t for t in state.loaded.troubles.values() if isinstance(t, wire.Raised)]
        for trial in state.trials.made.values() if state.trials else ():
            raised += filter(None, trial.raised.values())
        pieces = enumerate(self.submission.steps[self.step].pieces)
        index = {(piece.path, piece.cell): number for number, piece in pieces}
        for each in raised:
            for line in reversed(each.lines):
                if (line.file, line.cell) in index:
                    yield index[line.file, line.cell], line.number


def listed(
    submission: Submission, sandbox: Sandbox, step: str, request: wire.Mend, limits: Limits
) -> Iterator[Edit]:
    """Yield edits of a step's own pieces, the likeliest first.

    Raise the verdict on a process that did not list any.
    """
    run = submission.steps[step]
    process = sandbox.step()
    try:
        process.begin(limits.cpu, limits.wall)
        talk = Conversation(process)
        talk.exchange(sent(submission, run, known=True))
        reply = talk.exchange(request)
    finally:
        process.close()
    for edit in reply.edits if isinstance(reply, wire.Mended) else ():
        if edit.piece in run.own and edit.end <= len(run.pieces[edit.piece].text):
            yield edit


def edited(submission: Submission, step: str, edit: Edit) -> Submission:
    """Return a submission in which one piece of a step is edited."""
    run = submission.steps[step]
    old = run.pieces[edit.piece]
    new = Piece(old.path, edit.of(old.text), old.cell)

    def exchanged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        return tuple(new if piece == old else piece for piece in pieces)

    changed = replace(run, pieces=exchanged(run.pieces))
    modules = {path: exchanged(pieces) for path, pieces in submission.modules.items()}
    return replace(submission, steps={**submission.steps, step: changed}, modules=modules)
