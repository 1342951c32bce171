"""Step 4: what goes wrong with a difference that is to be central."""

from collections.abc import Callable
from typing import Any

import numpy as np

from graders.misconceptions.signs import (
    Misconception,
    Seen,
    Sign,
    both,
    calls,
    either,
    fails,
    gives,
    is_plain,
    no,
    raises,
    takes_first,
    wants_one_number,
)
from graders.words import _

EPS = 1e-4
"""The step, where none is given."""
ONE_SIDED = _(
    "a difference between x and one point beside it errs by about eps; between two points, "
    "one on each side of x, by about eps² (section 4.2)"
)
DIVISOR = _("return (y1.data - y0.data) / (2 * eps)")
POINTS = _("y0 = f(Variable(x.data - eps)); y1 = f(Variable(x.data + eps))")


def single_precision(seen: Seen) -> bool:
    """Tell whether the slope came in float32, whatever its value."""
    return seen.claim == "close" and getattr(seen.got, "dtype", None) == np.float32


def rounded(slope: Callable[[Any], Any]) -> Sign:
    """Predict a slope with only some of its decimals."""

    def to(digits: int) -> Sign:
        return gives(lambda x: np.round(slope(x), digits))

    return either(*map(to, range(7)))


CATALOGUE = (
    Misconception(
        "forward-difference",
        _("only a step forward is taken"),
        ONE_SIDED,
        POINTS,
        {"square_at_two": gives(lambda x: 2 * x + EPS)},
    ),
    Misconception(
        "backward-difference",
        _("only a step back is taken"),
        ONE_SIDED,
        POINTS,
        {"square_at_two": gives(lambda x: 2 * x - EPS)},
    ),
    Misconception(
        "divides-by-eps",
        _("the difference is divided by eps"),
        _("from one eps below x to one eps above it, how far is that? (section 4.2)"),
        DIVISOR,
        {"square_at_two": gives(lambda x: 4 * x)},
    ),
    Misconception(
        "eps-not-in-the-divisor",
        _("the difference is not divided by eps"),
        _(
            "a slope is how much y changes for how much x changes: both steps of x count, in "
            "their full size (section 4.2)"
        ),
        DIVISOR,
        {"square_at_two": either(gives(lambda x: 2 * x * EPS), gives(lambda x: 4 * x * EPS))},
    ),
    Misconception(
        "brackets-missing",
        _("brackets are missing"),
        _(
            "* and / are done from left to right, and both before a minus: what does "
            "Python compute first here, and what should it? (section 4.2)"
        ),
        DIVISOR,
        {
            "square_at_two": either(
                gives(lambda x: 2 * x * EPS**2),
                gives(lambda x: (x + EPS) ** 2 - (x - EPS) ** 2 / (2 * EPS)),
                gives(lambda x: (x + EPS) ** 2 - (x - EPS) ** 2 / 2 * EPS),
            )
        },
    ),
    Misconception(
        "wrong-sign",
        _("the slope has the wrong sign"),
        _("where f rises from left to right, its slope is positive (section 4.2)"),
        _("y1 is f at x + eps, y0 is f at x - eps: (y1.data - y0.data) / (2 * eps)"),
        {"square_at_two": gives(lambda x: -2 * x)},
    ),
    Misconception(
        "no-sign",
        _("the slope has lost its sign"),
        _("a slope can be negative: where f falls (section 4.2)"),
        _("(y1.data - y0.data) / (2 * eps) without abs"),
        {"sign": gives(lambda x: 3 * x**2 + EPS**2)},
    ),
    Misconception(
        "relative-step",
        _("the step is a part of x, the divisor is not"),
        _(
            "x times a number near 1 is a step that grows with x. The formula goes eps "
            "to each side, wherever x is (section 4.2)"
        ),
        POINTS,
        {"square_at_two": gives(lambda x: 2 * x**2)},
    ),
    Misconception(
        "computes-with-variables",
        _("a Variable is computed with as if it were a number"),
        _("a box can't be added to: take out what is in it, and make a new one (section 4.2)"),
        _("Variable(x.data - eps) for x - eps, y1.data - y0.data for y1 - y0"),
        {
            "square_at_two": raises(
                "TypeError", "'Variable'", sign="[-+*/]", within="numerical_diff"
            )
        },
    ),
    Misconception(
        "f-gets-bare-data",
        _("f is given a bare array"),
        _("f takes a Variable and gives a Variable, like all in this course (section 4.2)"),
        POINTS,
        {
            "square_at_two": raises(
                "TypeError|AttributeError",
                "memoryview|'float' object",
                within="(?!numerical_diff).*",
            )
        },
    ),
    Misconception(
        "calls-forward",
        _("f.forward is called instead of f"),
        _(
            "f may be any function that takes a Variable, one written with def as well; only "
            "a Function has a forward (section 4.3)"
        ),
        _("f(Variable(…)), not f.forward(…)"),
        {
            "square_at_two": both(
                raises("TypeError", r"for \*\* or pow\(\): 'Variable'", within=r"\w+\.forward"),
                calls("numerical_diff", "forward"),
            ),
            "composite_at_one_half": raises(
                "AttributeError", sought="forward", within="numerical_diff"
            ),
        },
    ),
    Misconception(
        "forgets-return",
        _("numerical_diff gives nothing back"),
        _("what a function has worked out is lost unless it gives it back (section 4.2)"),
        DIVISOR,
        {"square_at_two": both(is_plain("NoneType"), no(fails("attribute")))},
    ),
    Misconception(
        "one-number-only",
        _("numerical_diff works for a single number only"),
        _("x may hold many numbers; each of them gets a slope of its own (section 4.2)"),
        _("(y1.data - y0.data) / (2 * eps) as it is: no float, no sum, no index"),
        {
            "square_at_two": wants_one_number("numerical_diff"),
            "one_slope_for_each": either(wants_one_number("numerical_diff"), fails("shape")),
            "central_accuracy": either(
                gives(lambda x: np.full_like(x, np.mean(3 * x**2 + EPS**2))),
                gives(lambda x: np.full_like(x, 3 * x.flat[0] ** 2 + EPS**2)),
            ),
        },
    ),
    Misconception(
        "asks-an-array",
        _("an if, a max or a min asks about a whole array"),
        _(
            "whether “x > 0” holds has as many answers as x has elements: the formula needs "
            "no question at all (section 4.2)"
        ),
        _("eps as it is given: no if on x.data, no max(…, x.data)"),
        {"one_slope_for_each": raises("ValueError", "truth value", within="numerical_diff")},
    ),
    Misconception(
        "another-signature",
        _("the arguments are not f, x and eps, in this order"),
        _("whoever calls numerical_diff knows its arguments as f, x and eps (section 4.2)"),
        _("def numerical_diff(f, x, eps=1e-4):"),
        {
            "eps_is_used": raises("TypeError", "unexpected keyword argument"),
            "order_of_convergence": raises("TypeError", "positional arguments but"),
            "square_at_two": both(
                raises("AttributeError", of="instance Square", within="numerical_diff"),
                takes_first("numerical_diff", "x"),
            ),
        },
    ),
    Misconception(
        "no-default",
        _("eps has no default"),
        _("most callers don't care which step is taken: they leave eps out (section 4.2)"),
        _("def numerical_diff(f, x, eps=1e-4):"),
        {"default_eps": fails("no default")},
    ),
    Misconception(
        "another-default",
        _("the step is not 1e-4 when no eps is given"),
        _(
            "a larger step is less exact, a much smaller one drowns in rounding: the default "
            "stands in the signature (section 4.2)"
        ),
        _("def numerical_diff(f, x, eps=1e-4):"),
        {"default_eps": fails("close")},
    ),
    Misconception(
        "eps-changed",
        _("eps is doubled before it is used"),
        _(
            "the step is how far from x each of the two points lies: eps on either side, "
            "2·eps between them (section 4.2)"
        ),
        _("x.data - eps and x.data + eps, with the eps that was given"),
        {"eps_is_used": gives(lambda x, eps: 3 * x**2 + 4 * eps**2)},
    ),
    Misconception(
        "eps-ignored",
        _("the eps that is given is not used, or in one place only"),
        _(
            "the step is the caller's to choose: it belongs into both points and into the "
            "divisor (section 4.2)"
        ),
        _("x.data - eps, x.data + eps and 2 * eps: no number such as 1e-4 of your own"),
        {
            "eps_is_used": either(
                gives(lambda x: 3 * x**2 + EPS**2),
                gives(lambda x, eps: (3 * x**2 + eps**2) * eps / EPS),
                gives(lambda x, eps: (3 * x**2 + EPS**2) * EPS / eps),
            ),
        },
    ),
    Misconception(
        "rounds",
        _("the result is rounded"),
        _("all digits are wanted: a later step compares with them (section 4.2)"),
        _("(y1.data - y0.data) / (2 * eps) without round"),
        {
            "square_at_two": rounded(lambda x: 2 * x),
            "central_accuracy": rounded(lambda x: 3 * x**2 + EPS**2),
        },
    ),
    Misconception(
        "single-precision",
        _("the numbers are float32"),
        _("float32 keeps 7 digits, and most of them cancel in y1 - y0 (section 4.2)"),
        _("no np.float32 and no astype"),
        {"square_at_two": single_precision},
    ),
    Misconception(
        "moves-x",
        _("x itself is moved"),
        _("the x that came in is the caller's: the two points are new ones (section 4.2)"),
        POINTS,
        {"input_is_left_alone": fails("close")},
    ),
    Misconception(
        "function-carried-over",
        _("Square or Exp computes something else than it should"),
        _("right for another function: are Square and Exp as in steps 2, 3? (section 4.3)"),
        _("x ** 2 in Square.forward, np.exp(x) in Exp.forward"),
        {
            "square_at_two": either(
                *(fails(claim, of="Square") for claim in ("close", "shape"))
            ),
            "composite_at_one_half": fails("close"),
        },
    ),
)
