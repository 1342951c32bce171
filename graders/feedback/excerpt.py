"""Cut the suites' own source down to what a script needs of it."""

import ast
import builtins
import re

KNOWN = {*vars(builtins), "np"}


def excerpt(source: str, name: str, script: str) -> tuple[ast.stmt, ...]:
    """Return the definitions that ``name`` rests on, in order, without comments.

    A method that nothing mentions, neither they nor the rest of the script, is left out;
    ``forward`` stays, since a call of the object calls it.
    """
    body = ast.parse(source).body
    binds = {name: statement for statement in body for name in bound(statement)}
    needed, todo = set(), [name]
    while todo:
        if (wanted := todo.pop()) in binds and wanted not in needed:
            needed.add(wanted)
            todo += names([binds[wanted]], ast.Load)
    kept = [statement for statement in body if needed & bound(statement)]
    for statement in kept:
        if isinstance(statement, ast.ClassDef):
            statement.body = [part for part in statement.body if is_used(part, kept, script)]
            statement.body = statement.body or [ast.Pass()]
    return tuple(kept)


def is_used(part: ast.stmt, kept: list[ast.stmt], script: str) -> bool:
    """Return whether a part of a class's body is more than a method that nobody calls."""
    if not isinstance(part, ast.FunctionDef):
        return True
    own = set(ast.walk(part))
    called = {
        node.attr
        for statement in kept
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and node not in own
    }
    always = part.name == "forward" or part.name.startswith("__")
    return always or part.name in called or bool(re.search(rf"\b{part.name}\b", script))


def bound(statement: ast.stmt) -> set[str]:
    """Return the names that a statement at the top binds."""
    if isinstance(statement, (ast.ClassDef, ast.FunctionDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name for alias in statement.names}
    return names([statement], ast.Store)


def names(statements: list[ast.stmt], context: type[ast.expr_context]) -> set[str]:
    """Return the names that statements read, or store, as the context says."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    found = [node for node in nodes if isinstance(node, ast.Name)]
    return {node.id for node in found if isinstance(node.ctx, context)}


def free_names(statements: list[ast.stmt]) -> set[str]:
    """Return the names that statements read and somebody else must define."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    own = names(statements, ast.Store)
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {name for node in nodes if isinstance(node, ast.stmt) for name in bound(node)}
    return names(statements, ast.Load) - own - KNOWN


def whole(statement: ast.stmt) -> list[str]:
    """Return a definition as lines of Python, none of them blank."""
    return [line for line in ast.unparse(statement).splitlines() if line]


def compact(statement: ast.stmt) -> list[str]:
    """Return a definition as fewer lines: a function of one line stands beside its head."""
    lines = whole(statement)
    if isinstance(statement, ast.ClassDef):
        return [lines[0], *(f"    {line}" for part in statement.body for line in compact(part))]
    if isinstance(statement, ast.FunctionDef) and len(lines) == 2:
        return [f"{lines[0]} {lines[1].strip()}"]
    return lines
