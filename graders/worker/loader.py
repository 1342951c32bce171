"""Load a step in the worker, from text, as forgivingly as a teacher would read it.

The judge sends the text of the submission's Python files.  A step may import its siblings
by any of the spellings that students use; what is not installed is stood in for; what was
defined before an error or an exit is kept.
"""

import ast
import builtins
import importlib.abc
import importlib.machinery
import linecache
import posixpath
import re
import sys
import types
from collections.abc import Iterator
from typing import Any

from graders.values import sendable
from graders.wire import Left, Line, Raised
from graders.worker.source import is_end, optional_imports
from graders.worker.spelling import alike
from graders.worker.stand_in import Placeholder

THIRD_PARTY = {
    "numpy",
    "pytest",
    "_pytest",
    "pluggy",
    "iniconfig",
    "packaging",
    "pygments",
    "py",
}
"""What a step may import beyond the standard library and the submission itself."""
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

    def __init__(self, root: str, path: str, sources: dict[str, str]) -> None:
        """``root`` is the submission folder's own name, ``path`` the step to be loaded."""
        self.root = root
        self.path = path
        self.sources = sources
        self.modules: dict[str, types.ModuleType] = {}
        self.troubles: dict[str, Raised | Left] = {}
        self.stopped: set[str] = set()
        """Files that an exception or an exit ended, even below all that they define."""
        self.stood_in: list[str] = []
        self.optional: set[str] = set()
        """Packages whose absence the files are ready for."""

    def load(self) -> types.ModuleType:
        """Run the step's file and return its module, or as much of it as there came to be."""
        folder, filename = posixpath.split(self.path)
        module = types.ModuleType(filename.removesuffix(".py"))
        module.__package__ = folder.replace("/", ".") or self.root
        self.modules[self.path] = sys.modules[module.__name__] = module
        self.run(self.path, module)
        return module

    def run(self, path: str, module: types.ModuleType) -> None:
        """Run a file's text in a module, and keep what ended it early."""
        text = self.sources[path]
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
        module.__file__ = path
        try:
            tree = ast.parse(text, path)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            self.troubles[path] = describe(error, self.sources)
            return
        self.optional |= optional_imports(tree)
        try:
            exec(compile(tree, path, "exec", dont_inherit=True), vars(module))
        except BaseException as error:
            self.stopped.add(path)
            if not is_end(error, tree, path):
                self.troubles[path] = describe(error, self.sources)

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
        ours = top in sys.stdlib_module_names or top.startswith(BUILD_FACTS)
        installed = ours or top in THIRD_PARTY
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
                if found in self.sources:
                    return found
            inside = posixpath.join(place, "")
            if any(source.startswith(inside) for source in self.sources):
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
        if self.path in self.submission.sources and self.path not in self.submission.modules:
            self.submission.modules[self.path] = module
            self.submission.run(self.path, module)


def describe(error: BaseException, sources: dict[str, str]) -> Raised | Left:
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
    lines = tuple(student_lines(error, sources))[-LINES:]
    return Raised(name, bases, message, lines, *(sendable(n, 100) for n in alike(error)))


def student_lines(error: BaseException, sources: dict[str, str]) -> Iterator[Line]:
    """Yield the lines of the submission that a traceback passes through, outermost first."""
    if isinstance(error, SyntaxError) and error.filename in sources:
        source = sendable((error.text or "").strip(), 200)
        yield Line(error.filename, error.lineno or 0, "<module>", source)
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename in sources:
            source = sendable(linecache.getline(code.co_filename, step.tb_lineno).strip(), 200)
            function = sendable(code.co_name, 100)
            yield Line(code.co_filename, step.tb_lineno, function, source)
        step = step.tb_next
