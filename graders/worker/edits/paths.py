"""Edits of names and what is asked of them: ``x``, ``self.input.data``, ``np.exp``."""

import ast
import builtins
import difflib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TypeGuard

import numpy as np

from graders.worker.edits import kinds
from graders.worker.edits.scope import File, Scope
from graders.worker.edits.written import Change, Written

NUMPY = {
    "array": ("ndarray", "asarray"), "zeros_like": ("ones_like",), "ones": ("ones_like",),
    "zeros": ("ones_like",), "empty_like": ("ones_like",), "full_like": ("ones_like",),
    "log": ("exp",), "exp2": ("exp",), "expm1": ("exp",), "power": ("exp",),
    "sqrt": ("square",),
    "ones_like": ("array", "zeros_like"), "ndarray": ("array",), "generic": ("ndarray",),
    "matrix": ("ndarray", "array"), "dot": ("multiply",), "isreal": ("isscalar",),
}  # fmt: skip
"""Functions of numpy that are taken for one another."""
FOREIGN = {"null": ("None",), "nil": ("None",), "none": ("None",), "undefined": ("None",),
           "true": ("True",), "false": ("False",), "this": ("self",)}  # fmt: skip
"""What other languages call what Python knows as well."""
CHAINS = (ast.Name, ast.Attribute)
ROOTS = ("np", "math", "numpy")


def changes(
    w: Written, file: File, scope: Scope, node: ast.Name | ast.Attribute, of: ast.AST | None
) -> Iterator[Change]:
    """Yield the edits of a name with all that is asked of it; ``of`` is what it is part of."""
    chain = links(node)
    if not chain:
        return
    base = chain[0]
    assert isinstance(base, ast.Name)
    called = is_call_of(of, node)
    if base.id in ROOTS and base.id not in scope.names:
        yield from of_library(w, file, chain)
        return
    yield from of_base(w, file, scope, chain, of)
    for owner, link in pairwise(chain):
        assert isinstance(link, ast.Attribute)
        yield from of_link(w, file, scope, owner, link, called and link is node)
    whole = kinds.of(file, scope, node)
    text = w.of(node)
    if called:
        return
    if isinstance(node.ctx, ast.Load):
        for name in kinds.attributes(file, whole):
            of_value = name in ("data", "grad")
            cost = 2 if of_value or (name == "creator" and whole) else 3
            yield w.instead(node, f"{text}.{name}", "value" if of_value else "attribute", cost)
    if len(whole) == 1 and len(chain) < 4:
        (kind,) = whole
        for term in kinds.terms(file, scope, kind):
            if term != text and (isinstance(node.ctx, ast.Load) or "." in term):
                yield w.instead(node, term, "name", 3)
    if kinds.VARIABLE in whole and isinstance(of, ast.BinOp):
        for term in kinds.terms(file, scope, kinds.NUMBER):
            yield w.instead(node, term, "name", 3)


def links(node: ast.expr) -> list[ast.expr]:
    """Return the parts of ``a.b.c`` from the left: ``a``, ``a.b``, all; nothing for what does
    not begin with a name.
    """
    found = [node]
    while isinstance(node, ast.Attribute):
        node = node.value
        found.append(node)
    return found[::-1] if isinstance(node, ast.Name) else []


def is_call_of(of: ast.AST | None, node: ast.expr) -> TypeGuard[ast.Call]:
    """Return whether what a node is part of is a call of it."""
    return isinstance(of, ast.Call) and of.func is node


def of_base(
    w: Written, file: File, scope: Scope, chain: list[ast.expr], of: ast.AST | None
) -> Iterator[Change]:
    """Yield the edits of the name that something begins with."""
    base, whole = chain[0], chain[-1]
    assert isinstance(base, ast.Name)
    name, alone = base.id, len(chain) == 1
    called = is_call_of(of, whole)
    if isinstance(base.ctx, ast.Store):
        return
    if not file.is_bound(name, scope):
        for near in (*FOREIGN.get(name.lower(), ()), *file.near(name, scope)):
            yield w.instead(base, near, "name", 1)
        if scope.own and alone:
            yield w.instead(base, f"{scope.own}.{name}", "self", 1)
        if name in of_numpy():
            yield w.instead(base, f"np.{name}", "numpy", 1)
        for other in scope.names:
            yield w.instead(base, other, "name", 1)
        return
    if (
        alone
        and scope.own
        and name != scope.own
        and (name in file.stored or name in file.methods)
    ):
        yield w.instead(base, f"{scope.own}.{name}", "self", 2)
    if alone and name in of_numpy():
        yield w.instead(base, f"np.{name}", "numpy", 2 if called else 3)
    for other in sorted(file.names):
        if other != name and other.lower() == name.lower():
            yield w.instead(base, other, "name", 1)
    if alone and (made := file.values.get(name)):
        yield w.instead(base, w.grouped(made), "name", 2)
    here = kinds.of_name(file, scope, name)
    others = [n for n in (*scope.names, scope.own) if n and n != name]
    asks = (
        is_call_of(of, whole)
        and len(of.args) == 1
        and isinstance(whole, ast.Attribute)
        and whole.attr in kinds.DOES[kinds.FUNCTION]
    )
    for other in others:
        there = kinds.of_name(file, scope, other)
        if (
            (asks and kinds.FUNCTION in there)
            or not here
            or not there
            or not here.isdisjoint(there)
        ):
            yield w.instead(base, other, "name", 2)
        elif not isinstance(of, ast.BinOp) or kinds.NUMBER in there:
            yield w.instead(base, other, "name", 4)
    if name in file.classes and not alone and scope.own:
        yield w.instead(base, scope.own, "self", 1)
    own = scope.function.name if scope.function else ""
    if called and alone and name == own:
        for cls in file.classes:
            yield w.instead(base, f"{cls}()", "name", 1 if cls.lower() == own else 3)
    for family in (file.functions, file.classes):
        if name in family and alone:
            for other in family:
                if other not in (name, own):
                    yield w.instead(base, other, "name", 2 if called else 3)


def of_link(
    w: Written,
    file: File,
    scope: Scope,
    owner: ast.expr,
    link: ast.Attribute,
    called: bool,
) -> Iterator[Change]:
    """Yield the edits of one name that is asked of something; ``called`` tells that it is
    called, as methods are.
    """
    name, end = link.attr, w.span(link)[1]
    start = end - len(name)
    has = kinds.of(file, scope, owner)
    known = kinds.methods(file, has) if called else kinds.attributes(file, has)
    if called and kinds.LIST in has:
        known = ("append", "pop")
    every = (*file.attributes, *file.methods, *kinds.GIVES)
    near = [] if name in known else difflib.get_close_matches(name, every, 2, 0.6)
    for other in near:
        if other != name:
            yield w.between(start, end, other, "attribute", 1)
    for other in known:
        if other != name and other not in near:
            cost = 1 if kinds.LIST in has and not hasattr([], name) else 2
            yield w.between(start, end, other, "attribute", cost)
    if isinstance(owner, ast.Name) and owner.id == scope.own:
        if name in scope.names or name in file.functions or name in file.classes:
            yield w.instead(link, name, "self", 2)
        if name in of_numpy():
            yield w.instead(link, f"np.{name}", "numpy", 2)
    if not (isinstance(link.ctx, ast.Store) and isinstance(owner, ast.Name)):
        of_value = name in ("data", "grad")
        yield w.instead(link, w.of(owner), "value" if of_value else "attribute", 2)
    if not called and name in kinds.HOLDS[kinds.VARIABLE] and kinds.FUNCTION in has:
        for between in kinds.HOLDS[kinds.FUNCTION]:
            yield w.between(start, end, f"{between}.{name}", "attribute", 2)
    if not called and isinstance(link.ctx, ast.Load) and name in file.methods:
        yield w.instead(link, f"{w.of(link)}()", "brackets", 1)


def of_library(w: Written, file: File, chain: list[ast.expr]) -> Iterator[Change]:
    """Yield the edits of a name of numpy's, or of math's."""
    if len(chain) < 2:
        return
    link = chain[1]
    assert isinstance(link, ast.Attribute)
    name, end = link.attr, w.span(link)[1]
    start = end - len(name)
    there = name in of_numpy()
    for other in difflib.get_close_matches(name, of_numpy(), 3, 0.7) if not there else ():
        yield w.between(start, end, other, "numpy", 1)
    for other in NUMPY.get(name, ()):
        yield w.between(start, end, other, "numpy", 1)
    for cls in file.classes:
        if cls.lower() == name:
            yield w.instead(link, f"{cls}()", "name", 2)
    if w.of(chain[0]) != "np" and there:
        yield w.instead(chain[0], "np", "numpy", 1)
    if name in file.functions or hasattr(builtins, name) or name in file.classes:
        yield w.instead(link, name, "numpy", 2)


@cache
def of_numpy() -> tuple[str, ...]:
    """Return numpy's public names."""
    return tuple(name for name in dir(np) if not name.startswith("_"))
