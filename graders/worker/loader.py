"""Load a step in the worker, from text, as forgivingly as a teacher would read it.

The judge sends the text of the submission's Python files and cells.  A step is run piece by
piece in one namespace: what ends one early leaves the others alone, and what was defined until
then is kept.  A step may import its siblings by any of the spellings that students use; what is
not installed is stood in for.
"""

import ast
import builtins
import contextlib
import importlib.abc
import importlib.machinery
import linecache
import posixpath
import re
import sys
import time
import types
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from graders.values import sendable
from graders.wire import Left, Line, Piece, Raised
from graders.worker.looking import held, is_a
from graders.worker.machine import FOREIGN, Machine, is_here
from graders.worker.scene import scene, without_super
from graders.worker.source import (
    FUTURES,
    NO_PYTHON,
    compiled,
    course_imports,
    is_end,
    is_installed,
    optional_imports,
    parsed,
)
from graders.worker.spelling import alike
from graders.worker.stand_in import Placeholder

BUILD_FACTS = "_sysconfigdata"
"""How a module of the standard library begins that ``sys.stdlib_module_names`` leaves out: its
name tells the platform.  ``numpy.testing`` asks for it."""
LINES = 5
CHEAP = (0.1, 0.5)
BUILTIN = {
    id(thing): name
    for name, thing in vars(builtins).items()
    if isinstance(thing, type) and issubclass(thing, BaseException) and thing.__name__ == name
}
"""The names of Python's own exceptions, by identity: a class may call itself anything."""


class Importer(importlib.abc.MetaPathFinder):
    """The submission's files as an importer: ``sys.meta_path`` asks it first."""

    def __init__(self, root: str, path: str, pieces: Mapping[str, tuple[Piece, ...]]) -> None:
        """``root`` is the submission folder's own name, ``path`` the step to be loaded,
        ``pieces`` what each file consists of.
        """
        self.root = root
        self.path = path
        self.pieces = pieces
        self.places = {piece.place: piece for run in pieces.values() for piece in run}
        self.modules: dict[str, types.ModuleType] = {}
        self.ran: list[Piece] = []
        """The pieces of the step that have been run."""
        self.own: set[str] = set()
        """The places of the cells that are the step's own."""
        self.demos: set[str] = set()
        """The places of cells that are run whole on each implementation of step 10, since they
        take next to no time: each of the step's own, all others together."""
        self.others_left = CHEAP
        """The seconds, of CPU and in all, that these others may still take."""
        self.troubles: dict[str, Raised | Left] = {}
        """What ended a piece early, by its place."""
        self.refused: set[str] = set()
        """Pieces that Python could not read."""
        self.stopped: set[str] = set()
        """Pieces that an exception or an exit ended, even below all that they define."""
        self.waits: dict[str, int] = {}
        """The first line of a cell that was left out since it ``await``s, by place."""
        self.stood_in: list[str] = []
        self.optional: set[str] = set()
        """Packages whose absence the files are ready for."""
        self.trees: dict[str, ast.Module] = {}
        """What has been run, by place, to be looked into where something goes wrong."""
        self.machine = Machine()
        self.futures: dict[str, int] = {}
        """What the cells of a file have asked ``__future__`` for by now."""

    def begin(self) -> types.ModuleType:
        """Return the step's module, in which nothing has been run yet."""
        folder, filename = posixpath.split(self.path)
        is_notebook = any(piece.cell for piece in self.pieces[self.path])
        module = types.ModuleType("__main__" if is_notebook else filename.removesuffix(".py"))
        module.__package__ = folder.replace("/", ".") or self.root
        if not is_notebook:
            module.__file__ = self.path
        self.modules[self.path] = sys.modules[module.__name__] = module
        return module

    def run(self, piece: Piece, path: str, only_definitions: bool = False) -> None:
        """Run a piece of a file in the file's module, and keep what ended it early."""
        if path == self.path:
            self.ran.append(piece)
        self.expect(piece)
        try:
            tree, self.waits[piece.place] = parsed(piece, only_definitions)
            self.optional |= optional_imports(tree, piece.text)
            self.trees[piece.place] = tree
            code = compiled(tree, piece.place, self.futures.get(path, 0))
        except NO_PYTHON as error:
            self.refused.add(piece.place)
            self.troubles[piece.place] = self.describe(error)
            return
        self.futures[path] = code.co_flags & FUTURES
        began = time.process_time(), time.perf_counter()
        try:
            exec(code, vars(self.modules[path]))
        except BaseException as error:
            self.stopped.add(piece.place)
            if not is_end(error, tree, piece.place):
                self.troubles[piece.place] = self.describe(error)
        if piece.cell and not only_definitions:
            self.keep_if_cheap(piece, *began)

    def describe(self, error: BaseException) -> Raised | Left:
        """Return plain facts of what the student's code raised."""
        return describe(error, self.places, self.trees)

    def expect(self, piece: Piece) -> None:
        """Make ready for a piece that is about to be run."""
        lines = piece.text.split("\n")
        with contextlib.suppress(Exception):  # a student may have put anything in its place
            linecache.cache[piece.place] = (0, None, [f"{x}\n" for x in lines], piece.place)
        self.machine.prepare(piece.text)

    def keep_if_cheap(self, piece: Piece, cpu: float, wall: float) -> None:
        """Have a cell that began at these times run whole on each implementation, too."""
        before = CHEAP if piece.place in self.own else self.others_left
        took = time.process_time() - cpu, time.perf_counter() - wall
        left = before[0] - took[0], before[1] - took[1]
        if min(left) > 0:
            self.demos.add(piece.place)
            self.others_left = self.others_left if piece.place in self.own else left

    @cached_property
    def asked(self) -> set[str]:
        """The modules that the course's names are imported from, once all has been run."""
        return {name for tree in self.trees.values() for name in course_imports(tree)}

    def absent(self) -> Iterator[str]:
        """Yield the packages that were stood in for, once each."""
        names = (name for name in self.stood_in if not self.is_own(name))
        whole = (name if name in FOREIGN else name.partition(".")[0] for name in names)
        for name in dict.fromkeys(whole):
            yield sendable(name, 100)

    def missing(self) -> Iterator[str]:
        """Yield the student's own modules that were stood in for, once each."""
        for name in dict.fromkeys(filter(self.is_asked, self.stood_in)):
            yield sendable(name.removeprefix(f"{self.root}."), 100)

    def is_asked(self, name: str) -> bool:
        """Return whether the course's names were to come from a module."""
        return any(f".{name}".endswith(asked) for asked in self.asked if asked[0] == ".") or (
            name in self.asked
        )

    def is_own(self, name: str) -> bool:
        """Return whether a module is, or holds, one that has the course's names."""
        own = list(filter(self.is_asked, self.stood_in))
        return any(f"{asked}.".startswith(f"{name}.") for asked in own)

    # --- the importer's side

    def find_spec(
        self, name: str, path: Any = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a sibling, leave what is installed to Python, stand in for the rest."""
        top = name.partition(".")[0]
        if top.startswith(BUILD_FACTS) or (is_installed(top) and is_here(name)):
            return None
        if is_installed(top) and not self.is_asking():
            return None
        found = self.resolve(name)
        if found is not None:
            folder = found == "" or found.endswith("/")
            return importlib.machinery.ModuleSpec(
                name,
                Sibling(self, found),
                origin=found,
                is_package=folder or "/__init__" in found,
            )
        if top in self.optional or re.search(r"step_?\d+[^.]*$", name):
            raise ModuleNotFoundError(f"No module named {name!r} in the submission", name=name)
        self.stood_in.append(name)
        return importlib.machinery.ModuleSpec(name, Placeholder(), is_package=True)

    def is_asking(self) -> bool:
        """Return whether it is the submission that imports something, not Python's own library,
        which finds out by an import what platform this is.
        """
        frame: types.FrameType | None = sys._getframe(2)
        while frame and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        return frame is not None and frame.f_code.co_filename in self.places

    def resolve(self, name: str) -> str | None:
        """Return the path of the file that a module name means; a folder's ends in a slash."""
        parts = name.split(".")
        folder = posixpath.dirname(self.path)
        homes = [folder]
        while folder:
            folder = posixpath.dirname(folder)
            homes.append(folder)
        places = [posixpath.join(home, *parts) for home in homes]
        if parts[0] == self.root:
            places.append(posixpath.join("", *parts[1:]))
        for place in places:
            for found in (f"{place}.py", posixpath.join(place, "__init__.py")):
                if found in self.pieces:
                    return found
            inside = posixpath.join(place, "")
            if any(source.startswith(inside) for source in self.pieces):
                return inside
        return self.elsewhere(posixpath.join("", *parts))

    def elsewhere(self, place: str) -> str | None:
        """Return the path of the one file that a module's name may mean: it may lie in a folder
        that the student had put on ``sys.path``, or be spelt otherwise on Windows.
        """
        wanted = f"/{place}.py".casefold()
        ends = [path for path in self.pieces if f"/{path}".casefold().endswith(wanted)]
        return ends[0] if len(ends) == 1 else None


class Sibling(importlib.abc.Loader):
    """Loads one file of the submission as a module, once whatever it is called."""

    def __init__(self, submission: Importer, path: str) -> None:
        self.submission = submission
        self.path = path

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        """Return the module if its file has been run under another name."""
        return self.submission.modules.get(self.path)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the file; a folder without ``__init__.py`` has nothing to run."""
        if self.path not in self.submission.modules:
            self.submission.modules[self.path] = module
            module.__file__ = self.path
            for piece in self.submission.pieces.get(self.path, ()):
                self.submission.run(piece, self.path)


def describe(
    error: BaseException, places: Mapping[str, Piece], trees: Mapping[str, ast.Module]
) -> Raised | Left:
    """Return plain facts of what student code raised, running as little of it as possible."""
    name = sendable(type.__dict__["__name__"].__get__(type(error)), 100)
    try:
        message = sendable(without_super(str(error), error), 2000)
    except BaseException:  # a student's own __str__ may do anything
        message = ""
    ancestry = type.__dict__["__mro__"].__get__(type(error))
    bases = tuple(BUILTIN[id(base)] for base in ancestry if id(base) in BUILTIN)
    if "Exception" not in bases:
        return Left(name, message)
    lines = tuple(student_lines(error, places))[-LINES:]
    wanted, near = (sendable(n, 100) for n in alike(error))
    where = scene(error, places, trees)
    return Raised(name, bases, message, lines, wanted, near, where)


def student_lines(error: BaseException, places: Mapping[str, Piece]) -> Iterator[Line]:
    """Yield the lines of the submission that a traceback passes through, outermost first."""
    if is_a(error, SyntaxError):
        where, number = (held(SyntaxError, name, error) for name in ("filename", "lineno"))
        if type(where) is str and type(number) is int and where in places:
            yield line_of(places[where], number, "<module>")
    step = held(BaseException, "__traceback__", error)
    while step is not None:
        code = step.tb_frame.f_code
        if piece := places.get(code.co_filename):
            yield line_of(piece, step.tb_lineno or 0, code.co_name)
        step = step.tb_next


def line_of(piece: Piece, number: int, function: str) -> Line:
    """Return a line of a piece."""
    lines = piece.text.split("\n")
    source = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    name = sendable(function, 100)
    path = piece.path[-1000:]
    return Line(path, max(0, min(number, 10**9)), name, sendable(source, 200), piece.cell)
