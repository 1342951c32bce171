"""Find the tests of a step's file and keep what became of each (step 10)."""

import types
import unittest
from collections.abc import Iterator
from typing import Any

from graders.values import sendable
from graders.wire import MOST_TESTS
from graders.worker.loader import describe
from graders.worker.pytest_style import StudentTest, cases

OTHERS = "…"
"""Stands for all tests that are more than can be told one by one."""
MOST_TOLD = 500
"""How many characters are told of what went wrong in a test."""


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


class Tally(unittest.TestResult):
    """Keeps what became of each test, in words; an empty text is a pass.

    A test that was skipped is not among them: it asserts nothing.
    """

    def __init__(self, module: str) -> None:
        """``module`` is the name that the tests' own begin with."""
        super().__init__()
        self.module = module
        self.results: dict[str, str] = {}

    def record(self, test: Any, text: str = "") -> None:
        """Keep the first thing that went wrong in a test."""
        name = sendable(str(test.id()).removeprefix(f"{self.module}."), 200)
        if name not in self.results and len(self.results) >= MOST_TESTS - 1:
            name = OTHERS
        self.results[name] = self.results.get(name) or sendable(text, MOST_TOLD)

    def record_error(self, test: Any, error: Any) -> None:
        """Keep what a test raised, unless it is how pytest skips one."""
        raised = describe(error[1], {})
        if raised.name != "Skipped":
            self.record(test, f"{raised.name}: {raised.message}".rstrip(": "))

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
        self.record(test, "no failure, though one was expected")

    def addSubTest(self, test: Any, subtest: Any, error: Any) -> None:
        """Keep the failure of a part under its test's name."""
        if error:
            self.record_error(test, error)
        else:
            self.record(test)
