"""Say in plain words what an exception of a student's usually means."""

import re

from graders import wire
from graders.words import _

OF_ANOTHER_KIND = re.compile(r"'(?!super')(NoneType|[a-z][\w.]*)' object has no")
"""How Python begins to say that a plain value lacks an attribute: no object of the step's."""
LACKS = re.compile(r"'(\w+)' object has no attribute '(\w+)'")


def lacking(raised: wire.Raised) -> str | None:
    """Return the attribute that an object of the step's lacks, where nothing of the student's
    asked for it: what is missing is a name that the course fixes.
    """
    if raised.name != "AttributeError" or raised.lines or OF_ANOTHER_KIND.match(raised.message):
        return None
    found = LACKS.match(raised.message)
    return found[2] if found else None


def plainly(raised: wire.Raised) -> str:
    """Return a line on what an exception usually means, or nothing."""
    if raised.near:
        wanted, near = raised.missing, raised.near
        if raised.lines and raised.name != "NotImplementedError":
            text = _("there is {near}, but no {wanted}: is one of them misspelt?")
        else:
            text = _("did you mean {wanted} where you wrote {near}?")
        return text.format(near=near, wanted=wanted)
    line = f"{raised.name}: {raised.message}"
    for pattern, text in meanings():
        if found := re.search(pattern, line):
            return text.format(*found.groups())
    return ""


def meanings() -> list[tuple[str, str]]:
    """Return what exceptions usually mean, by a pattern; the first that fits is right."""
    return [
        (
            r"'NoneType' object has no attribute '(\w+)'",
            _("it is None where an object with {0} is needed: was it never set?"),
        ),
        (
            r"'(function|[a-z][\w.]*)' object has no attribute '(\w+)'",
            _("this is a {0}, which has no {1}: was another object meant here?"),
        ),
        (
            r"'(\w+)' object has no attribute '(\w+)'",
            _("this {0} has no {1} yet: is there a line self.{1} = … that runs before?"),
        ),
        (
            r"^NotImplementedError",
            _("a method was called that each class is to write itself: which one has not?"),
        ),
        (
            r"unsupported operand .*'NoneType'",
            _("None is used like a number: was it never set, or is a return missing?"),
        ),
        (
            r"unsupported operand .*'Variable'|'Variable' and ",
            _("a Variable is used like a number: its numbers are in .data"),
        ),
        (
            r"positional arguments? but \d+ (?:was|were) given",
            _("an object's method is passed the object first: is self missing in its def?"),
        ),
        (
            r"missing \d+ required positional argument",
            _("the call passes less than the def asks for"),
        ),
        (
            r"truth value of an array",
            _("an array is neither true nor false: to see if it is there, ask “is None”"),
        ),
        (
            r"only (?:0-dimensional|length-1|size-1) arrays can be converted",
            _("this takes one number only, and was given a whole array"),
        ),
        (
            r"^NameError: name '(\w+)'",
            _("nothing is called {0} here: is it misspelt, or is self. missing?"),
        ),
        (
            r"^UnboundLocalError",
            _("the name gets its value further down in the function, or not at all"),
        ),
        (r"^RecursionError", _("a function calls itself again and again and never stops")),
        (
            r"pop from empty list",
            _("the list was empty already when it was asked for one more"),
        ),
    ]
