"""How far the lines of a piece have to do with what failed."""

import ast
from collections.abc import Iterable, Iterator

from graders.evidence import Suspect
from graders.worker.edits.scope import DEFINITIONS, places
from graders.worker.edits.written import Change

RUN, NEAR, AROUND, ELSEWHERE = 2.0, 2.0, 3.0, 4.0
"""How much less likely than on a line that raised an exception an edit is of a line that was
run, at most; of one in the same function, or the same class, as such a line; of any other."""
NEW = 0.9
"""How much likelier it is in a function that the step is about."""


class Heat:
    """How likely the lines of a piece are wrong."""

    def __init__(
        self, tree: ast.Module, suspects: Iterable[Suspect], new: Iterable[str]
    ) -> None:
        """``suspects`` are lines of the piece, ``new`` the functions that the step is about."""
        self.spans = spans(tree)
        self.new = {*new}
        self.weights: dict[int, float] = {}
        self.near: set[int] = set()
        self.around: set[int] = set()
        for each in suspects:
            self.weights.setdefault(each.line, each.weight)
        run = {*self.weights}
        for lines, _path, is_class in self.spans:
            inside = run.intersection(lines)
            if inside and is_class:
                self.around.update(lines)
            elif inside:
                self.near.update(lines)
                self.weights.setdefault(lines[0], max(map(self.weights.__getitem__, inside)))

    def paths(self, line: int) -> Iterator[str]:
        """Yield the functions and classes that a line stands in, innermost first."""
        return (path for lines, path, _is_class in self.spans if line in lines)

    def of(self, change: Change) -> float:
        """Return how unlikely an edit is: by itself, and by where it is."""
        line = change.line
        rank = change.cost - NEW * (not self.new.isdisjoint(self.paths(line)))
        if change.anywhere:
            return rank
        if line in self.weights:
            return rank + RUN * (1 - self.weights[line])
        return rank + (
            NEAR if line in self.near else AROUND if line in self.around else ELSEWHERE
        )


def spans(tree: ast.Module) -> list[tuple[range, str, bool]]:
    """Return the lines of each function and class, its path and whether it is a class, those
    within others first.
    """
    found = []
    for block, _parent, scope in places(tree):
        for node in block:
            if isinstance(node, DEFINITIONS):
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                found.append((lines, scope.inside(node).path, isinstance(node, ast.ClassDef)))
    return found[::-1]
