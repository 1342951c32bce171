"""Lay a script out in at most a dozen lines: as the book would write it where that fits.

Where it does not, objects that are used once lose their names, methods of one line move
beside their heads, and blank lines go.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from graders.feedback.excerpt import compact, whole

MOST_LINES = 12
OBJECT = re.compile(r"([a-z]\w*) = (\w+\(.*\))")
"""A line that makes an object."""
NEW = re.compile(r"(\w+) = (\w+\(\))")
"""A line that makes an object of nothing, such as a Function."""
VALUE = re.compile(r"([acdst]) = (\w.*\))")
"""A line that names a plain value, by the letters for such."""


@dataclass(frozen=True)
class Parts:
    """What a script is made of."""

    imports: list[str]
    """Names of the student's."""
    definitions: list[ast.stmt]
    """The suite's own."""
    lines: list[str]
    due: str
    """The comment of the last line."""


def fitted(parts: Parts, file: str, stops: bool) -> str | None:
    """Return a script of at most a dozen lines, the plainest that fits; else None."""
    for form, how, blank in forms(parts):
        written = text(form, imports(file, parts.imports, stops), how, blank)
        if written.count("\n") < MOST_LINES:
            return written
    return None


def forms(parts: Parts) -> Iterator[tuple[Parts, Callable[[ast.stmt], list[str]], int]]:
    """Yield ways to write a script, shorter and shorter: see ``text``."""
    parts = replace(parts, lines=inlined(parts.lines, VALUE))
    yield parts, whole, 2
    parts = replace(parts, lines=inlined(parts.lines, NEW))
    yield parts, whole, 2
    yield parts, compact, 2
    parts = replace(parts, lines=list(merged(parts.lines)))
    yield from ((parts, compact, blank) for blank in (2, 1, 0))
    parts = replace(parts, lines=inlined(parts.lines, OBJECT))
    yield from ((parts, compact, blank) for blank in (2, 1, 0))


def text(
    parts: Parts, imports: list[str], how: Callable[[ast.stmt], list[str]], blank: int
) -> str:
    """Return a whole script; ``how`` writes the definitions, amid so many blank lines."""
    definitions = [line for statement in parts.definitions for line in how(statement)]
    body = [*parts.lines[:-1], parts.lines[-1] + parts.due]
    numpy = ["import numpy as np"] if "np." in "\n".join([*definitions, *body]) else []
    blocks = [block for block in (numpy + imports, definitions) if block]
    gaps = [[""] * (blank > index) for index in range(len(blocks))]
    above = [line for block, gap in zip(blocks, gaps, strict=True) for line in (*block, *gap)]
    return "\n".join(above + body)


def imports(file: str, names: list[str], stops: bool = False) -> list[str]:
    """Return lines that bring names of a student's file, whatever the file is called."""
    if not names:
        return []
    module = file.removesuffix(".py")
    if stops:
        return [
            f"try: __name__ = {module!r}; exec(open({file!r}, 'rb').read())",
            "except BaseException: pass  # it stops early, and this goes on",
        ]
    if module.isidentifier():
        return [f"from {module} import {', '.join(names)}"]
    return ["import runpy", f"globals().update(runpy.run_path({file!r}))"]


def imported(file: str, due: str, name: str = "") -> str:
    """Return a script that only imports a student's file, or one name of it."""
    module = file.removesuffix(".py")
    comment = due_comment(due)
    if not module.isidentifier():
        taken = f"[{name!r}]" if name else ""
        return f"import runpy\n\nrunpy.run_path({file!r}){taken}{comment}"
    return (f"from {module} import {name}" if name else f"import {module}") + comment


def due_comment(due: str) -> str:
    """Return the comment that says what is due; none where the text would end the line.

    Part of it may be a name of the student's, and Python ends a comment at more than newlines.
    """
    return f"    # due: {due}" if due and due.isprintable() else ""


def beside(script: str, file: str, stops: bool) -> str:
    """Return a suite's own script, for the file as the student calls it."""
    module, script = file.removesuffix(".py"), script.rstrip()
    named = re.search(r"^(?:from|import) (step\d\d)\b", script, flags=re.MULTILINE)
    if not named:
        return script
    step = named[1]

    def lines(found: re.Match[str]) -> str:
        return "\n".join(imports(file, found[1].split(", "), stops))

    text = re.sub(rf"^from {step} import (.*)$", lines, script, flags=re.MULTILINE)
    if module.isidentifier():
        return re.sub(rf"\b{step}\b", module, text)
    loaded = f"{step} = __import__({module!r})"
    return re.sub(rf"^import {step}$", lambda found: loaded, text, flags=re.MULTILINE)


def inlined(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    """Return lines where what the pattern makes, and one line uses once, is made in there.

    That is the next line, and not the last of all, so that nothing happens in another order;
    a new Function does nothing to anybody, and may be made later.
    """
    for index, line in enumerate(lines):
        if not (made := pattern.fullmatch(line)):
            continue
        name, call = made.groups()
        uses = [n for n in range(index + 1, len(lines)) for _ in range(count(name, lines[n]))]
        soon = index + 1 < len(lines) - 1 and uses[:1] == [index + 1]
        if len(uses) == 1 and (pattern is NEW or soon):
            before, after = re.split(rf"\b{name}\b", lines[uses[0]])
            shorter = [*lines[:index], *lines[index + 1 :]]
            shorter[uses[0] - 1] = f"{before}{call}{after}"
            return inlined(shorter, pattern)
    return lines


def count(name: str, line: str) -> int:
    """Return how often a line uses a name."""
    return len(re.findall(rf"\b{name}\b", line))


def merged(lines: list[str]) -> Iterator[str]:
    """Yield lines, those in a row that make an object of nothing as one."""
    for is_new, group in groupby(lines, lambda line: NEW.fullmatch(line) is not None):
        if is_new:
            names, calls = zip(*(line.split(" = ") for line in group), strict=True)
            yield f"{', '.join(names)} = {', '.join(calls)}"
        else:
            yield from group
