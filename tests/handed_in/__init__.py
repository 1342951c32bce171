"""Submissions as people hand them in: the same few solutions in every arrangement.

``HANDED_IN`` holds each with what is due to it.  What arranges a solution knows nothing of
gradmark's rules.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handed_in import files, notebooks
from handed_in.solutions import SOLUTIONS, Solution


@dataclass(frozen=True)
class HandedIn:
    """A submission, and the status that is due to each step."""

    name: str
    files: dict[str, bytes]
    due: Mapping[str, str]
    path: str = ""
    """What of the files is handed in: all of them, or one."""


def due(solution: Solution) -> dict[str, str]:
    """Return the status that is due to each step of a solution."""
    return {step: "passed" if cells else "not_attempted" for step, cells in solution.items()}


def arranged() -> Iterator[HandedIn]:
    """Yield the solutions in every arrangement that tells anything new."""
    book, *others = SOLUTIONS.items()
    for name, solution in (book, *others):
        for way, arrange in (notebooks.EVERY_SOLUTION | files.EVERY_SOLUTION).items():
            yield HandedIn(f"{way}, {name}", arrange(solution), due(solution))
    _name, solution = book
    for way, arrange in (notebooks.ONE_SOLUTION | files.ONE_SOLUTION).items():
        yield HandedIn(way, arrange(solution), due(solution))
    for way, arrange in (notebooks.ALONE | files.PACKED).items():
        given = arrange(solution)
        yield HandedIn(way, given, due(solution), next(iter(given)))


HANDED_IN = tuple(arranged())
