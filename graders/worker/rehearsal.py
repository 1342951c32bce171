"""Run a step's own tests against another implementation of what they test (step 10).

The file is run afresh with the implementation's names in place of its own definitions, in
the file itself and in every sibling it imports, so that the tests reach the exchanged code
by whatever name, default argument or alias they use.
"""

import ast
import sys
import types
import unittest
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.values import sendable
from graders.wire import Left, Piece, Raised, Rehearsed
from graders.worker.gathering import Tally, as_raised, tests
from graders.worker.loader import Importer
from graders.worker.source import (
    FUTURES,
    NO_PYTHON,
    compiled,
    optional_imports,
    parsed,
    without_definitions,
)

NOTHING: Mapping[str, str] = {}


def rehearse(
    submission: Importer,
    implementation: str,
    seed: int = 0,
    misspelt: Mapping[str, str] = NOTHING,
) -> Rehearsed:
    """Run all tests of the step on an implementation, a text with an ``__all__``.

    It goes by the names that the step has misspelt as well.  The process does nothing else, so
    what is exchanged stays exchanged.
    """
    space: dict[str, Any] = {"__name__": "implementation"}
    exec(compile(implementation, "<implementation>", "exec", dont_inherit=True), space)
    names = {name: space[name] for name in space["__all__"]}
    names |= {wrong: names[name] for name, wrong in misspelt.items() if name in names}
    step = Exchanged(submission, names)
    sys.meta_path[sys.meta_path.index(submission)] = step
    run_once_and_repeatably(seed)
    module = step.load()
    tally = Tally(module.__name__, step.describe)
    unittest.TestSuite(tests(module)).run(tally)
    if not tally.results and (troubles := step.troubles_of_its_own()):
        tally.results[""] = as_raised(troubles[0])
    return Rehearsed(tally.results, tuple(step.hidden))


class Exchanged(Importer):
    """The submission, with other definitions in place of the student's own."""

    def __init__(self, submission: Importer, names: dict[str, Any]) -> None:
        ran = {submission.path: tuple(submission.ran)}
        super().__init__(submission.root, submission.path, {**submission.pieces, **ran})
        self.demos = submission.demos
        self.names = names
        classes = [thing for thing in names.values() if isinstance(thing, type)]
        self.classes = [(cls, dict(vars(cls))) for cls in classes]
        self.hidden: list[str] = []
        """Tests that another class or function of the same name took the place of."""

    def load(self) -> types.ModuleType:
        """Run what has been run of the step, and return its module."""
        module = self.begin()
        for piece in self.pieces[self.path]:
            self.run(piece, self.path)
        return module

    def troubles_of_its_own(self) -> list[Raised | Left]:
        """Return what ended pieces of the step itself early."""
        own = (self.troubles.get(piece.place) for piece in self.pieces[self.path])
        return [trouble for trouble in own if trouble]

    def run(self, piece: Piece, path: str, only_definitions: bool = False) -> None:
        """Run a piece without its own definitions of what is exchanged; of a cell that takes
        time, only what it defines.

        A statement that raises is passed over: a demo may ask more of the student's own code
        than of the implementation, and the tests stand below it.
        """
        self.expect(piece)
        reduced = bool(piece.cell) and piece.place not in self.demos
        space = vars(self.modules[path])
        futures = self.futures.get(path, 0)
        try:
            found = prepared(piece, frozenset(self.names), futures, reduced)
        except NO_PYTHON as error:
            self.troubles[piece.place] = self.describe(error)
            return
        self.trees[piece.place] = found.tree
        self.optional |= found.optional
        self.futures[path] = found.futures
        space.update(self.names)
        for name, code in found.statements:
            before = space.get(name)
            try:
                exec(code, space)
            except BaseException as error:
                self.troubles.setdefault(piece.place, self.describe(error))
            self.hidden += overridden(before, space.get(name))
        space.update(self.names)
        self.restore()

    def restore(self) -> None:
        """Take back what a file has changed about the implementation's classes: it meant its
        own.  What it has added to them stays.
        """
        for cls, attributes in self.classes:
            for name, value in attributes.items():
                if vars(cls).get(name) is not value:
                    setattr(cls, name, value)


@dataclass(frozen=True)
class Prepared:
    """A piece that is ready to be run with other definitions in place of its own."""

    statements: tuple[tuple[str, types.CodeType], ...]
    """Each compiled, with the name that it defines."""
    optional: frozenset[str]
    """Packages that it can do without."""
    futures: int
    """What it and the cells above it have asked ``__future__`` for."""
    tree: ast.Module


def prepared(piece: Piece, names: frozenset[str], futures: int, reduced: bool) -> Prepared:
    """Return a piece without its definitions of ``names``; if ``reduced``, without demos.

    Raise as ``source.parsed`` does.
    """
    tree, _waits = parsed(piece, only_definitions=reduced)
    optional = frozenset(optional_imports(tree, piece.text))
    if "__future__" in piece.text:
        futures |= compiled(tree, piece.place, futures).co_flags & FUTURES
    statements = []
    for node in without_definitions(tree.body, set(names)):
        code = compiled(ast.Module([node], []), piece.place, futures)
        statements.append((getattr(node, "name", ""), code))
    return Prepared(tuple(statements), optional, futures, tree)


def run_once_and_repeatably(seed: int) -> None:
    """Have tests run once: not where the file itself says ``unittest.main()``; and generators
    of numpy's that are made without a seed draw the same in every run.
    """
    really = np.random.default_rng

    def default_rng(given: Any = None) -> np.random.Generator:
        return really(seed if given is None else given)

    vars(np.random)["default_rng"] = default_rng
    vars(unittest)["main"] = lambda *args, **kwargs: None


def overridden(before: Any, after: Any) -> Iterator[str]:
    """Yield the tests that are lost when a name comes to mean something else."""
    if before is after:
        return
    if isinstance(before, type) and issubclass(before, unittest.TestCase):
        for test in unittest.defaultTestLoader.getTestCaseNames(before):
            if getattr(after, test, None) is not getattr(before, test):
                yield sendable(f"{before.__name__}.{test}", 200)
    elif isinstance(before, types.FunctionType) and before.__name__.startswith("test"):
        yield sendable(before.__name__, 200)
