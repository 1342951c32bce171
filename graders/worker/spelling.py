"""Find the name that a student may have meant: the worker looks for one spelt almost alike."""

import difflib
from collections.abc import Iterable
from typing import Any

from graders.worker.looking import has_dict, held

LIKENESS = 0.7
MOST = 500
"""How many names are looked at."""
LONGEST = 50
"""How many characters the name may have that is compared with them."""


def alike(error: BaseException) -> tuple[str, str]:
    """Return the name that an error is for want of and one spelt almost alike, or nothing."""
    try:
        wanted, known = sought(error)
    except BaseException:  # a student's objects may do anything when they are looked at
        return "", ""
    if len(wanted) > LONGEST:
        return "", ""
    plain = (name for name in known if type(name) is str and not name.startswith("__"))
    names = [name for name in plain if abs(len(name) - len(wanted)) <= 2 and name != wanted]
    close = difflib.get_close_matches(wanted, names[:MOST], 1, LIKENESS)
    return (wanted, close[0]) if close else ("", "")


def sought(error: BaseException) -> tuple[str, Iterable[Any]]:
    """Return the name that an error is for want of, and the names that there are."""
    step = held(BaseException, "__traceback__", error)
    while step and step.tb_next:
        step = step.tb_next
    frame = step.tb_frame if step else None
    if type(error) is AttributeError and type(error.name) is str:
        return error.name, attributes(getattr(error.obj, "__self__", error.obj))
    if type(error) is NameError and type(error.name) is str and frame:
        return error.name, [*frame.f_locals, *frame.f_globals]
    if type(error) is NotImplementedError and frame and frame.f_code.co_argcount:
        itself = frame.f_locals[frame.f_code.co_varnames[0]]
        return frame.f_code.co_name, attributes(itself)
    return "", ()


def attributes(thing: Any) -> list[Any]:
    """Return the names of an object's attributes, running none of its code."""
    ancestry = type.__dict__["__mro__"].__get__(type(thing))
    own = object.__getattribute__(thing, "__dict__") if has_dict(thing) else {}
    return [
        *own,
        *(name for cls in ancestry for name in type.__dict__["__dict__"].__get__(cls)),
    ]
