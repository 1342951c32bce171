"""What an entry of the catalogue is made of, and the ways to say what it predicts.

A sign is a function of what a check saw.  Most are made by ``gives``, from a closed form.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graders.evidence import Defined, Outline, Scene
from graders.values import Handle, ObjectKind

NOWHERE = Scene()
SECTION = re.compile(r"(?<![\d.])\d{1,2}\.\d(?![\d.])")
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
    scene: Scene = NOWHERE
    """Where it was raised."""
    outline: Outline = ()
    """What the student's file defines."""
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

    @property
    def sections(self) -> str:
        """Return the sections of the course that the hint names, such as ``6.3``."""
        return ", ".join(SECTION.findall(self.hint))


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


def raises(
    name: str, pattern: str = "", /, of: str = "", given: str = "", **scene: str
) -> Sign:
    """Predict that the student's code raises: the exception's class and a part of its message.

    ``of`` is what lacks an attribute: its kind and its class, such as ``instance Variable``;
    ``given`` the kind of what the function was given first.
    ``scene`` says where it is raised, by what ``Scene`` tells.  All are patterns.
    """

    def sign(seen: Seen) -> bool:
        lacks = f"{seen.scene.of.kind} {seen.scene.of.name}"
        kind = seen.scene.given[0].kind if seen.scene.given else ""
        where = (not given or re.fullmatch(given, kind)) and all(
            re.fullmatch(scene[key], getattr(seen.scene, key)) for key in scene
        )
        named = re.fullmatch(name, seen.raised) and re.search(pattern, seen.message)
        return bool(named and where and (not of or re.fullmatch(of, lacks)))

    return sign


def wants_one_number(within: str = ".*") -> Sign:
    """Predict that numpy refuses to make one number of an array that holds several, in a
    function whose path is like a pattern.
    """
    return raises(
        "TypeError|ValueError",
        "only .* can be converted to Python scalars|an array of size 1",
        within=within,
    )


def runs_out() -> Sign:
    """Predict that the check passes its limit of time."""
    return lambda seen: seen.status == "timeout"


def either(*signs: Sign) -> Sign:
    """Predict any one of several."""
    return lambda seen: any(sign(seen) for sign in signs)


def both(*signs: Sign) -> Sign:
    """Predict all of several."""
    return lambda seen: all(sign(seen) for sign in signs)


def no(sign: Sign) -> Sign:
    """Predict that something is not so."""
    return lambda seen: not sign(seen)


def calls(path: str, name: str) -> Sign:
    """Tell that a function such as ``Function.__call__`` calls something by that name."""
    return lambda seen: any(name in each.calls for each in functions(path, seen))


def functions(path: str, seen: Seen) -> list[Defined]:
    """Return the functions of a path in the student's file."""
    every = (each for each in seen.outline if each.form == "def")
    return [each for each in every if each.path == path]


def defines(path: str) -> Sign:
    """Tell that a file has a function of that path."""
    return lambda seen: bool(functions(path, seen))


def takes_first(path: str, name: str) -> Sign:
    """Tell that a function's first parameter is called so."""
    return lambda seen: any(each.takes[:1] == (name,) for each in functions(path, seen))


def keeps(path: str) -> Sign:
    """Tell that a function sets any attribute of its object."""
    return lambda seen: any(each.sets for each in functions(path, seen))


def ignores(path: str, name: str) -> Sign:
    """Tell that a function never reads one of its parameters."""
    return lambda seen: any(name in each.unused for each in functions(path, seen))


def sets(path: str, attribute: str) -> Sign:
    """Tell that a function sets an attribute of its object."""
    return lambda seen: any(attribute in each.sets for each in functions(path, seen))


def stores(path: str, attribute: str) -> Sign:
    """Tell that a function sets an attribute of anything but ``self``."""
    return lambda seen: any(
        stored.endswith(f".{attribute}") and not stored.startswith("self.")
        for each in functions(path, seen)
        for stored in each.stores
    )


def made_twice(name: str) -> Sign:
    """Tell that a class is defined more than once or is made of another than Function, or that
    something is brought in from a file that may define it as well.
    """

    def sign(seen: Seen) -> bool:
        made = [each for each in seen.outline if each.name == name and each.form == "class"]
        brought = [each for each in seen.outline if each.form == "import"]
        others = [each for each in brought if not {*each.takes} & {"numpy", "unittest"}]
        odd = name != "Function" and any(each.takes != ("Function",) for each in made)
        return len(made) != 1 or odd or bool(others)

    return sign


TWICE = either(made_twice("Function"), made_twice("Square"), made_twice("Exp"))
"""Tells that a class that others are made of, or one of those, may be there twice."""


def has(seen: Seen, facts: Mapping[str, Any]) -> bool:
    """Return whether a check said these facts of its claim."""
    return all(name in seen.inputs and agree(seen.inputs[name], facts[name]) for name in facts)
