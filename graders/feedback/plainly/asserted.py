"""What it means that an assertion of the student's own tests does not hold."""

import re

from graders import wire
from graders.evidence import Part
from graders.words import _

UNEQUAL = re.compile(r" (?:!=|not almost equal to) ")
NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e[-+]?\d+)?")
MOST, LONGEST = 300, 60
"""How many characters are looked at of a message, and on each side of a comparison in it."""
ROUNDING = 1e-3
"""By how much, relative to the larger, two numbers differ that were meant to be the same."""


def kind_of(raised: wire.Raised) -> str:
    """Return why an assertion does not hold: it looks at ``nothing``, at a ``box``, at two
    numbers that differ by ``rounding``, or at another ``value``; empty where that is not told.
    """
    if raised.name != "AssertionError":
        return ""
    if part_of("none", raised):
        return "nothing"
    if part_of("instance", raised):
        return "box"
    sides = [number_in(side) for side in UNEQUAL.split(raised.message[:MOST], 1)]
    if len(sides) != 2 or None in sides:
        return ""
    got, due = (float(side or 0) for side in sides)
    near = abs(got - due) <= ROUNDING * max(abs(got), abs(due))
    return "rounding" if near else "value"


def number_in(side: str) -> float | None:
    """Return the first number of what stands on one side of a comparison."""
    inner = side[:LONGEST].rpartition("(")[2].lstrip("[")
    found = NUMBER.match(inner)
    return float(found[0]) if found else None


def part_of(kind: str, raised: wire.Raised) -> Part | None:
    """Return the part of an assertion that is of a kind, but for what says so itself."""
    scene = raised.scene
    parts = scene.parts[1:] if scene.form == "call" else scene.parts
    return next((p for p in parts if p.kind == kind and p.text != "None"), None)


def meaning(raised: wire.Raised) -> str:
    """Return what it means that an assertion does not hold, or nothing."""
    match kind_of(raised):
        case "nothing":
            part = part_of("none", raised)
            text = _("{part} is None here")
            if part and part.text.endswith(".grad"):
                text = _("{part} is None here: no backward has been called that reaches it")
        case "box":
            part = part_of("instance", raised)
            text = _("{part} is a {cls}, and equals no number: see {part}.data")
        case "rounding":
            part = Part()
            text = _("the two differ by rounding alone: np.allclose allows for that")
        case _:
            return ""
    return text.format(part=part and part.text, cls=part and part.name)
