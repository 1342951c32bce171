"""Edits of statements: of what is in them, and into another kind of statement."""

import ast
import re
from collections.abc import Iterator

from graders.worker.edits import assignments, expressions, headers, kinds, lines, operators
from graders.worker.edits.scope import File, Scope, is_text
from graders.worker.edits.written import Change, Written, calls_in
from graders.worker.source import is_template_raise

ERRORS = ("TypeError", "NotImplementedError")


def changes(
    w: Written, file: File, block: list[ast.stmt], index: int, parent: ast.AST, scope: Scope
) -> Iterator[Change]:
    """Yield the edits of a statement of a block."""
    statement = block[index]
    if is_template_raise(statement) and len(block) > index + 1:
        yield w.relined(*w.extent(statement), [], "extra", 1, anywhere=True)
    if is_template_raise(statement) or is_text(statement):
        return
    yield from within(w, file, scope, statement, block)
    if w.stands_alone(statement):
        yield from lines.placed(w, block, index, parent, scope)


def within(
    w: Written, file: File, scope: Scope, statement: ast.stmt, block: list[ast.stmt]
) -> Iterator[Change]:
    """Yield the edits inside one statement, but for those of statements in it."""
    match statement:
        case ast.FunctionDef():
            yield from headers.of_function(w, file, scope, statement)
        case ast.ClassDef():
            yield from headers.of_class(w, file, statement)
        case ast.If(test=test) | ast.While(test=test):
            yield from expressions.changes(w, file, scope, test)
            yield from of_header(w, scope, statement)
        case ast.For(iter=iterated):
            yield from expressions.changes(w, file, scope, iterated)
            yield from of_loop(w, file, scope, statement)
        case ast.Return(value=None):
            yield from of_bare_return(w, file, scope, statement)
        case ast.Return(value=value) if value:
            yield from expressions.changes(w, file, scope, value)
            yield from of_return(w, file, scope, statement, value)
        case ast.Raise(exc=error) if error:
            yield from of_raise(w, statement, error)
        case ast.Expr(value=value):
            yield from expressions.inner(w, file, scope, value)
            yield from of_idle(w, file, scope, value, statement is block[-1])
        case ast.AnnAssign(target=target, annotation=meant, value=None):
            yield w.instead(statement, f"{w.of(target)} = {w.of(meant)}", "assignment", 1)
        case ast.Assign() | ast.AnnAssign():
            yield from assignments.changes(w, file, scope, statement, block)
        case ast.AugAssign(target=target, value=value):
            yield from expressions.changes(w, file, scope, value)
            sign = w.text[w.span(target)[1] : w.span(value)[0]].strip().removesuffix("=")
            yield w.instead(statement, f"{w.of(target)} = {w.of(value)}", "assignment", 1)
            whole = f"{w.of(target)} = {w.of(target)} {sign} {w.grouped(value)}"
            yield w.instead(statement, whole, "assignment", 1)
        case ast.Assert(test=test):
            yield from expressions.changes(w, file, scope, test)
        case ast.Pass() if scope.function:
            yield w.instead(statement, "return", "return", 1)
            yield w.instead(statement, "raise NotImplementedError", "exception", 1)
        case ast.Continue():
            yield w.instead(statement, "break", "loop", 2)
        case ast.Break():
            yield w.instead(statement, "continue", "loop", 2)


def is_error(value: ast.expr) -> bool:
    """Return whether an exception is made here."""
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and (value.func.id.endswith("Error"))
    )


def of_header(w: Written, scope: Scope, node: ast.If | ast.While) -> Iterator[Change]:
    """Yield the edits of what a block begins with."""
    yield from operators.of_condition(w, node.test)
    for name in scope.takes:
        if name != scope.own and re.search(rf"\b{name}\b", w.of(node.test)):
            guarded = f"{name} is not None and {w.grouped(node.test)}"
            yield w.instead(node.test, guarded, "condition", 2)
    start = w.span(node)[0]
    word, other = ("if", "while") if isinstance(node, ast.If) else ("while", "if")
    if w.text.startswith(word, start) and not (word == "while" and node.orelse):
        yield w.between(start, start + len(word), other, "loop", 2)


def of_loop(w: Written, file: File, scope: Scope, node: ast.For) -> Iterator[Change]:
    """Yield the edits that go on while there is something in a list."""
    start, end = w.span(node)[0], w.span(node.iter)[1]
    inner = " " * node.body[0].col_offset
    for name in (n.id for n in ast.walk(node.iter) if isinstance(n, ast.Name)):
        if kinds.LIST in kinds.of_name(file, scope, name):
            yield w.between(start, end, f"while {name}", "loop", 2)
            taken = f"while {name}:\n{inner}{w.of(node.target)} = {name}.pop()"
            yield w.between(start, end + 1, taken, "loop", 2)


def of_return(
    w: Written, file: File, scope: Scope, node: ast.Return, value: ast.expr
) -> Iterator[Change]:
    """Yield the edits of what a function gives back, or should keep, or raise."""
    start = w.span(node)[0]
    named = value.id if isinstance(value, ast.Name) else ""
    function = scope.function.name if scope.function else ""
    due = kinds.DUE.get(function)
    if due and due not in kinds.of(file, scope, value):
        for term in kinds.terms(file, scope, due):
            yield w.instead(value, term, "name", 2, drops=any(calls_in(value)))
        if due == kinds.VARIABLE and "Variable" in file.names:
            yield w.instead(value, f"Variable({w.of(value)})", "call", 1)
    if named in ERRORS or is_error(value):
        yield w.between(start, start + len("return"), "raise", "exception", 1)
    if named and scope.own and not kinds.gives_back(file, scope):
        yield w.instead(node, f"{scope.own}.{named} = {named}", "return", 1)
    for cls in file.classes if scope.takes and not scope.cls else ():
        if cls.lower() == function:
            yield w.instead(value, f"{cls}()({scope.takes[0]})", "call", 2, drops=True)


def of_bare_return(w: Written, file: File, scope: Scope, node: ast.Return) -> Iterator[Change]:
    """Yield the edits of a ``return`` that gives nothing back."""
    for name in scope.names:
        yield w.instead(node, f"return {name}", "return", 2)
    if scope.own and not kinds.gives_back(file, scope):
        ones = f"{scope.own}.grad = np.ones_like({scope.own}.data)"
        yield w.instead(node, ones, "return", 2)


def of_raise(w: Written, statement: ast.Raise, error: ast.expr) -> Iterator[Change]:
    """Yield the edits of an exception that is raised."""
    named = error.func if isinstance(error, ast.Call) else error
    for other in ERRORS:
        if w.of(named) != other:
            yield w.instead(named, other, "exception", 1)
    yield w.instead(statement, f"return {w.of(error)}", "exception", 3)


def of_idle(
    w: Written, file: File, scope: Scope, value: ast.expr, last: bool
) -> Iterator[Change]:
    """Yield the edits of an expression whose value is lost; ``last`` is one that ends a block.

    What would be done after a ``return`` is gone.
    """
    start, _end = w.span(value)
    if not scope.function:
        return
    if kinds.gives_back(file, scope):
        yield w.between(start, start, "return ", "return", 1, drops=not last)
    match value:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            yield w.instead(value, f"{w.of(left)} = {w.of(right)}", "assignment", 1)
        case ast.Call(func=ast.Name(id="print"), args=[only, *_]):
            yield w.instead(value, f"return {w.of(only)}", "return", 1, drops=not last)
        case ast.Name(id=name) if name in ERRORS:
            yield w.between(start, start, "raise ", "exception", 1)
        case ast.Call(func=called):
            if is_error(value):
                yield w.between(start, start, "raise ", "exception", 1)
            if isinstance(called, ast.Attribute) and called.attr in ("append", "set_creator"):
                return
            for name in scope.names:
                yield w.between(start, start, f"{name} = ", "assignment", 3)
                of = kinds.of_name(file, scope, name)
                if isinstance(called, ast.Attribute) and kinds.may_be(of, kinds.VARIABLE):
                    yield w.between(start, start, f"{name}.grad = ", "assignment", 2)
