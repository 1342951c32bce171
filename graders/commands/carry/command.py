"""Fill a step's carried-over holes from the earlier files: ``python grade.py carry STEP``.

The judge never parses what a student wrote, since it may come from a stranger.  This command
does: a student runs it at home, on files of their own.  Even so it runs nothing of theirs, it
only reads their files as syntax trees (libcst, which keeps every comment and space).
"""

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import libcst as cst

from graders.commands.carry.belongings import Belongings
from graders.commands.carry.bindings import File, Node, NotSimple, code
from graders.commands.carry.holes import CARRIED, definitions, filled, hole, is_written
from graders.errors import GradmarkError
from graders.renderers.plain import plain
from graders.replace import write_through
from graders.submission.pieces import Submission
from graders.submission.read import read
from graders.words import _


@dataclass(frozen=True)
class Text:
    """A file's text with what it takes to write it back byte by byte."""

    path: Path
    encoding: str
    text: str


def carry_over(step: str, folder: Path) -> bool:
    """Fill the carried-over holes of a step and say what came from where.

    Return whether all earlier files could be read.  Raise GradmarkError when the step's own
    can't be, or there is none.
    """
    found = read(folder)
    own = own_text(step, found, folder)
    target = File(own.path.name, parse(own))
    donors = dict(earlier(step, found, target.module.default_newline))
    plan = Plan(target)
    for name, function in definitions(target.module).items():
        mark = CARRIED.search(hole(function) or "")
        if mark:
            plan.fill(name, function, mark[1], donors)
    new = plan.carried_out()
    if new != own.text:
        write(own, new)
    lines = plan.lines or [_("{file}: nothing to carry over").format(file=target.name)]
    print(plain("\n".join(lines)))
    return all(donors.values())


def own_text(step: str, found: Submission, folder: Path) -> Text:
    """Return the text of a step's file.  Raise GradmarkError when there is none to be had."""
    file = found.steps.get(step)
    path = folder / file.path if file else folder / f"{step}.py"
    if not folder.is_dir() or not path.is_file():
        text = _("there is no file {path} to carry over to: copy it from student_template")
        raise GradmarkError(text.format(path=path))
    try:
        content = path.read_bytes()
        encoding, _lines = tokenize.detect_encoding(io.BytesIO(content).readline)
        return Text(path.resolve(), encoding, content.decode(encoding))
    except (OSError, SyntaxError, UnicodeError) as error:
        text = _("{path} can't be read, so it stays as it is: {why}")
        raise GradmarkError(text.format(path=path, why=error)) from error


def parse(own: Text) -> cst.Module:
    """Return the tree of the step's file.  Raise GradmarkError when it is not Python."""
    try:
        ast.parse(own.text)
        module = cst.parse_module(own.text)
    except (SyntaxError, ValueError, RecursionError, cst.ParserSyntaxError) as error:
        text = _("{file} is not Python as it stands (line {line}), so it stays as it is")
        raise GradmarkError(text.format(file=own.path.name, line=line_of(error))) from error
    if module.code != own.text:
        text = _("{file} can't be kept as it is in all that isn't filled, so it stays as it is")
        raise GradmarkError(text.format(file=own.path.name))
    return module


def earlier(step: str, found: Submission, newline: str) -> Iterator[tuple[str, File | None]]:
    """Yield the files of the steps before, the latest first; None for one that is no Python."""
    for other in sorted(found.steps, reverse=True):
        run = found.steps[other]
        if other < step and run.pieces:
            path, cells = run.found_in, [piece.text for piece in run.pieces]
            text = "\n\n".join(cells if len(cells) == 1 else filter(is_python, cells))
            text = text.replace("\n", newline)
            try:
                ast.parse(text)
                yield other, File(path.rpartition("/")[2], cst.parse_module(text))
            except (SyntaxError, ValueError, RecursionError, cst.ParserSyntaxError) as error:
                text = _(
                    "{file} is not Python as it stands (line {line}): nothing comes from it"
                )
                line = line_of(error)
                print("gradmark: " + plain(text.format(file=path, line=line)), file=sys.stderr)
                yield other, None


def is_python(cell: str) -> bool:
    """Return whether a notebook's cell is Python alone, without commands of the notebook's."""
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def line_of(error: Exception) -> int | str:
    """Return the line that a parser stopped at."""
    if isinstance(error, cst.ParserSyntaxError):
        return error.raw_line
    return error.lineno or "?" if isinstance(error, SyntaxError) else "?"


class Plan:
    """What is to be put into the step's file, and what is said of it."""

    def __init__(self, target: File) -> None:
        self.target = target
        self.lines: list[str] = []
        self.had: dict[str, str] = {}
        self.imports: list[cst.SimpleStatementLine] = []
        self.above: dict[cst.CSTNode, list[Node]] = {}
        self.instead: dict[cst.CSTNode, cst.FunctionDef] = {}

    def fill(
        self, name: str, function: cst.FunctionDef, source: str, donors: dict[str, File | None]
    ) -> None:
        """Plan to fill one hole from the file it names, else from the latest one since.

        What is older than ``source`` is not what the hole asks for: it has changed there.
        """
        order = [source, *(step for step in donors if step > source)]
        for donor in (donors.get(step) for step in order):
            written = definitions(donor.module).get(name) if donor else None
            if donor and written and is_written(written):
                self.take(name, function, donor, written)
                return
        self.add(name, _("still a hole: write it in your {step}.py first").format(step=source))

    def take(
        self, name: str, function: cst.FunctionDef, donor: File, written: cst.FunctionDef
    ) -> None:
        """Plan to fill a hole with a function of an earlier file, if that is simple."""
        anchor = self.target.owner(name) or function
        belongings = Belongings(donor, self.target, anchor, self.had)
        new = filled(function, written)
        try:
            if new is None:
                raise NotSimple(_("it takes other arguments there"))
            belongings.gather(name, written)
        except NotSimple as reason:
            text = _("left as it is, not taken from {file}: {why}")
            self.add(name, text.format(file=donor.name, why=reason))
            return
        self.instead[function] = new
        self.imports += belongings.imports.values()
        for place, found in ((anchor, belongings.helpers), (function, belongings.attributes)):
            for nodes in found.values():
                self.above.setdefault(place, []).extend(nodes)
        self.add(name, _("from {file}").format(file=donor.name))
        for extra, nodes in belongings.taken().items():
            self.had[extra] = code(nodes)
            text = _("from {file} as well, since {name} needs it")
            self.add(extra, text.format(file=donor.name, name=name))

    def add(self, name: str, what: str) -> None:
        """Note a line on one name."""
        self.lines.append(f"{self.target.name}: {name} {what}")

    def carried_out(self) -> str:
        """Return the new text of the file."""
        module = self.target.module.visit(Filling(self.above, self.instead))
        body = list(module.body)
        at = len(list(takewhile(stays_first, body)))
        return module.with_changes(body=[*body[:at], *self.imports, *body[at:]]).code


def stays_first(line: cst.CSTNode) -> bool:
    """Return whether a statement is an import or a docstring."""
    if not isinstance(line, cst.SimpleStatementLine):
        return False
    small = line.body[0]
    text = isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)
    return text or isinstance(small, (cst.Import, cst.ImportFrom))


class Filling(cst.CSTTransformer):
    """Puts new functions in the place of old ones, and what they need above."""

    def __init__(
        self, above: dict[cst.CSTNode, list[Node]], instead: dict[cst.CSTNode, cst.FunctionDef]
    ) -> None:
        super().__init__()
        self.above = above
        self.instead = instead

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FlattenSentinel[cst.BaseStatement]:
        """Fill a hole."""
        new = self.instead.get(original_node, updated_node)
        return cst.FlattenSentinel([*self.above.get(original_node, []), new])

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.FlattenSentinel[cst.BaseStatement]:
        """Put helpers above a class."""
        return cst.FlattenSentinel([*self.above.get(original_node, []), updated_node])


def write(own: Text, new: str) -> None:
    """Write the step's file.  Raise GradmarkError when that can't be done."""
    try:
        ast.parse(new)
        write_through(own.path, new.encode(own.encoding))
    except (OSError, UnicodeError, SyntaxError) as error:
        text = _("{file} can't be written, so it stays as it is: {why}")
        raise GradmarkError(text.format(file=own.path.name, why=error)) from error
