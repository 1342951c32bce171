"""The shape of code: its syntax without names, comments, docstrings, texts and type hints.

A submission's code is taken in units: each function and method, and what stands outside them.
How large a unit is, is counted in parts of syntax of those of its statements that are not
published: what anybody may have written tells nothing.
"""

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from graders.classroom.same_work.published import PUBLISHED
from graders.submission.pieces import Submission
from graders.wire import Piece

DIGITS = 16
SLIGHT = 12
"""How many parts of syntax of its own make a unit worth comparing: there are few ways to write
a line.
"""
MOST_UNITS = 400
"""How many units of one submission are kept, the largest."""
LONGEST = 100_000
"""How many characters of a piece are looked at."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = ("body", "orelse", "finalbody")
"""What holds the statements inside a statement."""
UNSAID = {"annotation", "ctx", "kind", "returns", "type_comment", "type_ignores", "type_params"}
"""What of the syntax is left out."""
MAGIC = re.compile(r"^\s*(?:[%!].*|.*\?|[\w, ]+=\s*[%!].*)$", re.MULTILINE)
"""How a notebook's lines look that are no Python."""


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a submission's code."""

    digest: str
    """Of its shape: the same for the same code, whatever it is called."""
    step: str
    size: int
    """How many parts of syntax are its own."""


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of a submission's code is compared."""

    units: tuple[Unit, ...] = ()
    whole: bool = True
    """Whether that is all of it: not what can't be parsed, is too deep or too much."""


def code_of(submission: Submission) -> Code:
    """Return what of a submission's code is compared."""
    found = dict[str, Unit]()
    whole = not any(run.problem for run in submission.steps.values())
    runs = submission.steps.items()
    for step, piece in ((step, piece) for step, run in runs for piece in run.mine):
        try:
            for unit in units_of(step, piece):
                if unit:
                    found.setdefault(unit.digest, unit)
                whole = whole and unit is not None
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            whole = False
    units = sorted(found.values(), key=lambda unit: (-unit.size, unit.digest))
    return Code(tuple(units[:MOST_UNITS]), whole and len(units) <= MOST_UNITS)


def units_of(step: str, piece: Piece) -> Iterator[Unit | None]:
    """Yield the units of a piece that are worth comparing; None for one that is too deep.

    Raise SyntaxError and the like for what is no Python.
    """
    text = MAGIC.sub("pass", piece.text) if piece.cell else piece.text
    if len(text) > LONGEST:
        raise ValueError(len(text))
    for node in parts(ast.parse(text)):
        try:
            own = sum(map(size, filter(is_own, lines(node))))
            if own >= SLIGHT:
                yield Unit(digest(node), step, own)
        except (ValueError, RecursionError):
            yield None


def is_own(line: ast.AST) -> bool:
    """Return whether a statement is not published."""
    return digest(line) not in PUBLISHED


def parts(holder: ast.Module | ast.ClassDef) -> Iterator[ast.AST]:
    """Yield the functions of a module or class, without names, and what stands outside."""
    outside = []
    for node in holder.body:
        if isinstance(node, FUNCTIONS):
            yield changed(node, name="")
        elif isinstance(node, ast.ClassDef):
            yield from parts(node)
        else:
            outside.append(node)
    if outside:
        yield ast.Module(outside, [])


def lines(node: ast.AST) -> Iterator[ast.AST]:
    """Yield each statement of a block, also of those inside others, without what is in it."""
    for name in (*BLOCKS, "handlers"):
        for inner in getattr(node, name, ()):
            if says_nothing(inner) or isinstance(inner, ast.Import | ast.ImportFrom):
                continue
            if not isinstance(inner, (*FUNCTIONS, ast.ClassDef)):
                yield header(inner)
            yield from lines(inner)


def header(node: ast.AST) -> ast.AST:
    """Return a statement without the statements in it."""
    blocks = {name for name in (*BLOCKS, "handlers") if hasattr(node, name)}
    return changed(node, **{name: [] for name in blocks})


def changed(node: ast.AST, **fields: Any) -> ast.AST:
    """Return a node like another, but for some of its fields."""
    return type(node)(**dict(ast.iter_fields(node)) | fields)


def says_nothing(node: ast.AST) -> bool:
    """Return whether a statement is ``pass``, or nothing but a value, as a docstring is."""
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def digest(node: ast.AST) -> str:
    """Return the digest of a node's shape."""
    return hashlib.sha256(repr(shape(node, {})).encode()).hexdigest()[:DIGITS]


def shape(value: Any, names: dict[str, int]) -> Any:
    """Return the shape of a node, or of what it holds: names are numbers, by their order."""
    match value:
        case ast.Constant(value=str() | bytes()):
            return ["text"]
        case ast.Constant():
            return ["value", repr(value.value)]
        case ast.AnnAssign(value=ast.expr() as given):
            return shape(ast.Assign([value.target], given), names)
        case ast.AST():
            told = [each for name, each in ast.iter_fields(value) if name not in UNSAID]
            return [type(value).__name__, *(shape(each, names) for each in told)]
        case list():
            return [shape(each, names) for each in value if not says_nothing(each)]
        case str():
            return names.setdefault(value, len(names))
    return value


def size(node: ast.AST) -> int:
    """Return how many parts of syntax there are to a node's shape."""
    return count(shape(node, {}))


def count(part: Any) -> int:
    """Return how many parts there are to a shape."""
    if not isinstance(part, list):
        return 0
    return isinstance(next(iter(part), None), str) + sum(map(count, part))


def digests(texts: Iterable[str]) -> set[str]:
    """Return the digests of all statements of texts: what is published has them in a file."""
    return {digest(line) for text in texts for line in lines(ast.parse(text))}
