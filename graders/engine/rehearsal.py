"""Run a step's own tests against another implementation of what they test (step 10).

The file is run afresh with the implementation's names in place of its own definitions, in
the file itself and in every sibling it imports, so that the tests reach the exchanged code
by whatever name, default argument or alias they use.
"""

import posixpath
import sys
import types
import unittest
from collections.abc import Iterator
from typing import Any

from graders.engine.loader import Submission, describe
from graders.engine.pytest_style import StudentTest, cases


def rehearse(submission: Submission, implementation: str) -> dict[str, str]:
    """Return, for each test of the step, an empty text if it passed or what went wrong.

    The key ``""`` stands for a failure to run the file at all.
    """
    names: dict[str, Any] = {"__name__": "implementation"}
    exec(compile(implementation, "<implementation>", "exec"), names)
    del names["__name__"], names["__builtins__"]
    exchanged = Submission(submission.root, submission.path, submission.sources)
    exchanged.replacement = names
    sys.meta_path.remove(submission)
    sys.meta_path.insert(0, exchanged)
    before = {name: sys.modules.pop(name) for name in siblings(submission)}
    try:
        module = exchanged.load()
        results = run_tests(module, exchanged)
    finally:
        for name in siblings(exchanged):
            del sys.modules[name]
        sys.modules.update(before)
        sys.meta_path.remove(exchanged)
        sys.meta_path.insert(0, submission)
    if not results and submission.path in exchanged.troubles:
        results[""] = exchanged.troubles[submission.path].name
    return results


def siblings(submission: Submission) -> list[str]:
    """Return the names under which a submission's modules are imported."""
    own = {id(module) for module in submission.modules.values()}
    return [name for name, module in list(sys.modules.items()) if id(module) in own]


def run_tests(module: types.ModuleType, submission: Submission) -> dict[str, str]:
    """Run all tests of a module."""
    tally = Tally(submission)
    unittest.TestSuite(tests(module)).run(tally)
    return tally.results


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
    """Keeps what became of each test, in words; an empty text is a pass."""

    def __init__(self, submission: Submission) -> None:
        super().__init__()
        self.submission = submission
        self.results: dict[str, str] = {}

    def note(self, test: Any, error: Any = None) -> None:
        """Keep the first thing that went wrong in a test."""
        told = describe(error[1], self.submission.sources) if error else None
        text = f"{told.name}: {told.message}" if told else ""
        module = posixpath.basename(self.submission.path).removesuffix(".py")
        name = str(test.id()).removeprefix(f"{module}.")
        self.results[name] = self.results.get(name) or text

    def addSuccess(self, test: Any) -> None:
        """Keep a pass."""
        self.note(test)

    def addError(self, test: Any, error: Any) -> None:
        """Keep an error; what pytest.skip raises is none, nor is the test a pass."""
        if type(error[1]).__name__ != "Skipped":
            self.note(test, error)

    def addFailure(self, test: Any, error: Any) -> None:
        """Keep a failed assertion."""
        self.note(test, error)

    def addSubTest(self, test: Any, subtest: Any, error: Any) -> None:
        """Keep the failure of a part under its test's name."""
        self.note(test, error)
