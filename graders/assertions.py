"""What a suite may claim of a student's values: kind first, then shape, then the numbers.

Tolerances come from mathematics: a few rounding errors for exact algebra, the error bound
of the central difference for numerical derivatives.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np

from graders.engine.remote import Remote, is_kin
from graders.misconceptions.signs import Seen
from graders.words import _

EPSILON = float(np.finfo(np.float64).eps)
ROUNDINGS = {"float64": 1e-12, "float32": 1e-5, "float16": 1e-2}
"""The relative tolerance of exact algebra, by the dtype it is done in: some rounding errors
of that dtype, and far below the next coarser one's."""
SHOWN = 8
"""How many elements a message shows of an array."""
LONGEST = 300
"""How many characters a message shows of one value."""


class CheckFailed(AssertionError):
    """A claim that does not hold.

    ``due`` is its right answer in a few words; ``reproduce`` a script that shows the failure,
    where the record of frames can't say it.
    """

    def __init__(
        self, message: str, due: str = "", seen: Seen | None = None, reproduce: str = ""
    ) -> None:
        super().__init__(message)
        self.due = due
        self.seen = seen or Seen()
        self.reproduce = reproduce


def fail(
    got: object,
    due: object,
    why: str = "",
    note: str = "",
    *,
    claim: str = "",
    reproduce: str = "",
    **inputs: Any,
) -> NoReturn:
    """Raise CheckFailed with what was got and what was due, aligned.

    ``due`` is a value, or its description as a string; ``why`` says how it comes about.
    ``claim`` and ``inputs`` are for the catalogue of misconceptions; see ``Seen``.
    ``reproduce`` is for ``CheckFailed``.
    """
    __tracebackhide__ = True  # at pytest's own door
    digits = next((n for n in (10, 17) if shown(got, n) != shown(due, n)), 17)
    due_text = due if isinstance(due, str) else shown(due, digits)
    got_text = got if isinstance(got, Described) else shown(got, digits)
    names = [_("got"), _("due")]
    width = max(map(len, names))
    lines = [f"{names[0]:{width}}   {got_text}", f"{names[1]:{width}}   {due_text}"]
    lines += [f"{'':{width}}   {why}"] if why else []
    text = "\n".join([*lines, *([note] if note else [])])
    raise CheckFailed(text, due_text, Seen(claim, got, inputs), reproduce)


class Described(str):
    """What was got, told in words instead of as a value."""


def shown(thing: object, digits: int = 10) -> str:
    """Return a value as a message shows it, floats to so many significant digits."""
    if isinstance(thing, np.ndarray):
        text = np.array2string(
            thing,
            separator=", ",
            threshold=SHOWN,
            formatter={"float_kind": lambda number: f"{number:.{digits}g}"},
        )
        return abridged(f"array({' '.join(text.split())})")
    if isinstance(thing, np.generic):
        return f"{shown(thing.item(), digits)} ({type(thing).__name__})"
    return f"{thing:.{digits}g}" if isinstance(thing, float) else abridged(repr(thing))


def abridged(text: str) -> str:
    """Return a text without its middle, where it is too long for a message."""
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} … {text[-half:]}"


def assert_kind(thing: Any, cls: Remote, **inputs: Any) -> None:
    """Claim that a thing is an instance of one of the step's classes."""
    if not isinstance(thing, Remote) or not is_kin(thing, cls):
        name = repr(cls).removeprefix("the class ")
        fail(thing, _("a {name}").format(name=name), claim="kind", **inputs)


def assert_subclass(cls: Any, base: Remote, **inputs: Any) -> None:
    """Claim that one of the step's classes is made of another."""
    if not isinstance(cls, Remote) or not is_kin(cls, base):
        due = _("a subclass of {base}").format(base=repr(base).removeprefix("the class "))
        fail(cls, due, claim="subclass", **inputs)


def assert_equal(got: object, due: object, why: str = "", **inputs: Any) -> None:
    """Claim that a plain value is this very one; ``why`` says what it stands for."""
    if type(got) is not type(due) or got != due:
        fail(got, repr(due), why, claim="equal", **inputs)


def assert_same(thing: Any, due: Remote, name: str, why: str = "", **inputs: Any) -> None:
    """Claim that two names mean one and the same object; ``name`` is what it is called."""
    if thing is not due:
        told = _("{name} itself").format(name=name)
        fail(thing, told, why, claim="same", name=name, **inputs)


def assert_different(thing: Any, other: Remote, note: str, **inputs: Any) -> None:
    """Claim that an object is a new one."""
    if thing is other:
        told = Described(_("the same object again"))
        fail(told, _("a new object"), note, claim="different", **inputs)


@contextmanager
def assert_raises(kind: type[Exception], **inputs: Any) -> Iterator[None]:
    """Claim that the student's code raises an exception of a builtin class."""
    try:
        yield
    except kind:
        return
    fail(Described(_("no exception")), kind.__name__, claim="raises", **inputs)


def assert_none(thing: Any, **inputs: Any) -> None:
    """Claim that a value is None."""
    if thing is not None:
        fail(thing, "None", claim="none", **inputs)


def assert_array(thing: Any, ndim: int | None = None, **inputs: Any) -> None:
    """Claim that a value is an ndarray, of so many dimensions where that is given."""
    if not isinstance(thing, np.ndarray):
        fail(thing, _("an ndarray"), claim="array", **inputs)
    if ndim is not None and thing.ndim != ndim:
        due = _("a {ndim}-d array").format(ndim=ndim)
        told = _("yours is {ndim}-d").format(ndim=thing.ndim)
        fail(thing, due, told, claim="dimensions", **inputs)


def assert_close(
    got: Any,
    due: Any,
    why: str = "",
    *,
    tolerance: Any = None,
    dtype: str = "float64",
    **inputs: Any,
) -> None:
    """Claim that numbers agree: kind, then shape, then values.

    ``due`` is the judge's own number or array; ``why`` says how it comes about.  The
    tolerance is absolute, elementwise; without one it is the rounding of exact algebra in
    ``dtype``, relative to what is due.  Dtypes are not compared.
    """
    if not is_numeric(got):
        fail(got, due, why, claim="number", **inputs)
    wanted, found = np.asarray(due), np.asarray(got)
    if found.dtype.kind in "iu":
        found = found.astype(np.float64)  # the difference of integers may overflow
    if found.shape != wanted.shape:
        shapes = _("the shape is {got} where {due} was due")
        told = shapes.format(got=found.shape, due=wanted.shape)
        fail(got, due, why, told, claim="shape", **inputs)
    limit = ROUNDINGS[dtype] * np.abs(wanted) if tolerance is None else np.asarray(tolerance)
    with np.errstate(all="ignore"):
        wrong = ~(np.abs(found - wanted) <= limit)
    if wrong.any():
        fail(got, due, why, differences(found, wanted, wrong), claim="close", **inputs)


def is_numeric(thing: object) -> bool:
    """Return whether a value is a number or an array of numbers; truth values are not."""
    plain = isinstance(thing, (int, float, complex, np.generic, np.ndarray))
    return plain and np.asarray(thing).dtype.kind in "iufc"


def data_of(thing: Any, cls: Remote) -> Any:
    """Return a value, or the data of a Variable that holds it: where either will do."""
    return thing.data if is_kin(thing, cls) else thing


def differences(found: Any, wanted: Any, wrong: Any) -> str:
    """Say where a large array differs first and by how much; nothing for a small one."""
    if found.size <= SHOWN:
        return ""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    with np.errstate(all="ignore"):
        largest = float(np.max(np.abs(found - wanted)))
    text = _("first difference at index {index}: {got} for {due}; largest error {largest:.3g}")
    return text.format(index=index, got=found[index], due=wanted[index], largest=largest)


def central_difference_bound(f: Any, slope: Any, third: Any, x: Any, step: float) -> Any:
    """Return the tolerance of a central difference, elementwise: four times its error bound.

    With f(x ± h) = f ± h·f' + h²·f''/2 ± h³·f'''/6 the quotient errs by h²·|f'''|/6.  Rounding
    adds ε·|f|/h from the two values of f, and ε·|x·f'|/h since x ± h is itself rounded.  All
    of f, f' (``slope``) and f''' (``third``) are taken at x.
    """
    rounding = EPSILON * (np.abs(f) + np.abs(np.multiply(x, slope))) / step
    return 4 * (step**2 * np.abs(third) / 6 + rounding)


def assert_order_two(coarse: Any, fine: Any, exact: Any, **inputs: Any) -> None:
    """Claim that halving the step quartered the error, as for a central difference.

    ``coarse`` and ``fine`` are estimates of ``exact`` with steps h and h/2, so large that the
    truncation error drowns the rounding.  The next term of the series moves the ratio from 4
    by less than a tenth at the steps in use; a one-sided difference gives 2.
    """
    for estimate in (coarse, fine):
        assert_close(estimate, exact, tolerance=np.abs(exact), **inputs)
    with np.errstate(all="ignore"):
        ratio = np.abs(np.subtract(coarse, exact)) / np.abs(np.subtract(fine, exact))
    if not np.all(np.abs(ratio - 4) < 0.1):
        worst = float(ratio.flat[np.argmax(np.abs(ratio - 4))])
        text = _("an error {ratio:.3g} times smaller with half the step")
        told = Described(_("{ratio:.3g} times").format(ratio=worst))
        fail(told, text.format(ratio=4.0), claim="order", ratio=worst, **inputs)


def assert_agrees(
    backward: Any,
    forward: Callable[[Any], Any],
    x: Any,
    gy: Any,
    step: float = 1e-3,
    **inputs: Any,
) -> None:
    """Claim that a gradient is gy times the slope of the student's own forward at x.

    The slope is a central difference of ``forward``, elementwise.  Its own error is measured,
    not assumed, since the forward may be any function: the difference of the results with
    steps h and 2h is three times the truncation error of the first.  Rounding is bounded as
    in ``central_difference_bound``.
    """
    values = {k: forward(x + k * step) for k in (-2, -1, 1, 2)}
    for value in values.values():
        if not is_numeric(value):
            wanted = _("a number or an array of numbers from forward")
            fail(value, wanted, claim="forward", **inputs)
        if np.shape(value) != np.shape(x):
            wanted = _("forward gives the shape of its input, {shape}")
            fail(value, wanted.format(shape=np.shape(x)), claim="forward", **inputs)
    near = (values[1] - values[-1]) / (2 * step)
    far = (values[2] - values[-2]) / (4 * step)
    bound = central_difference_bound(values[1], near, 0.0, x, step)
    tolerance = np.abs(gy) * (4 * np.abs(far - near) / 3 + bound) + 1e-12 * np.abs(near * gy)
    slope = _("the slope of your own forward, times gy")
    due = np.asarray(near * gy)
    assert_close(backward, due, slope, tolerance=tolerance, x=x, gy=gy, **inputs)
