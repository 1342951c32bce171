"""Run a step's own tests against another implementation of what they test (step 10).

The file is run afresh with the implementation's names in place of its own definitions, in
the file itself and in every sibling it imports, so that the tests reach the exchanged code
by whatever name, default argument or alias they use.
"""

import __future__

import ast
import contextlib
import functools
import posixpath
import sys
import types
import unittest
from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.values import sendable
from graders.wire import Rehearsed
from graders.worker.gathering import Tally, tests
from graders.worker.loader import Importer, describe
from graders.worker.source import optional_imports, without_definitions


def rehearse(submission: Importer, implementation: str, seed: int = 0) -> Rehearsed:
    """Run all tests of the step on an implementation, a text with an ``__all__``."""
    space: dict[str, Any] = {"__name__": "implementation"}
    exec(compile(implementation, "<implementation>", "exec", dont_inherit=True), space)
    names = {name: space[name] for name in space["__all__"]}
    with exchanged(submission, names) as step, repeatable(seed):
        tally = Tally(posixpath.basename(step.path).removesuffix(".py"))
        unittest.TestSuite(tests(step.load())).run(tally)
    if not tally.results and step.path in step.troubles:
        tally.results[""] = sendable(step.troubles[step.path].name, 5000)
    return Rehearsed(tally.results, tuple(step.hidden))


class Exchanged(Importer):
    """The submission, with other definitions in place of the student's own."""

    def __init__(self, submission: Importer, names: dict[str, Any]) -> None:
        super().__init__(submission.root, submission.path, submission.sources)
        self.names = names
        self.hidden: list[str] = []
        """Tests that another class or function of the same name took the place of."""

    def run(self, path: str, module: types.ModuleType) -> None:
        """Run a file without its own definitions of what is exchanged.

        A statement that raises is passed over: a demo may ask more of the student's own code
        than of the implementation, and the tests stand below it.
        """
        module.__file__ = path
        space = vars(module)
        try:
            statements, optional = prepared(self.sources[path], path, frozenset(self.names))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            self.troubles[path] = describe(error, self.sources)
            return
        self.optional |= optional
        space.update(self.names)
        for name, code in statements:
            before = space.get(name)
            try:
                exec(code, space)
            except BaseException as error:
                self.troubles.setdefault(path, describe(error, self.sources))
            self.hidden += overridden(before, space.get(name))
        space.update(self.names)


@functools.cache
def prepared(
    text: str, path: str, names: frozenset[str]
) -> tuple[list[tuple[str, types.CodeType]], set[str]]:
    """Return a file's statements but for definitions of ``names``, each with the name that it
    defines and compiled, and the packages that it can do without.

    The same for every implementation, hence kept.
    """
    tree = ast.parse(text, path)
    optional = optional_imports(tree)
    future = 0
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                future |= getattr(__future__, alias.name).compiler_flag
    statements = []
    for node in without_definitions(tree.body, set(names)):
        alone = ast.Module([node], [])
        code = compile(alone, path, "exec", flags=future, dont_inherit=True)
        statements.append((getattr(node, "name", ""), code))
    return statements, optional


@contextlib.contextmanager
def exchanged(submission: Importer, names: dict[str, Any]) -> Iterator[Exchanged]:
    """Put a submission with exchanged definitions in the place of the one that is loaded."""
    step = Exchanged(submission, names)
    sys.meta_path.remove(submission)
    sys.meta_path.insert(0, step)
    before = {name: sys.modules.pop(name) for name in siblings(submission)}
    try:
        yield step
    finally:
        for name in siblings(step):
            del sys.modules[name]
        sys.modules.update(before)
        sys.meta_path.remove(step)
        sys.meta_path.insert(0, submission)


@contextlib.contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Have generators of numpy's that are made without a seed draw the same in every run."""
    really = np.random.default_rng

    def default_rng(given: Any = None) -> np.random.Generator:
        return really(seed if given is None else given)

    vars(np.random)["default_rng"] = default_rng
    try:
        yield
    finally:
        vars(np.random)["default_rng"] = really


def siblings(submission: Importer) -> list[str]:
    """Return the names under which a submission's modules are imported."""
    own = {id(module) for module in submission.modules.values()}
    return [name for name, module in list(sys.modules.items()) if id(module) in own]


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
