"""Find the tests of a step's file and keep what became of each (step 10)."""

import types
import unittest
from collections.abc import Callable, Iterator
from typing import Any

from graders.values import sendable
from graders.wire import MOST_TESTS, UNEXPECTED, Left, Raised
from graders.worker.loader import describe
from graders.worker.pytest_style import StudentTest, cases

OTHERS = "…"
"""Stands for all tests that are more than can be told one by one."""
MOST_TOLD = 500
"""How many characters are told of what went wrong in a test."""
MOST_SCENES, LEAST_TOLD = 50, 100
"""Of how many tests it is told where they failed; of more, so many characters are told."""


def tests(module: types.ModuleType) -> Iterator[unittest.TestCase | unittest.TestSuite]:
    """Yield the TestCase classes of a module, and the functions that pytest would run."""
    for name, thing in list(vars(module).items()):
        if isinstance(thing, type) and issubclass(thing, unittest.TestCase):
            if not thing.__module__.startswith("unittest"):
                yield unittest.defaultTestLoader.loadTestsFromTestCase(thing)
        elif isinstance(thing, type) and name.startswith("Test"):
            for method in (name for name in dir(thing) if name.startswith("test")):
                yield from cases(StudentTest(module, thing, method))
        elif isinstance(thing, types.FunctionType) and name.startswith("test"):
            yield from cases(StudentTest(module, None, name))


def as_raised(what: Raised | Left, whole: bool = True) -> Raised:
    """Return what ended a test, in as few words as there is room for."""
    message = what.message[: MOST_TOLD if whole else LEAST_TOLD]
    if isinstance(what, Left) or not whole:
        return Raised(what.name, (), message, ())
    return Raised(
        what.name, what.bases, message, what.lines[-1:], what.missing, what.near, what.scene
    )


def briefly(error: BaseException) -> Raised | Left:
    """Return what a test has raised, without where."""
    return describe(error, {}, {})


class Tally(unittest.TestResult):
    """Keeps what became of each test: what it raised, or None for a pass.

    A test that was skipped is not among them: it asserts nothing.
    """

    def __init__(self, module: str, describe: Callable[[BaseException], Raised | Left]) -> None:
        """``module`` is the name that the tests' own begin with."""
        super().__init__()
        self.module = module
        self.describe = describe
        self.results: dict[str, Raised | None] = {}
        self.described = 0
        """Of how many failures it has been told where they were."""

    def name_of(self, test: Any) -> str:
        """Return what a test is called."""
        return sendable(str(test.id()).removeprefix(f"{self.module}."), 200)

    def record(self, test: Any, raised: Raised | None = None) -> None:
        """Keep the first thing that went wrong in a test."""
        name = self.name_of(test)
        if name not in self.results and len(self.results) >= MOST_TESTS - 1:
            name = OTHERS
        self.results[name] = self.results.get(name) or raised

    def record_error(self, test: Any, error: Any) -> None:
        """Keep what a test raised, unless it is how pytest skips one."""
        if self.results.get(self.name_of(test)):
            return  # the first failure of a test is kept
        whole = self.described < MOST_SCENES
        self.described += 1
        raised = as_raised(self.describe(error[1]) if whole else briefly(error[1]), whole)
        if raised.name != "Skipped":
            self.record(test, raised)

    def addError(self, test: Any, error: Any) -> None:
        """Keep an error."""
        self.record_error(test, error)

    def addFailure(self, test: Any, error: Any) -> None:
        """Keep a failed assertion."""
        self.record_error(test, error)

    def addSuccess(self, test: Any) -> None:
        """Keep a pass."""
        self.record(test)

    def addExpectedFailure(self, test: Any, error: Any) -> None:
        """Keep a failure that the test was declared to end in: a pass."""
        self.record(test)

    def addUnexpectedSuccess(self, test: Any) -> None:
        """Keep a pass that was declared not to come."""
        self.record(test, Raised(UNEXPECTED, (), "", ()))

    def addSubTest(self, test: Any, subtest: Any, error: Any) -> None:
        """Keep the failure of a part under its test's name."""
        if error:
            self.record_error(test, error)
        else:
            self.record(test)
