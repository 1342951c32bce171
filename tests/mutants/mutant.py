"""A mutant: one step of the reference with one edit."""

from dataclasses import dataclass

from graders.checks import TODO


@dataclass(frozen=True)
class Mutant:
    """One step of the reference with one edit, and the ids of the checks that notice it.

    ``old`` occurs exactly once in the step's file.
    """

    name: str
    step: str
    old: str
    new: str
    catches: frozenset[str]
    misconception: str | None
    """The id of the catalogue's entry that it shows."""


def mutants(step: str, *rows: tuple[str, ...]) -> tuple[Mutant, ...]:
    """Return a step's mutants from rows of name, old, new, the names of its checks and, where
    it shows one, the id of a misconception.

    A row whose text is still to be found makes none.  Raise ValueError for a row that is short.
    """
    for row in rows:
        if len(row) < 4:
            raise ValueError(f"{step}: name, old, new, checks are due, not {row}")
    return tuple(
        Mutant(
            f"{step}-{name}",
            step,
            old,
            new,
            frozenset(f"{step}.{check}" for check in catches.split()),
            shows[0] if shows else None,
        )
        for name, old, new, catches, *shows in rows
        if not old.startswith(TODO)
    )
