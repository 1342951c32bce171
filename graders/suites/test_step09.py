"""Step 9: functions that are easier to use (sections 9.1 to 9.3)."""

import numpy as np

from graders.assertions import (
    assert_array,
    assert_close,
    assert_different,
    assert_kind,
    assert_none,
    assert_raises,
    assert_same,
)
from graders.checks import check
from graders.derivatives import assert_agrees
from graders.suites import scripts
from graders.suites.functions import TRIPLE, remembers, slope_of_the_course
from graders.words import _

CALLS = ("arrays_are_taken", "as_array_of_arrays", "call_gives_arrays")
"""What calling a Function on an array rests on."""
GIVES = """
class Gives(Function):
    def forward(self, x): return self.given
    def backward(self, gy): return gy
"""
STRICT = _("None and arrays are welcome; for all else a TypeError is raised (section 9.3)")
AS_ARRAY = _(
    "numpy makes a scalar of a 0-d array that it computes with: what forward "
    "gives goes through as_array (section 9.3)"
)


@check(
    _("square(x) squares in one call"),
    kind="forward",
    points=1,
    needs=CALLS,
    hint=_(
        "make a Square, call it with x, and give its result back. If that is done, what does "
        "its forward give? (section 9.1)"
    ),
    why=_("a function in one call reads like mathematics: square(exp(square(x)))"),
    section="9.1",
)
def test_square(student, draw):
    a = draw.array()
    y = student.square(student.Variable(a))
    assert_kind(y, student.Variable, inputs={"of": "call"})
    assert_close(y.data, a**2, "x²", inputs={"x": a})


@check(
    _("exp(x) raises e to the power of x in one call"),
    kind="forward",
    points=1,
    needs=CALLS,
    hint=_(
        "make an Exp, call it with x, and give its result back. If that is done, what does "
        "its forward give? (section 9.1)"
    ),
    why=_("a function in one call reads like mathematics: square(exp(square(x)))"),
    section="9.1",
)
def test_exp(student, draw):
    a = draw.array()
    y = student.exp(student.Variable(a))
    assert_kind(y, student.Variable, inputs={"of": "call"})
    assert_close(y.data, np.exp(a), "exp(x)", inputs={"x": a})


@check(
    _("square and exp leave links for backward"),
    kind="structure",
    points=1,
    needs=("square", "exp"),
    hint=_(
        "a result knows its creator, and that its input: so they call a fresh "
        "Square or Exp with x itself (section 9.1)"
    ),
    why=_("the short way to write it must leave the same way back as the long one"),
    section="9.1",
    reproduce=scripts.LINKS,
)
def test_links(student, draw):
    x = student.Variable(draw.array())
    for cls in (student.Square, student.Exp):
        assert_kind(cls()(x).creator, cls, inputs={"of": "class"})
    y = student.square(x)
    z = student.exp(y)
    assert_kind(y.creator, student.Square, inputs={"of": "call"})
    assert_kind(z.creator, student.Exp, inputs={"of": "call"})
    for result, variable, name in ((y, x, "x"), (z, y, "y")):
        if not remembers(student, result.creator, variable):
            assert_same(result.creator.input, variable, name)
    once_more = student.square(z)
    assert_different(
        once_more.creator, y.creator, _("every call of square uses a Square of its own")
    )


@check(
    _("backward starts from ones of the data's shape"),
    kind="backward",
    points=1,
    needs=(*CALLS, "links"),
    hint=_(
        "who has no gradient starts with ones, as many as the data has numbers (section 9.2)"
    ),
    why=_("the slope of y with respect to y itself is 1: nobody should have to say so"),
    section="9.2",
)
def test_grad_starts_as_ones(student, draw):
    triple = student.define(TRIPLE, "Triple")
    for shape in ((3,), (2, 2)):
        p = draw.array(*shape)
        x = student.Variable(p)
        y = triple()(x)
        y.backward()
        assert_close(y.grad, np.ones(shape), _("ones in the shape of y.data"), inputs={"x": p})
        assert_close(x.grad, 3 * np.ones(shape), _("3, the slope of y = 3·x"))


@check(
    _("a gradient that the caller set is kept and used"),
    kind="backward",
    points=1,
    needs=(*CALLS, "links"),
    hint=_("a gradient that is there stays, and the walk back starts from it (section 9.2)"),
    why=_("y may be in the middle of something larger: then its gradient comes from there"),
    section="9.2",
)
def test_given_grad_is_kept(student, draw):
    gy = draw.array()
    f = student.define(TRIPLE, "Triple")()
    x = student.Variable(draw.array())
    y = f(x)
    y.grad = gy
    y.backward()
    assert_close(y.grad, gy, _("y.grad stays what the caller set"), inputs={"gy": gy})
    assert_close(x.grad, 3 * gy, "3·gy")


@check(
    _("Variable refuses a float"),
    kind="structure",
    points=1,
    hint=STRICT,
    why=_("a forgotten np.array(…) shows where it was forgotten, not ten lines later"),
    section="9.3",
)
def test_float_is_refused(student, draw):
    student.Variable(draw.number())  # one that refuses all refuses nothing in particular
    with assert_raises(TypeError):
        student.Variable(1.0)


@check(
    _("Variable refuses lists and other things"),
    kind="structure",
    points=1,
    needs=("float_is_refused",),
    hint=STRICT,
    why=_("what is no array is refused, whatever it is: naming the floats is not enough"),
    section="9.3",
)
def test_list_is_refused(student, draw):
    student.Variable(draw.number())
    for thing in ([1.0, 2.0], 3, "4", (5.0,)):
        with assert_raises(TypeError):
            student.Variable(thing)


@check(
    _("Variable takes None"),
    kind="structure",
    points=1,
    hint=STRICT,
    why=_("a Variable whose data is to come later is a good thing to have"),
    section="9.3",
)
def test_none_is_taken(student, draw):
    a = draw.number()
    assert_close(student.Variable(a).data, a, _("the array that was put in"))
    assert_none(student.Variable(None).data)


@check(
    _("Variable takes arrays of every kind"),
    kind="structure",
    points=1,
    hint=STRICT,
    why=_("strict about what is no array, open to every array: large or small, whole or not"),
    section="9.3",
)
def test_arrays_are_taken(student, draw):
    for a in (draw.number(), draw.array(), draw.array(2, 2), np.array([1, 2])):
        assert_close(student.Variable(a).data, a, _("the array that was put in"))


@check(
    _("as_array makes 0-d arrays of scalars"),
    kind="structure",
    points=1,
    hint=_(
        "a scalar becomes an array without any axis; which is one, numpy can tell (section 9.3)"
    ),
    why=_("numpy gives a scalar where a 0-d array went in: this is the way back"),
    section="9.3",
)
def test_as_array_of_scalars(student, draw):
    for scalar in (draw.number()[()], 2.5, 3):
        made = passed(student, scalar)
        assert_array(made, ndim=0)
        assert_close(made, scalar)


@check(
    _("as_array leaves arrays as they are"),
    kind="structure",
    points=1,
    hint=_("return x itself when it is not a scalar (section 9.3)"),
    why=_("every result passes through as_array, and nearly all are arrays already"),
    section="9.3",
)
def test_as_array_of_arrays(student, draw):
    for a in (draw.number(), draw.array(), draw.array(2, 2)):
        made = passed(student, a)
        assert_array(made, ndim=a.ndim)
        assert_close(made, a)


@check(
    _("every Function makes arrays of scalars"),
    kind="structure",
    points=1,
    needs=("arrays_are_taken", "as_array_of_scalars"),
    hint=AS_ARRAY,
    why=_("a Variable takes only arrays, so every result has to be one"),
    section="9.3",
)
def test_call_gives_arrays(student, draw):
    a = draw.number()
    f = student.define(TRIPLE, "Triple")()
    y = f(student.Variable(a))
    assert_kind(y, student.Variable)
    assert_array(y.data, ndim=0)
    assert_close(y.data, np.array(3 * a), "3·x", inputs={"x": a})


@check(
    _("square and exp of a 0-d array hold 0-d arrays"),
    kind="structure",
    points=1,
    needs=("square", "exp", "links", "call_gives_arrays"),
    hint=AS_ARRAY,
    why=_("Square and Exp must be made of the new Function, not of an older one in the file"),
    section="9.3",
)
def test_zero_dimensions_stay(student):
    x = student.Variable(np.array(1.0))
    assert_array(student.square(x).data, ndim=0)
    assert_array(student.exp(x).data, ndim=0)


@check(
    _("square(exp(square(x))) and backward give the gradient"),
    kind="backward",
    points=1,
    needs=("square", "exp", "links", "grad_starts_as_ones", "zero_dimensions_stay"),
    hint=_(
        "what came before was tried with another Function: so look at the backward "
        "of Square and of Exp (section 6.3)"
    ),
    why=_("the whole of the course so far, in three lines; its number says that it holds"),
    section="9.2",
)
def test_backward_at_one_half(student, draw):
    p = draw.number()
    for point, due in ((np.array(0.5), 3.297442541400256), (p, slope_of_the_course(p))):
        x = student.Variable(point)
        y = student.square(student.exp(student.square(x)))
        y.backward()
        assert_close(x.grad, due, "4·x·exp(2·x²)", inputs={"of": "x"})


@check(
    _("backward agrees with the slope of your own square(exp(x))"),
    kind="agreement",
    points=1,
    needs=("links", "given_grad_is_kept", "backward_at_one_half"),
    hint=_("each Function's backward is the derivative of what its forward computes"),
    why=_("whatever your functions compute, your backward has to be their derivative"),
    section="9.2",
    reproduce=scripts.CHAIN_AGREES,
)
def test_backward_agrees(student, draw):
    p, gy = draw.array(), draw.array()
    x = student.Variable(p)
    y = student.square(student.exp(x))
    y.grad = gy
    y.backward()
    assert_agrees(
        x.grad, lambda a: student.square(student.exp(student.Variable(a))).data, p, gy
    )


def passed(student, value):
    """Return what as_array makes of a value; where the step does the same under no such name,
    what a Function makes of it that gives it.
    """
    if student.has("as_array"):
        return student.as_array(value)
    f = student.define(GIVES, "Gives")()
    f.given = value
    return f(student.Variable(np.zeros(1))).data
