"""The template's holes in a step's file, and how one is filled: syntax trees in and out.

Comments, blank lines and layout are part of libcst's trees: what isn't filled stays as it is.
"""

import re

import libcst as cst

from graders.wire import HOLE
from graders.words import CARRIED_OVER

CARRIED = re.compile(rf"{CARRIED_OVER} (step\d\d)\.py")


def definitions(module: cst.Module) -> dict[str, cst.FunctionDef]:
    """Return the functions and methods of a file by qualified name, the last of each."""
    found: dict[str, cst.FunctionDef] = {}
    for node in module.body:
        if isinstance(node, cst.FunctionDef):
            found[node.name.value] = node
        elif isinstance(node, cst.ClassDef):
            mine = f"{node.name.value}."
            found = {name: old for name, old in found.items() if not name.startswith(mine)}
            for method in node.body.body:
                if isinstance(method, cst.FunctionDef):
                    found[mine + method.name.value] = method
    return found


def hole(function: cst.FunctionDef) -> str | None:
    """Return what an untouched hole says; None for a function that holds anything else."""
    work = without_docstring(function)
    line = work[0] if len(work) == 1 else None
    if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
        line = line.body[0]
    if not isinstance(line, cst.Raise) or not isinstance(line.exc, cst.Call):
        return None
    given = line.exc.args[0].value if line.exc.args else None
    if isinstance(given, (cst.SimpleString, cst.ConcatenatedString)):
        text = str(given.evaluated_value)
        return text if text.startswith(HOLE) else None
    return None


def is_written(function: cst.FunctionDef) -> bool:
    """Return whether a function has a body of the student's own."""
    work = [line for line in without_docstring(function) if not is_nothing(line)]
    return bool(work) and hole(function) is None


def is_nothing(line: cst.CSTNode) -> bool:
    """Return whether a statement is ``pass`` or ``...``."""
    if isinstance(line, cst.SimpleStatementLine):
        return all(map(is_nothing, line.body))
    dots = isinstance(line, cst.Expr) and isinstance(line.value, cst.Ellipsis)
    return dots or isinstance(line, cst.Pass)


def without_docstring(function: cst.FunctionDef) -> list[cst.CSTNode]:
    """Return the statements of a function but for its docstring."""
    lines = list(function.body.body)
    return lines[1:] if function.get_docstring() is not None else lines


def filled(target: cst.FunctionDef, donor: cst.FunctionDef) -> cst.FunctionDef | None:
    """Return a hole with the body of another function in its place; None where that can't be.

    The docstring and the comments around the hole stay.  The arguments become the donor's,
    whose body knows them by name, unless the student has written the hole's own.
    """
    if is_annotated(target):
        if names(target) != names(donor):
            return None
    elif defaults(target) > defaults(donor):
        return None  # the student has given the hole an argument more
    else:
        target = target.with_changes(
            **{part: getattr(donor, part) for part in ("params", "returns", "decorators",
            "lines_after_decorators", "asynchronous", "whitespace_before_params")}
        )  # fmt: skip
    new, old = as_block(donor), as_block(target)
    work = list(new.body)[len(new.body) - len(without_docstring(donor)) :]
    kept = list(old.body)[: len(old.body) - 1]
    first = work[0]
    assert isinstance(first, (cst.SimpleStatementLine, cst.BaseCompoundStatement))
    around = [*comments(old.body[-1]), *first.leading_lines]
    work[0] = first.with_changes(leading_lines=around)
    body = new.with_changes(
        body=[*kept, *work],
        indent=old.indent,
        header=old.header if old.header.comment else new.header,
        footer=[*new.footer, *old.footer],
    )
    return target.with_changes(body=body)


def is_annotated(function: cst.FunctionDef) -> bool:
    """Return whether a function has what the template never has: decorators or type hints."""
    return bool(function.decorators or function.returns) or any(
        parameter.annotation for parameter in parameters(function)
    )


def names(function: cst.FunctionDef) -> list[str]:
    """Return the names of a function's arguments."""
    return [parameter.name.value for parameter in parameters(function)]


def defaults(function: cst.FunctionDef) -> int:
    """Return how many of a function's arguments have a default."""
    return sum(parameter.default is not None for parameter in parameters(function))


def parameters(function: cst.FunctionDef) -> list[cst.Param]:
    """Return a function's arguments of all kinds."""
    every = function.params
    stars = [star for star in (every.star_arg, every.star_kwarg) if isinstance(star, cst.Param)]
    return [*every.posonly_params, *every.params, *every.kwonly_params, *stars]


def as_block(function: cst.FunctionDef) -> cst.IndentedBlock:
    """Return a function's body as an indented block, a body on the line of ``def`` too."""
    body = function.body
    if isinstance(body, cst.IndentedBlock):
        return body
    assert isinstance(body, cst.SimpleStatementSuite)
    line = cst.SimpleStatementLine(body.body, trailing_whitespace=body.trailing_whitespace)
    return cst.IndentedBlock([line])


def comments(line: cst.CSTNode) -> list[cst.EmptyLine]:
    """Return the lines above a statement, and the comment behind it as one more."""
    assert isinstance(line, cst.SimpleStatementLine)
    behind = line.trailing_whitespace.comment
    return [*line.leading_lines, *([cst.EmptyLine(comment=behind)] if behind else [])]
