"""Tests as pytest would run them: functions and classes, with marks, fixtures and set-up.

pytest itself would bring files, options and captures of its own into the worker; this is as
much of it as students use in a step.
"""

import functools
import inspect
import types
import unittest
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

Arguments = dict[str, Any]


@dataclass(frozen=True)
class StudentTest:
    """A function of a module that is a test, or a method of one of its classes."""

    module: types.ModuleType
    cls: type[Any] | None
    name: str

    @property
    def function(self) -> Any:
        """Return the function, or the method as its class gives it."""
        return getattr(self.cls or self.module, self.name)

    @property
    def marks(self) -> list[Any]:
        """Return what pytest.mark says of the test, of its class and of its module."""
        places = [self.function, *([self.cls] if self.cls else []), self.module]
        held = [getattr(place, "pytestmark", []) for place in places]
        return [m for marks in held for m in (marks if isinstance(marks, list) else [marks])]


@dataclass(frozen=True)
class Fixture:
    """A function that makes an argument of tests."""

    make: Callable[..., Any]
    params: tuple[Any, ...]
    """What it makes an argument of, one test for each; empty where there is no choice."""
    autouse: bool
    is_method: bool


def fixtures(place: Any) -> dict[str, Fixture]:
    """Return the fixtures of a module or a class, by name; objects since pytest 8.4."""
    found = {}
    for name in dir(place):
        thing: Any = inspect.getattr_static(place, name)
        for attribute in ("_fixture_function_marker", "_pytestfixturefunction"):
            mark: Any = getattr(thing, attribute, None)
            if type(mark).__name__ == "FixtureFunctionMarker":
                wrapped = getattr(thing, "__pytest_wrapped__", None)
                make = wrapped.obj if wrapped else thing._fixture_function
                params = tuple(values_of(param, True)[0] for param in mark.params or ())
                made = Fixture(make, params, bool(mark.autouse), isinstance(place, type))
                found[mark.name or name] = made
    return found


def cases(test: StudentTest) -> Iterator[unittest.TestCase]:
    """Yield a test case for each set of arguments of a test.

    There is none for what is to be skipped, nor where an argument comes from nowhere.
    """
    if not callable(test.function) or any(map(is_skip, test.marks)):
        return
    known = fixtures(test.module) | (fixtures(test.cls) if test.cls else {})
    is_method = test.cls is not None and isinstance(test.function, types.FunctionType)
    sets = parametrized(test.marks)
    used = [name for name in known if known[name].autouse]
    used += [name for mark in test.marks if mark.name == "usefixtures" for name in mark.args]
    used += [name for name in wanted(test.function, is_method) if name not in sets[0]]
    if not all(name in known for name in used):
        return
    for name in reached(used, known):
        choices = [{f"{name}.param": param} for param in known[name].params] or [{}]
        sets = [given | choice for given in sets for choice in choices]
    for number, given in enumerate(sets):
        run = functools.partial(carry_out, test, known, used, given)
        label = test.function.__qualname__.replace(".", "::")
        run.__name__ = f"{label}[{number}]" if given else label  # type: ignore[attr-defined]  # FunctionTestCase asks for it
        yield unittest.FunctionTestCase(run)


def is_skip(mark: Any) -> bool:
    """Return whether a mark says that its test is not to be run."""
    return mark.name == "skip" or (mark.name == "skipif" and bool(mark.args and mark.args[0]))


def parametrized(marks: Sequence[Any]) -> list[Arguments]:
    """Return the sets of arguments that the marks give; a single empty one without any."""
    sets: list[Arguments] = [{}]
    for mark in marks:
        if mark.name == "parametrize":
            asked = dict(zip(("argnames", "argvalues"), mark.args, strict=False)) | mark.kwargs
            names, rows = asked["argnames"], asked["argvalues"]
            bare = isinstance(names, str) and "," not in names
            names = [n.strip() for n in names.split(",")] if isinstance(names, str) else names
            given = [dict(zip(names, values_of(row, bare), strict=False)) for row in rows]
            sets = [one | another for one in sets for another in given] or sets
    return sets


def values_of(row: Any, bare: bool) -> tuple[Any, ...]:
    """Return one row of parametrize as a tuple: a bare value, several, or a pytest.param."""
    if type(row).__name__ == "ParameterSet":
        return tuple(row.values)
    return (row,) if bare else tuple(row)


def wanted(function: Any, is_method: bool) -> list[str]:
    """Return the names of what a function can't be called without, but for its instance."""
    parameters = list(inspect.signature(function).parameters.values())[is_method:]
    return [each.name for each in parameters if each.default is each.empty]


def reached(names: Sequence[str], known: Mapping[str, Fixture]) -> list[str]:
    """Return those fixtures, and all that they rest on, once each."""
    found: dict[str, None] = {}
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in known and name not in found:
            found[name] = None
            todo += wanted(known[name].make, known[name].is_method)
    return list(found)


def carry_out(
    test: StudentTest, known: Mapping[str, Fixture], used: Sequence[str], given: Arguments
) -> None:
    """Run a test: set up, make its arguments, call it, and take down what was set up."""
    itself = test.cls() if test.cls else None
    function = getattr(itself or test.module, test.name)
    values = dict(given)
    with ExitStack() as after:

        def value(name: str) -> Any:
            if name not in values:
                fixture = known[name]
                names = wanted(fixture.make, fixture.is_method)
                asked = {n: request(name) if n == "request" else value(n) for n in names}
                made = fixture.make(*([itself] if fixture.is_method else []), **asked)
                if inspect.isgenerator(made):
                    after.callback(next, made, None)
                    made = next(made)
                values[name] = made
            return values[name]

        def request(name: str) -> types.SimpleNamespace:
            return types.SimpleNamespace(param=given.get(f"{name}.param"), instance=itself)

        set_up(test, itself, function, after)
        for name in used:
            value(name)
        fails = any(mark.name == "xfail" for mark in test.marks)
        names = [name for name in inspect.signature(function).parameters if name in values]
        with suppress(*([Exception] if fails else [])):
            function(**{name: values[name] for name in names})


def set_up(test: StudentTest, itself: Any, function: Any, after: ExitStack) -> None:
    """Call what is to be called before a test, and see to what is to be called after it.

    That of a module or a class is called for each of its tests.
    """
    places: list[tuple[Any, str, Any]] = [(test.module, "module", test.module)]
    if test.cls:
        places += [(itself, "class", test.cls), (itself, "method", function)]
    else:
        places += [(test.module, "function", function)]
    for place, kind, argument in places:
        call(getattr(place, f"setup_{kind}", None), argument)
        after.callback(call, getattr(place, f"teardown_{kind}", None), argument)


def call(function: Any, argument: Any) -> None:
    """Call a function, if there is one, with an argument if it takes one."""
    if callable(function):
        function(*([argument] if inspect.signature(function).parameters else []))
