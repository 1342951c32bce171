"""Edits of where a statement stands: moved, indented, taken out of its block, dropped."""

import ast
from collections.abc import Iterator

from graders.worker.edits.scope import DEFINITIONS, FUNCTIONS, Scope
from graders.worker.edits.written import Change, Written, calls_in, shifted
from graders.worker.source import parameters

BLOCK = 4
LOOPS = (ast.If, ast.While, ast.For, ast.With)
COMPOUND = (*LOOPS, *DEFINITIONS)


def placed(
    w: Written, block: list[ast.stmt], index: int, parent: ast.AST, scope: Scope
) -> Iterator[Change]:
    """Yield the edits of where a statement stands."""
    if scope.function or isinstance(parent, ast.ClassDef):
        yield dropped(w, block, index)
    if scope.function:
        yield from moved(w, block, index)
    yield from indented(w, block, index)
    yield from dedented(w, block, index, parent)
    yield from unconditional(w, block[index])


def dropped(w: Written, block: list[ast.stmt], index: int) -> Change:
    """Return the edit that leaves a statement out."""
    statement = block[index]
    alone = len(block) == 1
    rest = [" " * statement.col_offset + "pass"] if alone else []
    cost = 3 if isinstance(statement, DEFINITIONS) else 2
    drops = alone or any(calls_in(statement))
    return w.relined(*w.extent(statement), rest, "extra", cost, drops=drops)


def moved(w: Written, block: list[ast.stmt], index: int) -> Iterator[Change]:
    """Yield the edits that put a statement below the next one, or further down or up."""
    if index + 1 == len(block) or not w.stands_alone(block[index + 1]):
        return
    first, last = w.extent(block[index])
    own = w.body(block[index])
    start, end = w.extent(block[index + 1])
    lines = [*w.lines[start - 1 : end], *w.lines[last : start - 1], *own]
    yield w.relined(first, end, lines, "place", 2)
    for later in block[index + 2 :]:
        end = w.extent(later)[1]
        yield w.relined(first, end, [*w.lines[last:end], *own], "place", 3)
    for earlier in block[: max(0, index - 1)]:
        start = w.extent(earlier)[0]
        yield w.relined(start, last, [*own, *w.lines[start - 1 : first - 1]], "place", 3, first)


def unconditional(w: Written, statement: ast.stmt) -> Iterator[Change]:
    """Yield the edit that does what stands in a block in any case, and once."""
    if not isinstance(statement, LOOPS) or getattr(statement, "orelse", None):
        return
    first, last = w.extent(statement)
    inside = statement.body[0]
    if inside.lineno > first:
        by = statement.col_offset - inside.col_offset
        lines = [shifted(line, by) for line in w.lines[inside.lineno - 1 : last]]
        yield w.relined(first, last, lines, "condition", 3)


def indented(w: Written, block: list[ast.stmt], index: int) -> Iterator[Change]:
    """Yield the edits that take a statement, with those after it, into the block above."""
    if index == 0 or (
        isinstance(block[index - 1], ast.ClassDef) and not isinstance(block[index], FUNCTIONS)
    ):
        return
    above = block[index - 1]
    if not isinstance(above, COMPOUND) or not w.stands_alone(above):
        return
    body = getattr(above, "orelse", None) or above.body
    by = body[0].col_offset - above.col_offset
    first = w.extent(block[index])[0]
    for upto in block[index:]:
        last = w.extent(upto)[1]
        lines = [shifted(line, by) for line in w.lines[first - 1 : last]]
        yield w.relined(
            first, last, lines, "indent", 2, anywhere=is_method(block[index], above)
        )
    deeper = body[-1]
    if isinstance(deeper, COMPOUND):
        by = deeper.body[0].col_offset - above.col_offset
        last = w.extent(block[index])[1]
        lines = [shifted(line, by) for line in w.lines[first - 1 : last]]
        yield w.relined(first, last, lines, "indent", 2)


def is_method(statement: ast.stmt, above: ast.stmt) -> bool:
    """Return whether a function below a class looks like one of its methods."""
    if not isinstance(statement, ast.FunctionDef) or not isinstance(above, ast.ClassDef):
        return False
    return parameters(statement)[:1] == ["self"]


def is_no_method(statement: ast.stmt) -> bool:
    """Return whether a function in a class looks like none of its methods."""
    return isinstance(statement, ast.FunctionDef) and "self" not in parameters(statement)


def dedented(
    w: Written, block: list[ast.stmt], index: int, parent: ast.AST
) -> Iterator[Change]:
    """Yield the edits that take a statement, with those after it, out of its block."""
    column = getattr(parent, "col_offset", None)
    if column is None or block is not getattr(parent, "body", None):
        return
    if getattr(parent, "orelse", None):
        return
    first, last = w.extent(block[index])
    by = column - block[0].col_offset
    end = w.extent(block[-1])[1]
    if index:
        lines = [shifted(line, by) for line in w.lines[first - 1 : end]]
        cost = 3 if isinstance(parent, ast.ClassDef) else 2
        astray = isinstance(parent, ast.ClassDef) and is_no_method(block[index])
        yield w.relined(first, end, lines, "indent", cost, anywhere=astray)
        if by < -BLOCK or isinstance(parent, FUNCTIONS):
            lines = [shifted(line, by - BLOCK) for line in w.lines[first - 1 : end]]
            yield w.relined(first, end, lines, "indent", 3)
    if len(block) > 1 and isinstance(parent, (ast.If, ast.For, ast.While)):
        head = parent.lineno
        lines = [
            *(shifted(x, by) for x in w.body(block[index])),
            *w.lines[head - 1 : first - 1],
        ]
        yield w.relined(head, last, lines, "place", 3, first)
