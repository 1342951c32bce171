"""The pytest side of the judge: the fixtures ``student`` and ``draw``, and each check's facts.

Works inside ``judge.grade`` and at pytest's own door alike
(``pytest graders/suites --submission PATH``).
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from graders.checks import declared, refuse_unmarked
from graders.engine import wire
from graders.engine.draw import Draw
from graders.engine.errors import (
    Blocked,
    Crashed,
    NotAttempted,
    NotPython,
    TimedOut,
    Unloadable,
    Verdict,
)
from graders.engine.process import Limits, StepProcess
from graders.engine.remote import Conversation, MissingName, Student, StudentError
from graders.engine.reproduce import reproduce
from graders.engine.sandbox import Sandbox
from graders.engine.submission import Submission
from graders.engine.trials import Trials
from graders.engine.verdict import missing_of, seen_of, steady, verdict_of
from graders.misconceptions import diagnose
from graders.words import _

MOST_TIMEOUTS = 2


@dataclass
class State:
    """What is known of one step while its checks run."""

    process: StepProcess | None = None
    loaded: wire.Loaded | None = None
    broken: tuple[str, Verdict] | None = None
    """The check that found the step unloadable, and how."""
    seconds: float = 0.0
    began: float = 0.0
    """When the check that is being run began."""
    trials: Trials | None = None
    """What the step's own tests were tried on."""
    timeouts: list[str] = field(default_factory=list)


class Grading:
    """One submission being graded: a pytest plugin with the processes that it needs."""

    def __init__(
        self,
        submission: Submission,
        sandbox: Sandbox,
        seed: int,
        limits: Limits,
        steps: frozenset[str] | None = None,
        progress: Callable[[str], None] = lambda check: None,
    ) -> None:
        """``steps`` selects among the steps; ``progress`` is told of each finished check."""
        self.submission = submission
        self.sandbox = sandbox
        self.seed = seed
        self.limits = limits
        self.steps = steps
        self.progress = progress
        self.states: dict[str, State] = {}
        self.started = time.monotonic()
        self.interrupted = False
        self.results: dict[str, Any] | None = None

    # --- one check

    def check(self, step: str, name: str, drawn_as: str = "") -> Conversation:
        """Return a conversation with a loaded step.  Raise the verdict when there is none.

        ``drawn_as`` is what the worker's random generators are seeded by, if not by ``name``.
        """
        state = self.states.setdefault(step, State())
        if state.broken:
            by, verdict = state.broken
            again = by == name or isinstance(verdict, NotAttempted)
            raise verdict if again else Blocked(by)
        if len(state.timeouts) >= MOST_TIMEOUTS:
            raise Blocked(state.timeouts[0])
        wall = min(self.limits.wall, self.left(state))
        try:
            if state.process is None or not state.process.alive:
                state.process, state.loaded = self.load(step, wall)
        except Verdict as verdict:
            state.broken = (name, verdict)
            raise
        assert state.loaded
        if state.loaded.untouched:
            raise NotAttempted(_("the file is still the template"))
        state.process.begin(self.limits.cpu, wall)
        talk = Conversation(state.process, state.loaded.names)
        if talk.say(wire.Begin(Draw(self.seed, drawn_as or name).seed)) != wire.Answer(None):
            state.process.close()
            raise Crashed(_("your code keeps the check from beginning: what did it replace?"))
        return talk

    def left(self, state: State) -> float:
        """Return the wall seconds left to a step.  Raise Blocked when they are used up."""
        run = self.limits.run - (time.monotonic() - self.started)
        used = state.seconds + time.monotonic() - state.began
        left = min(self.limits.step - used, run)
        if left <= 0:
            raise Blocked(state.timeouts[0] if state.timeouts else None)
        return left

    def load(self, step: str, wall: float) -> tuple[StepProcess, wire.Loaded]:
        """Start a process and load a step in it.  Raise the verdict when it can't be."""
        file = self.submission.steps.get(step)
        if file is None:
            text = _("the submission has no {step}.py")
            raise NotAttempted(text.format(step=step))
        if file.problem:
            raise Unloadable(f"{file.path}: {file.problem}")
        self.close()
        process = self.sandbox.step()
        process.begin(self.limits.cpu, wall)
        talk = Conversation(process)
        try:
            request = wire.Load(file.path, self.submission.root, self.submission.sources)
            reply = talk.say(request)
        except (TimedOut, Crashed) as verdict:
            text = _("while {path} was being imported: {what}")
            raise type(verdict)(text.format(path=file.path, what=verdict)) from verdict
        if not isinstance(reply, wire.Loaded):
            process.close()
            raise Crashed(_("the file could not be loaded"))
        trouble = reply.trouble
        if isinstance(trouble, wire.Raised) and "SyntaxError" in trouble.bases:
            process.close()
            raise NotPython(StudentError(trouble).told())
        return process, reply

    def loading(self, step: str) -> tuple[str | None, str | None, tuple[str, ...]]:
        """Return where a step was found, what kept it from loading whole, and notes on it."""
        file = self.submission.steps.get(step)
        state = self.states.get(step, State())
        trouble = state.loaded.trouble if state.loaded else None
        error = None
        if file and file.problem:
            error = file.problem
        elif state.broken and not isinstance(state.broken[1], NotAttempted):
            error = str(state.broken[1])
        elif isinstance(trouble, wire.Raised):
            error = StudentError(trouble).told()
        elif trouble:
            error = f"{trouble.name} {trouble.message}".rstrip()
        text = _("{name} is not installed here: a stand-in took its place")
        stood_in = state.loaded.stood_in if state.loaded else ()
        notes = [text.format(name=name) for name in stood_in]
        notes += state.trials.notes if state.trials else []
        return file.path if file else None, steady(error), tuple(notes)

    def close(self) -> None:
        """End the processes of steps: only one step has one at a time."""
        for state in self.states.values():
            if state.process is not None:
                state.process.close()

    # --- what pytest calls

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the mark known."""
        config.addinivalue_line("markers", "check(declared): what a check says of itself")

    def pytest_pycollect_makeitem(self, collector: Any, name: str, obj: Any) -> None:
        """Raise Refused for a test that is no check."""
        if collector.istestfunction(obj, name):
            refuse_unmarked(obj)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen steps' checks."""
        if self.steps is not None:
            items[:] = [item for item in items if step_of(item) in self.steps]

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest) -> Draw:
        """Give random inputs that depend on the seed and this check alone."""
        return Draw(self.seed, check_id(request.node))

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Iterator[Student]:
        """Give the loaded step."""
        item = request.node
        state = self.states.setdefault(step_of(item), State())
        state.began = time.monotonic()
        try:
            talk = self.check(step_of(item), check_id(item))
            item.stash[CONVERSATION] = talk
            yield Student(talk)
        finally:
            state.seconds += time.monotonic() - state.began

    @pytest.fixture
    def trials(self, request: pytest.FixtureRequest, student: Student) -> Trials:
        """Give the trials of the step's own tests, which the step's checks share."""
        step, name = step_of(request.node), check_id(request.node)
        state = self.states[step]
        if state.trials is None:
            talk = partial(self.check, step, name, f"{step}.trial")
            state.trials = Trials(talk, Draw(self.seed, f"{step}.order").random)
        return state.trials

    @pytest.hookimpl(optionalhook=True)
    def pytest_json_runtest_metadata(self, item: pytest.Item, call: Any) -> dict[str, Any]:
        """Attach the facts of a check that scoring needs, as plain data."""
        if call.when == "teardown":
            return {}
        error = call.excinfo.value if call.excinfo else None
        if call.when == "setup" and error is None:
            return {}
        self.progress(check_id(item))
        return self.facts(item, error)

    def facts(self, item: pytest.Item, error: BaseException | None) -> dict[str, Any]:
        """Return what became of a check."""
        said = declared(item)
        talk = item.stash.get(CONVERSATION, None)
        status, message = verdict_of(error)
        state = self.states[step_of(item)]
        if isinstance(error, TimedOut):
            state.timeouts.append(check_id(item))
        facts: dict[str, Any] = {
            "id": check_id(item),
            "step": step_of(item),
            "title": said.title,
            "kind": said.kind,
            "points": said.points,
            "needs": [f"{step_of(item)}.{name}" for name in said.needs],
            "status": status,
            "message": steady(message),
        }
        facts["missing"] = missing_of(error)
        if isinstance(error, MissingName):
            if stopped := self.loading(step_of(item))[1]:
                text = _("the file stopped early: {why}\nso {missing}")
                facts["message"] = text.format(missing=message, why=stopped)
        if isinstance(error, Blocked):
            facts["blocked_by"] = error.args[0]
        if status in ("failed", "crashed", "timeout"):
            named = talk and not isinstance(error, MissingName)
            facts |= self.diagnosis(item, status, error) if named else {}
            facts["hint"] = facts.get("hint", said.hint) if named else None
            file = self.submission.steps[step_of(item)].path.rpartition("/")[2]
            stops = bool(state.loaded and state.loaded.stops)
            events = talk.events if talk else None
            facts["reproduce"] = reproduce(said, file, stops, events, status, error)
        trials = self.states.get(step_of(item), State()).trials
        output = talk.process.output() if talk else ""
        output = trials.printed if trials else output
        facts["output"] = steady(output) or None
        if talk:
            del item.stash[CONVERSATION]  # it may hold much, and the run is long
        return facts

    def diagnosis(self, item: pytest.Item, status: str, error: Any) -> dict[str, str]:
        """Return what the catalogue makes of a failure: the idea that it likely comes from."""
        step, _dot, check = check_id(item).partition(".")
        try:
            entry = diagnose(step, check, seen_of(status, error))
        except Exception:  # whatever a worker answered, it must not cost a verdict
            return {}
        if entry is None:
            return {}
        return {
            "misconception": entry.id,
            "likely": entry.title,
            "hint": entry.hint,
            "more": entry.more,
        }

    def pytest_keyboard_interrupt(self) -> None:
        """Remember that the run was stopped by hand."""
        self.interrupted = True

    @pytest.hookimpl(optionalhook=True)
    def pytest_json_modifyreport(self, json_report: dict[str, Any]) -> None:
        """Keep the raw results."""
        self.results = json_report


CONVERSATION = pytest.StashKey[Conversation]()


def step_of(item: pytest.Item) -> str:
    """Return the step that a check's suite grades, from the suite's file name."""
    return item.path.stem.removeprefix("test_")


def check_id(item: pytest.Item) -> str:
    """Return a check's id, such as ``step06.square_backward``."""
    return f"{step_of(item)}.{item.name.removeprefix('test_')}"
