"""The suites without pytest, for tests that grade hundreds of files: its start and its hooks
take longer than a step's checks.  That the facts are the same is tested (``test_direct.py``).
"""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from graders.judge.draw import Draw
from graders.judge.plugin import CONVERSATION, Grading
from graders.judge.remote import Student
from graders.judge.rerun import Ended, suite
from graders.judge.run import Options, report_on
from graders.judge.scoring import Facts
from graders.judge.steps import State
from graders.report import Report
from graders.sandbox.clock import awake
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import Submission
from graders.syllabus import SYLLABUS


class Item:
    """A check as pytest has it, as far as its facts need that."""

    def __init__(self, check: str, function: Callable[..., None]) -> None:
        step, _dot, name = check.partition(".")
        self.path = Path(f"test_{step}.py")
        self.name = f"test_{name}"
        self.function = function
        self.stash: dict[Any, Any] = {}

    def get_closest_marker(self, name: str) -> pytest.Mark:
        """Return a mark of the check's."""
        return next(mark for mark in self.function.pytestmark if mark.name == name)


def run(submission: Submission, sandbox: Sandbox, options: Options) -> Grading:
    """Run the suites on a submission and return what came of it."""
    grading = Grading(submission, sandbox, options.seed, options.limits, options.steps)
    steps = [u.step for u in SYLLABUS if options.steps is None or u.step in options.steps]
    try:
        rows = [
            facts(grading, step, Item(check, function))
            for step in steps
            for check, function in suite(step).items()
        ]
    finally:
        grading.close()
    grading.results = {"tests": [{"metadata": msgspec.to_builtins(row)} for row in rows]}
    return grading


def facts(grading: Grading, step: str, item: Item) -> Facts:
    """Run one check and return what became of it."""
    check = f"{step}.{item.name.removeprefix('test_')}"
    state = grading.states.setdefault(step, State())
    state.began = awake()
    error = None
    try:
        talk = item.stash[CONVERSATION] = grading.check(step, check)
        given: dict[str, Callable[[], Any]] = {
            "student": lambda: Student(talk),
            "draw": lambda: Draw(grading.seed, check),
            "trials": lambda: grading.trials_of(step),
        }
        with np.errstate(all="ignore"):
            wanted = inspect.signature(item.function).parameters
            item.function(**{name: given[name]() for name in wanted})
    except Ended as ended:
        error = ended
    found = grading.facts(item, error)
    state.seconds += awake() - state.began
    return found


def grade(submission: Submission, sandbox: Sandbox, options: Options) -> Report:
    """Run the suites on a submission and return the report."""
    grading = run(submission, sandbox, options)
    return report_on(submission, sandbox, options, grading, seconds=0.0)
