"""Edits of what stands between two operands: computing, comparing, joining conditions."""

import ast
import re
from collections.abc import Iterator

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


def of_condition(w: Written, node: ast.expr) -> Iterator[Change]:
    """Yield the edits of what an ``if`` or a ``while`` asks."""
    yield w.instead(node, negated(w, node), "comparison", 2)
    if isinstance(node, paths.CHAINS):
        yield w.instead(node, f"{w.of(node)} is not None", "comparison", 2)
        yield w.instead(node, f"{w.of(node)} is None", "comparison", 2)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield w.instead(node, f"{w.of(node.operand)} is None", "comparison", 2)


def negated(w: Written, node: ast.expr) -> str:
    """Return what is true where a condition isn't."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return w.of(node.operand)
    return f"not {w.grouped(node)}"
