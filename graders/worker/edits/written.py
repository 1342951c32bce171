"""A piece's text with its tree: where each part stands, and what is to stand there instead."""

import ast
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from graders.evidence import Edit, EditKind

ATOMS = (ast.Name, ast.Attribute, ast.Call, ast.Constant, ast.Subscript, ast.Tuple, ast.List)
"""What needs no brackets around it to stay together."""


@dataclass(frozen=True)
class Change:
    """A place in a text, what stands there instead, and how likely a slip that undoes."""

    start: int
    end: int
    text: str
    kind: EditKind
    cost: int
    """From 1, for what is very likely where it fits at all, to 4."""
    line: int
    """The line that a person would call wrong; of what is missing, the function's first."""
    drops: bool = False
    """Whether less is done than before: a call, or a statement, is gone."""
    anywhere: bool = False
    """Whether it is as likely where nothing was run: a name that nobody can call."""

    def sent(self, piece: int, within: str) -> Edit:
        """Return it as it is told: of a piece, by index, and within a function."""
        return Edit(
            piece, self.start, self.end, self.text, self.line, self.kind, self.cost, self.drops,
            within,
        )  # fmt: skip


class Written:
    """The text of a piece, and its tree."""

    def __init__(self, text: str, tree: ast.Module) -> None:
        self.text = text
        self.tree = tree
        self.lines = text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins, and where one more would."""
        return starts(self.lines)

    def at(self, line: int, column: int) -> int:
        """Return the place of a line, from 1, and a column in bytes of UTF-8."""
        text = self.lines[line - 1]
        if not text.isascii():
            column = len(text.encode()[:column].decode(errors="replace"))
        return self.starts[line - 1] + column

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node begins and ends."""
        first, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]  # it has a place
        return self.at(first, node.col_offset), self.at(last, node.end_col_offset)  # type: ignore[attr-defined]

    def of(self, node: ast.AST) -> str:
        """Return what a node was written as."""
        start, end = self.span(node)
        return self.text[start:end]

    def grouped(self, node: ast.AST) -> str:
        """Return what a node was written as, in brackets where it may fall apart without."""
        return self.of(node) if isinstance(node, ATOMS) else f"({self.of(node)})"

    def line_of(self, place: int) -> int:
        """Return the line of a place, from 1."""
        return self.text.count("\n", 0, place) + 1

    def instead(
        self, node: ast.AST, new: str, kind: EditKind, cost: int, drops: bool = False
    ) -> Change:
        """Return the change that puts something in a node's place."""
        return self.between(*self.span(node), new, kind, cost, drops)

    def between(
        self,
        start: int,
        end: int,
        new: str,
        kind: EditKind,
        cost: int,
        drops: bool = False,
        anywhere: bool = False,
    ) -> Change:
        """Return the change that puts something between two places."""
        return Change(start, end, new, kind, cost, self.line_of(start), drops, anywhere)

    def relined(
        self,
        first: int,
        last: int,
        new: list[str],
        kind: EditKind,
        cost: int,
        line: int = 0,
        drops: bool = False,
        anywhere: bool = False,
    ) -> Change:
        """Return the change that puts lines in the place of those from ``first`` to ``last``;
        ``line`` is the wrong one, if not the first.
        """
        start, end = self.starts[first - 1], self.starts[last] - 1
        if not new:  # with its line break
            start, end = (start, end + 1) if last < len(self.lines) else (start - 1, end)
        text = "\n".join(new)
        return Change(max(0, start), end, text, kind, cost, line or first, drops, anywhere)

    def below(self, line: int, new: str, kind: EditKind, cost: int, of: int = 0) -> Change:
        """Return the change that puts a line below another; ``of`` is where what lacks it
        begins.
        """
        end = self.starts[line] - 1
        return Change(end, end, f"\n{new}", kind, cost, of or line)

    def extent(self, statement: ast.stmt) -> tuple[int, int]:
        """Return a statement's first and last line, with its decorators."""
        above = [each.lineno for each in getattr(statement, "decorator_list", ())]
        return min([statement.lineno, *above]), statement.end_lineno or statement.lineno

    def stands_alone(self, statement: ast.stmt) -> bool:
        """Return whether no other statement shares the lines of this one."""
        first, last = self.extent(statement)
        ahead = self.lines[first - 1][: statement.col_offset].strip()
        rest = self.text[self.span(statement)[1] : self.starts[last] - 1].strip()
        return ahead in ("", "@") and (not rest or rest.startswith("#"))

    def body(self, statement: ast.stmt, by: int = 0) -> list[str]:
        """Return a statement's lines, moved to the right by so many blanks, or to the left."""
        first, last = self.extent(statement)
        return [shifted(line, by) for line in self.lines[first - 1 : last]]


def starts(lines: list[str]) -> list[int]:
    """Return where each line of a text begins, and where one more would."""
    return [0, *accumulate(len(line) + 1 for line in lines)]


def shifted(line: str, by: int) -> str:
    """Return a line with so many blanks more at its beginning, or fewer."""
    if not line.strip():
        return line
    bare = line.lstrip(" ")
    return " " * max(0, len(line) - len(bare) + by) + bare


def as_far_as_possible(changes: Iterator[Change]) -> Iterator[Change]:
    """Yield changes, up to one that can't be made of the text: a number may have more digits
    than Python writes, an expression more parts than it follows one into another.
    """
    with contextlib.suppress(ArithmeticError, RecursionError, ValueError):
        yield from changes


def calls_in(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls in a part of a tree."""
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))
