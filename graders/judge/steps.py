"""A submission's steps while their checks run: each loaded in a process, within its limits."""

import math
from dataclasses import dataclass, field
from functools import partial

from graders import wire
from graders.errors import Blocked, Crashed, NotAttempted, Unloadable, Verdict
from graders.feedback.plainly import NO_FILE, File
from graders.feedback.showing import steady
from graders.judge.draw import Draw, for_worker
from graders.judge.extent import cut
from graders.judge.loaded import Loaded
from graders.judge.loading import Known, load, sent
from graders.judge.remote import Conversation, is_name
from graders.judge.trials import Trial, Trials, tried
from graders.sandbox.clock import awake
from graders.sandbox.process import Limits, StepProcess
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import Submission
from graders.words import _

MOST_TIMEOUTS = 2
"""After so many in a step, its other checks get less time."""
IN_A_HURRY = 1 / 4
"""How much less: each this share of its CPU time, all of them this share of the step's time."""


@dataclass
class State:
    """What is known of one step while its checks run."""

    process: StepProcess | None = None
    loaded: Loaded | None = None
    broken: tuple[str, Verdict] | None = None
    """The check that found the step unloadable, and how."""
    seconds: float = 0.0
    began: float = 0.0
    """When the check that is being run began."""
    trials: Trials | None = None
    """What the step's own tests were tried on."""
    told: list[str] = field(default_factory=list)
    """The names that checks have failed for want of: of misspelt ones, others need not."""
    timeouts: list[str] = field(default_factory=list)
    end: float = math.inf
    """After how many of its seconds it ends, if that is earlier than others do."""

    @property
    def used(self) -> float:
        """Return how many seconds its checks have taken, with the one that is being run."""
        return self.seconds + awake() - self.began

    @property
    def in_a_hurry(self) -> bool:
        """Return whether so many checks ran out of time that the others get less."""
        return len(self.timeouts) >= MOST_TIMEOUTS

    @property
    def file(self) -> File:
        """Return what the step's pieces define, as far as that is known."""
        return self.loaded.file if self.loaded else NO_FILE

    @property
    def meant(self) -> dict[str, str]:
        """Return the names that a check has failed for want of, and what is graded as each."""
        near = self.loaded.misspelt if self.loaded else {}
        return {name: near[name] for name in self.told if is_name(near.get(name, ""))}


class Steps:
    """The steps of one submission, and the processes that they are loaded in."""

    tries: type[Trials] = Trials
    """How a step's own tests are tried."""

    def __init__(
        self, submission: Submission, sandbox: Sandbox, seed: int, limits: Limits
    ) -> None:
        self.submission = submission
        self.sandbox = sandbox
        self.seed = seed
        self.limits = limits
        self.states: dict[str, State] = {}
        self.known = Known()
        self.started = awake()

    def check(self, step: str, name: str) -> Conversation:
        """Return a conversation with a loaded step.  Raise the verdict when there is none."""
        state = self.states.setdefault(step, State())
        if state.broken:
            by, verdict = state.broken
            again = by == name or isinstance(verdict, NotAttempted)
            raise verdict if again else Blocked(by)
        left = self.left(state)
        try:
            if state.process is None or not state.process.alive:
                state.process, state.loaded = self.load(step, left)
        except Verdict as verdict:
            if state.loaded is None:
                state.broken = (name, verdict)
            raise
        assert state.loaded
        share = IN_A_HURRY if state.in_a_hurry else 1
        state.process.begin(self.limits.cpu * share, self.limits.wall, left)
        names = (*state.loaded.names, *state.loaded.lent)
        talk = Conversation(state.process, names, state.loaded.file)
        begin = wire.Begin(for_worker(self.seed, name), share, tuple(state.meant))
        if talk.exchange(begin) != wire.Answer(None):
            state.process.close()
            raise Crashed(_("your code keeps the check from beginning: what did it replace?"))
        return talk

    def trials_of(self, step: str) -> Trials:
        """Return the trials of a step's own tests, which its checks share."""
        state = self.states[step]
        if state.trials is None:
            run = self.submission.steps[step]
            if run and any("pytest" in piece.text for piece in run.pieces):
                self.sandbox.expect_pytest()
            order = Draw(self.seed, f"{step}.order").random
            state.trials = self.tries(partial(self.trial, step), order, state.file)
        return state.trials

    def trial(self, step: str, implementation: str) -> Trial:
        """Try a step's own tests on an implementation, in a process that has run nothing.

        Raise Blocked when the step has used up its time.
        """
        state, run = self.states[step], self.submission.steps[step]
        assert run
        assert state.loaded
        share, left = IN_A_HURRY if state.in_a_hurry else 1, self.left(state)
        request = wire.Rehearse(
            implementation,
            state.loaded.ran,
            state.loaded.quick,
            dict(state.loaded.misspelt),
            for_worker(self.seed, f"{step}.trial"),
            share,
        )
        process = self.sandbox.step()
        try:
            process.begin(self.limits.cpu * share, self.limits.wall, left)
            return tried(Conversation(process), sent(self.submission, run, known=True), request)
        finally:
            process.close()

    def left(self, state: State) -> float:
        """Return the wall seconds left to a step.  Raise Blocked when they are used up."""
        run = self.limits.run - (awake() - self.started)
        left = min(min(self.limits.step, state.end) - state.used, run)
        if left <= 0:
            raise Blocked(state.timeouts[0] if state.timeouts else None)
        return left

    def ran_out(self, state: State, check: str) -> None:
        """Remember that a check ran out of time, and what that leaves to the others."""
        state.timeouts.append(check)
        if len(state.timeouts) == MOST_TIMEOUTS:
            state.end = state.used + self.limits.step * IN_A_HURRY

    def load(self, step: str, left: float) -> tuple[StepProcess, Loaded]:
        """Start a process and load a step in it.  Raise the verdict when it can't be."""
        run = self.submission.steps.get(step)
        if run is None:
            raise NotAttempted(_("the submission has no {step}.py").format(step=step))
        if run.problem:
            raise Unloadable(f"{run.found_in}: {run.problem}")
        if not run.own:
            text = _("there is no code under this step's heading in {path}")
            raise NotAttempted(text.format(path=run.found_in))
        self.close()
        return load(self.submission, run, self.sandbox, self.limits, left, self.known)

    def loading(self, step: str) -> tuple[str | None, str | None, tuple[str, ...]]:
        """Return where a step was found, what kept it from loading whole, and notes on it."""
        run = self.submission.steps.get(step)
        state = self.states.get(step, State())
        error = None
        if run and run.problem:
            error = run.problem
        elif state.broken and not isinstance(state.broken[1], NotAttempted):
            error = str(state.broken[1])
        elif state.loaded:
            error = next(iter(state.loaded.errors), None)
        notes = [*state.loaded.notes()] if state.loaded else []
        text = _("{meant} is graded as {name}")
        notes += [text.format(meant=meant, name=name) for name, meant in state.meant.items()]
        notes += state.trials.notes if state.trials else []
        told = tuple(cut(steady(note)) for note in notes)
        return run.found_in if run else None, error and cut(steady(error)), told

    def close(self) -> None:
        """End the processes of steps: only one step has one at a time."""
        for state in self.states.values():
            if state.process is not None:
                state.process.close()
