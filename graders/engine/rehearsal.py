"""Run a step's own tests against another implementation of what they test (step 10).

The file is run afresh with the implementation's names in place of its own definitions, in
the file itself and in every sibling it imports, so that the tests reach the exchanged code
by whatever name, default argument or alias they use.
"""

import functools
import inspect
import posixpath
import sys
import types
import unittest
from collections.abc import Callable, Iterator
from typing import Any

from graders.engine.loader import Submission, describe


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
                yield from calls(
                    functools.partial(on_new, thing, method), getattr(thing, method)
                )
        elif isinstance(thing, types.FunctionType) and name.startswith("test"):
            yield from calls(thing, thing)


def on_new(cls: type[Any], method: str, **arguments: Any) -> None:
    """Call a method on a fresh instance, as pytest does."""
    instance = cls()
    if hasattr(instance, "setup_method"):
        instance.setup_method()
    getattr(instance, method)(**arguments)


def calls(run: Callable[..., Any], function: Any) -> Iterator[unittest.TestCase]:
    """Yield a test for each set of arguments that ``pytest.mark.parametrize`` gives.

    A function that wants other arguments is none that can be run.
    """
    sets: list[dict[str, Any]] = [{}]
    for mark in getattr(function, "pytestmark", []):
        if mark.name == "parametrize":
            names, rows = mark.args[:2]
            names = [n.strip() for n in names.split(",")] if isinstance(names, str) else names
            rows = [values_of(row, len(names)) for row in rows]
            sets = [
                given | dict(zip(names, row, strict=False)) for given in sets for row in rows
            ]
    wanted = [
        p for p in inspect.signature(function).parameters.values() if p.default is p.empty
    ]
    for number, given in enumerate(sets):
        if {p.name for p in wanted} - {"self"} <= set(given):
            test = functools.partial(run, **given)
            label = f"{function.__qualname__}[{number}]" if given else function.__qualname__
            test.__name__ = label  # type: ignore[attr-defined]  # FunctionTestCase asks for it
            yield unittest.FunctionTestCase(test)


def values_of(row: Any, count: int) -> tuple[Any, ...]:
    """Return one row of parametrize as a tuple: a bare value, several, or a pytest.param."""
    if type(row).__name__ == "ParameterSet":
        return tuple(row.values)
    return tuple(row) if count > 1 else (row,)


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
        """Keep an error."""
        self.note(test, error)

    def addFailure(self, test: Any, error: Any) -> None:
        """Keep a failed assertion."""
        self.note(test, error)

    def addSubTest(self, test: Any, subtest: Any, error: Any) -> None:
        """Keep the failure of a part under its test's name."""
        self.note(test, error)
