"""Edits within an expression: another operator or number, brackets, an argument, a call."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from graders.worker.edits import kinds, paths
from graders.worker.edits.scope import File, Scope
from graders.worker.edits.written import Change, Written

OPERATORS = re.compile(r"\*\*|//|[-+*/@%^&|]")
ARITHMETIC = ("*", "+", "-", "/", "**")
COMPARISONS = re.compile(r"is\s+not\b|not\s+in\b|is\b|in\b|[=!<>]=|[<>]")
OPPOSITE = {"is": "is not", "is not": "is", "==": "!=", "!=": "==", "<": ">=", ">": "<=",
            "<=": ">", ">=": "<", "in": "not in", "not in": "in"}  # fmt: skip
ALIKE = {"is": ("==",), "==": ("is",), "is not": ("!=",), "!=": ("is not",),
         "<": (">", "<="), ">": ("<", ">="), "<=": ("<",), ">=": (">",)}  # fmt: skip
NUMBERS = ("0", "1", "2", "3", "-1", "0.5", "1e-4")
CONDITIONS = (ast.Compare, ast.BoolOp)
CHAINS = (ast.Name, ast.Attribute)


def changes(w: Written, file: File, scope: Scope, root: ast.expr) -> Iterator[Change]:
    """Yield the edits of an expression whose value is used, and of what is in it."""
    yield from of_whole(w, file, scope, root)
    yield from inner(w, file, scope, root)


def inner(w: Written, file: File, scope: Scope, root: ast.expr) -> Iterator[Change]:
    """Yield the edits of what is in an expression."""
    ahead: list[tuple[ast.expr, ast.AST | None]] = [(root, None)]
    while ahead:
        node, of = ahead.pop()
        yield from of_node(w, file, scope, node, of)
        if not (isinstance(node, CHAINS) and paths.links(node)):
            deeper = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
            named = [each.value for each in getattr(node, "keywords", ())]
            ahead += [(each, node) for each in reversed([*deeper, *named])]


def of_node(
    w: Written, file: File, scope: Scope, node: ast.expr, of: ast.AST | None
) -> Iterator[Change]:
    """Yield the edits of one node; ``of`` is the one that it is part of."""
    match node:
        case ast.Name() | ast.Attribute():
            yield from paths.changes(w, file, scope, node, of)
            if isinstance(node, ast.Attribute) and not paths.links(node):
                yield from paths.of_link(w, file, scope, node.value, node, is_called(node, of))
        case ast.Call():
            yield from of_call(w, file, scope, node)
        case ast.BinOp():
            yield from of_operation(w, file, scope, node)
        case ast.UnaryOp(operand=operand):
            yield w.instead(node, w.of(operand), "operator", 2)
        case ast.Compare(ops=[_one]):
            yield from of_comparison(w, file, scope, node)
        case ast.BoolOp():
            yield from of_logic(w, node)
        case ast.Constant():
            yield from of_constant(w, file, scope, node, of)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            swapped = f"{w.grouped(orelse)} if {w.of(test)} else {w.grouped(body)}"
            yield w.instead(node, swapped, "order", 2)
            yield from of_condition(w, test)
            yield w.instead(node, w.grouped(body), "condition", 3)
            yield w.instead(node, w.grouped(orelse), "condition", 3)
        case ast.Tuple(elts=[left, right]) | ast.List(elts=[left, right]):
            yield from of_pair(w, file, scope, node, left, right, of)
        case ast.List(elts=[only]) | ast.Tuple(elts=[only]):
            yield w.instead(node, w.of(only), "brackets", 2)
        case ast.Dict(keys=[]) | ast.Tuple(elts=[]):
            yield w.instead(node, "[]", "literal", 1)
        case ast.List(elts=[]):
            for term in (*kinds.terms(file, scope, kinds.FUNCTION), scope.own):
                if term:
                    yield w.instead(node, f"[{term}]", "literal", 2)
        case ast.Subscript(value=value, slice=index):
            yield w.instead(node, w.of(value), "brackets", 2)
            yield w.instead(node, f"{w.of(value)}({w.of(index)})", "brackets", 3)
            yield w.instead(node, f"{w.of(value)}.pop()", "call", 2)
            for other in ("0", "-1"):
                yield w.instead(index, other, "literal", 2)
        case ast.Lambda():
            return


def of_pair(
    w: Written,
    file: File,
    scope: Scope,
    node: ast.expr,
    left: ast.expr,
    right: ast.expr,
    of: ast.AST | None,
) -> Iterator[Change]:
    """Yield the edits of two things with a comma between."""
    start, end = w.span(left)[0], w.span(right)[1]
    one, two = w.of(left), w.of(right)
    yield w.between(start, end, f"{two}, {one}", "order", 2)
    if isinstance(left, ast.Attribute) and isinstance(right, ast.Attribute):
        yield w.between(start, end, f"{w.of(left.value)}, {w.of(right.value)}", "value", 2)
    if all(kinds.VARIABLE in kinds.of(file, scope, each) for each in (left, right)):
        yield w.between(start, end, f"{one}.data, {two}.data", "value", 2)
    if isinstance(of, ast.Call):
        yield w.instead(node, one, "argument", 2)
        yield w.instead(node, two, "argument", 2)


def is_called(node: ast.expr, of: ast.AST | None) -> bool:
    """Return whether a node is what a call calls."""
    return isinstance(of, ast.Call) and of.func is node


def of_whole(w: Written, file: File, scope: Scope, node: ast.expr) -> Iterator[Change]:
    """Yield the edits of an expression as a whole: what it is wrapped in, what it lacks."""
    text, bare = w.grouped(node), w.of(node)
    if isinstance(node, (ast.Constant, ast.Tuple, ast.List, *CONDITIONS)):
        return
    kind = kinds.of(file, scope, node)
    for name in callables(file, scope) if kinds.VARIABLE in kind else ():
        yield w.instead(node, f"{name}({bare})", "call", 2)
    if kinds.may_be(kind, kinds.VARIABLE) and not isinstance(node, CHAINS):
        yield w.instead(node, f"{text}.data", "value", 2)
    if kinds.may_be(kind, kinds.NUMBER):
        own = scope.function.name if scope.function else ""
        makers = [name for name in ("as_array", "Variable") if name in file.names]
        for name in (*makers, "np.array"):
            if name != own and not bare.startswith(f"{name}("):
                yield w.instead(node, f"{name}({bare})", "call", 3)
        if scope.own and own not in ("forward", "backward"):
            for name in ("forward", "backward"):
                if name in file.methods:
                    yield w.instead(node, f"{scope.own}.{name}({bare})", "call", 3)
        yield w.instead(node, f"-{text}", "operator", 3)
        yield w.instead(node, f"2 * {text}", "operand", 3)
        yield w.instead(node, f"{text} / 2", "operand", 3)
        yield w.instead(node, f"{text} ** 2", "operand", 3)
        for name in numbers(file, scope):
            if name != bare:
                cost = 2 if isinstance(node, (ast.BinOp, ast.Call)) else 3
                yield w.instead(node, f"{text} * {name}", "operand", cost)
                yield w.instead(node, f"{text} / (2 * {name})", "operand", 3)
                yield w.instead(node, f"{text} / {name}", "operand", 4)
    if isinstance(node, CHAINS):
        if kinds.may_be(kind, kinds.CALLABLE, "class"):
            yield w.instead(node, f"{text}()", "brackets", 2)
        if kinds.may_be(kind, kinds.CALLABLE, kinds.FUNCTION, "class"):
            for name in scope.names:
                if kinds.may_be(kinds.of_name(file, scope, name), kinds.VARIABLE, kinds.NUMBER):
                    yield w.instead(node, f"{text}({name})", "call", 2 if kind else 3)
        if kinds.may_be(kind, kinds.FUNCTION):
            yield w.instead(node, f"[{text}]", "brackets", 2)
    if isinstance(node, ast.Call) and len(kind) == 1:
        (only,) = kind
        for term in kinds.terms(file, scope, only):
            cost = 2 if term in scope.gives else 3
            yield w.instead(node, term, "name", cost, drops=True)
    if kinds.VARIABLE in kind and "Variable" in file.names and scope.own:
        for name in numbers(file, scope):
            yield w.instead(node, f"Variable({name})", "call", 3)
    if isinstance(node, ast.Call) and kinds.FUNCTION in kind:
        for name in scope.names:
            if kinds.may_be(kinds.of_name(file, scope, name), kinds.VARIABLE):
                yield w.instead(node, f"{text}({name})", "call", 2)


def callables(file: File, scope: Scope) -> list[str]:
    """Return the parameters that are functions."""
    return [n for n in scope.takes if kinds.CALLABLE in kinds.of_name(file, scope, n)]


def numbers(file: File, scope: Scope) -> list[str]:
    """Return the names that may have held something to compute with."""
    return [n for n in scope.names if kinds.may_be(kinds.of_name(file, scope, n), kinds.NUMBER)]


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
    for given_one in callables(file, scope):
        if isinstance(called, ast.Call) or name in file.classes:
            yield w.instead(called, given_one, "name", 2)
    if isinstance(called, ast.Attribute) and called.attr in file.methods and len(args) == 1:
        yield w.instead(called, w.of(called.value), "call", 2, drops=True)
    if name in file.classes or (name and name in scope.takes):
        yield w.instead(called, f"{name}()", "brackets", 1 if args else 2)
    if (
        isinstance(called, CHAINS)
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


def is_numpy(called: ast.expr) -> bool:
    """Return whether what is called is numpy's."""
    chain = paths.links(called) if isinstance(called, CHAINS) else []
    return bool(chain) and isinstance(chain[0], ast.Name) and chain[0].id in paths.ROOTS


def of_argument(
    w: Written, file: File, scope: Scope, node: ast.expr, of: str
) -> Iterator[Change]:
    """Yield the edits of an argument: something is added to it, or it is wrapped."""
    kind = kinds.of(file, scope, node)
    if "as_array" in file.names and kinds.may_be(kind, kinds.NUMBER):
        yield w.instead(node, f"as_array({w.of(node)})", "call", 2 if is_used(file) else 1)
    if of == "Variable" and not w.of(node).startswith("np.array"):
        yield w.instead(node, f"np.array({w.of(node)})", "call", 2)
    if kinds.NUMBER in kind and "Variable" in file.names and of != "Variable":
        yield w.instead(node, f"Variable({w.of(node)})", "call", 2)
    if kinds.may_be(kind, kinds.NUMBER) and isinstance(node, CHAINS):
        for name in numbers(file, scope):
            if name != w.of(node):
                yield w.instead(node, f"{w.of(node)} + {name}", "operand", 3)
                yield w.instead(node, f"{w.of(node)} - {name}", "operand", 3)
    if isinstance(node, CHAINS) and kinds.may_be(kind, kinds.CALLABLE, "class"):
        yield w.instead(node, f"{w.of(node)}()", "brackets", 3)


def is_used(file: File) -> bool:
    """Return whether the file calls its own as_array."""
    return any(isinstance(n, ast.Name) and n.id == "as_array" and isinstance(n.ctx, ast.Load)
               for n in ast.walk(file.tree))  # fmt: skip


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


def of_operation(w: Written, file: File, scope: Scope, node: ast.BinOp) -> Iterator[Change]:
    """Yield the edits of two operands and what stands between."""
    left, right = node.left, node.right
    found = OPERATORS.search(w.text, w.span(left)[1], w.span(right)[0])
    if not found:
        return
    sign, start, end = found[0], found.start(), found.end()
    for other in ARITHMETIC:
        if other != sign:
            cost = 1 if {sign, other} <= {"*", "**"} or sign == "^" else 2
            yield w.between(start, end, other, "operator", cost)
    one, two = w.grouped(left), w.grouped(right)
    if sign in ("-", "/", "**"):
        yield w.instead(node, f"{two} {sign} {one}", "order", 2)
    if isinstance(left, ast.BinOp):
        inner = OPERATORS.search(w.text, w.span(left.left)[1], w.span(left.right)[0])
        if inner and not inner[0] == sign == "*":
            a, b = w.grouped(left.left), w.grouped(left.right)
            yield w.instead(node, f"{a} {inner[0]} ({b} {sign} {two})", "brackets", 2)
    if isinstance(right, ast.BinOp):
        inner = OPERATORS.search(w.text, w.span(right.left)[1], w.span(right.right)[0])
        if inner and not inner[0] == sign == "*":
            a, b = w.grouped(right.left), w.grouped(right.right)
            yield w.instead(node, f"({one} {sign} {a}) {inner[0]} {b}", "brackets", 2)
    if all(kinds.VARIABLE in kinds.of(file, scope, each) for each in (left, right)):
        yield w.instead(node, f"{one}.data {sign} {two}.data", "value", 1)
    if isinstance(left, ast.Call) and len(left.args) == 1 and not left.keywords:
        joined = f"{w.of(left.func)}({w.of(left.args[0])} {sign} {two})"
        yield w.instead(node, joined, "brackets", 2)
    yield w.instead(node, w.of(left), "operand", 2)
    yield w.instead(node, w.of(right), "operand", 2)
    for each in (left, right):
        if not isinstance(each, (ast.BinOp, ast.Constant)):
            cost = 2 if each is right and sign == "/" else 4
            yield w.instead(each, f"(2 * {w.grouped(each)})", "operand", cost)


def of_comparison(w: Written, file: File, scope: Scope, node: ast.Compare) -> Iterator[Change]:
    """Yield the edits of two things that are compared."""
    left, right = node.left, node.comparators[0]
    found = COMPARISONS.search(w.text, w.span(left)[1], w.span(right)[0])
    if not found:
        return
    sign = " ".join(found[0].split())
    for other in (OPPOSITE[sign], *ALIKE.get(sign, ())):
        yield w.between(found.start(), found.end(), other, "comparison", 1)
    if sign == "is" and isinstance(right, ast.UnaryOp) and isinstance(right.op, ast.Not):
        yield w.instead(node, f"{w.of(left)} is not {w.of(right.operand)}", "comparison", 1)
    for word in ("is None", "is not None"):
        if w.of(node) != f"{w.of(left)} {word}":
            yield w.instead(node, f"{w.of(left)} {word}", "comparison", 2)
    cost = 1 if kinds.LIST in kinds.of(file, scope, left) else 3
    yield w.instead(node, w.of(left), "comparison", cost)


def of_logic(w: Written, node: ast.BoolOp) -> Iterator[Change]:
    """Yield the edits of conditions that stand together."""
    word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    joined = [w.of(each) for each in node.values]
    text = w.of(node)
    if text.count(f" {word} ") == len(joined) - 1:
        yield w.instead(node, text.replace(f" {word} ", f" {other} "), "logic", 1)
    for each in node.values:
        yield w.instead(node, w.of(each), "logic", 2)
        yield w.instead(each, negated(w, each), "comparison", 2)
    yield w.instead(node, f" {word} ".join(reversed(joined)), "order", 2)


def of_constant(
    w: Written, file: File, scope: Scope, node: ast.Constant, of: ast.AST | None
) -> Iterator[Change]:
    """Yield the edits of a number, a truth value or None."""
    value = node.value
    if isinstance(of, ast.Compare) and value is None:
        return
    if value is None or isinstance(value, bool):
        for other in ("None", "True", "False"):
            if other != str(value):
                yield w.instead(node, other, "literal", 2)
        for name in scope.names:
            yield w.instead(node, name, "literal", 3)
    elif isinstance(value, (int, float)):
        near = (value + 1, value - 1, -value, value * 2, 1 / (value or 1))
        cost = {"2": 1, "0": 2, "1": 2, "1e-4": 2 if isinstance(value, float) else 3}
        for other in dict.fromkeys((*NUMBERS, *map(str, near))):
            if other != w.of(node):
                text = f"({other})" if other[0] == "-" else other
                yield w.instead(node, text, "literal", cost.get(other, 3))
        yield w.instead(node, "None", "literal", 2)
        for name in numbers(file, scope):
            yield w.instead(node, name, "literal", 2)
    elif isinstance(value, str) and value in scope.names:
        yield w.instead(node, value, "literal", 1)


def of_condition(w: Written, node: ast.expr) -> Iterator[Change]:
    """Yield the edits of what an ``if`` or a ``while`` asks."""
    yield w.instead(node, negated(w, node), "comparison", 2)
    if isinstance(node, CHAINS):
        yield w.instead(node, f"{w.of(node)} is not None", "comparison", 2)
        yield w.instead(node, f"{w.of(node)} is None", "comparison", 2)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield w.instead(node, f"{w.of(node.operand)} is None", "comparison", 2)


def negated(w: Written, node: ast.expr) -> str:
    """Return what is true where a condition isn't."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return w.of(node.operand)
    return f"not {w.grouped(node)}"
