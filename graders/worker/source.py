"""What can be told of a student's file from its syntax, in the worker."""

import ast
import re
from collections.abc import Iterator

from graders.wire import HOLE


def without_definitions(body: list[ast.stmt], names: set[str]) -> Iterator[ast.stmt]:
    """Yield module-level statements but for the classes and functions called ``names``.

    Imports of such names stay: the module they come from is treated alike.
    """
    for statement in body:
        if isinstance(statement, (ast.ClassDef, ast.FunctionDef)) and statement.name in names:
            continue
        for block in ("body", "orelse", "finalbody"):
            inner = getattr(statement, block, None)
            if inner and isinstance(statement, (ast.If, ast.Try, ast.With)):
                kept = list(without_definitions(inner, names))
                setattr(statement, block, kept or [ast.copy_location(ast.Pass(), inner[0])])
        yield statement


def is_untouched(text: str) -> bool:
    """Return whether a file has functions and methods, and every one of them is a hole."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    members = [*body, *(member for cls in classes for member in cls.body)]
    functions = [node for node in members if isinstance(node, ast.FunctionDef)]
    return bool(functions) and all(is_hole(function) for function in functions)


def is_hole(function: ast.FunctionDef) -> bool:
    """Return whether a function does nothing but raise the template's NotImplementedError."""
    last = function.body[-1]
    described = len(function.body) == 2 and isinstance(function.body[0], ast.Expr)
    return (len(function.body) == 1 or described) and (
        isinstance(last, ast.Raise)
        and isinstance(last.exc, ast.Call)
        and bool(last.exc.args)
        and isinstance(last.exc.args[0], ast.Constant)
        and str(last.exc.args[0].value).startswith(HOLE)
    )


def optional_imports(tree: ast.Module) -> set[str]:
    """Return the packages that a file imports under an except for when they are missing."""
    found: set[str] = set()
    for attempt in (node for node in ast.walk(tree) if isinstance(node, ast.Try)):
        caught = " ".join(ast.unparse(handler.type) if handler.type else "Exception"
                          for handler in attempt.handlers)  # fmt: skip
        if re.search(r"\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b", caught):
            for node in (inner for part in attempt.body for inner in ast.walk(part)):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found.add((node.module or "").partition(".")[0])
    return found


def is_end(error: BaseException, tree: ast.Module, path: str) -> bool:
    """Return whether a file merely ended, as ``unittest.main()`` or ``sys.exit()`` end it:
    nothing is defined below.
    """
    if type(error) is not SystemExit:
        return False
    step = error.__traceback__
    while step is not None and step.tb_frame.f_code.co_filename != path:
        step = step.tb_next
    line = step.tb_lineno if step else 0
    below = (s for s in tree.body if isinstance(s, (ast.ClassDef, ast.FunctionDef)))
    return all(statement.lineno <= line for statement in below)
