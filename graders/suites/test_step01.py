"""Step 1: a Variable is a box that holds data (sections 1.2 and 1.3)."""

import numpy as np

from graders.assertions import Described, assert_array, assert_close, assert_different, fail
from graders.checks import check
from graders.words import _

HINT = _("keep the argument as it is, in an attribute of self called data (section 1.2)")


@check(_("Variable keeps the number it is given"), kind="forward", points=1, hint=HINT)
def test_keeps_a_number(student, draw):
    a = draw.number()
    assert_close(student.Variable(np.array(1.0)).data, 1.0)
    assert_close(student.Variable(a).data, a)


@check(_("Variable keeps the values of an array"), kind="forward", points=1, hint=HINT)
def test_keeps_an_array(student, draw):
    for a in (draw.array(4), draw.array(2, 3)):
        assert_close(student.Variable(a).data, a)


@check(_("the data of a Variable can be replaced"), kind="forward", points=1, hint=HINT)
def test_data_can_be_replaced(student, draw):
    x = student.Variable(draw.number())
    x.data = 2.0
    assert_close(x.data, 2.0, _("after x.data = 2.0"))


@check(
    _("Variable keeps arrays of 0, 1 and 2 dimensions as they are"),
    kind="structure",
    points=1,
    needs=("keeps_a_number", "keeps_an_array"),
    hint=_("the box must not change the shape of what it holds (section 1.3)"),
)
def test_keeps_the_dimensions(student, draw):
    for a in (draw.number(), draw.array(3), draw.array(2, 3)):
        assert_array(student.Variable(a).data, ndim=a.ndim)


@check(
    _("Variable holds the very array it is given, not a copy"),
    kind="structure",
    points=1,
    needs=("keeps_the_dimensions", "keeps_an_array"),
    hint=_(
        "don't convert the data: no float(data), np.array(data) or list(data) (section 1.2)"
    ),
)
def test_holds_the_very_array(student):
    holds_it = student.define(
        """
def holds_it(data):
    return Variable(data).data is data
""",
        "holds_it",
    )
    for a in (np.array(1.5), np.array([1, 2, 3])):
        if holds_it(a) is not True:
            fail(Described(_("another object")), _("the very array that was given"))


@check(
    _("two Variables hold data of their own"),
    kind="structure",
    points=1,
    needs=("keeps_a_number", "keeps_an_array", "data_can_be_replaced"),
    hint=_("self.data belongs to one Variable; Variable.data would be shared by all"),
)
def test_two_variables_are_independent(student, draw):
    a, b = draw.array(3), draw.array(3)
    x, y = student.Variable(a), student.Variable(b)
    assert_different(y, x, _("each call of Variable makes a new box"))
    assert_close(x.data, a, _("the first box, after a second one was made"))
    y.data = a + b
    assert_close(x.data, a, _("the first box, after the second one's data was replaced"))
