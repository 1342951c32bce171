"""The pytest side of the judge: the fixtures ``student`` and ``draw``, and each check's facts.

Works inside ``run.grade`` and at pytest's own door alike (``grade.py pytest``).
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from graders.checks import declared, refuse_unmarked
from graders.errors import Blocked, TimedOut
from graders.feedback.raised import MissingName
from graders.feedback.reproduce import reproduce
from graders.feedback.verdict import missing_of, seen_of, steady, verdict_of
from graders.judge.draw import Draw
from graders.judge.remote import Conversation, Student
from graders.judge.steps import State, Steps
from graders.judge.trials import Trials
from graders.misconceptions import diagnose
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox
from graders.submission.read import Submission
from graders.words import _


class Grading(Steps):
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
        super().__init__(submission, sandbox, seed, limits)
        self.steps = steps
        self.progress = progress
        self.interrupted = False
        self.results: dict[str, Any] | None = None

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
            facts |= self.feedback(item, status, error)
        output = talk.process.output() if talk else ""
        output = state.trials.printed if state.trials else output
        facts["output"] = steady(output) or None
        if talk:
            del item.stash[CONVERSATION]  # it may hold much, and the run is long
        return facts

    def feedback(self, item: pytest.Item, status: str, error: Any) -> dict[str, Any]:
        """Return what a student is told of a failure beyond its message."""
        said, talk = declared(item), item.stash.get(CONVERSATION, None)
        state = self.states[step_of(item)]
        file = self.submission.steps[step_of(item)].path.rpartition("/")[2]
        stops = bool(state.loaded and state.loaded.stops)
        events = talk.events if talk else None
        told: dict[str, Any] = {
            "reproduce": reproduce(said, file, stops, events, status, error),
            "hint": None,
        }
        if talk and not isinstance(error, MissingName):
            told["hint"] = said.hint if status != "crashed" else None
            told |= self.diagnosis(item, status, error)
        return told

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

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Remember that the run was stopped by hand, not by pytest itself."""
        self.interrupted = not isinstance(excinfo.value, pytest.Session.Interrupted)

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
