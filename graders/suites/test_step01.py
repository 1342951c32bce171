"""Step 1: a Variable is a box that holds data (sections 1.2 and 1.3)."""

import numpy as np

from graders.assertions import Described, assert_array, assert_close, assert_different, fail
from graders.checks import check
from graders.words import _

HINT = _("keep the argument as it is, in an attribute of self called data (section 1.2)")


@check(
    _("Variable keeps the number it is given"),
    kind="forward",
    points=1,
    hint=HINT,
    why=_("a Variable is nothing but a box: x.data gives back what Variable(…) was given"),
    section="1.2",
)
def test_keeps_a_number(student, draw):
    for a in (np.array(1.0), draw.number()):
        assert_close(student.Variable(a).data, a, inputs={"a": a})


@check(
    _("Variable keeps the values of an array"),
    kind="forward",
    points=1,
    needs=("keeps_a_number",),
    hint=HINT,
    why=_("the same box holds one number or a table of them, such as a picture"),
    section="1.3",
)
def test_keeps_an_array(student, draw):
    for a in (draw.array(4), draw.array(2, 3)):
        assert_close(student.Variable(a).data, a)


@check(
    _("the data of a Variable can be replaced"),
    kind="forward",
    points=1,
    needs=("keeps_a_number",),
    hint=_("a plain attribute is enough: then x.data = 2.0 works by itself"),
    why=_("training a model means to put new numbers into the same box, again and again"),
    section="1.2",
)
def test_data_can_be_replaced(student, draw):
    a = draw.number()
    x = student.Variable(a)
    x.data = 2.0
    assert_close(x.data, 2.0, _("after x.data = 2.0"), inputs={"a": a})


@check(
    _("Variable keeps arrays of 0, 1 and 2 dimensions as they are"),
    kind="structure",
    points=1,
    needs=("keeps_a_number", "keeps_an_array"),
    hint=_("the box must not change the shape of what it holds (section 1.3)"),
    why=_("even a single number travels in an array: one of 0 dimensions"),
    section="1.3",
)
def test_keeps_the_dimensions(student, draw):
    for a in (draw.number(), draw.array(3), draw.array(2, 3)):
        assert_array(student.Variable(a).data, ndim=a.ndim)


@check(
    _("Variable holds the very array it is given, not a copy"),
    kind="structure",
    points=1,
    needs=("keeps_a_number", "keeps_an_array", "keeps_the_dimensions"),
    hint=_("don't convert the data: no np.array(data), no data.astype(…) (section 1.2)"),
    why=_("a box that copies or converts its content is slow, and forgets the type of numbers"),
    section="1.2",
    reproduce="""\
import numpy as np
from step01 import Variable

a = np.array([1, 2, 3])
print(Variable(a).data is a)    # due: True
""",
)
def test_holds_the_very_array(student):
    holds_it = student.define(
        """
def holds_it(data):
    return Variable(data).data is data
""",
        "holds_it",
    )
    for a in (np.array([0.5, 1.5]), np.array([1, 2, 3])):
        if holds_it(a) is not True:
            got = Described(_("another object"))
            fail(got, Described(_("the very array that was given")), claim="same")


@check(
    _("two Variables hold data of their own"),
    kind="structure",
    points=1,
    needs=("keeps_a_number", "keeps_an_array", "data_can_be_replaced"),
    hint=_("self.data belongs to one Variable; Variable.data would be shared by all"),
    why=_("a program has many Variables, and none may disturb another"),
    section="1.2",
)
def test_two_variables_are_independent(student, draw):
    a, b = draw.array(3), draw.array(3)
    x, y = student.Variable(a), student.Variable(b)
    assert_different(y, x, _("each call of Variable makes a new box"))
    assert_close(x.data, a, _("the first box, after a second one was made"), inputs={"b": b})
    y.data = a + b
    assert_close(
        x.data, a, _("the first box, after the second one's data was replaced"), inputs={"b": b}
    )
