"""What is wrong with a lesson: how it begins, what it is made of, what its demo prints."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from graders.syllabus import Unit
from graders.words import _

DEMO = "__name__ == '__main__'"
ABOUT = re.compile(r"Step (?P<label>\S+): (?P<title>.+) \(sections? (?P<sections>.+)\)\.")
"""How the docstring of a lesson begins."""
THERE = {"numpy", *sys.stdlib_module_names}
"""What can be imported where submissions run."""
SECONDS = 10
"""How long a demo may take."""


def faults(unit: Unit, path: Path, name: str) -> Iterator[str]:
    """Yield a sentence for each thing that a lesson lacks; ``name`` is what its path is called.

    Its demo is run, as the author's own code.
    """
    text = path.read_text("utf-8")
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        why = _("{name} is not Python: {error}, line {line}")
        yield why.format(name=name, error=error.msg, line=error.lineno)
        return
    yield from about(unit, tree, name)
    yield from made_of(tree, name)
    yield from undocumented(tree, name)
    yield from misprinted(tree, text, path, name)


def about(unit: Unit, tree: ast.Module, name: str) -> Iterator[str]:
    """Yield what the beginning of a lesson's docstring lacks."""
    docstring = ast.get_docstring(tree) or ""
    said = introduced(docstring)
    due = (unit.label.lstrip("0"), unit.title.lower(), unit.sections)
    if said is None or (said[0], said[1].lower(), said[2]) != due:
        text = _("{name} should begin with “Step {label}: {title} (sections {sections}).”")
        label, title, sections = due
        yield text.format(name=name, label=label, title=title, sections=sections)
    if "\nNew: " not in docstring:
        text = _("{name} does not say what is new: a paragraph “New: …” in its docstring")
        yield text.format(name=name)


def introduced(docstring: str) -> tuple[str, str, str] | None:
    """Return the label, title and sections that a lesson's docstring begins with, if any."""
    match = ABOUT.match(docstring.partition("\n\n")[0].replace("\n", " "))
    return (match["label"], match["title"], match["sections"]) if match else None


def made_of(tree: ast.Module, name: str) -> Iterator[str]:
    """Yield what a lesson does while it is imported, and what it can't import everywhere."""
    for node in tree.body[ast.get_docstring(tree) is not None :]:
        match node:
            case ast.Import() | ast.ImportFrom():
                names = [each.name for each in node.names]
                if isinstance(node, ast.ImportFrom):
                    names = [node.module or "."]
                for missing in sorted({each.partition(".")[0] for each in names} - THERE):
                    text = _("{name}:{line} imports {missing}, which no submission can")
                    yield text.format(name=name, line=node.lineno, missing=missing or ".")
            case ast.ClassDef() | ast.FunctionDef():
                pass
            case _ if not is_demo(node):
                text = _(
                    "{name}:{line} is neither import nor definition: it belongs in the demo"
                )
                yield text.format(name=name, line=node.lineno)
    if not any(map(is_demo, tree.body)):
        text = _('{name} has no demo: if __name__ == "__main__": and the known values printed')
        yield text.format(name=name)


def is_demo(node: ast.stmt) -> bool:
    """Return whether a statement is a lesson's demo."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == DEMO


def undocumented(tree: ast.Module, name: str) -> Iterator[str]:
    """Yield the definitions that don't say which section of the course they are from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            if "(section" not in (ast.get_docstring(node) or ""):
                text = _("{name}:{line} {what} has no docstring that names its (section …)")
                yield text.format(name=name, line=node.lineno, what=node.name)


def misprinted(tree: ast.Module, text: str, path: Path, name: str) -> Iterator[str]:
    """Yield what the demo prints and doesn't say, or says and doesn't print."""
    try:
        done = subprocess.run(
            [sys.executable, "-W", "error", str(path)],
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
            env=None, timeout=SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        yield _("{name} does not end within {n} seconds").format(name=name, n=SECONDS)
        return
    lines, said = done.stdout.splitlines(), comments_on_prints(tree, text)
    if done.returncode:
        *_others, last = ["", *done.stderr.strip().splitlines()]
        yield _("{name} fails when it is run: {error}").format(name=name, error=last)
    elif not lines and not done.stderr:
        yield _("{name} prints nothing: let its demo show a known value").format(name=name)
    elif len(lines) != len(said):
        why = _(
            "{name} prints {lines} lines by {prints} prints: let each print one, not in a loop"
        )
        yield why.format(name=name, lines=len(lines), prints=len(said))
    else:
        for printed, (line, comment) in zip(lines, said, strict=True):
            if comment != printed:
                why = _("{name}:{line} prints {printed}: its comment should be  # {printed}")
                yield why.format(name=name, line=line, printed=printed)


def comments_on_prints(tree: ast.Module, text: str) -> list[tuple[int, str | None]]:
    """Return the line of each print of the demo, with the comment that stands behind it."""
    comments = {
        token.start[0]: token.string.removeprefix("#").strip()
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    }
    prints = [
        node
        for demo in filter(is_demo, tree.body)
        for node in ast.walk(demo)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    ends = sorted(node.end_lineno or 0 for node in prints)
    return [(line, comments.get(line)) for line in ends]
