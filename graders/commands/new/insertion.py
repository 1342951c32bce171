"""Put a line into a file of Python, where its like stand."""

import ast
from collections.abc import Iterator

from graders.commands.course.checkout import parsed
from graders.errors import GradmarkError
from graders.words import _


def with_unit(course: str, step: str, line: str, path: str) -> str:
    """Return the text of the syllabus with one more step, in its order.

    Raise GradmarkError where there is no place for it.
    """
    for node in values_of(parsed(course, path), "SYLLABUS"):
        if isinstance(node, ast.Tuple | ast.List) and node.elts:
            before = [each for each in node.elts if named(each) < step]
            return added(course, before[-1], f"    {line},") if before else no_place(path, line)
    return no_place(path, line)


def with_row(mutants: str, row: str, path: str) -> str:
    """Return the text of a step's mutants with one more, the last.

    Raise GradmarkError where there is no place for it.
    """
    calls = [
        node
        for value in values_of(parsed(mutants, path), "MUTANTS")
        for node in ast.walk(value)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "mutants" and node.args
    ]
    return added(mutants, calls[-1].args[-1], row) if calls else no_place(path, row)


def with_import(text: str, line: str, path: str) -> str:
    """Return a text that has a line: one that imports something, below the last import."""
    tree = parsed(text, path)
    if line in text.splitlines():
        return text
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    above = imports[-1:] or tree.body[:1]
    lines, place = text.split("\n"), (above[0].end_lineno or 0) if above else 0
    return "\n".join([*lines[:place], *([] if imports else [""]), line, *lines[place:]])


def values_of(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    """Yield what a module assigns to a name."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield node.value


def named(unit: ast.expr) -> str:
    """Return the step that a line of the syllabus is about, as far as it can be read."""
    words = (each for each in ast.walk(unit) if isinstance(each, ast.Constant))
    return next((str(word.value) for word in words if str(word.value).startswith("step")), "")


def added(text: str, last: ast.expr, line: str) -> str:
    """Return a text with a line more below an element of a list, whatever stands behind it."""
    lines = text.split("\n")
    start = sum(len(each) + 1 for each in lines[: (last.end_lineno or 1) - 1])
    own = lines[(last.end_lineno or 1) - 1].encode()[: last.end_col_offset].decode()
    before, after = text[: start + len(own)], text[start + len(own) :]
    comma = len(after) - len(after.lstrip()) if after.lstrip().startswith(",") else None
    after = after if comma is None else after[comma + 1 :]
    behind, newline, below = after.partition("\n")
    if newline and (not behind.strip() or behind.lstrip().startswith("#")):
        return f"{before},{behind}\n{line}\n{below}"
    return f"{before},\n{line}\n{after.lstrip()}"


def no_place(path: str, line: str) -> str:
    """Raise GradmarkError: a file has not what a line could be put into."""
    text = _("{path} has no list to put this line into, which you may by hand: {line}")
    raise GradmarkError(text.format(path=path, line=" ".join(line.split())))
