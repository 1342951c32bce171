"""Step 8: backward as a loop (section 8.2)."""

import numpy as np

from graders.assertions import assert_close, assert_equal
from graders.checks import check
from graders.words import _

DEEP = 5000
"""Functions in a row: five times Python's default limit of recursion."""
CHAIN = """
def chain(x, length):
    made = [x]
    for i in range(length):
        made.append(Watched(i)(made[-1]))
    return made
"""
WATCHED = """
import sys

class Watched(Function):
    # doubles; notes its number and the depth of the stack when its backward is called
    notes = []

    def __init__(self, number):
        self.number = number

    def forward(self, x):
        return 2 * x

    def backward(self, gy):
        frame, depth = sys._getframe(), 0
        while frame is not None:
            frame, depth = frame.f_back, depth + 1
        self.notes.append((self.number, depth))
        return 2 * gy
"""
TRIAL = (
    WATCHED
    + CHAIN
    + """
def trial(length):
    made = chain(Variable(np.array([1.0])), length)
    made[-1].grad = np.array([1.0])
    made[-1].backward()
    return [number for number, depth in Watched.notes], [d for n, d in Watched.notes]
"""
)
DOUBLE = """
class Double(Function):
    def forward(self, x):
        return 2 * x
    def backward(self, gy):
        return 2 * gy
"""
LONG = """
class Negative(Function):
    def forward(self, x):
        return -x
    def backward(self, gy):
        return -gy

def long(length):
    x = y = Variable(np.array([1.0]))
    for _ in range(length):
        y = Negative()(y)
    y.grad = np.array([1.0])
    y.backward()
    return x.grad
"""
LOOP = _(
    "keep the Functions still to do in a list: while it has any, take one out (section 8.2)"
)


@check(
    _("backward through Square, Exp and Square gives the course's number at 0.5"),
    kind="backward",
    points=2,
    needs=("every_gradient",),
    hint=LOOP,
)
def test_backward_at_one_half(student):
    x = student.Variable(np.array(0.5))
    y = student.Square()(student.Exp()(student.Square()(x)))
    y.grad = np.array(1.0)
    y.backward()
    assert_close(x.grad, 3.297442541400256, "4·x·exp(2·x²)")


@check(
    _("backward gives every Variable on the way its gradient"),
    kind="backward",
    points=1,
    hint=_("after f.backward put x.creator in the list, unless it is None (section 8.2)"),
)
def test_every_gradient(student, draw):
    double = student.define(DOUBLE, "Double")
    x = student.Variable(draw.array())
    a = double()(x)
    b = double()(a)
    y = double()(b)
    y.grad = np.ones(3)
    y.backward()
    for variable, due in ((b, 2), (a, 4), (x, 8)):
        assert_close(variable.grad, due * np.ones(3), _("2 for every Function on the way"))


@check(
    _("backward starts from the gradient that the caller set"),
    kind="backward",
    points=1,
    needs=("every_gradient",),
    hint=_("pass y.grad on to f.backward; don't start from a one of your own"),
)
def test_starts_from_the_given_gradient(student, draw):
    gy = draw.array()
    x = student.Variable(draw.array())
    y = student.define(DOUBLE, "Double")()(x)
    y.grad = gy
    y.backward()
    assert_close(x.grad, 2 * gy, "2·gy")


@check(
    _("a chain far deeper than Python's recursion limit works"),
    kind="backward",
    points=2,
    needs=("every_gradient", "constant_stack_depth"),
    hint=_("a backward that calls backward needs a stack frame for each Function; a loop none"),
)
def test_deep_chain(student):
    got = student.define(LONG, "long")(DEEP)
    assert_close(got, np.ones(1), _("-1 for each of an even number of Functions"))


@check(
    _("backward needs no deeper stack for a longer chain"),
    kind="structure",
    points=2,
    needs=("every_gradient",),
    hint=LOOP,
)
def test_constant_stack_depth(student):
    _numbers, depths = student.define(TRIAL, "trial")(20)
    assert_equal(len(set(depths)), 1)


@check(
    _("backward calls every Function exactly once"),
    kind="structure",
    points=1,
    needs=("every_gradient",),
    hint=_("pop takes a Function out of the list, so that it isn't done again"),
)
def test_each_function_once(student):
    numbers, _depths = student.define(TRIAL, "trial")(6)
    assert_equal(sorted(numbers), list(range(6)))


@check(
    _("backward goes from the result to the input"),
    kind="structure",
    points=1,
    needs=("each_function_once",),
    hint=_("a Function can only pass back a gradient that has arrived at its output"),
)
def test_last_function_first(student):
    numbers, _depths = student.define(TRIAL, "trial")(6)
    assert_equal(numbers, list(range(6))[::-1])


@check(
    _("a second backward gives the same gradient again"),
    kind="backward",
    points=1,
    needs=("every_gradient", "starts_from_the_given_gradient"),
    hint=_("set x.grad to what f.backward gives; nothing is added up in this step"),
)
def test_backward_again(student, draw):
    x = student.Variable(draw.array())
    y = student.define(DOUBLE, "Double")()(x)
    for gy in (draw.array(), draw.array()):
        y.grad = gy
        y.backward()
        assert_close(x.grad, 2 * gy, "2·gy")
