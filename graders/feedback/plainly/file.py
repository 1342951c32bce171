"""What a student's file defines, asked by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import ParamSpec, TypeVar

from graders.evidence import Defined, Outline
from graders.wire import Raised
from graders.words import _

P = ParamSpec("P")
T = TypeVar("T")
MOST_BASES = 20
"""How many classes are looked at that one is made of, directly or not."""


@dataclass(frozen=True)
class File:
    """The pieces of a step, as their text says what they define."""

    outline: Outline = ()

    @cached_property
    def by_name(self) -> dict[str, list[Defined]]:
        """What is defined, by its name, the last one first."""
        found: dict[str, list[Defined]] = {}
        for each in reversed(self.outline):
            found.setdefault(each.name, []).append(each)
        return found

    @cached_property
    def by_class(self) -> dict[str, list[Defined]]:
        """The methods by the name of their class, the last one first."""
        found: dict[str, list[Defined]] = {}
        for each in reversed(self.outline):
            if each.form == "def":
                found.setdefault(each.within.rpartition(".")[2], []).append(each)
        return found

    def named(self, name: str, form: str = "", within: str | None = None) -> list[Defined]:
        """Return what is defined by a name, the last one first."""
        return [
            each
            for each in self.by_name.get(name, ())
            if (not form or each.form == form) and (within is None or each.within == within)
        ]

    def by_path(self, path: str) -> Defined | None:
        """Return the class or function with a path such as ``Square.forward``."""
        within, _dot, name = path.rpartition(".")
        found = [d for d in self.named(name, within=within) if d.form in ("class", "def")]
        return found[0] if found else None

    @cached_property
    def classes(self) -> dict[str, Defined]:
        """The classes by name, of two the last one."""
        return {each.name: each for each in self.outline if each.form == "class"}

    def ancestry(self, cls: str) -> list[str]:
        """Return the names of a class and of those it is made of, if the file has them."""
        found: list[str] = []
        ahead = [cls]
        while ahead and len(found) < MOST_BASES:
            name = ahead.pop(0)
            if name not in found:
                found.append(name)
                ahead += self.classes[name].takes if name in self.classes else ()
        return found

    def methods(self, cls: str) -> Iterator[Defined]:
        """Yield the methods of a class and of those it is made of."""
        for name in self.ancestry(cls):
            yield from self.by_class.get(name, ())

    def attributes(self, cls: str) -> dict[str, tuple[str, str]]:
        """Return the attributes that methods of a class set, with the method and the place."""
        found: dict[str, tuple[str, str]] = {}
        for method in self.methods(cls):
            for name, line in method.sets.items():
                if name not in found or method.name == "__init__":
                    found[name] = (method.name, at(line, method.cell))
        return found

    def class_of(self, path: str) -> str:
        """Return the class that a function such as ``Square.forward`` is a method of, or
        nothing.
        """
        within = path.rpartition(".")[0]
        is_class = any(each.form == "class" and each.path == within for each in self.outline)
        return within.rpartition(".")[2] if within and is_class else ""


NO_FILE = File()
"""Where no file is known."""


def harmless(tell: Callable[P, T]) -> Callable[P, T | None]:
    """Return a function that says nothing where it can't: what a worker tells of a file may be
    anything, and no sentence is worth a verdict.
    """

    @wraps(tell)
    def told(*args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return tell(*args, **kwargs)
        except Exception:
            return None

    return told


def last_line(raised: Raised) -> int:
    """Return the number of the student's line that an exception was raised on, or 0."""
    return raised.lines[-1].number if raised.lines else 0


def at(line: int, cell: int = 0) -> str:
    """Return how a line of the student's file is told."""
    text = _("line {line} of cell {cell}") if cell else _("line {line}")
    return text.format(line=line, cell=cell)


def place_of(each: Defined) -> str:
    """Return where something is defined."""
    return at(each.line, each.cell)


def places_of(several: list[Defined]) -> str:
    """Return where several things are defined."""
    return ", ".join(map(place_of, several))
