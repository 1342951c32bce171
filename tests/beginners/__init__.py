"""What beginners type: files with a mistake that operators make of the reference."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from beginners.operators import OPERATORS

REFERENCE = Path(__file__).parents[2] / "reference"


@dataclass(frozen=True)
class Typed:
    """A step's file with one mistake."""

    step: str
    operator: str
    line: int
    """Where the mistake is, or begins."""
    turn: int
    """The how many-eth it is of those that this operator makes in this line."""
    text: str

    def __str__(self) -> str:
        return f"{self.step}-{self.operator}-{self.line}" + f"-{self.turn}" * (self.turn > 1)


def typed() -> Iterator[Typed]:
    """Yield each file that an operator makes of a reference, once."""
    seen = set()
    turns: Counter[tuple[str, str, int]] = Counter()
    for path in sorted(REFERENCE.glob("step*.py")):
        text = "".join(each if each.isascii() else "x" for each in path.read_text("utf-8"))
        tree = ast.parse(text)
        for operator in OPERATORS:
            for edit in operator(text, tree):
                new = edit.of(text)
                if new != text and new not in seen:
                    seen.add(new)
                    line = text.count("\n", 0, edit.start) + 1
                    here = path.stem, operator.__name__, line
                    turns[here] += 1
                    yield Typed(*here, turns[here], new)
