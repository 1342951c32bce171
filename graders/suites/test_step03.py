"""Step 3: Exp, and Functions in a row (sections 3.1 and 3.2)."""

import numpy as np

from graders.assertions import assert_close, assert_kind, assert_subclass
from graders.checks import check
from graders.words import _

CALL = _(
    "exp(x) is e to the power of x, for each number of an array. Does forward of Exp compute "
    "that, and is it this one that is called? (section 3.1)"
)


@check(
    _("Exp is a Function"),
    kind="structure",
    points=1,
    hint=_("write class Exp(Function): it only needs a forward (section 3.1)"),
    why=_("a second Function shows what the base class is good for"),
    section="3.1",
    reproduce="""\
from step03 import Exp, Function

print(issubclass(Exp, Function))    # due: True
""",
)
def test_exp_is_a_function(student):
    assert_subclass(student.Exp, student.Function)


@check(
    _("Exp gives a Variable"),
    kind="structure",
    points=1,
    needs=("exp_is_a_function",),
    hint=_("what forward gives is put into a new Variable by __call__ (section 2.2)"),
    why=_("only what gives a Variable can stand in the middle of a row"),
    section="3.2",
)
def test_exp_gives_a_variable(student, draw):
    assert_kind(student.Exp()(student.Variable(draw.number())), student.Variable)


@check(
    _("Exp raises e to the power of a number"),
    kind="forward",
    points=1,
    needs=("exp_gives_a_variable",),
    hint=CALL,
    why=_("exp(x) is e to the power of x, for whole numbers as for others"),
    section="3.1",
)
def test_exp_of_a_number(student, draw):
    for x in (abs(draw.number()), 3):
        due = float(np.exp(x))
        got = student.Exp()(student.Variable(np.array(x))).data
        assert_close(got, due, "exp(x)", inputs={"x": x})


@check(
    _("Exp works on arrays element by element"),
    kind="forward",
    points=2,
    needs=("exp_of_a_number",),
    hint=CALL,
    why=_("numpy's exp takes whole arrays, where math's takes one number"),
    section="3.1",
)
def test_exp_of_arrays(student, draw):
    for x in (draw.array(4), draw.array(2, 2)):
        assert_close(
            student.Exp()(student.Variable(x)).data, np.exp(x), "exp(x)", inputs={"x": x}
        )


@check(
    _("Square, Exp and Square in a row give (exp(x²))²"),
    kind="forward",
    points=2,
    needs=("exp_of_a_number",),
    hint=_("the result of one Function is the input of the next (section 3.2)"),
    why=_("small functions in a row make a large one: what all later steps differentiate"),
    section="3.2",
    stays=_("the course prints this number; it also shows a Square that has changed"),
)
def test_chain_at_one_half(student, draw):
    a = draw.number()
    for x, due in ((np.array(0.5), 1.648721270700128), (a, float(np.exp(2 * a**2)))):
        y = chain(student, student.Variable(x), "Square", "Exp", "Square")
        assert_close(y.data, due, "(exp(x²))²")


@check(
    _("the Variables in between keep their values"),
    kind="structure",
    points=1,
    needs=("exp_of_arrays", "chain_at_one_half"),
    hint=_("a Function makes a new Variable and leaves its input alone (section 2.2)"),
    why=_("on the way back, from step 6 on, every value in between is needed once more"),
    section="3.2",
)
def test_values_in_between_stay(student, draw):
    p = draw.array()
    x = student.Variable(p)
    a = student.Square()(x)
    student.Exp()(a)
    assert_close(x.data, p, "x", inputs={"x": p, "which": "x"})
    assert_close(a.data, p**2, "x²", inputs={"x": p, "which": "x²"})


@check(
    _("the order of Functions in a row matters"),
    kind="forward",
    points=1,
    needs=("exp_of_a_number", "chain_at_one_half"),
    hint=_("exp(x²) is not exp(x)²: the Function called first is the innermost"),
    why=_("exp(x²) and exp(x)² are two functions, and one x serves for both"),
    section="3.2",
)
def test_order_matters(student, draw):
    a = draw.number()
    x = student.Variable(a)
    assert_close(chain(student, x, "Square", "Exp").data, np.exp(a**2), "exp(x²)")
    assert_close(
        chain(student, x, "Exp", "Square").data, np.exp(a) ** 2, "(exp(x))²", inputs={"x": a}
    )


def chain(student, x, *names):
    """Return x passed through the named Functions, the first one first."""
    for name in names:
        x = getattr(student, name)()(x)
    return x
