"""Put a line into a list that stands in a file of Python."""

import ast
from collections.abc import Iterator

from graders.errors import GradmarkError
from graders.words import _


def parsed(text: str, path: str) -> ast.Module:
    """Return a file's tree.  Raise GradmarkError where it is not Python."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        why = _("{path} is not Python: {error}, line {line}")
        raise GradmarkError(
            why.format(path=path, error=error.msg, line=error.lineno)
        ) from error


def with_unit(course: str, step: str, line: str, path: str) -> str:
    """Return the text of the syllabus with one more step, in its order.

    Raise GradmarkError where there is no place for it.
    """
    for node in values_of(parsed(course, path), "SYLLABUS"):
        if isinstance(node, ast.Tuple):
            after = [each for each in node.elts if named(each) > step]
            return inserted(course, after[0] if after else None, node, f"    {line},", path)
    raise GradmarkError(no_place(path, line))


def with_row(mutants: str, row: str, path: str) -> str:
    """Return the text of a step's mutants with one more, the last.

    Raise GradmarkError where there is no place for it.
    """
    calls = [
        node
        for value in values_of(parsed(mutants, path), "MUTANTS")
        for node in ast.walk(value)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "mutants"
    ]
    if not calls:
        raise GradmarkError(no_place(path, row))
    return inserted(mutants, None, calls[-1], row, path)


def values_of(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    """Yield what a module assigns to a name."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield node.value


def named(unit: ast.expr) -> str:
    """Return the step that a line of the syllabus is about."""
    return str(ast.literal_eval(unit.args[0])) if isinstance(unit, ast.Call) else ""


def inserted(text: str, before: ast.expr | None, around: ast.expr, line: str, path: str) -> str:
    """Return a text with a line more: before an element, or where what is around it ends.

    Raise GradmarkError where the elements don't stand on lines of their own.
    """
    lines = text.split("\n")
    place = (before.lineno if before else around.end_lineno or 0) - 1
    above = lines[place - 1].rstrip()
    if not above.endswith((",", "(")) or (before is None and not lines[place].startswith(")")):
        raise GradmarkError(no_place(path, line))
    return "\n".join([*lines[:place], line, *lines[place:]])


def no_place(path: str, line: str) -> str:
    """Return a sentence on a file that a line can't be put into."""
    text = _("{path} is laid out in another way: put this line in by hand: {line}")
    return text.format(path=path, line=" ".join(line.split()))
