"""Step 2: a Function takes a Variable and makes a new one (sections 2.2 and 2.3)."""

import numpy as np

from graders.assertions import (
    assert_close,
    assert_different,
    assert_kind,
    assert_raises,
    assert_subclass,
)
from graders.checks import check
from graders.words import _

CUBE = """
class Cube(Function):
    def forward(self, x):
        return x ** 3
"""
BARE = """
class Bare(Function):
    def forward(self, x):
        return super().forward(x)
    def backward(self, gy):
        return super().backward(gy)
"""


@check(
    _("Square squares a number"),
    kind="forward",
    points=2,
    needs=("result_is_a_variable",),
    hint=_("forward(x) gets the data, not the Variable, and returns x ** 2 (section 2.3)"),
)
def test_square_of_a_number(student, draw):
    a = draw.number()
    assert_close(student.Square()(student.Variable(np.array(10))).data, 100, _("10 squared"))
    assert_close(student.Square()(student.Variable(a)).data, a**2, "x²")


@check(
    _("Square squares arrays element by element"),
    kind="forward",
    points=1,
    needs=("square_of_a_number",),
    hint=_("x ** 2 works on a whole array: no loop, no sum, no matrix product"),
)
def test_square_of_arrays(student, draw):
    for a in (draw.array(4), draw.array(2, 2)):
        assert_close(student.Square()(student.Variable(a)).data, a**2, "x²")


@check(
    _("a Function gives a Variable"),
    kind="structure",
    points=1,
    needs=("square_is_a_function",),
    hint=_("__call__ puts the result of forward into a new Variable (section 2.2)"),
)
def test_result_is_a_variable(student, draw):
    assert_kind(student.Square()(student.Variable(draw.array())), student.Variable)


@check(
    _("a Function gives a new Variable, not its input"),
    kind="structure",
    points=1,
    needs=("result_is_a_variable",),
    hint=_("make a Variable for the result instead of changing the data of the input"),
)
def test_result_is_new(student, draw):
    x = student.Variable(draw.array())
    assert_different(student.Square()(x), x, _("the result has a box of its own"))


@check(
    _("a Function leaves its input as it was"),
    kind="structure",
    points=1,
    needs=("result_is_new", "result_is_a_variable"),
    hint=_("x **= 2 and input.data = … change the caller's data; x ** 2 makes a new array"),
)
def test_input_is_left_alone(student, draw):
    a = draw.array()
    x = student.Variable(a)
    student.Square()(x)
    assert_close(x.data, a, _("the input, after the call"))


@check(
    _("Function's own forward raises NotImplementedError"),
    kind="structure",
    points=1,
    needs=("subclass_only_needs_forward",),
    hint=_("raise it, don't return it: a bare Function can't compute anything (section 2.3)"),
)
def test_forward_is_for_subclasses(student, draw):
    with assert_raises(NotImplementedError):
        student.define(BARE, "Bare")()(student.Variable(draw.array()))


@check(
    _("Square is a Function"),
    kind="structure",
    points=1,
    hint=_("write class Square(Function): so that it inherits __call__ (section 2.3)"),
)
def test_square_is_a_function(student):
    assert_subclass(student.Square, student.Function)


@check(
    _("a subclass of Function only needs a forward"),
    kind="forward",
    points=1,
    needs=("result_is_a_variable",),
    hint=_("Function.__call__ calls self.forward(x), whatever the subclass is (section 2.3)"),
)
def test_subclass_only_needs_forward(student, draw):
    a = draw.array()
    cube = student.define(CUBE, "Cube")
    assert_close(cube()(student.Variable(a)).data, a**3, _("x³, by a Function of the grader's"))


@check(
    _("one Function can be called again and again"),
    kind="structure",
    points=1,
    needs=("square_of_arrays",),
    hint=_("every call makes its own result; an earlier one stays what it was"),
)
def test_calls_are_independent(student, draw):
    a, b = draw.array(), draw.array()
    f = student.Square()
    y, z = f(student.Variable(a)), f(student.Variable(b))
    assert_close(z.data, b**2, _("x² in the second call"))
    assert_close(y.data, a**2, _("x² in the first call, read after the second"))
