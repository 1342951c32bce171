"""What can be told of a student's file from its syntax, in the worker."""

import __future__

import ast
import contextlib
import functools
import operator
import re
import sys
import types
from collections.abc import Iterable, Iterator, Mapping

from graders.wire import HOLE, Piece, Ready
from graders.worker.cell import as_python, without_waits

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
DEFINING = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
"""What defines or imports something."""
BY_ANY_NAME = {
    "setattr",
    "exec",
    "eval",
    "globals",
    "vars",
    "__import__",
    "get_ipython",
}
"""Functions by which something may be defined without a statement that shows it."""
COURSE = {
    *("Variable", "Function", "Square", "Exp", "numerical_diff", "square", "exp", "as_array"),
    *("square_test", "SquareTest"),
}
OWN = COURSE - {"square", "exp"}
"""Those that no library has by the same name."""
STARRED = {
    *("matplotlib", "pylab", "sympy", "scipy", "torch", "pandas", "tensorflow", "manim", "PIL"),
    *("tkinter", "turtle", "google", "IPython", "ipywidgets", "plotly", "seaborn", "cupy"),
}
"""Packages that people import everything from: none of them is a file of the student's."""
MAIN = "__name__"
"""What a file asks for that has a part not to be run when it is imported."""
NO_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What comes of parsing what is no Python."""
FUTURES = functools.reduce(
    operator.or_,
    (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names),
)
"""The flags of a code object that tell what it has asked ``__future__`` for."""


def without_definitions(body: list[ast.stmt], names: set[str]) -> Iterator[ast.stmt]:
    """Yield module-level statements but for the classes and functions called ``names``.

    Imports of such names stay: the module they come from is treated alike.
    """
    for statement in body:
        if isinstance(statement, (ast.ClassDef, ast.FunctionDef)) and statement.name in names:
            continue
        for block in ("body", "orelse", "finalbody"):
            inner = getattr(statement, block, None)
            if inner and isinstance(statement, (ast.If, ast.Try, ast.With)):
                kept = list(without_definitions(inner, names))
                setattr(statement, block, kept or [nothing(inner[0])])
        yield statement


def definitions(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return of module-level statements those that define or import something, or give a name
    to a value without calling anything: no demo.
    """
    kept: list[ast.stmt] = []
    for statement in body:
        match statement:
            case ast.If(test=test) if not calls(test):
                statement.body = definitions(statement.body) or [nothing(statement)]
                statement.orelse = definitions(statement.orelse)
            case ast.Try():
                statement.body = definitions(statement.body) or [nothing(statement)]
                statement.orelse, statement.finalbody = definitions(statement.orelse), []
            case ast.Assign(value=value) | ast.AnnAssign(value=value):
                if value is None or calls(value):
                    continue
            case _ if not isinstance(statement, DEFINING):
                continue
        kept.append(statement)
    return kept


def nothing(place: ast.stmt) -> ast.Pass:
    """Return a statement that does nothing, in the place of another."""
    return ast.copy_location(ast.Pass(), place)


def calls(expression: ast.expr) -> bool:
    """Return whether an expression calls anything at once."""
    ahead: list[ast.AST] = [expression]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.Call):
            return True
        ahead += [] if isinstance(node, ast.Lambda) else ast.iter_child_nodes(node)
    return False


def parsed(piece: Piece, only_definitions: bool = False) -> tuple[ast.Module, int]:
    """Return the tree of a file, or of a cell with its commands replaced and without what
    awaits; and the first line of that, or 0.

    Raise SyntaxError, ValueError, RecursionError or MemoryError where it is no Python.
    """
    tree = ast.parse(as_python(piece.text) if piece.cell else piece.text, piece.place)
    waits = without_waits(tree) if piece.cell else 0
    if only_definitions:
        tree.body = definitions(tree.body)
    return tree, waits


@functools.lru_cache(maxsize=200)
def as_written(piece: Piece) -> ast.Module:
    """Return the tree of a piece that is only to be looked at.  Raise as ``parsed`` does."""
    return parsed(piece)[0]


def look(own: Mapping[int, Piece], inherits: bool = False) -> Ready:
    """Return what can be told of a step's own pieces, by index, without running them.

    ``inherits`` tells whether there are pieces of earlier steps above: then it matters whether
    its own define anything.
    """
    bodies: dict[int, list[ast.stmt]] = {}
    for index, piece in own.items():
        with contextlib.suppress(*NO_PYTHON):
            bodies[index] = as_written(piece).body
    idle = tuple(index for index, body in bodies.items() if all(map(is_idle, body)))
    untouched = bodies.keys() == own.keys() and is_untouched(
        [statement for body in bodies.values() for statement in body]
    )
    nodes = (node for body in bodies.values() for part in body for node in ast.walk(part))
    something = not inherits or bodies.keys() != own.keys() or any(map(defines, nodes))
    return Ready(untouched, idle, something)


def is_untouched(body: list[ast.stmt]) -> bool:
    """Return whether there are functions and methods, and every one of them is a hole."""
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    members = [*body, *(member for cls in classes for member in cls.body)]
    functions = [node for node in members if isinstance(node, ast.FunctionDef)]
    return bool(functions) and all(is_hole(function) for function in functions)


def defines(node: ast.AST) -> bool:
    """Return whether a part of a file defines, brings in or changes something of the course's:
    a class, a function, an attribute of a class.  All else only shows what there is.
    """
    match node:
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            return True
        case ast.Import(names=names):
            return any(may_be_own(alias.name) for alias in names)
        case ast.ImportFrom(module=module, level=level):
            return bool(level) or may_be_own(module or "")
        case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()):
            return name[:1].isupper()
        case ast.Name(id=name, ctx=ast.Store()):
            return name in COURSE
        case ast.Name(id=name):
            return name in BY_ANY_NAME
    return False


def may_be_own(module: str) -> bool:
    """Return whether a module may be a file of the student's."""
    return not is_installed(module) and module.partition(".")[0] not in STARRED


def is_unfilled_in(pieces: Iterable[Piece], name: str) -> bool:
    """Return whether what a file defines by a name is still a hole of the template."""
    for piece in pieces:
        with contextlib.suppress(*NO_PYTHON):
            for node in parsed(piece)[0].body:
                if getattr(node, "name", "") == name:
                    return is_untouched([node])
    return False


def is_idle(statement: ast.stmt) -> bool:
    """Return whether a statement is a text, even a printed one, ``pass``, or an import of what
    is installed.
    """
    match statement:
        case ast.Pass() | ast.Expr(ast.Constant()):
            return True
        case ast.Expr(ast.Call(func=ast.Name("print"), args=args)):
            return all(isinstance(argument, ast.Constant) for argument in args)
        case ast.Import():
            return all(is_installed(alias.name) for alias in statement.names)
        case ast.ImportFrom(level=0):
            return is_installed(statement.module or "")
    return False


def is_installed(module: str) -> bool:
    """Return whether a module is numpy's, or one of those that come with Python or pytest."""
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names or top in THIRD_PARTY


def is_hole(function: ast.FunctionDef) -> bool:
    """Return whether a function does nothing but raise the template's NotImplementedError."""
    last = function.body[-1]
    described = len(function.body) == 2 and isinstance(function.body[0], ast.Expr)
    return (len(function.body) == 1 or described) and is_template_raise(last)


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Return the names of a function's parameters."""
    args = function.args
    return [each.arg for each in (*args.posonlyargs, *args.args, *args.kwonlyargs)]


def is_main(statement: ast.AST) -> bool:
    """Return whether a statement is the part of a file that isn't run when it is imported."""
    return isinstance(statement, ast.If) and MAIN in ast.unparse(statement.test)


def is_template_raise(node: ast.stmt) -> bool:
    """Return whether a statement is what a hole of the template consists of."""
    match node:
        case ast.Raise(exc=ast.Call(args=[ast.Constant(value=str(text)), *_])):
            return text.startswith(HOLE)
    return False


def compiled(tree: ast.Module, place: str, futures: int) -> types.CodeType:
    """Return the code of a tree, under what cells above it have asked ``__future__`` for."""
    code: types.CodeType = compile(tree, place, "exec", flags=futures, dont_inherit=True)
    return code


def optional_imports(tree: ast.Module, text: str) -> set[str]:
    """Return the packages that a file imports under an except for when they are missing."""
    found: set[str] = set()
    if "except" not in text:  # as in most: there is no need to look at every node
        return found
    for attempt in (node for node in ast.walk(tree) if isinstance(node, ast.Try)):
        caught = " ".join(ast.unparse(handler.type) if handler.type else "Exception"
                          for handler in attempt.handlers)  # fmt: skip
        if re.search(r"\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b", caught):
            for node in (inner for part in attempt.body for inner in ast.walk(part)):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found.add((node.module or "").partition(".")[0])
    return found


def course_imports(tree: ast.Module) -> set[str]:
    """Return the modules that a file expects the course's names in: they are the student's.

    The name of a relative one begins with a dot.
    """
    found: set[str] = set()
    imported: dict[str, str] = {}
    used: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=aliases, level=level):
                names = {alias.name for alias in aliases}
                if level or (may_be_own(module) and names & {"*", *COURSE}):
                    found.add(f".{module}" if level else module)
            case ast.Import(names=aliases):
                imported |= {alias.asname or alias.name: alias.name for alias in aliases}
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if attribute in OWN:
                used.add(name)
    return found | {imported[name] for name in used & imported.keys()}


def is_end(error: BaseException, tree: ast.Module, place: str) -> bool:
    """Return whether a piece merely ended, as ``unittest.main()`` or ``sys.exit()`` end it:
    nothing is defined below.
    """
    if type(error) is not SystemExit:
        return False
    step = error.__traceback__
    while step is not None and step.tb_frame.f_code.co_filename != place:
        step = step.tb_next
    line = step.tb_lineno if step else 0
    below = (s for s in tree.body if isinstance(s, (ast.ClassDef, ast.FunctionDef)))
    return all(statement.lineno <= line for statement in below)
