"""What the pieces of a step define, told from their syntax before any of them is run."""

import ast
import contextlib
from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

from graders.evidence import MOST_DEFINED, MOST_NAMES, Defined
from graders.values import sendable
from graders.wire import Piece
from graders.worker.source import (
    MAIN,
    NO_PYTHON,
    as_written,
    is_idle,
    is_main,
    is_template_raise,
    parameters,
)

LONGEST = 200
MOST_TOLD = 100_000
"""How many characters all that is told may have: a frame holds that, whatever they are."""
MOST_READ, DEEPEST = 300_000, 3
"""How many characters of text are looked at, and how deep definitions are within each other:
each is gone through once more for each that it stands in."""
ENDS = (ast.Return, ast.Raise, ast.Yield, ast.YieldFrom)
VOID = ("append", "extend", "insert", "remove", "sort", "reverse", "clear")
ASKS = ("allclose", "isclose", "array_equal")
BLOCKS = ("body", "orelse", "finalbody", "handlers")


def outline(pieces: Iterable[Piece]) -> tuple[Defined, ...]:
    """Return what pieces define, as far as Python can read them."""
    found: list[Defined] = []
    left, unread = MOST_TOLD, MOST_READ
    for piece in pieces:
        unread -= len(piece.text)
        if unread < 0:
            break
        with contextlib.suppress(*NO_PYTHON):
            for each in defined(as_written(piece).body, piece.cell):
                left -= len(repr(each))
                if left < 0 or len(found) == MOST_DEFINED:
                    return tuple(found)
                found.append(each)
    return tuple(found)


def defined(
    body: list[ast.stmt], cell: int, within: str = "", under: str = ""
) -> Iterator[Defined]:
    """Yield what statements define, and what is defined in that.

    ``under`` is ``if`` for what may be passed over.
    """
    for node in body if within.count(".") < DEEPEST else ():
        match node:
            case ast.ClassDef(name=name):
                yield a_class(node, cell, within)
                yield from defined(node.body, cell, inside(within, name))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield a_function(node, cell, within, bool(under))
                yield from defined(node.body, cell, inside(within, name))
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                module = getattr(node, "module", "") or ""
                for alias in names:
                    of = module or alias.name
                    yield Defined(
                        cut(alias.asname or alias.name), "import", node.lineno, cell,
                        cut(under or within), (cut(of),),
                    )  # fmt: skip
            case ast.Assign(targets=[ast.Name(id=name), *_]) if not within:
                yield Defined(cut(name), "value", node.lineno, cell, under)
            case ast.Assign(targets=[ast.Attribute() as target, *_]) if not within:
                yield Defined(cut(ast.unparse(target)), "value", node.lineno, cell, under)
            case ast.If() if is_main(node) and not within:
                yield from defined(node.body, cell, f"if {MAIN}", "if")
                yield from defined(node.orelse, cell)
            case _:
                inner = "if" if isinstance(node, ast.If) else under
                for block in BLOCKS:
                    yield from defined(getattr(node, block, []), cell, within, inner)


def inside(within: str, name: str) -> str:
    """Return what stands in a class or a function of that name."""
    return f"{within}.{name}" if within else name


def a_class(node: ast.ClassDef, cell: int, within: str) -> Defined:
    """Return what there is to tell of a class."""
    values = {
        target.id: statement.lineno
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    return Defined(
        cut(node.name),
        "class",
        node.lineno,
        cell,
        cut(within),
        takes=several([ast.unparse(base) for base in node.bases]),
        sets=few(values),
    )


def a_function(
    node: ast.FunctionDef | ast.AsyncFunctionDef, cell: int, within: str, under: bool
) -> Defined:
    """Return what there is to tell of a function, which may be under an ``if``."""
    takes = parameters(node)
    nodes = [inner for statement in node.body for inner in ast.walk(statement)]
    names = [inner for inner in nodes if isinstance(inner, ast.Name)]
    stored = [n for n in nodes if isinstance(n, ast.Attribute) and is_given(n)]
    own = [n for n in stored if isinstance(n.value, ast.Name) and [n.value.id] == takes[:1]]
    expected = {id(n) for each in nodes if expects(each) for n in ast.walk(each)}
    idle = [n.value for n in nodes if isinstance(n, ast.Expr) and id(n) not in expected]
    compared = [subject(value) for value in idle if is_equation(value) or is_question(value)]
    read = {name.id for name in names if not is_given(name)}
    return Defined(
        cut(node.name),
        "def",
        node.lineno,
        cell,
        cut(within),
        takes=several(takes),
        unused=several([name for name in takes[1:] if name not in read]),
        sets=few({n.attr: n.lineno for n in reversed(own)}),
        gives=few({n.id: n.lineno for n in reversed(names) if is_given(n)}),
        stores=several([ast.unparse(n) for n in stored]),
        calls=several([last_name(n.func) for n in nodes if isinstance(n, ast.Call)]),
        compares=few({ast.unparse(n): n.lineno for n in compared}),
        voids=few({n.targets[0].id: n.lineno for n in nodes if is_void(n)}),
        returns=several([last_name(n.value.func) for n in nodes if gives_a_call(n)]),
        leftover=leftover(node),
        guarded=under or bool(node.decorator_list),
        ends=any(isinstance(n, ENDS) and not is_bare_return(n) for n in reached(node)),
        stops=stops(node),
    )


def stops(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the line of a return that other statements of a function stand below, or 0."""
    return next((each.lineno for each in node.body[:-1] if isinstance(each, ast.Return)), 0)


def reached(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """Yield the nodes of a function that are not below such a return."""
    last = stops(node) or node.body[-1].lineno
    for statement in node.body:
        if statement.lineno <= last:
            yield from ast.walk(statement)


def is_given(node: ast.Name | ast.Attribute) -> bool:
    """Return whether a name or an attribute is given a value here."""
    return isinstance(node.ctx, ast.Store)


def is_bare_return(node: ast.AST) -> bool:
    """Return whether a statement gives nothing back."""
    return isinstance(node, ast.Return) and node.value is None


def is_equation(node: ast.expr) -> TypeGuard[ast.Compare]:
    """Return whether an expression compares two things by ``==``."""
    return isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq)


def expects(node: ast.AST) -> bool:
    """Return whether a block is to raise something: there an expression is enough."""
    items = node.items if isinstance(node, ast.With) else []
    calls = [item.context_expr for item in items if isinstance(item.context_expr, ast.Call)]
    return any("raises" in last_name(call.func).lower() for call in calls)


def is_void(node: ast.AST) -> TypeGuard[Any]:
    """Return whether a name is set to what a list's method gives that gives nothing."""
    match node:
        case ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Attribute(attr=name))):
            return name in VOID
    return False


def gives_a_call(node: ast.AST) -> TypeGuard[Any]:
    """Return whether a statement gives back what a call gives."""
    return isinstance(node, ast.Return) and isinstance(node.value, ast.Call)


def is_question(node: ast.expr) -> TypeGuard[ast.Call]:
    """Return whether an expression asks numpy whether things are equal."""
    return isinstance(node, ast.Call) and last_name(node.func) in ASKS


def subject(node: ast.Compare | ast.Call) -> ast.expr:
    """Return the first of the things that are compared."""
    return node.left if isinstance(node, ast.Compare) else node


def last_name(called: ast.expr) -> str:
    """Return the name of what is called, without what it belongs to."""
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def leftover(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the line of the template's hole in a function that has more to it, or 0."""
    code = [each for each in node.body if not is_idle(each)]
    holes = [each.lineno for each in code if is_template_raise(each)]
    return holes[0] if holes and len(code) > len(holes) else 0


def several(names: list[str]) -> tuple[str, ...]:
    """Return as many names as are told, each once."""
    return tuple(map(cut, dict.fromkeys(names)))[:MOST_NAMES]


def few(names: dict[str, int]) -> dict[str, int]:
    """Return as many names as are told."""
    return {cut(name): line for name, line in [*names.items()][:MOST_NAMES]}


def cut(text: str) -> str:
    """Return the beginning of a text, as it can be sent."""
    return sendable(text, LONGEST)
