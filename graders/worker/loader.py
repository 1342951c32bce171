"""Load a step in the worker, from text, as forgivingly as a teacher would read it.

The judge sends the text of the submission's Python files and cells.  A step is run piece by
piece in one namespace: what ends one early leaves the others alone, and what was defined until
then is kept.  A step may import its siblings by any of the spellings that students use; what is
not installed is stood in for.
"""

import builtins
import importlib.abc
import importlib.machinery
import linecache
import posixpath
import re
import sys
import types
from collections.abc import Iterator, Mapping
from typing import Any

from graders.values import sendable
from graders.wire import Left, Line, Piece, Raised
from graders.worker.cell import without_waits
from graders.worker.source import (
    FUTURES,
    NO_PYTHON,
    compiled,
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
WINDOWED = {"tkinter", "turtle", "turtledemo", "idlelib", "antigravity"}
"""Parts of the standard library that want a screen; they come in by editors' auto-import."""
LINES = 5
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
        self.troubles: dict[str, Raised | Left] = {}
        """What ended a piece early, by its place."""
        self.stopped: set[str] = set()
        """Pieces that an exception or an exit ended, even below all that they define."""
        self.waits: dict[str, list[int]] = {}
        """The lines of a cell that were left out since they ``await`` something, by place."""
        self.stood_in: list[str] = []
        self.optional: set[str] = set()
        """Packages whose absence the files are ready for."""
        self.futures: dict[str, int] = {}
        """What the cells of a file have asked ``__future__`` for by now."""

    def begin(self) -> types.ModuleType:
        """Return the step's module, in which nothing has been run yet."""
        folder, filename = posixpath.split(self.path)
        module = types.ModuleType(filename.removesuffix(".py"))
        module.__package__ = folder.replace("/", ".") or self.root
        module.__file__ = self.path
        self.modules[self.path] = sys.modules[module.__name__] = module
        return module

    def run(self, piece: Piece, path: str) -> None:
        """Run a piece of a file in the file's module, and keep what ended it early."""
        if path == self.path:
            self.ran.append(piece)
        lines = piece.text.splitlines(keepends=True)
        linecache.cache[piece.place] = (len(piece.text), None, lines, piece.place)
        try:
            tree = parsed(piece)
        except NO_PYTHON as error:
            self.troubles[piece.place] = describe(error, self.places)
            return
        self.waits[piece.place] = without_waits(tree) if piece.cell else []
        self.optional |= optional_imports(tree)
        try:
            code = compiled(tree, piece.place, self.futures.get(path, 0))
            self.futures[path] = code.co_flags & FUTURES
            exec(code, vars(self.modules[path]))
        except BaseException as error:
            self.stopped.add(piece.place)
            if not is_end(error, tree, piece.place):
                self.troubles[piece.place] = describe(error, self.places)

    def absent(self) -> Iterator[str]:
        """Yield the packages that were stood in for, once each."""
        for name in dict.fromkeys(name.partition(".")[0] for name in self.stood_in):
            yield sendable(name, 100)

    # --- the importer's side

    def find_spec(
        self, name: str, path: Any = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a sibling, leave what is installed to Python, stand in for the rest."""
        top = name.partition(".")[0]
        installed = is_installed(top) or top.startswith(BUILD_FACTS)
        if installed and top not in WINDOWED:
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
        return None


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


def describe(error: BaseException, places: Mapping[str, Piece]) -> Raised | Left:
    """Return plain facts of what student code raised, running as little of it as possible."""
    name = sendable(type.__dict__["__name__"].__get__(type(error)), 100)
    try:
        message = sendable(str(error), 2000)
    except BaseException:  # a student's own __str__ may do anything
        message = ""
    ancestry = type.__dict__["__mro__"].__get__(type(error))
    bases = tuple(BUILTIN[id(base)] for base in ancestry if id(base) in BUILTIN)
    if "Exception" not in bases:
        return Left(name, message)
    lines = tuple(student_lines(error, places))[-LINES:]
    return Raised(name, bases, message, lines, *(sendable(n, 100) for n in alike(error)))


def student_lines(error: BaseException, places: Mapping[str, Piece]) -> Iterator[Line]:
    """Yield the lines of the submission that a traceback passes through, outermost first."""
    refused = places.get(error.filename or "") if isinstance(error, SyntaxError) else None
    if isinstance(error, SyntaxError) and refused:
        source = sendable((error.text or "").strip(), 200)
        yield Line(refused.path, error.lineno or 0, "<module>", source, refused.cell)
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if piece := places.get(code.co_filename):
            source = sendable(linecache.getline(piece.place, step.tb_lineno).strip(), 200)
            function = sendable(code.co_name, 100)
            yield Line(piece.path, step.tb_lineno, function, source, piece.cell)
        step = step.tb_next
