"""Step 4: numerical differentiation by a central difference (sections 4.2 and 4.3)."""

from contextlib import suppress

import numpy as np

from graders.assertions import (
    CheckFailed,
    Described,
    StudentError,
    assert_close,
    data_of,
    fail,
    is_numeric,
)
from graders.checks import check
from graders.derivatives import (
    assert_order_two,
    assert_sign,
    central_difference_bound,
)
from graders.suites.slopes import (
    CUBE,
    OWN,
    STEP,
    assert_error,
    in_shape,
    named,
    slope,
    tried_at,
)
from graders.words import _

EXPONENTIAL = """
class Exponential(Square):
    def forward(self, x):
        return np.exp(x)
"""
COMPOSITE = """
def composite(x):
    A = Square()
    B = Exp()
    C = Square()
    return C(B(A(x)))
"""
FALLING = """
class Falling(Square):
    def forward(self, x):
        return -x ** 3
"""
DEFAULT = """
def default(function):
    import inspect
    known = inspect.signature(function).parameters
    eps = known.get("eps", [*known.values(), None, None, None][2])
    if eps is None:
        return "no eps"
    return "no default" if eps.default is eps.empty else eps.default
"""
CENTRAL = _(
    "one point lies above x, one below: how far apart are they, and how far their values? (4.2)"
)


@check(
    _("numerical_diff of Square is about 2·x"),
    kind="agreement",
    points=2,
    hint=CENTRAL,
    why=_("the slope of any function can be found by calling it twice"),
    section="4.2",
    stays=_("the course prints this number, and it is where to begin"),
)
def test_square_at_two(student, draw):
    p = abs(draw.array(1, low=1.3))
    for x, due in ((p, 2 * p), (np.array([2.0]), np.array([4.000000000004]))):
        if student.has("Square"):
            y = student.Square()(student.Variable(x))
            assert_close(y.data, x**2, _("x², by your Square"), inputs={"of": "Square"})
        got = slope(student, named("Square"), x)
        bound = central_difference_bound(x**2, 2 * x, 0.0, x, STEP)
        why = _("about 2·x")
        assert_close(
            got, in_shape(due, got), why, tolerance=in_shape(bound, got), inputs={"x": x}
        )


@check(
    _("the default of eps is 1e-4"),
    kind="structure",
    points=1,
    hint=_(
        "def numerical_diff(f, x, eps=1e-4): the signature is part of the step (section 4.2)"
    ),
    why=_("1e-4 is small enough to be exact, and large enough not to drown in rounding"),
    section="4.2",
    reproduce="""\
import inspect
from step04 import numerical_diff

print(inspect.signature(numerical_diff))    # due: (f, x, eps=0.0001)
""",
)
def test_default_eps(student, draw):
    got, numerical_diff = None, student.numerical_diff
    with suppress(StudentError):
        got = student.define(DEFAULT, "default")(numerical_diff)
    if not is_numeric(got) and is_taken_by_itself(student, draw):
        return
    for claim, told in (("no eps", _("no eps in the signature")), ("no default", _("none"))):
        if isinstance(got, str) and got == claim:
            fail(Described(told), STEP, _("the default of eps"), claim=claim)
    assert_close(got, STEP, _("the default of eps"), tolerance=1e-6 * STEP)


def is_taken_by_itself(student, draw):
    """Return whether a step of 1e-4 is taken where none is given: for x³ the error tells."""
    x = draw.positive(1)
    with suppress(StudentError, CheckFailed):
        cube = named("Cube", CUBE)(student)
        got = data_of(student.numerical_diff(cube, student.Variable(x)), student.Variable)
        assert_error(got, x, STEP)
        return True
    return False


@check(
    _("numerical_diff gives a slope for each element, in the shape of x"),
    kind="agreement",
    points=1,
    needs=("square_at_two",),
    hint=_("numpy computes with whole arrays: no float, no sum, no index, no if on x.data"),
    why=_("x may hold many numbers, in rows and columns; each has a slope of its own"),
    section="4.2",
    stays=_("it tells slopes that are too few from slopes that are not exact"),
)
def test_one_slope_for_each(student, draw):
    for x in (draw.array(), draw.array(2, 2)):
        got = slope(student, named("Square"), x)
        assert_close(got, 2 * x, _("one slope for each element"), tolerance=np.inf)
        if not np.all(got):  # none is 0; how exact they are has its own check
            assert_close(got, 2 * x, _("one slope for each element"))


@check(
    _("numerical_diff is as exact as a central difference, for each element"),
    kind="agreement",
    points=2,
    needs=("square_at_two", "one_slope_for_each"),
    hint=_(
        "with x as one of the two points the error is about eps; with x in the middle, eps²"
    ),
    why=_("an estimate is worth as much as its error is small; x³ shows it for many x at once"),
    section="4.2",
)
def test_central_accuracy(student, draw):
    for x in (draw.array(), draw.array(2, 2)):
        got = slope(student, named("Cube", CUBE), x)
        bound = central_difference_bound(x**3, 3 * x**2, 6.0, x, STEP)
        assert_close(got, 3 * x**2, _("the slope of x³"), tolerance=bound, inputs={"x": x})


@check(
    _("numerical_diff of Square, Exp and Square in a row is the slope of all three"),
    kind="agreement",
    points=2,
    needs=("square_at_two", "central_accuracy"),
    hint=_("f may be any function that takes a Variable and gives one (section 4.3)"),
    why=_("a function written with def is differentiated like a Function: f is just called"),
    section="4.3",
)
def test_composite_at_one_half(student):
    whole = student.has("Square") and student.has("Exp")
    composite = student.define(COMPOSITE if whole else OWN + COMPOSITE, "composite")
    got = slope(student, lambda _student: composite, np.array([0.5]))
    x, f = 0.5, np.exp(2 * 0.5**2)
    third = f * ((4 * x) ** 3 + 3 * 4 * (4 * x))
    bound = central_difference_bound(f, 4 * x * f, third, x, STEP)
    due = in_shape(np.array([3.2974426293330694]), got)
    assert_close(got, due, _("about 4·x·exp(2·x²)"), tolerance=bound)


@check(
    _("numerical_diff uses the eps it is given"),
    kind="agreement",
    points=1,
    needs=("square_at_two", "default_eps", "central_accuracy"),
    hint=_(
        "eps is an argument: use it in x ± eps and in the divisor, not a number of your own"
    ),
    why=_("for x³ the error is a formula of eps exactly: the eps in use can be read off"),
    section="4.2",
)
def test_eps_is_used(student, draw):
    x, eps = draw.array(1), 0.1
    assert_error(slope(student, named("Cube", CUBE), x, eps=eps), x, eps)


@check(
    _("halving eps quarters the error"),
    kind="agreement",
    points=1,
    needs=("square_at_two", "default_eps", "eps_is_used"),
    hint=_("that is what makes a difference central; a one-sided one only halves its error"),
    why=_("how fast the error falls tells a central difference from all others"),
    section="4.2",
    reproduce="""\
import numpy as np
from step04 import Exp, Variable, numerical_diff

x = Variable(np.array([1.0]))
coarse, fine = (numerical_diff(Exp(), x, eps) - np.e for eps in (0.1, 0.05))
print(coarse / fine)    # due: about 4
""",
)
def test_order_of_convergence(student, draw):
    x = draw.array(1)
    exponential = named("Exponential", EXPONENTIAL)
    coarse, fine = (slope(student, exponential, x, eps) for eps in (0.1, 0.05))
    assert_order_two(coarse, fine, in_shape(np.exp(x), coarse))


@check(
    _("numerical_diff leaves x as it was"),
    kind="structure",
    points=1,
    needs=("square_at_two",),
    hint=_("make new Variables of x.data + eps and x.data - eps; don't move x itself"),
    why=_("looking at a function must not change the place it is looked at"),
    section="4.2",
)
def test_input_is_left_alone(student, draw):
    a = draw.array(1)
    x, _slope = tried_at(student, named("Square"), a)
    assert_close(x.data, in_shape(a, x.data), _("x.data, after the call"))


@check(
    _("numerical_diff gives a slope with its sign"),
    kind="agreement",
    points=1,
    needs=("square_at_two",),
    hint=_("the value on the right comes first: a rising function has a positive slope"),
    why=_("the sign says which way is down: training a model follows it"),
    section="4.2",
)
def test_sign(student, draw):
    x = -draw.positive(1)  # neither a value nor its opposite has the sign of both slopes
    for at, name, source, sign in ((x, "Cube", CUBE, 1), (-x, "Falling", FALLING, -1)):
        got = slope(student, named(name, source), at)
        assert_sign(got, sign, inputs={"x": at})
