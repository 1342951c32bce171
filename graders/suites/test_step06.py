"""Steps 5 and 6: the chain rule, worked by hand (sections 6.1 to 6.4)."""

import numpy as np

from graders.assertions import (
    assert_close,
    assert_different,
    assert_none,
    assert_raises,
    assert_same,
    data_of,
    is_kin,
)
from graders.checks import check
from graders.derivatives import assert_agrees
from graders.suites import scripts
from graders.suites.functions import remembers, slope_of_the_course
from graders.words import _

BARE = """
class Bare(Function):
    def forward(self, x): return super().forward(x)
    def backward(self, gy): return super().backward(gy)
"""
CALLER = """
def caller_of(backward, gy):
    return backward(gy), gy
"""
GY = _(
    "what arrives from above, gy, is multiplied by the function's own derivative at its "
    "input (section 6.3)"
)


@check(
    _("a new Variable has no gradient yet"),
    kind="structure",
    points=1,
    hint=_("a new Variable has a place for its gradient: nothing is in it yet (section 6.1)"),
    why=_("None says that no gradient has arrived yet; zero would say that one has"),
    section="6.1",
)
def test_grad_starts_as_none(student, draw):
    assert_none(student.Variable(draw.array()).grad)


@check(
    _("a Function remembers the Variable it was called with"),
    kind="structure",
    points=1,
    hint=_("__call__ keeps the Variable that came in, as input: not its data (section 6.2)"),
    why=_("what a Function doesn't keep on the way out it can't use on the way back"),
    section="6.2",
)
def test_input_is_kept(student, draw):
    x = student.Variable(draw.array())
    f = student.Square()
    f(x)
    assert_same(f.input, x, "x")


@check(
    _("Function's own backward raises NotImplementedError"),
    kind="structure",
    points=1,
    hint=_("raise it, don't return it: every subclass has its own derivative (section 6.2)"),
    why=_("a subclass that forgets its backward is told so, instead of passing None on"),
    section="6.2",
)
def test_backward_is_for_subclasses(student, draw):
    bare = student.define(BARE, "Bare")()
    with assert_raises(NotImplementedError):
        bare.backward(draw.array())


@check(
    _("Square.backward is 2·x for a gy of ones"),
    kind="backward",
    points=1,
    needs=("input_is_kept",),
    hint=GY,
    why=_("the derivative of x² alone, before the chain rule comes in"),
    section="6.3",
    stays=_("it tells a wrong derivative from a forgotten gy, which the next check can't"),
)
def test_square_derivative(student, draw):
    x = draw.array()
    assert_close(
        called(student, "Square", x).backward(np.ones(3)), 2 * x, "2·x", inputs={"x": x}
    )


@check(
    _("Square.backward multiplies by gy"),
    kind="backward",
    points=2,
    needs=("square_derivative",),
    hint=GY,
    why=_("the chain rule: a gradient is what arrives from above times the slope here"),
    section="6.3",
)
def test_square_backward(student, draw):
    x, gy = draw.array(), draw.array(low=4, high=5)
    assert_close(
        called(student, "Square", x).backward(gy),
        2 * x * gy,
        "2·x·gy",
        inputs={"x": x, "gy": gy},
    )


@check(
    _("Exp.backward is exp(x) for a gy of ones"),
    kind="backward",
    points=1,
    needs=("input_is_kept",),
    hint=GY,
    why=_("the derivative of exp(x) alone, before the chain rule comes in"),
    section="6.3",
    stays=_("it tells a wrong derivative from a forgotten gy, which the next check can't"),
)
def test_exp_derivative(student, draw):
    x = draw.array()
    assert_close(
        called(student, "Exp", x).backward(np.ones(3)), np.exp(x), "exp(x)", inputs={"x": x}
    )


@check(
    _("Exp.backward multiplies by gy"),
    kind="backward",
    points=2,
    needs=("exp_derivative",),
    hint=GY,
    why=_("the chain rule: a gradient is what arrives from above times the slope here"),
    section="6.3",
)
def test_exp_backward(student, draw):
    x, gy = draw.array(), draw.array(low=4, high=5)
    assert_close(
        called(student, "Exp", x).backward(gy),
        np.exp(x) * gy,
        "exp(x)·gy",
        inputs={"x": x, "gy": gy},
    )


@check(
    _("gradients have the shape of the input"),
    kind="backward",
    points=1,
    needs=("square_backward", "exp_backward"),
    hint=_("x and gy are multiplied element by element: no sum, no matrix product"),
    why=_("each number of the input has a gradient of its own, in the same place"),
    section="6.3",
)
def test_shapes(student, draw):
    for shape in ((1, 4), (3, 2)):
        x, gy = draw.array(*shape), np.ones(shape)
        square, exp = called(student, "Square", x), called(student, "Exp", x)
        assert_close(square.backward(gy), 2 * x, _("2·x, for a gy of ones"))
        assert_close(exp.backward(gy), np.exp(x), _("exp(x), for a gy of ones"))


@check(
    _("backward leaves gy and the input as they were"),
    kind="backward",
    points=1,
    needs=("input_is_kept", "square_derivative", "exp_derivative"),
    hint=_("with *= the caller's own array is changed; without the = a new one is made"),
    why=_(
        "gy is another Variable's gradient: who looks at it afterwards must find it unchanged"
    ),
    section="6.3",
    reproduce=scripts.GY_STAYS,
)
def test_gy_is_left_alone(student, draw):
    for name in ("Square", "Exp"):
        a, gy = draw.array(), draw.array(low=4, high=5)
        x = student.Variable(a)
        f = getattr(student, name)()
        f(x)
        given, after = student.define(CALLER, "caller_of")(f.backward, gy)
        assert_close(given, np.ones(3), _("a gradient"), tolerance=np.inf)
        assert_close(after, gy, _("the caller's gy, after the call"), inputs={"of": "gy"})
        assert_close(x.data, a, _("the input, after the call"), inputs={"of": "x"})


@check(
    _("backwards by hand through Square, Exp and Square gives the gradient"),
    kind="backward",
    points=1,
    needs=(
        "shapes",
        "square_backward",
        "exp_backward",
        "square_agrees",
        "exp_agrees",
        "two_functions_are_independent",
    ),
    hint=_("each gradient is the gy of the Function before it (section 6.4)"),
    why=_(
        "three backwards in a row are the chain rule; the course's number says that it holds"
    ),
    section="6.4",
    reproduce=scripts.BY_HAND,
)
def test_by_hand_at_one_half(student, draw):
    p = draw.number()
    for point, due in ((np.array(0.5), 3.297442541400256), (p, slope_of_the_course(p))):
        x = student.Variable(point)
        A, B, C = student.Square(), student.Exp(), student.Square()
        a = A(x)
        b = B(a)
        y = C(b)
        if not is_kin(y, student.Variable):
            assert_none(y.grad)
        y.grad = np.array(1.0)
        b.grad = C.backward(y.grad)
        a.grad = B.backward(b.grad)
        x.grad = A.backward(a.grad)
        assert_close(x.grad, due, "4·x·exp(2·x²)")


@check(
    _("Square.backward agrees with the slope of your own Square"),
    kind="agreement",
    points=1,
    needs=("square_backward",),
    hint=_("backward is the derivative of what forward computes"),
    why=_("whatever your forward computes, your backward has to be its derivative"),
    section="6.3",
    reproduce=scripts.agrees("Square"),
)
def test_square_agrees(student, draw):
    agrees(student, "Square", draw)


@check(
    _("Exp.backward agrees with the slope of your own Exp"),
    kind="agreement",
    points=1,
    needs=("exp_backward",),
    hint=_("backward is the derivative of what forward computes"),
    why=_("whatever your forward computes, your backward has to be its derivative"),
    section="6.3",
    reproduce=scripts.agrees("Exp"),
)
def test_exp_agrees(student, draw):
    agrees(student, "Exp", draw)


@check(
    _("two Functions remember inputs of their own"),
    kind="structure",
    points=1,
    needs=("input_is_kept",),
    hint=_("self.input belongs to one Function; Function.input would be shared by all"),
    why=_("in a chain the same kind of Function is used twice, each with an input of its own"),
    section="6.2",
    reproduce=scripts.TWO_INPUTS,
)
def test_two_functions_are_independent(student, draw):
    a, b = draw.array(), draw.array()
    x, z = student.Variable(a), student.Variable(b)
    f, g = student.Square(), student.Square()
    f(x)
    g(z)
    if remembers(student, f, x) and remembers(student, g, z):
        return
    why = _("f.input and g.input: f was called with x, g with another Variable")
    assert_different(f.input, g.input, why)
    for kept, data in ((f.input, a), (g.input, b)):
        assert_close(data_of(kept, student.Variable), data, why)


def called(student, name, x):
    """Return a Function of the step that has been called with x."""
    function = getattr(student, name)()
    function(student.Variable(x))
    return function


def agrees(student, name, draw):
    """Claim that a Function's backward is gy times the slope of its own forward."""
    x, gy = draw.array(), draw.array()
    gradient = called(student, name, x).backward(gy)
    assert_agrees(gradient, lambda a: getattr(student, name)()(student.Variable(a)).data, x, gy)
