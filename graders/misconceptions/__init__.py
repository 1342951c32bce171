"""The catalogue of misconceptions: wrong ideas by name, and what each would show.

One module a step, one entry an idea.  An entry predicts what a check of its step would see in
the work of a student who holds the idea: a closed form of the check's own inputs, or a
behaviour.  The judge compares what it saw with the predictions to name the likely mistake.  The
edits of the reference that show the ideas lie with the project's tests, which hold that each
is recognised as itself and as no other.
"""

from importlib import import_module

from graders.misconceptions.signs import Misconception, Seen

__all__ = ["Misconception", "Seen", "catalogue", "diagnose", "likely"]


def catalogue(step: str) -> tuple[Misconception, ...]:
    """Return the entries of one step, read when they are first needed."""
    module = import_module(f"graders.misconceptions.{step}")
    entries: tuple[Misconception, ...] = module.CATALOGUE
    return entries


def likely(step: str, check: str, seen: Seen) -> list[Misconception]:
    """Return the entries of a step that predict what one of its checks saw.

    ``check`` is its name without the step, such as ``square_backward``.
    """
    return [e for e in catalogue(step) if check in e.signs and e.signs[check](seen)]


def diagnose(step: str, check: str, seen: Seen) -> Misconception | None:
    """Return the entry that alone predicts what a check saw, if there is one."""
    found = likely(step, check, seen)
    return found[0] if len(found) == 1 else None
