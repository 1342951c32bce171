"""Find a name that a step lacks where its own code would: along its classes and functions.

``from step02 import Square`` brings the class and not the names ``Function`` and ``Variable``,
yet every Square has the one for a base and makes the other.
"""

import difflib
import types
import unittest
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from graders.wire import Lent, Look
from graders.worker.loader import Importer
from graders.worker.looking import is_class
from graders.worker.source import COURSE, is_unfilled_in
from graders.worker.spelling import LIKENESS, LONGEST, MOST
from graders.worker.stand_in import StandIn

Files = dict[int | str, tuple[str, types.ModuleType]]
Lenders = Iterator[tuple[str, tuple[Any, str]]]
"""Files that have a thing of a name, each with the thing and what its module is called."""
MOST_LEVELS = 5
"""How far is looked: from what the step has to what that refers to, and so on."""


class Found:
    """What was found of the names that a step lacks."""

    def __init__(self) -> None:
        self.things: dict[str, Any] = {}
        self.lent: dict[str, Lent] = {}
        """Where each of them comes from."""
        self.unclear: dict[str, tuple[str, ...]] = {}
        """The files that have different things of the same name."""
        self.misspelt: dict[str, str] = {}
        """What of the step's own is called almost alike."""


def reach(step: Importer, module: types.ModuleType, look: Look) -> Found:
    """Return what there is to be lent to a step of the names that it may be asked for.

    Names of earlier steps come from their files or from those that are no step's, names that
    this step teaches from the latter alone; from a later step's file comes nothing.
    """
    found = Found()
    files = files_of(step)
    own, seen = vars(module), {id(vars(module))}
    level: list[dict[str, Any]] = [own]
    names = (*look.carried, *look.taught)
    wanted = {name for name in names if name not in own or is_stood_in_for(module, name)}
    for _turn in range(MOST_LEVELS if wanted else 0):
        things = [thing for space in level for thing in list(space.values())]
        for lending in (bases, bases_of_instances, others):
            for name in sorted(wanted):
                lenders = dict(lending(name, things, files))
                kept = barred(look, name) | {step.path}
                kept |= {
                    path for path in lenders if is_unfilled_in(step.pieces.get(path, ()), name)
                }
                decide(found, name, {p: each for p, each in lenders.items() if p not in kept})
            wanted -= found.things.keys() | found.unclear.keys()
        spaces = {id(space): space for thing in things for space in spaces_of(thing)}
        level = [space for key, space in spaces.items() if key in files and key not in seen]
        seen |= spaces.keys()
    for name in sorted(wanted):
        mine = {n: thing for n, thing in own.items() if n not in names}
        if meant := nearly(name, mine, files, barred(look, name) - {step.path}):
            found.misspelt[name], found.things[name] = meant, own[meant]
    return found


def barred(look: Look, name: str) -> set[str]:
    """Return the files that lend nothing by a name."""
    return set(look.later) | set(look.earlier if name in look.taught else ())


def nearly(name: str, own: Mapping[str, Any], files: Files, kept: Collection[str]) -> str:
    """Return what one class or function of the student's is called that has a name almost
    alike, whatever its case; nothing where there is none, or more than one.  A test case is
    called after what it tests.
    """
    kind = type if name[0].isupper() else types.FunctionType
    known = {
        other.lower(): other
        for other, thing in own.items()
        if type(other) is str and len(other) <= LONGEST and other.isidentifier()
        if issubclass(type(thing), kind) and unittest.TestCase not in ancestry(thing)
        if any(path not in kept for path, _home in defined(thing, files))
    }
    close = difflib.get_close_matches(name.lower(), [*known][:MOST], 2, LIKENESS)
    meant = {id(own[known[each]]) for each in close}
    return known[close[0]] if len(meant) == 1 else ""


def is_stood_in_for(module: types.ModuleType, name: str) -> bool:
    """Return whether a module has only a stand-in for one of the course's names: it was to come
    from a file that is not there.
    """
    return name in COURSE and type(vars(module).get(name)) is StandIn


def files_of(step: Importer) -> Files:
    """Return the path and the module of each file, by its namespace and by its name."""
    both = [(path, module) for path, module in step.modules.items()]
    by_space: Files = {id(vars(module)): (path, module) for path, module in both}
    return by_space | {module.__name__: (path, module) for path, module in both}


def decide(found: Found, name: str, lenders: Mapping[str, tuple[Any, str]]) -> None:
    """Keep the one thing of a name that files have, or which files have different ones."""
    if len({id(thing) for thing, _module in lenders.values()}) > 1:
        found.unclear[name] = tuple(sorted(lenders))
    elif lenders:
        path, (thing, module) = next(iter(lenders.items()))
        found.things[name], found.lent[name] = thing, Lent(path, module)


def bases(name: str, things: Iterable[Any], files: Files) -> Lenders:
    """Yield what is called ``name`` among the classes that things are made of, by file."""
    for thing in things:
        for base in ancestry(thing):
            if type.__dict__["__name__"].__get__(base) == name:
                yield from defined(base, files)


def bases_of_instances(name: str, things: Iterable[Any], files: Files) -> Lenders:
    """Yield what is called ``name`` among the classes that those of instances are made of."""
    made = [base for each in things if not is_class(each) for base in ancestry(type(each))[1:2]]
    return bases(name, made, files)


def others(name: str, things: Iterable[Any], files: Files) -> Lenders:
    """Yield what goes by ``name`` where things come from, by the file that defines it."""
    for thing in things:
        for space in spaces_of(thing):
            if id(space) in files:
                yield from defined(space.get(name), files)


def defined(thing: Any, files: Files) -> Lenders:
    """Yield a class or a function with the file of the submission that defines it."""
    if is_class(thing):
        module = type.__dict__["__dict__"].__get__(thing).get("__module__")
        home = files.get(module) if type(module) is str else None
    else:
        home = files.get(id(thing.__globals__)) if type(thing) is types.FunctionType else None
    if home:
        yield home[0], (thing, home[1].__name__)


def spaces_of(thing: Any) -> Iterator[dict[str, Any]]:
    """Yield the namespaces that a thing's own code looks names up in."""
    if type(thing) is types.ModuleType:
        yield vars(thing)
    elif type(thing) is types.FunctionType:
        yield thing.__globals__
    for cls in ancestry(thing):
        for member in list(type.__dict__["__dict__"].__get__(cls).values()):
            member = member.__func__ if type(member) in (classmethod, staticmethod) else member
            if type(member) is types.FunctionType:
                yield member.__globals__


def ancestry(thing: Any) -> tuple[type, ...]:
    """Return a class and its bases, running none of its code; nothing for another thing."""
    return type.__dict__["__mro__"].__get__(thing) if is_class(thing) else ()
