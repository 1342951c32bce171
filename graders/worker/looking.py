"""Look at objects as they lie there, in no way that a student's class may answer."""

from typing import Any


def held(cls: type, name: str, thing: Any) -> Any:
    """Return what an object of one of Python's classes keeps under a name."""
    return vars(cls)[name].__get__(thing)


def is_a(thing: Any, cls: type) -> bool:
    """Return whether an object is of a class, by its real type's ancestry."""
    return any(each is cls for each in type.__dict__["__mro__"].__get__(type(thing)))


def is_class(thing: Any) -> bool:
    """Return whether a thing is a class, running none of its code as ``isinstance`` might."""
    return issubclass(type(thing), type)


def has_dict(thing: Any) -> bool:
    """Return whether an object keeps attributes of its own."""
    return bool(type.__dict__["__dictoffset__"].__get__(type(thing)))
