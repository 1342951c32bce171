"""What a part of an expression is called."""

from collections.abc import Callable

from graders.evidence import Part
from graders.words import _


def in_words(part: Part, kind: str = "") -> str:
    """Return what a part of an expression is."""
    match part.kind:
        case "none":
            return "None"
        case "number":
            return _("a number")
        case "array":
            return _("an array")
        case "text":
            return _("a text")
        case "list":
            return _("a {name}").format(name=part.name)
        case "memory":
            return _("the .data of an array")
        case "function" | "method":
            return _("a function")
        case "class":
            return _("the class {name}").format(name=part.name)
        case "module" | "absent":
            return _("the module {name}").format(name=part.name)
        case "instance":
            return _("a {name}").format(name=part.name)
    return OF_TYPES.get(kind, lambda: _("a {name}").format(name=kind))()


OF_TYPES: dict[str, Callable[[], str]] = {
    "NoneType": lambda: "None",
    "numpy.ndarray": lambda: _("an array"),
    "numpy.float64": lambda: _("a number"),
    "float": lambda: _("a number"),
    "int": lambda: _("a number"),
    "str": lambda: _("a text"),
    "method": lambda: _("a function"),
    "function": lambda: _("a function"),
}
"""What Python's names for types are called."""
