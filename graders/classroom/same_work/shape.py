"""The shape of code: its syntax without names, comments, docstrings, texts and type hints.

A submission's code is taken in units: each function and method, and what stands outside them.
How large a unit is, is counted in parts of syntax of those of its statements that neither the
template has, nor the book, nor gradmark's reference: what is published tells nothing.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from graders.classroom.same_work.published import PUBLISHED
from graders.submission.pieces import Submission

DIGITS = 12
SLIGHT = 8
"""How many parts of syntax of its own make a unit worth comparing: there are few ways to write
a line.
"""
MOST_UNITS = 400
"""How many units of one submission are looked at."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = ("body", "orelse", "finalbody")
"""What holds the statements inside a statement."""
UNSAID = {"annotation", "ctx", "kind", "returns", "type_comment", "type_ignores", "type_params"}
"""What of the syntax is left out."""
MAGIC = ("%", "!")
"""How a notebook's lines begin that are no Python."""

Shape = list[Any]


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a submission's code."""

    digest: str
    """Of its shape: the same for the same code, whatever it is called."""
    step: str
    name: str
    """Such as ``Square.forward``; empty for what stands outside functions."""
    size: int
    """How many parts of syntax are its own."""


def units(submission: Submission) -> tuple[Unit, ...]:
    """Return the units of a submission that are not published, as many as are looked at.  Code
    that can't be parsed has none.
    """
    found: dict[str, Unit] = {}
    for step, run in submission.steps.items():
        for piece in run.mine:
            for unit in units_of(step, piece.text):
                found.setdefault(unit.digest, unit)
    return tuple(sorted(found.values(), key=lambda unit: (unit.step, unit.digest))[:MOST_UNITS])


def units_of(step: str, text: str) -> Iterator[Unit]:
    """Yield the units of a text of code that are not published."""
    try:
        for name, node in parts(parsed(text)):
            own = sum(size(line) for line in lines(node) if digest(line) not in PUBLISHED)
            if own >= SLIGHT:
                yield Unit(digest(node), step, name, own)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


def parsed(text: str) -> ast.Module:
    """Return the syntax of a text.  Raise SyntaxError and the like for what is no Python."""
    plain = (line for line in text.splitlines() if not line.lstrip().startswith(MAGIC))
    return ast.parse("\n".join(plain))


def parts(holder: ast.Module | ast.ClassDef, within: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield the functions of a module or class, with their names, and what stands outside."""
    outside = []
    for node in holder.body:
        if isinstance(node, FUNCTIONS):
            yield within + node.name, changed(node, name="")
        elif isinstance(node, ast.ClassDef):
            yield from parts(node, f"{within}{node.name}.")
        else:
            outside.append(node)
    if outside:
        yield within, ast.Module(outside, [])


def lines(node: ast.AST) -> Iterator[ast.AST]:
    """Yield each statement of a block, also of those inside others, without what is in it."""
    for name in (*BLOCKS, "handlers"):
        for inner in getattr(node, name, ()):
            if not (is_docstring(inner) or isinstance(inner, ast.Import | ast.ImportFrom)):
                if not isinstance(inner, (*FUNCTIONS, ast.ClassDef, ast.Pass)):
                    yield header(inner)
                yield from lines(inner)


def header(node: ast.AST) -> ast.AST:
    """Return a statement without the statements in it."""
    blocks = {name for name in (*BLOCKS, "handlers") if hasattr(node, name)}
    return changed(node, **{name: [] for name in blocks})


def changed(node: ast.AST, **fields: Any) -> ast.AST:
    """Return a node like another, but for some of its fields."""
    return type(node)(**dict(ast.iter_fields(node)) | fields)


def is_docstring(node: ast.AST) -> bool:
    """Return whether a statement is nothing but a value, such as a text or ``...``."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def digest(node: ast.AST) -> str:
    """Return the digest of a node's shape."""
    return hashlib.sha256(repr(shape(node, {})).encode()).hexdigest()[:DIGITS]


def shape(value: Any, names: dict[str, int]) -> Any:
    """Return the shape of a node, or of what it holds: names are numbers, by their order."""
    match value:
        case ast.Constant(value=str() | bytes()):
            return "text"
        case ast.Constant():
            return repr(value.value)
        case ast.AnnAssign(value=ast.expr()):
            return shape(ast.Assign([value.target], value.value), names)
        case ast.AST():
            told = [(name, each) for name, each in ast.iter_fields(value) if name not in UNSAID]
            return [type(value).__name__, *(shape(each, names) for _name, each in told)]
        case list():
            return [shape(each, names) for each in value if not is_docstring(each)]
        case str():
            return names.setdefault(value, len(names))
    return value


def size(node: ast.AST) -> int:
    """Return how many parts of syntax there are to a node."""
    inner = (each for each in ast.walk(node) if not isinstance(each, ast.expr_context))
    return sum(1 for _each in inner)


def digests(texts: Iterable[str]) -> set[str]:
    """Return the digests of all statements of texts: what is published has them in a file."""
    return {digest(line) for text in texts for line in lines(ast.parse(text))}
