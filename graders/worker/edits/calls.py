"""Edits of calls: what is called, with what, and whether at all."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from graders.worker.edits import kinds, paths
from graders.worker.edits.scope import File, Scope
from graders.worker.edits.written import Change, Written


def of_call(w: Written, file: File, scope: Scope, node: ast.Call) -> Iterator[Change]:
    """Yield the edits of a call."""
    called, args = node.func, node.args
    name = called.id if isinstance(called, ast.Name) else ""
    start, end = w.span(called)[1], w.span(node)[1]
    given = [*args, *node.keywords]
    if not given:
        yield w.instead(node, w.of(called), "brackets", 2, drops=True)
    if isinstance(called, ast.Call) and not called.args:
        yield w.instead(called, w.of(called.func), "brackets", 2, drops=True)
    if args:
        cost = 3 if name in file.functions or len(given) > 2 else 2
        yield w.instead(node, w.grouped(args[0]), "call", cost, drops=True)
    if name in ("list", "tuple") and len(given) == 1:
        yield w.instead(node, f"[{w.of(args[0])}]", "brackets", 1)
    one = args[0] if len(given) == 1 and args else None
    if isinstance(one, ast.BinOp):
        gap = w.text[w.span(one.left)[1] : w.span(one.right)[0]]
        parted = f"{w.of(called)}({w.of(one.left)}){gap}{w.of(one.right)}"
        yield w.instead(node, parted, "brackets", 2)
    if len(given) == 1 and args:
        inside = args[0]
        if isinstance(inside, ast.Call) and len(inside.args) == 1:
            rest = w.text[w.span(inside.func)[1] : w.span(inside)[1]]
            yield w.instead(node, f"{w.of(called)}({w.of(inside.func)}){rest}", "brackets", 3)
            turned = f"{w.of(inside.func)}({w.of(called)}({w.of(inside.args[0])}))"
            yield w.instead(node, turned, "order", 2)
        if isinstance(called, ast.Call) and len(called.args) == 1:
            nested = f"{w.of(called.func)}({w.of(called.args[0])}({w.of(args[0])}))"
            yield w.instead(node, nested, "brackets", 2)
    for given_one in kinds.callables(file, scope):
        if isinstance(called, ast.Call) or name in file.classes:
            yield w.instead(called, given_one, "name", 2)
    if isinstance(called, ast.Attribute) and called.attr in file.methods and len(args) == 1:
        yield w.instead(called, w.of(called.value), "call", 2, drops=True)
    if name in file.classes or (name and name in scope.takes):
        yield w.instead(called, f"{name}()", "brackets", 1 if args else 2)
    if (
        isinstance(called, paths.CHAINS)
        and kinds.may_be(kinds.of(file, scope, called), kinds.FUNCTION)
        and name not in file.names
    ):
        for method in kinds.DOES[kinds.FUNCTION]:
            if method in file.methods and len(args) == 1:
                yield w.instead(called, f"{w.of(called)}.{method}", "call", 3)
    for one, two in pairwise(args):
        swapped = f"{w.of(two)}, {w.of(one)}"
        yield w.between(w.span(one)[0], w.span(two)[1], swapped, "order", 2)
    for index, each in enumerate(given):
        rest = ", ".join(w.of(other) for other in given if other is not each)
        own = isinstance(each, ast.Name) and each.id == scope.own
        if len(given) > 1 or own or isinstance(called, ast.Attribute):
            yield w.between(start, end, f"({rest})", "argument", 1 if own else 3)
        if index < len(args):
            yield from of_argument(w, file, scope, args[index], name)
    wants = wanted(file, called)
    if len(given) < 3 and (wants is None or len(given) < wants) and not is_numpy(called):
        before = "".join(f"{w.of(each)}, " for each in given)
        after = "".join(f", {w.of(each)}" for each in given)
        for other in filter(None, (scope.own, *scope.names)):
            cost = 1 if wants and not given else 2 if wants else 4
            yield w.between(start, end, f"({before}{other})", "argument", cost)
            if given and wants:
                yield w.between(start, end, f"({other}{after})", "argument", 2)
        if wants and not given:
            for term in kinds.terms(file, scope, kinds.NUMBER):
                yield w.between(start, end, f"({term})", "argument", 2)


def of_argument(
    w: Written, file: File, scope: Scope, node: ast.expr, of: str
) -> Iterator[Change]:
    """Yield the edits of an argument: something is added to it, or it is wrapped."""
    kind = kinds.of(file, scope, node)
    if "as_array" in file.names and kinds.may_be(kind, kinds.NUMBER):
        yield w.instead(node, f"as_array({w.of(node)})", "call", 2 if file.uses_as_array else 1)
    if of == "Variable" and not w.of(node).startswith("np.array"):
        yield w.instead(node, f"np.array({w.of(node)})", "call", 2)
    if kinds.NUMBER in kind and "Variable" in file.names and of != "Variable":
        yield w.instead(node, f"Variable({w.of(node)})", "call", 2)
    if kinds.may_be(kind, kinds.NUMBER) and isinstance(node, paths.CHAINS):
        for name in kinds.numbers(file, scope):
            if name != w.of(node):
                yield w.instead(node, f"{w.of(node)} + {name}", "operand", 3)
                yield w.instead(node, f"{w.of(node)} - {name}", "operand", 3)
    if isinstance(node, paths.CHAINS) and kinds.may_be(kind, kinds.CALLABLE, "class"):
        yield w.instead(node, f"{w.of(node)}()", "brackets", 3)


def is_numpy(called: ast.expr) -> bool:
    """Return whether what is called is numpy's."""
    chain = paths.links(called) if isinstance(called, paths.CHAINS) else []
    return bool(chain) and isinstance(chain[0], ast.Name) and chain[0].id in paths.ROOTS


def wanted(file: File, called: ast.expr) -> int | None:
    """Return how many arguments a function of the file's takes, where that is known."""
    match called:
        case ast.Name(id=name) if name in file.functions:
            return len(file.functions[name].args.args)
        case ast.Attribute(attr="forward" | "set_creator"):
            return 1
        case ast.Attribute(attr=name) if name in file.methods:
            return max(len(each.args.args) for each in file.methods[name]) - 1
        case ast.Name(id="Variable"):
            return 1
    return None
