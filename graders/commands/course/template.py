"""The template that a lesson makes: the same file, with a hole in the place of every body."""

import ast
from collections.abc import Iterator, Mapping
from itertools import takewhile

from graders.errors import GradmarkError
from graders.wire import HOLE
from graders.words import CARRIED_OVER, _

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef
PARTS = ast.stmt | ast.ExceptHandler | ast.match_case
"""What a definition can stand in."""
DEMO = "__name__ == '__main__'"
LINE = 96
"""How long a line may become."""
FILL_IN = "Fill in the holes: replace each raise NotImplementedError by code of your own."
AND_COPY = "Fill in the holes; what is marked as carried over, copy from your earlier file."


def template(step: str, lessons: Mapping[str, str]) -> str:
    """Return the template of a step.

    ``lessons`` are the reference's texts by step, in the course's order: what an earlier one
    has in the same words, and every one since, is marked as carried over.  Raise SyntaxError
    where one is not Python, GradmarkError where something of a body would be left.
    """
    lines = lessons[step].split("\n")
    trees = {name: ast.parse(text) for name, text in lessons.items()}
    carried = False
    for name, function in reversed(functions(trees[step])):
        source = written_in(step, name, trees)
        carried = carried or source != step
        first, last = body(function, lines)
        head, indent = opening(function, lines)
        lines[first:last] = head + hole(name, source if source != step else None, indent)
    made = "\n".join(with_task(lines, trees[step], AND_COPY if carried else FILL_IN))
    demand_holes(step, made, trees[step])
    return made


def demand_holes(step: str, made: str, lesson: ast.Module) -> None:
    """Raise GradmarkError unless a template is its lesson with nothing but holes."""
    names = [name for name, _function in functions(lesson)]
    try:
        tree = ast.parse(made)
    except SyntaxError:
        full = names
    else:
        full = [name for name, function in functions(tree) if not is_hole(function)]
        full += [] if [name for name, _function in functions(tree)] == names else names
    if full or (full := list(lambdas(lesson))):
        text = _(
            "{path} makes no template: see {names}. It takes triple quotes around a docstring, "
            "statements on lines of their own, and no lambda in a class"
        )
        path, listed = f"reference/{step}.py", ", ".join(full) or _("its docstring")
        raise GradmarkError(text.format(path=path, names=listed))


def lambdas(lesson: ast.Module) -> Iterator[str]:
    """Yield the classes of a lesson that have a function which can't be a hole."""
    for name, node in definitions(lesson):
        own = node.body if isinstance(node, ast.ClassDef) else []
        values = [each for each in own if not isinstance(each, Definition)]
        if any(isinstance(part, ast.Lambda) for each in values for part in ast.walk(each)):
            yield name


def definitions(tree: ast.AST, owner: str = "") -> Iterator[tuple[str, Definition]]:
    """Yield the classes, functions and methods of a lesson with their qualified names.

    Those inside functions are part of these; the demo's are no student's to write.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            yield owner + node.name, node
        if isinstance(node, PARTS) and not isinstance(node, Function) and not is_demo(node):
            inner = f"{owner}{node.name}." if isinstance(node, ast.ClassDef) else owner
            yield from definitions(node, inner)


def functions(tree: ast.AST) -> list[tuple[str, Function]]:
    """Return the functions and methods of a lesson with their qualified names, in order."""
    return [(name, node) for name, node in definitions(tree) if isinstance(node, Function)]


def is_demo(node: ast.AST) -> bool:
    """Return whether a statement is a lesson's demo."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == DEMO


def written_in(step: str, name: str, trees: Mapping[str, ast.Module]) -> str:
    """Return the step in which a function was new or last changed; docstrings don't count."""
    history = []
    for earlier, tree in trees.items():
        codes = [code(function) for each, function in functions(tree) if each == name]
        history += [(earlier, codes)] if codes else []
        if earlier == step:
            break
    now = history[-1][1]
    return [*takewhile(lambda entry: entry[1] == now, reversed(history))][-1][0]


def code(function: Function) -> str:
    """Return a function's arguments and statements but for its docstring."""
    return "\n".join(map(ast.unparse, [function.args, *work(function)]))


def work(function: Function) -> list[ast.stmt]:
    """Return the statements of a function but for its docstring."""
    return function.body[ast.get_docstring(function) is not None :]


def is_hole(function: Function) -> bool:
    """Return whether a function is a hole of the template and nothing else."""
    match work(function):
        case [ast.Raise(exc=ast.Call(args=[ast.Constant(value=str() as text)]))]:
            return text.startswith(HOLE)
    return False


def opening(function: Function, lines: list[str]) -> tuple[list[str], str]:
    """Return what stays of a line that a function's first statement shares, and the indent."""
    first = function.body[0]
    before = lines[first.lineno - 1].encode()[: first.col_offset].decode()
    if before.strip():
        return [before.rstrip()], " " * (function.col_offset + 4)
    return [], before


def body(function: Function, lines: list[str]) -> tuple[int, int]:
    """Return where among the lines the place of a hole begins and ends.

    The docstring is left out.  Comments above, between and below the statements are part of it.
    """
    first, end = function.body[0], function.end_lineno or 0
    below = ast.get_docstring(function) is not None and not opening(function, lines)[0]
    begin = (first.end_lineno or 0) if below else first.lineno - 1
    while begin > function.lineno and not below and is_remark(lines[begin - 1]):
        begin -= 1
    for number in range(end, len(lines)):
        line = lines[number]
        inside = len(line) - len(line.lstrip()) > function.col_offset
        if line.strip() and not (inside and line.lstrip().startswith("#")):
            break
        end = number + 1 if line.strip() else end
    return begin, end


def is_remark(line: str) -> bool:
    """Return whether a line is a comment or nothing."""
    return not line.strip() or line.lstrip().startswith("#")


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
    docstring = tree.body[0]
    last = (docstring.end_lineno or 0) - 1
    line, end = lines[last], docstring.end_col_offset or 0
    text, rest = line.encode()[:end].decode(), line.encode()[end:].decode()
    above = [text[:-3].rstrip()] if text[:-3].strip() else []
    return [*lines[:last], *above, "", task, text[-3:] + rest, *lines[last + 1 :]]
