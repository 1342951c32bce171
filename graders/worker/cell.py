"""What a notebook understands beyond Python: commands, and ``await`` outside of functions."""

import ast
import keyword
import re
from collections.abc import Iterator

SHELL = r"(?:pip3?|conda|mamba|cd|ls|mkdir|rm|cp|mv|cat|git) (?!\s*[=(.,\[])"
COMMAND = re.compile(rf"[!?%]|{SHELL}|[\w.*%]+\?{{1,2}}$")
"""How a line begins that is a command of the notebook's."""
RUN = re.compile(r"%run +(?:-\w+ +)*[\"']?(?:\./)?([^\"']+?)(?:\.py|\.ipynb)?[\"']? *$")
PROMPT = re.compile(r"^(?:>>>|\.\.\.)(?: |$)")
TIMED = re.compile(r"%time +(.+)")
ASSIGNED = re.compile(r"([\w., \[\]()]+)=\s*[!%]")
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
WAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith)


def as_python(text: str) -> str:
    """Return a cell's text as Python, line by line, with the notebook's commands replaced.

    A line is a command only where Python can't go on: what stands within brackets or quotes,
    or goes on with the operator ``%``, is never looked at.
    """
    lines = unprompted(text).split("\n")
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


def unprompted(text: str) -> str:
    """Return a cell's text without what is pasted along: prompts, and an indent of it all."""
    lines = text.split("\n")
    first = next(filter(str.strip, lines), "")
    indent = first[: len(first) - len(first.lstrip())]
    lines = [line.removeprefix(indent) for line in lines]
    if first.lstrip().startswith(">>> "):
        lines = [PROMPT.sub("", line) for line in lines]
    return "\n".join(lines)


def instead(line: str) -> str | None:
    """Return the Python that stands for a line with a command; None if it holds none."""
    command = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    if found := RUN.match(command):
        return indent + run(found[1].replace("/", "."))
    if found := TIMED.match(command):
        return indent + found[1]
    if COMMAND.match(command):
        return f"{indent}pass"
    if found := ASSIGNED.match(command):
        return f"{indent}{found[1]}= get_ipython().getoutput()"
    return None


def run(module: str) -> str:
    """Return the Python that brings in all names of a module, whatever it is called."""
    if all(part.isidentifier() and not keyword.iskeyword(part) for part in module.split(".")):
        return f"from {module} import *"
    names = f"vars(__import__('importlib').import_module({module!r})).items()"
    return f"globals().update({{k: v for k, v in {names} if k[:1] != '_'}})"


def without_waits(tree: ast.Module) -> int:
    """Take the statements that ``await`` something out of a cell.

    Return the first one's line, or 0.
    """
    waiting = [statement for statement in tree.body if any(map(waits, within(statement)))]
    tree.body = [statement for statement in tree.body if statement not in waiting]
    return waiting[0].lineno if waiting else 0


def within(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what it holds, but for the bodies of functions and classes."""
    ahead = [node]
    while ahead:
        node = ahead.pop()
        yield node
        ahead += [] if isinstance(node, SCOPES) else ast.iter_child_nodes(node)


def waits(node: ast.AST) -> bool:
    """Return whether a node can't be outside of an ``async`` function."""
    return isinstance(node, WAITS) or bool(getattr(node, "is_async", False))
