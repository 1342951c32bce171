"""Edits of what is given a value, and of the value that it is given."""

import ast
import re
from collections.abc import Iterator

from graders.worker.edits import expressions, kinds
from graders.worker.edits.scope import File, Scope, assignment
from graders.worker.edits.written import Change, Written

FOR_THEIR_EFFECT = ("append", "extend", "pop")
"""A list's methods that are called for what they do to it."""


def changes(
    w: Written, file: File, scope: Scope, statement: ast.stmt, block: list[ast.stmt]
) -> Iterator[Change]:
    """Yield the edits of a statement that gives one thing a value."""
    found = assignment(statement)
    if not found:
        return
    target, value = found
    given = w.of(value)
    yield from expressions.changes(w, file, scope, value)
    if scope.function and kinds.gives_back(file, scope):
        yield w.instead(statement, f"return {given}", "return", 2, statement is not block[-1])
    if isinstance(target, ast.Name):
        yield from of_name(w, file, scope, target)
    if isinstance(target, ast.Attribute):
        yield from expressions.inner(w, file, scope, target)
        yield from of_attribute(w, file, scope, target, value)
    match value:
        case ast.Call(func=ast.Attribute(attr=name)) if name in FOR_THEIR_EFFECT:
            yield w.instead(statement, given, "assignment", 1)
        case ast.Name() | ast.Attribute():
            yield w.instead(statement, f"{given} = {w.of(target)}", "order", 2)
    for beside in block:
        if beside is not statement:
            yield from as_beside(w, value, beside)


def of_name(w: Written, file: File, scope: Scope, target: ast.Name) -> Iterator[Change]:
    """Yield the edits of a name that is given a value: an object's attribute may be meant."""
    name = target.id
    for other in scope.names:
        if other != name:
            yield w.instead(target, other, "name", 3)
        if name in kinds.GIVES and kinds.is_object(file, scope, other):
            yield w.instead(target, f"{other}.{name}", "attribute", 1)
    if name in scope.takes:
        for attribute in ("data", "grad"):
            yield w.instead(target, f"{name}.{attribute}", "value", 2)
    if scope.own and scope.function:
        known = name in file.read or scope.function.name == "__init__"
        yield w.instead(target, f"{scope.own}.{name}", "self", 1 if known else 3)
        for other in file.attributes:
            if other not in (name, *scope.names):
                yield w.instead(target, f"{scope.own}.{other}", "self", 3, drops=True)


def of_attribute(
    w: Written, file: File, scope: Scope, target: ast.Attribute, value: ast.expr
) -> Iterator[Change]:
    """Yield the edits of an attribute that is given a value, by what it is to hold."""
    name = target.attr
    function = scope.function.name if scope.function else ""
    if isinstance(value, ast.Constant) and value.value is None:
        for other in scope.names:
            yield w.instead(value, other, "literal", 2)
    elif function == "__init__" and name != "data":
        yield w.instead(value, "None", "literal", 2)
    if isinstance(target.value, ast.Name):
        yield w.instead(target, name, "self", 3)
    if name == "grad":
        yield w.instead(value, f"np.ones_like({w.of(target.value)}.data)", "call", 2)
    match value:
        case ast.Call(func=ast.Attribute(attr="backward"), args=[ast.Attribute(value=of)]):
            (start, end), (begin, stop) = w.span(target.value), w.span(of)
            turned = f"{w.of(of)}{w.text[end:begin]}{w.of(target.value)}"
            yield w.between(start, stop, turned, "order", 2)
    due = kinds.GIVES.get(name)
    if due and due not in kinds.of(file, scope, value):
        for term in kinds.terms(file, scope, due):
            yield w.instead(value, term, "name", 2)


def as_beside(w: Written, value: ast.expr, beside: ast.stmt) -> Iterator[Change]:
    """Yield the edits that give a value as a statement of the same block does, with one sign
    turned: of two points, one lies on the other side.
    """
    found = assignment(beside)
    text = w.of(found[1]) if found else ""
    for sign in re.finditer(r" ([+-]) ", text):
        turned = "-" if sign[1] == "+" else "+"
        copied = text[: sign.start(1)] + turned + text[sign.end(1) :]
        yield w.instead(value, copied, "operand", 2)
