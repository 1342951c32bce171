"""Plain data as Python source that makes it again."""

import re
from typing import Any

import numpy as np

NOT_FINITE = re.compile(r"\b(nan|inf)\b")


def literal(thing: Any) -> str:
    """Return plain data as Python that makes it again, to the last digit."""
    if isinstance(thing, np.ndarray):
        usual = thing.size and thing.dtype.name in ("float64", "int64")
        dtype = "" if usual else f", dtype={thing.dtype.name!r}"
        return f"np.array({number(thing.tolist())}{dtype})"
    if isinstance(thing, np.generic):
        name = thing.dtype.name
        return f"np.{'bool_' if name == 'bool' else name}({number(thing.item())})"
    return number(thing) if isinstance(thing, float) else repr(thing)


def number(thing: Any) -> str:
    """Return a number, or lists of numbers, as Python, where nan and inf are numpy's."""
    return NOT_FINITE.sub(r"np.\1", repr(thing))
