"""Step 7: Variables and Functions are linked, and backward follows the links (7.1 to 7.3)."""

import numpy as np

from graders.assertions import assert_close, assert_none, assert_same
from graders.checks import check
from graders.words import _

TRIPLE = """
class Triple(Function):
    def forward(self, x):
        return 3 * x
    def backward(self, gy):
        return 3 * gy
"""
CUBE = """
class Cube(Function):
    def forward(self, x):
        return x ** 3
    def backward(self, gy):
        return 3 * self.input.data ** 2 * gy
"""
FOLLOW = _(
    "backward takes the creator, gives its input the gradient creator.backward(self.grad), and "
    "goes on from that input (section 7.3)"
)


@check(
    _("a Function's result knows its creator"),
    kind="structure",
    points=1,
    needs=("set_creator", "leaf_has_no_creator"),
    hint=_(
        "output.set_creator(self) in Function.__call__: the output's, not the input's (7.1)"
    ),
)
def test_result_knows_its_creator(student, draw):
    f = student.define(TRIPLE, "Triple")()
    y = f(student.Variable(draw.array()))
    assert_same(y.creator, f, "f")


@check(
    _("a Variable that no Function made has no creator"),
    kind="structure",
    points=1,
    hint=_("self.creator = None in __init__; only results of Functions get one (section 7.1)"),
)
def test_leaf_has_no_creator(student, draw):
    x = student.Variable(draw.array())
    assert_none(x.creator)
    student.define(TRIPLE, "Triple")()(x)
    assert_none(x.creator)


@check(
    _("set_creator sets the creator"),
    kind="structure",
    points=1,
    hint=_("def set_creator(self, func): self.creator = func (section 7.1)"),
)
def test_set_creator(student, draw):
    x, f = student.Variable(draw.array()), student.define(TRIPLE, "Triple")()
    x.set_creator(f)
    assert_same(x.creator, f, "f")


@check(
    _("a Function remembers its result"),
    kind="structure",
    points=1,
    hint=_("self.output = output in Function.__call__: the Variable it returns (section 7.1)"),
)
def test_output_is_kept(student, draw):
    f = student.define(TRIPLE, "Triple")()
    y = f(student.Variable(draw.array()))
    assert_same(f.output, y, "y")


@check(
    _("the links lead from the result all the way back"),
    kind="structure",
    points=2,
    needs=("result_knows_its_creator",),
    hint=_("y.creator is C, C.input is b, b.creator is B … (section 7.1)"),
)
def test_links_lead_back(student, draw):
    A, B, C = student.define(CUBE, "Cube")(), student.Square(), student.define(CUBE, "Cube")()
    x = student.Variable(draw.array())
    a = A(x)
    b = B(a)
    y = C(b)
    assert_same(y.creator, C, "C")
    assert_same(y.creator.input, b, "b")
    assert_same(y.creator.input.creator, B, "B")
    assert_same(y.creator.input.creator.input, a, "a")
    assert_same(a.creator, A, "A")
    assert_same(a.creator.input, x, "x")


@check(
    _("backward through Square, Exp and Square gives the course's number at 0.5"),
    kind="backward",
    points=2,
    needs=("backward_of_one_function", "gradients_on_the_way"),
    hint=FOLLOW,
)
def test_backward_at_one_half(student):
    x = student.Variable(np.array(0.5))
    y = student.Square()(student.Exp()(student.Square()(x)))
    y.grad = np.array(1.0)
    y.backward()
    assert_close(x.grad, 3.297442541400256, "4·x·exp(2·x²)")


@check(
    _("backward through one Function gives its input a gradient"),
    kind="backward",
    points=1,
    needs=("leaf_has_no_creator", "result_knows_its_creator", "links_lead_back"),
    hint=FOLLOW,
)
def test_backward_of_one_function(student, draw):
    p = draw.array()
    x = student.Variable(p)
    y = student.define(CUBE, "Cube")()(x)
    y.grad = np.ones(3)
    y.backward()
    assert_close(x.grad, 3 * p**2, _("3·x², the slope of x³"))


@check(
    _("backward gives every Variable on the way its gradient"),
    kind="backward",
    points=1,
    needs=("backward_of_one_function", "links_lead_back"),
    hint=FOLLOW,
)
def test_gradients_on_the_way(student, draw):
    p = draw.array()
    triple, cube = student.define(TRIPLE, "Triple"), student.define(CUBE, "Cube")
    x = student.Variable(p)
    a = triple()(x)
    b = cube()(a)
    y = triple()(b)
    y.grad = np.ones(3)
    y.backward()
    assert_close(b.grad, 3 * np.ones(3), _("3, the slope of 3·b"))
    assert_close(a.grad, 9 * (3 * p) ** 2, _("9·a², the slope of 3·a³"))
    assert_close(x.grad, 27 * (3 * p) ** 2, _("27·(3·x)², the slope of 3·(3·x)³"))


@check(
    _("backward starts from the gradient that the caller set"),
    kind="backward",
    points=1,
    needs=("backward_of_one_function",),
    hint=_("pass self.grad on to the creator's backward; don't start from a one of your own"),
)
def test_starts_from_the_given_gradient(student, draw):
    gy = draw.array()
    x = student.Variable(draw.array())
    y = student.define(TRIPLE, "Triple")()(x)
    y.grad = gy
    y.backward()
    assert_close(x.grad, 3 * gy, "3·gy")
    assert_close(y.grad, gy, _("y.grad stays what it was"))


@check(
    _("backward does nothing on a Variable without a creator"),
    kind="backward",
    points=1,
    needs=("leaf_has_no_creator",),
    hint=_("stop where creator is None (section 7.3)"),
)
def test_backward_of_a_leaf(student, draw):
    gy = draw.array()
    x = student.Variable(draw.array())
    x.grad = gy
    x.backward()
    assert_close(x.grad, gy, _("x.grad stays what it was"))


@check(
    _("a second backward gives the same gradient again"),
    kind="backward",
    points=1,
    needs=("starts_from_the_given_gradient",),
    hint=_("set x.grad to what the creator gives; nothing is added up in this step"),
)
def test_backward_again(student, draw):
    x = student.Variable(draw.array())
    y = student.define(TRIPLE, "Triple")()(x)
    for gy in (draw.array(), draw.array()):
        y.grad = gy
        y.backward()
        assert_close(x.grad, 3 * gy, "3·gy")
