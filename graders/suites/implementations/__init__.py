"""What a student's tests are tried on in step 10: correct implementations, and mutants.

They are text for the worker.  The correct ones, in ``correct/``, differ in everything that a
fair test has no business with; a mutant is the book's with one thing put wrong.
"""

from pathlib import Path

from graders.words import _

CORRECT = Path(__file__).parent / "correct"


def read(name: str) -> str:
    """Return the text of a correct implementation."""
    return (CORRECT / f"{name}.py").read_text("utf-8")


OWN = "__all__ = []"
"""Stands for the student's own code, which nothing takes the place of."""
BOOK = read("book")
OTHERS = {
    read("renamed"): _("with other names and other algebra"),
    read("guarded"): _("with slots and properties"),
    read("composed"): _("with functions that make functions"),
    read("recorded"): _("with dataclasses"),
}
"""How each of the other correct implementations is written."""
