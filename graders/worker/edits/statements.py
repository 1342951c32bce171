"""Edits of statements: of what is in them, and into another kind of statement."""

import ast
import re
from collections.abc import Iterator

from graders.worker.edits import expressions, headers, kinds, lines
from graders.worker.edits.scope import File, Scope, assignment
from graders.worker.edits.written import Change, Written
from graders.worker.source import is_template_raise

ERRORS = ("TypeError", "NotImplementedError")


def changes(
    w: Written, file: File, block: list[ast.stmt], parent: ast.AST, scope: Scope
) -> Iterator[Change]:
    """Yield the edits of the statements of one block."""
    for index, statement in enumerate(block):
        if is_template_raise(statement) and len(block) > index + 1:
            yield w.relined(*w.extent(statement), [], "extra", 1, anywhere=True)
        if is_template_raise(statement) or is_text(statement):
            continue
        yield from within(w, file, scope, statement, block)
        if w.stands_alone(statement):
            yield from lines.placed(w, block, index, parent, scope)


def is_text(statement: ast.stmt) -> bool:
    """Return whether a statement is a text, or a comment as it were."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


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
            yield from expressions.of_condition(w, test)
            for name in scope.takes:
                if name != scope.own and re.search(rf"\b{name}\b", w.of(test)):
                    guarded = f"{name} is not None and {w.grouped(test)}"
                    yield w.instead(test, guarded, "condition", 2)
            yield from of_header(w, statement)
        case ast.For(target=target, iter=iterated, body=[first, *_]):
            yield from expressions.changes(w, file, scope, iterated)
            start, end = w.span(statement)[0], w.span(iterated)[1]
            for name in (n.id for n in ast.walk(iterated) if isinstance(n, ast.Name)):
                if kinds.LIST in kinds.of_name(file, scope, name):
                    yield w.between(start, end, f"while {name}", "loop", 2)
                    inner = " " * first.col_offset
                    taken = f"while {name}:\n{inner}{w.of(target)} = {name}.pop()"
                    yield w.between(start, end + 1, taken, "loop", 2)
        case ast.Return(value=value):
            start = w.span(statement)[0]
            if value:
                yield from expressions.changes(w, file, scope, value)
                due = kinds.DUE.get(scope.function.name if scope.function else "")
                if due and due not in kinds.of(file, scope, value):
                    for term in kinds.terms(file, scope, due):
                        yield w.instead(value, term, "name", 2)
                if (isinstance(value, ast.Name) and value.id in ERRORS) or is_error(value):
                    yield w.between(start, start + 6, "raise", "exception", 1)
                if (
                    scope.own
                    and isinstance(value, ast.Name)
                    and not kinds.gives_back(file, scope)
                ):
                    kept = f"{scope.own}.{value.id} = {value.id}"
                    yield w.instead(statement, kept, "return", 1)
                called = scope.function.name if scope.function and not scope.cls else ""
                for name in file.classes:
                    if name.lower() == called:
                        yield w.instead(value, f"{name}()({scope.takes[0]})", "call", 2)
            else:
                for name in scope.names:
                    yield w.instead(statement, f"return {name}", "return", 2)
                if scope.own and not kinds.gives_back(file, scope):
                    ones = f"{scope.own}.grad = np.ones_like({scope.own}.data)"
                    yield w.instead(statement, ones, "return", 2)
        case ast.Raise(exc=error) if error:
            yield from of_raise(w, statement, error)
        case ast.Expr(value=value):
            yield from expressions.inner(w, file, scope, value)
            yield from of_idle(w, file, scope, value, statement is block[-1])
        case ast.AnnAssign(target=target, annotation=meant, value=None):
            yield w.instead(statement, f"{w.of(target)} = {w.of(meant)}", "assignment", 1)
        case ast.Assign() | ast.AnnAssign():
            yield from of_assignment(w, file, scope, statement, block)
        case ast.AugAssign(target=target, value=value):
            yield from expressions.changes(w, file, scope, value)
            gap = w.text.index("=", w.span(target)[1])
            sign = w.text[w.span(target)[1] : gap].strip()
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


def of_header(w: Written, node: ast.If | ast.While) -> Iterator[Change]:
    """Yield the edits of the word that a block begins with."""
    start = w.span(node)[0]
    word = "if" if isinstance(node, ast.If) else "while"
    if w.text.startswith(word, start):
        other = "while" if word == "if" else "if"
        if not (word == "while" and node.orelse):
            yield w.between(start, start + len(word), other, "loop", 2)


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
        case ast.Name(id=name) if name in ("NotImplementedError", "TypeError"):
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


def of_assignment(
    w: Written, file: File, scope: Scope, statement: ast.stmt, block: list[ast.stmt]
) -> Iterator[Change]:
    """Yield the edits of what is given a value, and of the value."""
    found = assignment(statement)
    if not found:
        return
    target, value = found
    text, given = w.of(target), w.of(value)
    yield from expressions.changes(w, file, scope, value)
    if isinstance(target, ast.Attribute):
        yield from expressions.inner(w, file, scope, target)
    if scope.function and kinds.gives_back(file, scope):
        yield w.instead(statement, f"return {given}", "return", 2, statement is not block[-1])
    match target:
        case ast.Name(id=name):
            if scope.own and scope.function:
                known = name in file.read or scope.function.name == "__init__"
                yield w.instead(target, f"{scope.own}.{name}", "self", 1 if known else 3)
            for other in (*scope.names, *file.attributes):
                if other == name:
                    continue
                if other in scope.names:
                    yield w.instead(target, other, "name", 3)
                elif scope.own:
                    yield w.instead(target, f"{scope.own}.{other}", "self", 3)
            for other in scope.names if name in kinds.GIVES else ():
                if kinds.is_object(file, scope, other):
                    yield w.instead(target, f"{other}.{name}", "attribute", 1)
            if name in scope.takes or scope.gives.count(name) > 1:
                for attribute in ("data", "grad"):
                    yield w.instead(target, f"{name}.{attribute}", "value", 2)
        case ast.Attribute(value=ast.Name(), attr=name):
            if isinstance(value, ast.Constant) and value.value is None:
                for other in scope.names:
                    yield w.instead(value, other, "literal", 2)
            elif scope.function and scope.function.name == "__init__" and name != "data":
                yield w.instead(value, "None", "literal", 2)
            yield w.instead(target, name, "self", 3)
    match target, value:
        case (
            ast.Attribute(value=one),
            ast.Call(func=ast.Attribute(attr="backward"), args=[ast.Attribute(value=two)]),
        ):
            end = w.span(two)[1]
            between = w.text[w.span(one)[1] : w.span(two)[0]]
            turned = f"{w.of(two)}{between}{w.of(one)}"
            yield w.between(w.span(one)[0], end, turned, "order", 2)
    match value:
        case ast.Call(func=ast.Attribute(attr="append" | "pop" | "extend")):
            yield w.instead(statement, given, "assignment", 1)
    if isinstance(target, ast.Attribute) and target.attr == "grad":
        yield w.instead(value, f"np.ones_like({w.of(target.value)}.data)", "call", 2)
    if isinstance(value, (ast.Name, ast.Attribute)) and isinstance(
        target, (ast.Name, ast.Attribute)
    ):
        yield w.instead(statement, f"{given} = {text}", "order", 2)
    due = kinds.GIVES.get(target.attr) if isinstance(target, ast.Attribute) else ""
    if due and due not in kinds.of(file, scope, value):
        for term in kinds.terms(file, scope, due):
            yield w.instead(value, term, "name", 2)
    for beside in block:
        pair = assignment(beside) if beside is not statement else None
        if pair:
            copied = w.of(pair[1])
            for sign in re.finditer(r" ([+-]) ", copied):
                flipped = "-" if sign[1] == "+" else "+"
                copied = copied[: sign.start(1)] + flipped + copied[sign.end(1) :]
                yield w.instead(value, copied, "operand", 2)
    if isinstance(target, ast.Attribute) and target.attr == "grad":
        yield w.instead(statement, f"{text} = {text} + {w.grouped(value)}", "assignment", 4)
