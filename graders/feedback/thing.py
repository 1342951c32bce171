"""What a message calls an object that stays in the worker."""

from graders import values
from graders.words import _


class Thing:
    """An object that stays in the worker, as the judge knows it: by its handle."""

    __slots__ = ("_handle",)
    _handle: values.Handle

    def __init__(self, handle: values.Handle) -> None:
        object.__setattr__(self, "_handle", handle)

    def __repr__(self) -> str:
        return in_words(self._handle)


def is_class(thing: object) -> bool:
    """Return whether this is a class of the step's, not an object."""
    return isinstance(thing, Thing) and thing._handle.kind == "class"


def is_instance(thing: object, name: str) -> bool:
    """Return whether this is an object of a class of that name."""
    match as_seen(thing):
        case values.Handle(_, "instance", own):
            return own == name
    return False


def are_alike(one: object, other: object) -> bool:
    """Return whether two objects are of one kind and name: words can't tell them apart."""
    match as_seen(one), as_seen(other):
        case values.Handle(_, kind, name), values.Handle(_, also, again):
            return (kind, name) == (also, again)
    return False


def name_of(thing: Thing) -> str:
    """Return the name of a class, or that of an object's class."""
    return thing._handle.name


def in_words(handle: values.Handle) -> str:
    """Return what a message calls an object."""
    texts = {
        "instance": _("a {name}"),
        "class": _("the class {name}"),
        "function": _("a function"),
        "method": _("a method"),
        "module": _("a module"),
        "array": _("an array of dtype {name}"),
        "array subclass": _("a {name} (a subclass of ndarray)"),
        "absent": _("something of {name}, which isn't installed here"),
        "too large": _("a value too large to look at"),
    }
    if handle.kind == "instance" and handle.name == "memoryview":
        return _("the .data of an array")
    return texts[handle.kind].format(name=handle.name)


def as_seen(thing: object) -> object:
    """Return a thing as the catalogue of misconceptions sees it: plain data, or a handle."""
    return thing._handle if isinstance(thing, Thing) else thing
