"""What an entry of the catalogue is made of, and the ways to say what it predicts.

A sign is a function of what a check saw.  Most are made by ``gives``, from a closed form.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graders.values import Handle, ObjectKind

AGREEMENT = 1e-9
"""How closely a value agrees with its prediction, relative to the largest element of it."""


@dataclass(frozen=True)
class Seen:
    """What a check saw when it failed, as plain data."""

    claim: str = ""
    """What did not hold: ``close`` for ``assert_close`` and so on; empty after an exception."""
    got: Any = None
    """The value that was got, or the handle of the object."""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    """What the check says of this claim: the inputs it drew, by the names of the formulas."""
    raised: str = ""
    """The class of the exception that the student's code raised."""
    message: str = ""
    """Its message."""
    status: str = "failed"
    """The check's status: ``failed``, ``timeout`` or ``crashed``."""


Sign = Callable[[Seen], bool]


@dataclass(frozen=True)
class Misconception:
    """A wrong idea by name."""

    id: str
    title: str
    """The idea in a few words, as a teacher would say it to the student."""
    hint: str
    """What to think about, and the section of the course."""
    more: str
    """What to change; shown on request only."""
    signs: Mapping[str, Sign]
    """What the checks of the step would see, by the check's name without the step."""


def gives(form: Callable[..., Any], /, **facts: Any) -> Sign:
    """Predict a value: a closed form whose parameters are named like the check's inputs.

    ``facts`` are inputs that must have this very value, such as ``case="again"``.
    """
    names = tuple(inspect.signature(form).parameters)

    def sign(seen: Seen) -> bool:
        if not has(seen, facts) or not set(names) <= seen.inputs.keys():
            return False
        with np.errstate(all="ignore"):
            return agree(seen.got, form(*(seen.inputs[name] for name in names)))

    return sign


def agree(got: Any, predicted: Any) -> bool:
    """Return whether a value is the predicted one, but for rounding; shapes count."""
    if not isinstance(got, (int, float, np.generic, np.ndarray)) or isinstance(got, bool):
        return type(got) is type(predicted) and bool(got == predicted)
    if not isinstance(predicted, (int, float, np.generic, np.ndarray)):
        return False
    found, wanted = np.asarray(got), np.asarray(predicted)
    if found.shape != wanted.shape or found.dtype.kind not in "iuf":
        return False
    if not found.size:
        return True
    scale = float(np.max(np.abs(wanted)))
    return bool(np.all(np.abs(found.astype(np.float64) - wanted) <= AGREEMENT * scale))


def is_plain(*types: str, **facts: Any) -> Sign:
    """Predict that a plain value is got, by the names of its possible types, as ``ndarray``."""

    def sign(seen: Seen) -> bool:
        plain = bool(seen.claim) and not isinstance(seen.got, Handle)
        return plain and type(seen.got).__name__ in types and has(seen, facts)

    return sign


def is_object(name: str, kind: ObjectKind = "instance", /, **facts: Any) -> Sign:
    """Predict that an object is got that is no plain value; see ``Handle`` for its name."""

    def sign(seen: Seen) -> bool:
        found = isinstance(seen.got, Handle) and (seen.got.kind, seen.got.name)
        return found == (kind, name) and has(seen, facts)

    return sign


def fails(claim: str, /, **facts: Any) -> Sign:
    """Predict which claim does not hold, where no value can say more."""
    return lambda seen: seen.claim == claim and has(seen, facts)


def raises(name: str, pattern: str = "") -> Sign:
    """Predict that the student's code raises: the exception's class and a part of its message.

    Both are patterns.
    """

    def sign(seen: Seen) -> bool:
        named = re.fullmatch(name, seen.raised) is not None
        return named and re.search(pattern, seen.message) is not None

    return sign


def wants_one_number() -> Sign:
    """Predict that numpy refuses to make one number of an array that holds several."""
    return raises(
        "TypeError|ValueError", "only .* can be converted to Python scalars|an array of size 1"
    )


def runs_out() -> Sign:
    """Predict that the check passes its limit of time."""
    return lambda seen: seen.status == "timeout"


def either(*signs: Sign) -> Sign:
    """Predict any one of several."""
    return lambda seen: any(sign(seen) for sign in signs)


def has(seen: Seen, facts: Mapping[str, Any]) -> bool:
    """Return whether a check said these facts of its claim."""
    return all(name in seen.inputs and agree(seen.inputs[name], facts[name]) for name in facts)
