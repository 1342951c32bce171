"""What a notebook understands beyond Python: commands, and ``await`` outside of functions."""

import ast
import re
from collections.abc import Iterator

COMMAND = re.compile(r"[!?%]|(?:pip3?|conda|mamba|cd|ls|mkdir|rm|cp|mv|cat|git) |.*\?$")
"""How a line begins, or ends, that is a command of the notebook's."""
RUN = re.compile(r"%run +(?:-\w+ +)*[\"']?(?:\./)?([\w/]+)(?:\.py|\.ipynb)?[\"']? *$")
TIMED = re.compile(r"%time +(?!it)(.+)")
ASSIGNED = re.compile(r"([\w., \[\]()]+)=\s*[!%]")
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
WAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith)


def as_python(text: str) -> str:
    """Return a cell's text as Python, line by line, with the notebook's commands replaced.

    A line is a command only where Python can't go on: what stands within brackets or quotes,
    or goes on with the operator ``%``, is never looked at.
    """
    lines = text.split("\n")
    while True:
        try:
            ast.parse("\n".join(lines))
        except SyntaxError as error:
            first = (error.lineno or 0) - 1
            new = instead(lines[first]) if 0 <= first < len(lines) else None
            if new is None:
                return "\n".join(lines)
            last = first
            while lines[last].endswith("\\") and last + 1 < len(lines):
                last += 1
            lines[first : last + 1] = [new] + [""] * (last - first)
        except (ValueError, RecursionError, MemoryError):
            return text
        else:
            return "\n".join(lines)


def instead(line: str) -> str | None:
    """Return the Python that stands for a line with a command; None if it holds none."""
    command = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    if found := RUN.match(command):
        return f"{indent}from {found[1].strip('/').replace('/', '.')} import *"
    if found := TIMED.match(command):
        return indent + found[1]
    if COMMAND.match(command):
        return f"{indent}pass"
    if found := ASSIGNED.match(command):
        return f"{indent}{found[1]}= get_ipython().getoutput()"
    return None


def without_waits(tree: ast.Module) -> list[int]:
    """Take the statements that ``await`` something out of a cell; return their lines."""
    waiting = [statement for statement in tree.body if any(map(waits, within(statement)))]
    tree.body = [statement for statement in tree.body if statement not in waiting]
    return [statement.lineno for statement in waiting]


def within(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what it holds, but for the bodies of functions and classes."""
    yield node
    if not isinstance(node, SCOPES):
        for inner in ast.iter_child_nodes(node):
            yield from within(inner)


def waits(node: ast.AST) -> bool:
    """Return whether a node can't be outside of an ``async`` function."""
    return isinstance(node, WAITS) or bool(getattr(node, "is_async", False))
