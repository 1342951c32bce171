"""What is wrong with a lesson: how it begins, what it is made of, what its demo prints."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from graders.commands.course.demo import SECONDS, played
from graders.commands.course.template import Function, definitions, is_demo
from graders.syllabus import Unit
from graders.words import _

ABOUT = re.compile(r"Step (?P<label>\S+): (?P<title>.+) \(sections? (?P<sections>.+)\)\.")
"""How the docstring of a lesson begins."""
THERE = {"numpy", *sys.stdlib_module_names}
"""What can be imported where submissions run."""
LONGEST = 100
"""How much of what is printed is shown."""


def faults(unit: Unit, text: str, path: Path, name: str) -> Iterator[str]:
    """Yield a sentence for each thing that a lesson lacks; ``name`` is what its path is called.

    Its demo is run, as the author's own code.  Raise SyntaxError where it is not Python.
    """
    tree = ast.parse(text)
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
    """Yield what a lesson does while it is imported, and what can't be imported everywhere."""
    for node in tree.body[ast.get_docstring(tree) is not None :]:
        if not isinstance(node, ast.Import | ast.ImportFrom | ast.ClassDef | Function):
            if not is_demo(node):
                text = _(
                    "{name}:{line} is neither import nor definition: it belongs in the demo"
                )
                yield text.format(name=name, line=node.lineno)
    for line, missing in imports(tree):
        text = _("{name}:{line} imports {missing}, which no submission can")
        yield text.format(name=name, line=line, missing=missing)
    if not any(map(is_demo, tree.body)):
        text = _('{name} has no demo: if __name__ == "__main__": and the known values printed')
        yield text.format(name=name)


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield what a lesson imports that is not everywhere, and on which line."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for missing in sorted({each.partition(".")[0] for each in names} - THERE):
            yield getattr(node, "lineno", 0), missing or "."


def undocumented(tree: ast.Module, name: str) -> Iterator[str]:
    """Yield the definitions that don't say which section of the course they are from."""
    for qualified, node in definitions(tree):
        if "(section" not in (ast.get_docstring(node) or ""):
            text = _("{name}:{line} {what} has no docstring that names its (section …)")
            yield text.format(name=name, line=node.lineno, what=qualified)


def misprinted(tree: ast.Module, text: str, path: Path, name: str) -> Iterator[str]:
    """Yield what the demo prints and doesn't say, or says and doesn't print."""
    came = played(path)
    if came is None:
        yield _("{name} does not end within {n} seconds").format(name=name, n=SECONDS)
    elif came.error:
        yield _("{name} fails when it is run: {error}").format(name=name, error=came.error)
    elif not came.prints and "unittest.main(" not in text:
        yield _("{name} prints nothing: let its demo show a known value").format(name=name)
    else:
        said = comments_on_prints(tree, text)
        for line, printed in sorted(came.prints.items()):
            shown = " ".join(printed.split())
            if line in said and said[line] != shown:
                short = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
                why = _("{name}:{line} prints {printed}; the comment behind it says {said}")
                if not said[line]:
                    why = _("{name}:{line} prints {printed}, and no comment behind it says so")
                yield why.format(name=name, line=line, printed=short, said=said[line])


def comments_on_prints(tree: ast.Module, text: str) -> dict[int, str]:
    """Return what is said of each print of the demo, by its first line: behind its last."""
    comments = {
        token.start[0]: " ".join(token.string.removeprefix("#").split())
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    }
    return {
        node.lineno: comments.get(node.end_lineno or 0, "")
        for demo in filter(is_demo, tree.body)
        for node in ast.walk(demo)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    }
