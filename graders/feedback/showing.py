"""How a message shows values: in words what they are, abbreviated where they are large."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from graders.feedback.thing import Thing
from graders.report import Shown
from graders.words import _

SHOWN = 8
"""How many elements a message shows of an array."""
LONGEST = 300
"""How many characters a message shows of one value."""
DIGITS = (8, 12, 17)
"""How many significant digits a message shows: more, where fewer are all the same."""
TYPES = {"class": "type", "array": "ndarray"}
"""The types of what a handle stands for, where they are not its name."""
NUMBERS = (int, float, complex, np.generic, np.ndarray)
SAME = 1e-4
"""By how much, relatively, a multiple of what is due may differ from it."""
IN_A_FORMULA = frozenset({"x", "gy"})
"""The inputs that a message calls by these names."""
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


class Described(str):
    """What was got or due, told in words instead of as a value."""


def pair(got: object, due: object) -> tuple[str, str]:
    """Return two values as a message shows them, told apart and with their elements in line."""
    if isinstance(got, NUMBERS) and isinstance(due, NUMBERS):
        got, due = plain(got), plain(due)
    digits = next((n for n in DIGITS if shown(got, n) != shown(due, n)), DIGITS[-1])
    both = [each for each in (got, due) if isinstance(each, np.ndarray) and each.size <= SHOWN]
    alike = len(both) == 2 and both[0].shape == both[1].shape
    elements = [element(each, digits) for array in both for each in array.flat]
    width = max(map(len, elements), default=0) if alike else 0
    return shown(got, digits, width), shown(due, digits, width)


def shown(thing: object, digits: int = DIGITS[0], width: int = 0) -> str:
    """Return a value as a message shows it, floats to so many significant digits.

    The elements of an array are at least ``width`` characters wide.
    """
    if isinstance(thing, Described):
        return thing
    thing = in_a_row(thing)
    if isinstance(thing, np.ndarray):
        text = np.array2string(
            thing,
            separator=", ",
            threshold=SHOWN,
            edgeitems=2,
            max_line_width=10 * LONGEST,
            formatter={"all": lambda each: element(each, digits).rjust(width)},
        )
        return abridged(f"array({' '.join(line.strip() for line in text.splitlines())})")
    if isinstance(thing, np.generic):
        return f"np.{type(thing).__name__}({decimal(thing.item(), digits)})"
    return decimal(thing, digits)


def in_a_row(thing: Any) -> Any:
    """Return an array of many axes as one of one, since numpy abridges long axes only."""
    if isinstance(thing, np.ndarray):
        return thing.reshape(-1) if thing.ndim > 3 and thing.size > SHOWN else thing
    return thing


def in_report(thing: object, text: str = "") -> Shown:
    """Return a value, or words, as the report carries it; ``text`` is the message's."""
    text = str(text or shown(thing))
    if isinstance(thing, Described):
        return Shown(text=text)
    if isinstance(thing, Thing):
        handle = thing._handle
        return Shown(text=text, type=TYPES.get(handle.kind, handle.name) or None)
    return Shown(text=text, type=type(thing).__name__, value=in_json(thing))


def in_json(thing: object) -> Any:
    """Return a number, a truth value, a text or a small array as JSON has it, all else as None.

    JSON has no nan and no infinity.
    """
    if isinstance(thing, (np.generic, np.ndarray)):
        small = 0 < thing.size <= SHOWN and thing.dtype.kind in "biuf"
        return thing.tolist() if small and np.isfinite(thing).all() else None
    if isinstance(thing, float):
        return thing if math.isfinite(thing) else None
    short = isinstance(thing, str) and len(thing) <= LONGEST
    return thing if short or isinstance(thing, (bool, int)) else None


def steady(thing: Any) -> Any:
    """Return plain data without addresses in memory, which differ from run to run."""
    if isinstance(thing, str):
        return ADDRESS.sub("0x…", thing)
    if isinstance(thing, dict):
        return {key: steady(value) for key, value in thing.items()}
    return [*map(steady, thing)] if isinstance(thing, (list, tuple)) else thing


def element(thing: Any, digits: int) -> str:
    """Return an element as numpy shows it: a float that is whole ends in a dot."""
    text = decimal(thing.item() if isinstance(thing, np.generic) else thing, digits)
    return text.removesuffix("0") if text.endswith(".0") else text


def decimal(thing: object, digits: int) -> str:
    """Return a plain value as Python, a float to so many digits and never as an integer."""
    if not isinstance(thing, float):
        with np.printoptions(threshold=SHOWN, edgeitems=2):
            return begun(thing)
    text = f"{thing:.{digits}g}"
    return text if set(text) & set(".eni") else f"{text}.0"


def begun(thing: object) -> str:
    """Return a value as Python, no further than a message shows it: it may be very long."""
    text = ""
    for part in parts(thing):
        text += part
        if len(text) > 2 * LONGEST:
            break
    return abridged(text)


def parts(thing: object) -> Iterator[str]:
    """Yield the parts of what repr gives, one by one."""
    match thing:
        case list() | tuple():
            opens, closes = "[]" if isinstance(thing, list) else "()"
            yield opens
            for index, item in enumerate(thing):
                yield ", " * (index > 0)
                yield from parts(item)
            yield "," * (closes == ")" and len(thing) == 1) + closes
        case dict():
            yield "{"
            for index, (key, item) in enumerate(thing.items()):
                yield f"{', ' * (index > 0)}{key!r}: "
                yield from parts(item)
            yield "}"
        case _:
            yield repr(in_a_row(thing))


def plain(number: Any) -> Any:
    """Return a scalar of numpy's as one of Python's, where it is no matter which it is."""
    return number.item() if isinstance(number, np.generic) else number


def abridged(text: str) -> str:
    """Return a text without its middle, where it is too long for a message."""
    text = steady(text)  # before an address is cut in two
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} … {text[-half:]}"


def kind_of(thing: object) -> str:
    """Return in words what kind of thing a value is; a remote tells by itself."""
    if isinstance(thing, np.ndarray):
        numeric = thing.dtype.kind in "iufc"
        text = _("an array") if numeric else _("an array of {dtype}")
        return text.format(dtype=thing.dtype.name)
    if isinstance(thing, np.generic):
        return _("a number ({kind})").format(kind=f"np.{type(thing).__name__}")
    kinds = {
        type(None): _("None"),
        bool: _("a truth value"),
        int: _("a number (int)"),
        float: _("a number (float)"),
        complex: _("a number (complex)"),
        str: _("a text"),
        bytes: _("a text (bytes)"),
        list: _("a list"),
        tuple: _("a tuple"),
        dict: _("a dict"),
    }
    return kinds.get(type(thing)) or repr(thing)


def mismatch(got: object, due: str) -> str:
    """Say that something of another kind came back; ``due`` is what was due, in words."""
    text = _("{got} came back where {due} was due").format(got=kind_of(got), due=due)
    if got is None:
        return text + _(": was it never set, or is a return missing?")
    if isinstance(got, Thing) and got._handle.kind in ("method", "function"):
        return text + _(": are the brackets () missing that call it?")
    if isinstance(got, tuple) and len(got) == 1:
        return text + _(": is there a comma at the end of a line?")
    return text


def resemblance(found: Any, wanted: Any, inputs: Mapping[str, Any]) -> str:
    """Say what wrong numbers are: an input unchanged, or a multiple of what is due.

    All three are of one shape; nothing is said of what could be chance.
    """
    for name, value in inputs.items():
        alike = isinstance(value, NUMBERS) and np.shape(value) == found.shape
        if alike and np.array_equal(found, value) and name in IN_A_FORMULA:
            return _("that is {name}, unchanged").format(name=name)
    with np.errstate(all="ignore"):
        times = found / wanted
    for factor, text in multiples().items():
        if times.size and np.all(np.abs(times - factor) <= SAME * abs(factor)):
            return text
    return ""


def multiples() -> dict[float, str]:
    """Return what is said of a multiple of what is due."""
    return {
        -1.0: _("that is what is due with its sign turned round"),
        0.5: _("that is half of what is due"),
        2.0: _("that is twice what is due"),
    }


def differences(found: Any, wanted: Any, wrong: Any) -> str:
    """Say where a large array differs first and by how much; nothing for a small one."""
    if found.size <= SHOWN:
        return ""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    with np.errstate(all="ignore"):
        largest = float(np.max(np.abs(found - wanted)))
    text = _("first difference at index {index}: {got} for {due}; largest error {largest:.3g}")
    return text.format(index=index, got=found[index], due=wanted[index], largest=largest)
