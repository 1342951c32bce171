"""The pytest side of the judge: the fixtures ``student``, ``draw`` and ``trials``.

Serves ``Suites`` and pytest's own door alike (``grade.py pytest``).
"""

from collections.abc import Generator, Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from graders.checks import refuse_unmarked
from graders.judge.draw import Draw
from graders.judge.grading import CONVERSATION, Grading, check_id, step_of
from graders.judge.remote import Student
from graders.judge.steps import State
from graders.judge.trials import Trials
from graders.sandbox.clock import awake


class Plugin:
    """Has the checks speak to whichever submission is being graded."""

    grading: Grading

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the mark known."""
        config.addinivalue_line("markers", "check(declaration): what a check says of itself")

    def pytest_pycollect_makeitem(self, collector: Any, name: str, obj: Any) -> None:
        """Raise Refused for a test that is no check."""
        if collector.istestfunction(obj, name):
            refuse_unmarked(obj)

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest) -> Draw:
        """Give random inputs that depend on the seed and this check alone."""
        return Draw(self.grading.seed, check_id(request.node))

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Iterator[Student]:
        """Give the loaded step."""
        item = request.node
        state = self.grading.states.setdefault(step_of(item), State())
        state.began = awake()
        try:
            talk = self.grading.check(step_of(item), check_id(item))
            item.stash[CONVERSATION] = talk
            yield Student(talk)
        finally:
            state.seconds += awake() - state.began

    @pytest.fixture
    def trials(self, request: pytest.FixtureRequest, student: Student) -> Trials:
        """Give the trials of the step's own tests, which the step's checks share."""
        return self.grading.trials_of(step_of(request.node))

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self) -> Generator[None, object, object]:
        """Let a check compute with whatever numbers it was given, without warnings."""
        with np.errstate(all="ignore"):
            return (yield)

    @pytest.hookimpl(optionalhook=True)
    def pytest_json_runtest_metadata(self, item: pytest.Item, call: Any) -> dict[str, Any]:
        """Attach the facts of a check, as plain data."""
        if call.when == "teardown":
            return {}
        error = call.excinfo.value if call.excinfo else None
        if call.when == "setup" and error is None:
            return {}
        self.grading.progress(check_id(item))
        facts: dict[str, Any] = msgspec.to_builtins(self.grading.facts(item, error))
        return facts
