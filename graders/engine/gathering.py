"""Find the tests of a step's file and keep what became of each (step 10)."""

import functools
import inspect
import types
import unittest
from collections.abc import Callable, Iterator
from typing import Any

from graders.engine.loader import describe
from graders.engine.wire import sendable


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
        wanted = inspect.signature(instance.setup_method).parameters
        instance.setup_method(*[getattr(instance, method)][: len(wanted)])
    getattr(instance, method)(**arguments)


def calls(run: Callable[..., Any], function: Any) -> Iterator[unittest.TestCase]:
    """Yield a test for each set of arguments that ``pytest.mark.parametrize`` gives.

    A function that wants other arguments is none that can be run, nor is one marked as skipped.
    """
    sets: list[dict[str, Any]] = [{}]
    for mark in getattr(function, "pytestmark", []):
        if mark.name == "skip":
            return
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
            name = function.__qualname__.replace(".", "::")
            label = f"{name}[{number}]" if given else name
            test.__name__ = label  # type: ignore[attr-defined]  # FunctionTestCase asks for it
            yield unittest.FunctionTestCase(test)


def values_of(row: Any, count: int) -> tuple[Any, ...]:
    """Return one row of parametrize as a tuple: a bare value, several, or a pytest.param."""
    if type(row).__name__ == "ParameterSet":
        return tuple(row.values)
    return tuple(row) if count > 1 else (row,)


class Tally(unittest.TestResult):
    """Keeps what became of each test, in words; an empty text is a pass.

    A test that was skipped is not among them: it asserts nothing.
    """

    def __init__(self, module: str) -> None:
        """``module`` is the name that the tests' own begin with."""
        super().__init__()
        self.module = module
        self.results: dict[str, str] = {}

    def note(self, test: Any, text: str = "") -> None:
        """Keep the first thing that went wrong in a test."""
        name = sendable(str(test.id()).removeprefix(f"{self.module}."), 200)
        self.results[name] = self.results.get(name) or text

    def note_error(self, test: Any, error: Any) -> None:
        """Keep what a test raised, unless it is how pytest skips one."""
        told = describe(error[1], {})
        if told.name != "Skipped":
            self.note(test, f"{told.name}: {told.message}".rstrip(": "))

    def addError(self, test: Any, error: Any) -> None:
        """Keep an error."""
        self.note_error(test, error)

    def addFailure(self, test: Any, error: Any) -> None:
        """Keep a failed assertion."""
        self.note_error(test, error)

    def addSuccess(self, test: Any) -> None:
        """Keep a pass."""
        self.note(test)

    def addExpectedFailure(self, test: Any, error: Any) -> None:
        """Keep a failure that the test was declared to end in: a pass."""
        self.note(test)

    def addUnexpectedSuccess(self, test: Any) -> None:
        """Keep a pass that was declared not to come."""
        self.note(test, "no failure, though one was expected")

    def addSubTest(self, test: Any, subtest: Any, error: Any) -> None:
        """Keep the failure of a part under its test's name."""
        if error:
            self.note_error(test, error)
        else:
            self.note(test)
