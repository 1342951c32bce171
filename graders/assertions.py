"""What a suite may claim of a student's values: kind first, then shape, then the numbers.

The tolerance is a few rounding errors of exact algebra; ``derivatives`` has its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from graders.feedback.failure import NO_INPUTS, Inputs, fail
from graders.feedback.failure import CheckFailed as CheckFailed  # for suites, too
from graders.feedback.plainly import lacking
from graders.feedback.raised import StudentError as StudentError  # for suites, too
from graders.feedback.showing import (
    SHOWN,
    Described,
    differences,
    kind_of,
    mismatch,
    plain,
    resemblance,
    shown,
)
from graders.feedback.showing import abridged as abridged  # for suites
from graders.feedback.thing import are_alike, is_class, is_instance, name_of
from graders.feedback.transcript import LAST, Ending
from graders.judge.remote import Remote, is_kin
from graders.misconceptions.signs import Seen
from graders.report import Shown
from graders.wire import HOLE
from graders.words import _

ROUNDINGS = {"float64": 1e-12, "float32": 1e-5, "float16": 1e-2}
"""The relative tolerance of exact algebra, by the dtype it is done in: some rounding errors
of that dtype, and far below the next coarser one's."""


def assert_kind(thing: Any, cls: Remote, inputs: Inputs = NO_INPUTS) -> None:
    """Claim that a thing is an instance of one of the step's classes."""
    assert_object(cls, _("a class"))
    if is_class(thing) or not is_kin(thing, cls):
        name = name_of(cls)
        due = _("a {name}").format(name=name)
        above = mismatch(thing, due)
        ending = Ending("type({0}).__name__", (thing,), name)
        if is_instance(thing, name):  # of a class of the same name
            ending = Ending("isinstance({0}, {1})", (thing, cls), "True")
        fail(thing, Described(due), above=above, claim="kind", inputs=inputs, ending=ending)


def assert_subclass(cls: Any, base: Remote, inputs: Inputs = NO_INPUTS) -> None:
    """Claim that one of the step's classes is made of another."""
    assert_object(base, _("a class"))
    if not is_class(cls) or not is_kin(cls, base):
        due = Described(_("a subclass of {base}").format(base=name_of(base)))
        text = _("{got} does not inherit from {base}")
        unrelated = text.format(got=repr(cls), base=repr(base))
        above = unrelated if is_class(cls) else mismatch(cls, due)
        ending = Ending("issubclass({0}, {1})", (cls, base), "True")
        fail(cls, due, above=above, claim="subclass", inputs=inputs, ending=ending)


def assert_object(thing: Any, what: str) -> None:
    """Claim that a thing is an object of the step's, no plain value; ``what`` is its name."""
    if not isinstance(thing, Remote):
        fail(thing, Described(what), above=mismatch(thing, what), claim="object")


def assert_equal(got: object, due: object, why: str = "", inputs: Inputs = NO_INPUTS) -> None:
    """Claim that a plain value is this very one; ``why`` says what it stands for."""
    if type(got) is not type(due) or got != due:
        alike = type(got) is type(due)
        above = "" if alike else mismatch(got, kind_of(due))
        ending = Ending("{0}" if alike else "repr({0})", (got,), repr(due))
        fail(got, due, why, above=above, claim="equal", inputs=inputs, ending=ending)


def assert_same(
    thing: Any, due: Remote, name: str, why: str = "", inputs: Inputs = NO_INPUTS
) -> None:
    """Claim that two names mean one and the same object; ``name`` is what it is called.

    The catalogue is told the name as well.
    """
    assert_object(due, name)
    if thing is not due:
        itself = Described(_("{name} itself").format(name=name))
        other = _("it is another object than {name}").format(name=name)
        above = other if are_alike(thing, due) else mismatch(thing, itself)
        inputs = {"name": name, **inputs}
        ending = Ending("{0} is {1}", (thing, due), "True")
        fail(thing, itself, why, above=above, claim="same", inputs=inputs, ending=ending)


def assert_different(thing: Any, other: Remote, why: str, inputs: Inputs = NO_INPUTS) -> None:
    """Claim that an object is a new one."""
    if thing is other:
        got = Described(_("the same object again"))
        due = Described(_("a new object"))
        ending = Ending("{0} is {1}", (thing, other), "False")
        fail(got, due, why, claim="different", inputs=inputs, ending=ending)


@contextmanager
def assert_raises(kind: type[Exception], inputs: Inputs = NO_INPUTS) -> Iterator[None]:
    """Claim that the student's code raises an exception of a builtin class."""
    name = kind.__name__
    ending = Ending("{0}", (LAST,), name)
    try:
        yield
    except kind as error:
        raised = getattr(error, "raised", None)
        if raised and raised.message.startswith(HOLE):
            raise  # the template's own
        return
    except StudentError as error:
        raised = error.raised
        if lacking(raised) and not raised.lines:
            raise  # the name that is missing is the mistake
        text = _("your code raised {got} where {due} was due\n{what}")
        raise CheckFailed(
            text.format(got=raised.name, due=name, what=error.traced()),
            Shown(text=raised.name),
            Shown(text=name),
            seen=Seen(
                inputs=inputs, raised=raised.name, message=raised.message, scene=raised.scene
            ),
            ending=ending,
        ) from error
    got = Described(_("no exception"))
    fail(got, Described(name), claim="raises", inputs=inputs, ending=ending)


def assert_none(thing: Any, inputs: Inputs = NO_INPUTS) -> None:
    """Claim that a value is None."""
    if thing is not None:
        fail(thing, None, above=mismatch(thing, "None"), claim="none", inputs=inputs)


def assert_array(thing: Any, ndim: int | None = None, inputs: Inputs = NO_INPUTS) -> None:
    """Claim that a value is an ndarray, of so many dimensions where that is given."""
    if not isinstance(thing, np.ndarray):
        above = mismatch(thing, _("an array"))
        due = Described(_("an ndarray"))
        ending = Ending("type({0}).__name__", (thing,), "ndarray")
        fail(thing, due, above=above, claim="array", inputs=inputs, ending=ending)
    if ndim is not None and thing.ndim != ndim:
        text = _("the array is {got}-d where {due}-d was due")
        above = text.format(got=thing.ndim, due=ndim)
        due = Described(_("a {ndim}-d array").format(ndim=ndim))
        ending = Ending("{0}.ndim", (thing,), str(ndim))
        fail(thing, due, above=above, claim="dimensions", inputs=inputs, ending=ending)


def assert_list(thing: Any, length: int, why: str = "", inputs: Inputs = NO_INPUTS) -> None:
    """Claim that a value is a list or a tuple of so many elements."""
    if not isinstance(thing, list | tuple):
        above = mismatch(thing, _("a list"))
        ending = Ending("type({0}).__name__", (thing,), "list")
        fail(thing, Described(_("a list")), why, above=above, claim="list", inputs=inputs,
             ending=ending)  # fmt: skip
    if len(thing) != length:
        text = _("the length of the list is {got} where {due} was due")
        above = text.format(got=len(thing), due=length)
        due = Described(_("a list of {n}").format(n=length))
        ending = Ending("len({0})", (thing,), str(length))
        fail(thing, due, why, above=above, claim="length", inputs=inputs, ending=ending)


def assert_close(
    got: Any,
    due: Any,
    why: str = "",
    *,
    tolerance: Any = None,
    dtype: str = "float64",
    ending: Ending | None = None,
    inputs: Inputs = NO_INPUTS,
) -> None:
    """Claim that numbers agree: kind, then shape, then values.

    ``due`` is the judge's own number or array; ``why`` says how it comes about.  The
    tolerance is absolute, elementwise; without one it is the rounding of exact algebra in
    ``dtype``, relative to what is due.  Dtypes are not compared.  ``ending`` is for values
    that differ.
    """
    wanted = np.asarray(due)
    if not is_numeric(got):
        above = mismatch(got, _("an array") if wanted.ndim else _("a number"))
        ending = Ending("repr({0})", (got,), shown(plain(due)))
        fail(got, plain(due), why, above=above, claim="number", inputs=inputs, ending=ending)
    found = np.asarray(got)
    if found.dtype.kind in "iu":
        found = found.astype(np.float64)  # the difference of integers may overflow
    if found.shape != wanted.shape:
        shapes = _("the shape is {got} where {due} was due")
        above = shapes.format(got=found.shape, due=wanted.shape)
        if found.shape == (1, *wanted.shape):
            above += _(": are there [ ] around it, or a comma at the end of a line?")
        ending = Ending("np.shape({0})", (got,), str(wanted.shape))
        fail(got, due, why, above=above, claim="shape", inputs=inputs, ending=ending)
    limit = ROUNDINGS[dtype] * np.abs(wanted) if tolerance is None else np.asarray(tolerance)
    with np.errstate(all="ignore"):
        wrong = ~(np.abs(found - wanted) <= limit)
    if wrong.any():
        below = differences(found, wanted, wrong) or resemblance(found, wanted, inputs)
        ending = ending or ending_of(got, wanted, wrong)
        fail(got, due, why, below=below, claim="close", inputs=inputs, ending=ending)


def ending_of(got: Any, wanted: Any, wrong: Any) -> Ending:
    """Return what a script's last line shows of values that differ.

    Of a large array that is one element; of what would look the same in print, all digits.
    """
    if wanted.size > SHOWN:
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        return Ending(f"{{0}}{list(index)}", (got,), repr(wanted[index].item()))
    if isinstance(got, (np.ndarray, np.generic)) and str(got) == str(wanted):
        return Ending("{0}.tolist()", (got,), repr(wanted.tolist()))
    due = plain(wanted[()])
    return Ending("{0}", (got,), repr(due) if isinstance(due, float) else shown(due))


def is_numeric(thing: object) -> bool:
    """Return whether a value is a number or an array of numbers; truth values are not."""
    numeric = isinstance(thing, (int, float, complex, np.generic, np.ndarray))
    return numeric and np.asarray(thing).dtype.kind in "iufc"


def data_of(thing: Any, cls: Remote) -> Any:
    """Return a value, or the data of a Variable that holds it: where either will do."""
    return thing.data if is_kin(thing, cls) else thing
