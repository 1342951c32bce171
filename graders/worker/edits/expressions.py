"""Edits of expressions: of each as a whole, and of what is in it."""

import ast
from collections.abc import Iterator

from graders.worker.edits import calls, kinds, operators, paths
from graders.worker.edits.scope import File, Scope
from graders.worker.edits.written import Change, Written

NUMBERS = ("0", "1", "2", "3", "-1", "0.5", "1e-4")
CONDITIONS = (ast.Compare, ast.BoolOp)


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
        if not (isinstance(node, paths.CHAINS) and paths.links(node)):
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
                yield from paths.of_link(
                    w, file, scope, node.value, node, paths.is_call_of(of, node)
                )
        case ast.Call():
            yield from calls.of_call(w, file, scope, node)
        case ast.BinOp():
            yield from operators.of_operation(w, file, scope, node)
        case ast.UnaryOp(operand=operand):
            yield w.instead(node, w.of(operand), "operator", 2)
        case ast.Compare(ops=[_one]):
            yield from operators.of_comparison(w, file, scope, node)
        case ast.BoolOp():
            yield from operators.of_logic(w, node)
        case ast.Constant():
            yield from of_constant(w, file, scope, node, of)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            swapped = f"{w.grouped(orelse)} if {w.of(test)} else {w.grouped(body)}"
            yield w.instead(node, swapped, "order", 2)
            yield from operators.of_condition(w, test)
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


def of_whole(w: Written, file: File, scope: Scope, node: ast.expr) -> Iterator[Change]:
    """Yield the edits of an expression as a whole: what it is wrapped in, what it lacks."""
    text, bare = w.grouped(node), w.of(node)
    if isinstance(node, (ast.Constant, ast.Tuple, ast.List, *CONDITIONS)):
        return
    kind = kinds.of(file, scope, node)
    for name in kinds.callables(file, scope) if kinds.VARIABLE in kind else ():
        yield w.instead(node, f"{name}({bare})", "call", 2)
    if kinds.may_be(kind, kinds.VARIABLE) and not isinstance(node, paths.CHAINS):
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
        for name in kinds.numbers(file, scope):
            if name != bare:
                cost = 2 if isinstance(node, (ast.BinOp, ast.Call)) else 3
                yield w.instead(node, f"{text} * {name}", "operand", cost)
                yield w.instead(node, f"{text} / (2 * {name})", "operand", 3)
                yield w.instead(node, f"{text} / {name}", "operand", 4)
    if isinstance(node, paths.CHAINS):
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
        for name in kinds.numbers(file, scope):
            yield w.instead(node, f"Variable({name})", "call", 3)
    if isinstance(node, ast.Call) and kinds.FUNCTION in kind:
        for name in scope.names:
            if kinds.may_be(kinds.of_name(file, scope, name), kinds.VARIABLE):
                yield w.instead(node, f"{text}({name})", "call", 2)


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
        for name in kinds.numbers(file, scope):
            yield w.instead(node, name, "literal", 2)
    elif isinstance(value, str) and value in scope.names:
        yield w.instead(node, value, "literal", 1)
