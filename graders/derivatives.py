"""What a suite may claim of slopes: the tolerance is a central difference's error bound."""

from collections.abc import Callable
from typing import Any

import numpy as np

from graders.assertions import assert_close, is_numeric
from graders.feedback.failure import NO_INPUTS, Inputs, fail
from graders.feedback.showing import Described, mismatch, plain, shown
from graders.feedback.transcript import Ending
from graders.words import _

EPSILON = float(np.finfo(np.float64).eps)
SURE = 1e-3
"""How exactly a slope of the student's own has to be known, relative to its size ..."""
TINY = 1e-5
"""... or absolutely, where it is about 0."""


def central_difference_bound(f: Any, slope: Any, third: Any, x: Any, step: float) -> Any:
    """Return the tolerance of a central difference, elementwise: four times its error bound.

    With f(x ± h) = f ± h·f' + h²·f''/2 ± h³·f'''/6 the quotient errs by h²·|f'''|/6.  Rounding
    adds ε·|f|/h from the two values of f, and ε·|x·f'|/h since x ± h is itself rounded.  All
    of f, f' (``slope``) and f''' (``third``) are taken at x.
    """
    rounding = EPSILON * (np.abs(f) + np.abs(np.multiply(x, slope))) / step
    return 4 * (step**2 * np.abs(third) / 6 + rounding)


def assert_sign(got: Any, due: int, inputs: Inputs = NO_INPUTS) -> None:
    """Claim that a slope is above 0, or below where ``due`` is -1, whatever its size."""
    why = _("above 0, since f rises") if due > 0 else _("below 0, since f falls")
    if not is_numeric(got):
        assert_close(got, due, why, inputs=inputs)
    if not np.size(got) or not np.all(np.sign(got) == due):
        signs = plain(np.full(np.shape(got), float(due))[()])
        ending = Ending("np.sign({0})", (got,), shown(signs))
        fail(got, Described(why), claim="sign", inputs=inputs, ending=ending)


def assert_order_two(coarse: Any, fine: Any, exact: Any, inputs: Inputs = NO_INPUTS) -> None:
    """Claim that halving the step quartered the error, as for a central difference.

    ``coarse`` and ``fine`` are estimates of ``exact`` with steps h and h/2, so large that the
    truncation error drowns the rounding.  The next term of the series moves the ratio from 4
    by less than a tenth at the steps in use; a one-sided difference gives 2.
    """
    for estimate in (coarse, fine):
        assert_close(estimate, exact, tolerance=np.abs(exact), inputs=inputs)
    with np.errstate(all="ignore"):
        ratio = np.abs(np.subtract(coarse, exact)) / np.abs(np.subtract(fine, exact))
    if not np.all(np.abs(ratio - 4) < 0.1):
        where = int(np.nanargmax(np.abs(ratio - 4))) if np.isfinite(ratio).any() else 0
        worst = float(np.ravel(ratio)[where])
        text = _("an error {ratio:.3g} times smaller with half the step")
        got, due = (Described(text.format(ratio=ratio)) for ratio in (worst, 4.0))
        ending = order_ending(coarse, fine, np.asarray(exact), where)
        fail(got, due, claim="order", inputs={"ratio": worst, **inputs}, ending=ending)


def order_ending(coarse: Any, fine: Any, exact: Any, where: int) -> Ending:
    """Return what a script's last line shows of an order: the quotient of two errors."""
    index = f"[{', '.join(map(str, np.unravel_index(where, exact.shape)))}]" * bool(exact.ndim)
    due = f"{np.ravel(exact)[where]:.10g}"
    quotient = f"({{0}}{index} - {due}) / ({{1}}{index} - {due})"
    return Ending(quotient, (coarse, fine), _("about {ratio}").format(ratio=4))


def assert_agrees(
    backward: Any,
    forward: Callable[[Any], Any],
    x: Any,
    gy: Any,
    step: float = 1e-3,
    inputs: Inputs = NO_INPUTS,
) -> None:
    """Claim that a gradient is gy times the slope of the student's own forward at x.

    The slope is a central difference of ``forward``, elementwise.  Its own error is measured,
    not assumed, since the forward may be any function: the difference of the results with
    steps h and 2h is three times the truncation error of the first.  Rounding is bounded as
    in ``central_difference_bound``.  Where that error is large the forward is no function that
    has a slope, and what is no slope agrees with nothing.
    """
    values = {k: forward(x + k * step) for k in (-2, -1, 1, 2)}
    for value in values.values():
        if not is_numeric(value):
            wanted = Described(_("a number or an array of numbers from forward"))
            above = mismatch(value, _("a number or an array"))
            fail(value, wanted, above=above, claim="forward", inputs=inputs)
        if np.shape(value) != np.shape(x):
            text = _("forward gives the shape of its input, {shape}")
            wanted = Described(text.format(shape=np.shape(x)))
            shapes = _("the shape is {got} where {due} was due")
            above = shapes.format(got=np.shape(value), due=np.shape(x))
            ending = Ending("np.shape({0})", (value,), str(np.shape(x)))
            fail(value, wanted, above=above, claim="forward", inputs=inputs, ending=ending)
    near = (values[1] - values[-1]) / (2 * step)
    far = (values[2] - values[-2]) / (4 * step)
    bound = central_difference_bound(values[1], near, 0.0, x, step)
    error = 4 * np.abs(far - near) / 3 + bound
    if not np.all(error <= np.maximum(SURE * np.abs(near), TINY)):
        text = _("the slopes {near} and {far}, with steps of {one:g} and {two:g}")
        slopes = {"near": shown(near), "far": shown(far), "one": step, "two": 2 * step}
        wanted = Described(_("about the same slope with either step"))
        things = (*(values[k] for k in (1, -1, 2, -2)),)
        ends = f"({{0}} - {{1}}) / {2 * step}, ({{2}} - {{3}}) / {4 * step}"
        ending = Ending(ends, things, _("about the same twice"))
        fail(Described(text.format(**slopes)), wanted, claim="slopes", inputs=inputs,
             ending=ending)  # fmt: skip
    tolerance = np.abs(gy) * error + 1e-12 * np.abs(near * gy)
    slope = _("the slope of your own forward, times gy")
    things = (backward, values[1], values[-1], gy)
    ending = Ending(f"np.allclose({{0}}, ({{1}} - {{2}}) / {2 * step} * {{3}})", things, "True")
    inputs = {"x": x, "gy": gy, **inputs}
    due = np.asarray(near * gy)
    assert_close(backward, due, slope, tolerance=tolerance, ending=ending, inputs=inputs)
