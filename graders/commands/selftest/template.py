"""The template that a lesson makes: the same file, with a hole in the place of every body."""

import ast
from collections.abc import Mapping
from itertools import takewhile

from graders.wire import HOLE
from graders.words import CARRIED_OVER

LINE = 96
"""How long a line may become."""
FILL_IN = "Fill in the holes: replace each raise NotImplementedError by code of your own."
AND_COPY = "Fill in the holes; what is marked as carried over, copy from your earlier file."


def template(step: str, lessons: Mapping[str, str]) -> str:
    """Return the template of a step.

    ``lessons`` are the reference's texts by step, in the course's order: what an earlier one
    has in the same words, and every one since, is marked as carried over.  Raise SyntaxError
    where one is not Python.
    """
    lines = lessons[step].split("\n")
    trees = {name: ast.parse(text) for name, text in lessons.items()}
    found = functions(trees[step])
    carried = False
    for name, function in reversed(found.items()):
        source = written_in(step, name, trees)
        carried = carried or source != step
        first, last = body(function, lines)
        head, indent = opening(function, lines)
        lines[first:last] = head + hole(name, source if source != step else None, indent)
    return "\n".join(with_task(lines, trees[step], AND_COPY if carried else FILL_IN))


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    """Return the functions and methods of a lesson by qualified name, in its order."""
    found = {}
    for node in tree.body:
        owner = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for each in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(each, ast.FunctionDef):
                found[owner + each.name] = each
    return found


def written_in(step: str, name: str, trees: Mapping[str, ast.Module]) -> str:
    """Return the step in which a function was new or last changed; docstrings don't count."""
    history = []
    for earlier, tree in trees.items():
        found = functions(tree)
        history += [(earlier, code(found[name]))] if name in found else []
        if earlier == step:
            break
    now = history[-1][1]
    return [*takewhile(lambda entry: entry[1] == now, reversed(history))][-1][0]


def code(function: ast.FunctionDef) -> str:
    """Return a function's arguments and statements but for its docstring."""
    return "\n".join(map(ast.unparse, [function.args, *work(function)]))


def work(function: ast.FunctionDef) -> list[ast.stmt]:
    """Return the statements of a function but for its docstring."""
    return function.body[ast.get_docstring(function) is not None :]


def opening(function: ast.FunctionDef, lines: list[str]) -> tuple[list[str], str]:
    """Return what stays of a line that a function's first statement shares, and the indent."""
    first = function.body[0]
    before = lines[first.lineno - 1].encode()[: first.col_offset].decode()
    if before.strip():
        return [before.rstrip()], " " * (function.col_offset + 4)
    return [], before


def body(function: ast.FunctionDef, lines: list[str]) -> tuple[int, int]:
    """Return where among the lines the place of a hole begins and ends.

    The docstring is left out; comments are part of it, also those after the last statement.
    """
    first, end = function.body[0], function.end_lineno or 0
    below = ast.get_docstring(function) is not None and not opening(function, lines)[0]
    begin = (first.end_lineno or 0) if below else first.lineno - 1
    for number in range(end, len(lines)):
        line = lines[number]
        inside = len(line) - len(line.lstrip()) > function.col_offset
        if line.strip() and not (inside and line.lstrip().startswith("#")):
            break
        end = number + 1 if line.strip() else end
    return begin, end


def hole(name: str, source: str | None, indent: str) -> list[str]:
    """Return the lines of a hole; ``source`` is the step that has its code already."""
    carried = f" ({CARRIED_OVER} {source}.py)" if source else ""
    message = f'"{HOLE}{name}{carried}"'
    line = f"{indent}raise NotImplementedError({message})"
    if len(line) <= LINE:
        return [line]
    return [f"{indent}raise NotImplementedError(", f"{indent}    {message}", f"{indent})"]


def with_task(lines: list[str], tree: ast.Module, task: str) -> list[str]:
    """Return the lines with the task at the end of the module's docstring."""
    if ast.get_docstring(tree) is None:
        return lines
    last = (tree.body[0].end_lineno or 0) - 1
    line, quotes = lines[last][:-3].rstrip(), lines[last][-3:]
    return [*lines[:last], *([line] if line else []), "", task, quotes, *lines[last + 1 :]]
