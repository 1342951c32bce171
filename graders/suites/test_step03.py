"""Step 3: Exp, and Functions in a row (sections 3.1 and 3.2)."""

import numpy as np

from graders.assertions import assert_close, assert_kind, assert_subclass
from graders.checks import check
from graders.words import _

CALL = _("forward gets the data of the Variable: np.exp(x), not np.exp of the Variable")


@check(
    _("Exp raises e to the power of a number"),
    kind="forward",
    points=1,
    needs=("exp_gives_a_variable",),
    hint=CALL,
)
def test_exp_of_a_number(student, draw):
    a = draw.number()
    assert_close(student.Exp()(student.Variable(a)).data, np.exp(a), "exp(x)")


@check(
    _("Exp works on arrays element by element"),
    kind="forward",
    points=1,
    needs=("exp_of_a_number",),
    hint=CALL,
)
def test_exp_of_arrays(student, draw):
    for a in (draw.array(4), draw.array(2, 2)):
        assert_close(student.Exp()(student.Variable(a)).data, np.exp(a), "exp(x)")


@check(
    _("Exp gives a Variable"),
    kind="structure",
    points=1,
    needs=("exp_is_a_function",),
    hint=_("Function.__call__ wraps what forward returns (section 2.2)"),
)
def test_exp_gives_a_variable(student, draw):
    assert_kind(student.Exp()(student.Variable(draw.array())), student.Variable)


@check(
    _("Exp is a Function"),
    kind="structure",
    points=1,
    hint=_("write class Exp(Function): it only needs a forward (section 3.1)"),
)
def test_exp_is_a_function(student):
    assert_subclass(student.Exp, student.Function)


@check(
    _("Square, Exp and Square in a row give the course's number at 0.5"),
    kind="forward",
    points=2,
    needs=("exp_of_a_number",),
    hint=_("the result of one Function is the input of the next (section 3.2)"),
)
def test_chain_at_one_half(student):
    y = chain(student, student.Variable(np.array(0.5)), "Square", "Exp", "Square")
    assert_close(y.data, 1.648721270700128, "(exp(x²))²")


@check(
    _("Square, Exp and Square in a row work on arrays"),
    kind="forward",
    points=1,
    needs=("exp_of_arrays", "chain_at_one_half"),
    hint=_("the result of one Function is the input of the next (section 3.2)"),
)
def test_chain_on_arrays(student, draw):
    for a in (draw.array(), draw.array(2, 2)):
        y = chain(student, student.Variable(a), "Square", "Exp", "Square")
        assert_close(y.data, np.exp(a**2) ** 2, "(exp(x²))²")


@check(
    _("the order of Functions in a row matters"),
    kind="forward",
    points=1,
    needs=("exp_of_arrays", "chain_on_arrays"),
    hint=_("exp(x²) is not exp(x)²: the Function called first is the innermost"),
)
def test_order_matters(student, draw):
    a = draw.array()
    x = student.Variable(a)
    assert_close(chain(student, x, "Square", "Exp").data, np.exp(a**2), "exp(x²)")
    assert_close(chain(student, x, "Exp", "Square").data, np.exp(a) ** 2, "(exp(x))²")


@check(
    _("the Variables in between keep their values"),
    kind="structure",
    points=1,
    needs=("exp_of_arrays", "chain_at_one_half", "chain_on_arrays"),
    hint=_("a Function makes a new Variable and leaves its input alone (section 2.2)"),
)
def test_values_in_between_stay(student, draw):
    p = draw.array()
    x = student.Variable(p)
    a = student.Square()(x)
    b = student.Exp()(a)
    student.Square()(b)
    assert_close(x.data, p, "x")
    assert_close(a.data, p**2, "x²")
    assert_close(b.data, np.exp(p**2), "exp(x²)")


def chain(student, x, *names):
    """Return x passed through the named Functions, the first one first."""
    for name in names:
        x = getattr(student, name)()(x)
    return x
