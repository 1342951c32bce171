"""Cut Python down to what a script needs of it, as syntax trees."""

import ast
import builtins
import copy
from collections.abc import Sequence

KNOWN = {*vars(builtins), "np"}


def excerpt(source: str, name: str, body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Return the definitions that ``name`` rests on, in order, without comments.

    A method that nothing mentions, neither they nor the ``body`` of the script, is left out;
    ``forward`` stays, since a call of the object calls it.
    """
    statements = ast.parse(source).body
    binds = {name: statement for statement in statements for name in bound(statement)}
    needed, todo = set(), [name]
    while todo:
        if (wanted := todo.pop()) in binds and wanted not in needed:
            needed.add(wanted)
            todo += names([binds[wanted]], ast.Load)
    kept = [statement for statement in statements if needed & bound(statement)]
    for statement in kept:
        if isinstance(statement, ast.ClassDef):
            own = [part for part in statement.body if is_used(part, [*kept, *body])]
            statement.body = own or [ast.Pass()]
    return kept


def is_used(part: ast.stmt, statements: Sequence[ast.stmt]) -> bool:
    """Return whether a part of a class's body is more than a method that nobody calls."""
    if not isinstance(part, ast.FunctionDef):
        return True
    own = set(ast.walk(part))
    nodes = [node for statement in statements for node in ast.walk(statement)]
    called = {
        node.attr for node in nodes if isinstance(node, ast.Attribute) and node not in own
    }
    return part.name == "forward" or part.name.startswith("__") or part.name in called


def bound(statement: ast.stmt) -> set[str]:
    """Return the names that a statement at the top binds."""
    if isinstance(statement, (ast.ClassDef, ast.FunctionDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name for alias in statement.names}
    return names([statement], ast.Store)


def names(statements: Sequence[ast.stmt], context: type[ast.expr_context]) -> set[str]:
    """Return the names that statements read, or store, as the context says."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    found = [node for node in nodes if isinstance(node, ast.Name)]
    return {node.id for node in found if isinstance(node.ctx, context)}


def free_names(statements: Sequence[ast.stmt]) -> set[str]:
    """Return the names that statements read and somebody else must define."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    own = names(statements, ast.Store)
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {name for node in nodes if isinstance(node, ast.stmt) for name in bound(node)}
    return names(statements, ast.Load) - own - KNOWN


def compact(statement: ast.stmt) -> list[str]:
    """Return a definition as lines; a function of one line stands beside its head."""
    lines = [line for line in ast.unparse(statement).splitlines() if line]
    if isinstance(statement, ast.ClassDef):
        return [lines[0], *(f"    {line}" for part in statement.body for line in compact(part))]
    if isinstance(statement, ast.FunctionDef) and len(lines) == 2:
        return [f"{lines[0]} {lines[1].strip()}"]
    return lines


def tidied(body: list[ast.stmt], plain: Sequence[str], briefly: bool) -> list[ast.stmt]:
    """Return statements without the names that no later one uses, or that only one does.

    What such a name stands for is made where it is used, if nothing happens in another order.
    A call that gives one of the ``plain`` names may move into the next statement, unless that
    is the last of all.  ``briefly`` moves what makes an object of nothing, such as a Function,
    to anywhere: it does nothing to anybody.
    """
    for index, statement in enumerate(body):
        match statement:
            case ast.Assign([ast.Name(name)], value):
                after = [(n, later) for n, later in enumerate(body) if n > index]
                uses = [n for n, later in after for _ in range(count(name, later))]
            case _:
                continue
        if not uses:
            body = [*body[:index], ast.Expr(value), *body[index + 1 :]]
            continue
        new = briefly and is_new(value)
        next_one = uses[0] == index + 1 < len(body) - 1
        soon = isinstance(value, ast.Call) and name in plain and next_one
        if len(uses) == 1 and (new or soon):
            rest = [moved(name, value, later) if n in uses else later for n, later in after]
            return tidied([*body[:index], *rest], plain, briefly)
    return body


def is_new(value: ast.expr) -> bool:
    """Return whether an expression makes an object of nothing, as ``Square()`` does."""
    match value:
        case ast.Call(ast.Name(), [], []):
            return True
    return False


def count(name: str, statement: ast.stmt) -> int:
    """Return how often a statement reads a name."""
    nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
    return sum(node.id == name and isinstance(node.ctx, ast.Load) for node in nodes)


def moved(name: str, value: ast.expr, statement: ast.stmt) -> ast.stmt:
    """Return a copy of a statement with an expression in the place of a name."""

    class Move(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return value if node.id == name else node

    made: ast.stmt = Move().visit(copy.deepcopy(statement))
    return made
