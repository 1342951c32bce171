"""Edits of the first line of a function or a class, and of what a function gives back."""

import ast
import difflib
from collections.abc import Iterator
from itertools import pairwise

from graders.worker.edits import expressions, kinds
from graders.worker.edits.scope import SPECIAL, File, Scope
from graders.worker.edits.written import Change, Written
from graders.worker.source import COURSE

CLASSES = ("Variable", "Function", "Square", "Exp")
STEPS = ("eps", "h", "delta", "epsilon", "dx", "step")
"""What people call the distance that numerical_diff goes."""


def of_function(
    w: Written, file: File, scope: Scope, node: ast.FunctionDef
) -> Iterator[Change]:
    """Yield the edits of a function's first line, and of what it gives back."""
    inner = scope.inside(node)
    yield from of_its_name(w, file, scope, node)
    yield from of_parameters(w, file, scope, node)
    yield from of_unbound(w, file, scope, node)
    yield from of_defaults(w, file, scope, node)
    yield from unused(w, file, node, inner)
    for decorator in node.decorator_list:
        yield w.relined(decorator.lineno, decorator.lineno, [], "decorator", 1)
    returned = [n for n in ast.walk(node) if isinstance(n, ast.Return) and n.value]
    if scope.function is None and not (returned and ends(node.body[-1])):
        yield from returning(w, file, node, inner)


def of_its_name(
    w: Written, file: File, scope: Scope, node: ast.FunctionDef
) -> Iterator[Change]:
    """Yield the edits that call a function what nobody calls it yet."""
    start = w.text.index(node.name, w.span(node)[0] + len("def"))
    end = start + len(node.name)
    wanted = SPECIAL if scope.cls else tuple(sorted(COURSE))
    if node.name not in wanted and not node.name.lower().startswith("test"):
        for near in difflib.get_close_matches(node.name, wanted, 2, 0.55):
            yield w.between(start, end, near, "name", 1, anywhere=True)
    for other in SPECIAL if scope.cls and node.name in SPECIAL else ():
        if other != node.name:
            yield w.between(start, end, other, "name", 3)


def of_parameters(
    w: Written, file: File, scope: Scope, node: ast.FunctionDef
) -> Iterator[Change]:
    """Yield the edits of a function's parameters: its object, their order, one too many."""
    args = node.args.args
    head = w.text.index("(", w.span(node)[0]) + 1
    own = [each.arg for each in args]
    if scope.cls and not scope.function and own[:1] != [file.own]:
        given = f"{file.own}, " if own else file.own
        yield w.between(head, head, given, "self", 1, anywhere=True)
        if own:
            yield w.instead(args[0], file.own, "self", 2)
    if node.args.defaults:
        return
    for one, two in pairwise(args):
        swapped = f"{w.of(two)}, {w.of(one)}"
        yield w.between(w.span(one)[0], w.span(two)[1], swapped, "order", 2)
    for each in args:
        rest = ", ".join(w.of(other) for other in args if other is not each)
        cost = 2 if each.arg == file.own and not scope.cls else 3
        yield w.between(w.span(args[0])[0], w.span(args[-1])[1], rest, "argument", cost)


def of_unbound(w: Written, file: File, scope: Scope, node: ast.FunctionDef) -> Iterator[Change]:
    """Yield the edits that make parameters of names that a function reads in vain."""
    args, inner = node.args.args, scope.inside(node)
    head = w.text.index("(", w.span(node)[0]) + 1
    for lacked in file.unbound(inner):
        for each in args:
            if each.arg != file.own:
                yield w.instead(each, lacked, "name", 1)
        if not args:
            yield w.between(head, head, lacked, "argument", 2)
            continue
        end = w.span(args[-1])[1]
        yield w.between(end, end, f", {lacked}", "argument", 1, anywhere=True)
        if scope.cls and args[0].arg != file.own:
            yield w.between(head, head, f"{lacked}, ", "self", 1)


def of_defaults(
    w: Written, file: File, scope: Scope, node: ast.FunctionDef
) -> Iterator[Change]:
    """Yield the edits of what parameters are by default, and the defaults that are missing."""
    args = node.args.args
    for default in node.args.defaults:
        yield from expressions.changes(w, file, scope, default)
        yield w.instead(default, "1e-4", "literal", 2)
    if args and not node.args.defaults and args[-1].arg != file.own:
        end = w.span(args[-1])[1]
        for value in ("None", "1e-4"):
            cost = 1 if value != "None" and args[-1].arg in STEPS else 3
            yield w.between(end, end, f"={value}", "argument", cost)


def unused(w: Written, file: File, node: ast.FunctionDef, scope: Scope) -> Iterator[Change]:
    """Yield the edits that use a parameter which the function never reads, in place of what it
    calls or computes with.
    """
    inside = [each for part in node.body for each in ast.walk(part)]
    read = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    called = [n.func for n in inside if isinstance(n, ast.Call)]
    numbers = [n for n in inside if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    for name in scope.takes:
        if name in read or name == scope.own:
            continue
        for of in ([n for n in called if is_made(file, n)], numbers):
            for text in dict.fromkeys(map(w.of, of)):
                same = sorted(w.span(n) for n in of if w.of(n) == text)
                start, end = same[0][0], same[-1][1]
                parts = w.text[start:end].split(text)
                yield w.between(start, end, name.join(parts), "name", 1)


def is_made(file: File, called: ast.expr) -> bool:
    """Return whether what is called is one of the file's Functions, made or not."""
    match called:
        case ast.Call(func=ast.Name(id=name)) | ast.Name(id=name):
            return name in file.classes or name in file.functions
    return False


def ends(statement: ast.stmt) -> bool:
    """Return whether a function can't go on below a statement."""
    if isinstance(statement, ast.If):
        return bool(statement.orelse) and all(
            ends(block[-1]) for block in (statement.body, statement.orelse)
        )
    return isinstance(statement, (ast.Return, ast.Raise, ast.With, ast.Try))


def returning(w: Written, file: File, node: ast.FunctionDef, scope: Scope) -> Iterator[Change]:
    """Yield the edits that give something back from a function that gives nothing."""
    last = node.body[-1]
    if not kinds.gives_back(file, scope) or not w.stands_alone(last):
        return
    indent = " " * node.body[0].col_offset
    end = w.extent(last)[1]
    for name in (*reversed(scope.gives), *scope.takes):
        cost = 1 if isinstance(last, ast.If) else 2
        yield w.below(end, f"{indent}return {name}", "return", cost)


def is_near(name: str, written: str) -> bool:
    """Return whether a name may have been meant by another."""
    one, two = name.lower(), written.lower()
    return one == two or bool(difflib.get_close_matches(one, [two], 1, 0.6))


def of_class(w: Written, file: File, node: ast.ClassDef) -> Iterator[Change]:
    """Yield the edits of a class's first line."""
    start = w.text.index(node.name, w.span(node)[0] + 5)
    end = start + len(node.name)
    others = [name for name in ("Function", *file.classes) if name != node.name]
    others = [name for name in dict.fromkeys(others) if name in file.names]
    colon = w.text.index(":", max([end, *(w.span(base)[1] for base in node.bases)]))
    written = [w.of(base) for base in node.bases]
    for other in others:
        if written != [other]:
            first = other == "Function" and not node.bases and kinds.is_function(file, node)
            yield w.between(end, colon, f"({other})", "base", 1 if first else 3, anywhere=first)
    if node.bases:
        yield w.between(end, colon, "", "base", 2)
    if "unittest" in file.names and "test" in node.name.lower() and not node.bases:
        yield w.between(end, colon, "(unittest.TestCase)", "base", 1, anywhere=True)
    twice = sum(isinstance(n, ast.ClassDef) and n.name == node.name for n in file.tree.body) > 1
    for name in CLASSES:
        if name not in file.classes and (twice or is_near(name, node.name)):
            yield w.between(start, end, name, "name", 1, anywhere=True)
