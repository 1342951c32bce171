"""Say in plain words what an exception means: told from the exception, the line it was raised
in and what the file defines.  Nothing is said where that doesn't tell.
"""

import msgspec

from graders import wire
from graders.feedback.plainly import (
    asserted,
    attributes,
    calls,
    methods,
    names,
    operands,
    syntax,
)
from graders.feedback.plainly.asserted import kind_of
from graders.feedback.plainly.beside import beside, silent
from graders.feedback.plainly.file import NO_FILE, File, harmless
from graders.feedback.plainly.methods import leftover
from graders.feedback.plainly.names import alone, hidden
from graders.feedback.plainly.overlooked import overlooked
from graders.feedback.plainly.parts import in_words
from graders.words import _

LONGEST = 300
"""How many characters of a message are looked at: a student may raise any."""
__all__ = [
    "NO_FILE",
    "File",
    "alone",
    "beside",
    "hidden",
    "kind_of",
    "lacking",
    "leftover",
    "overlooked",
    "plainly",
]


def lacking(raised: wire.Raised) -> str | None:
    """Return the attribute that an object of the step's lacks, where nothing of the student's
    asked for it: what is missing is a name that the course fixes.
    """
    scene = raised.scene
    ours = not raised.lines or scene.deeper == "grader"
    asked = raised.name == "AttributeError" and ours
    return scene.sought if asked and scene.of.kind in ("instance", "class") else None


@harmless
def plainly(raised: wire.Raised, file: File) -> str:
    """Return what an exception means, or nothing: of what, and where a None may come from."""
    raised = msgspec.structs.replace(raised, message=raised.message[:LONGEST])
    missing = silent(file) if "NoneType" in raised.message else ""
    return "\n".join(filter(None, [meaning(raised, file), missing]))


def meaning(raised: wire.Raised, file: File) -> str:
    """Return a line on what an exception means, or nothing."""
    match raised.name:
        case "AssertionError":
            return asserted.meaning(raised)
        case "AttributeError":
            return attributes.meaning(raised, file)
        case "NameError":
            return names.meaning(raised, file)
        case "UnboundLocalError":
            return methods.unbound(raised, file)
        case "NotImplementedError":
            return leftover(raised, file) or methods.not_implemented(raised, file)
        case "RecursionError":
            return methods.endless(raised, file)
        case "IndexError":
            return methods.empty(raised)
        case "SyntaxError" | "IndentationError" | "TabError":
            return syntax.meaning(raised)
    found = calls.meaning(raised, file) or operands.meaning(raised, file)
    return found or refused(raised)


def refused(raised: wire.Raised) -> str:
    """Say what the student's own code refuses, where it raises by itself."""
    given = raised.scene.given
    if (
        raised.scene.form != "raise"
        or len(given) != 1
        or given[0].kind in ("unknown", "absent")
    ):
        return ""
    if given[0].name == "tuple":
        return operands.of_list(given[0], NO_FILE)
    return _("{name} is {what} here").format(name=given[0].text, what=in_words(given[0]))
