"""Step 8: backward as a loop (section 8.2)."""

import numpy as np

from graders.assertions import assert_close, assert_equal
from graders.checks import check
from graders.suites import scripts
from graders.suites.functions import TRIPLE, define, slope_of_the_course
from graders.words import _

DEEP = 5001
"""Functions in a row: five times Python's default limit of recursion."""
LONG = """
class Negative(Function):
    def forward(self, x): return -x
    def backward(self, gy): return -gy

def long(y, length):
    for _ in range(length):
        y = Negative()(y)
    return y
"""
# With the limit of recursion that Python begins with, whatever the file has made of it.
LIMITED = """
def backward_of(y):
    sys.setrecursionlimit(1000)
    y.backward()
"""
LETTERED = """
class Lettered(Function):
    def forward(self, x): return x
    def backward(self, gy):
        report(self.letter)
        return gy
"""
# Whatever is asked of a Function while backward runs tells how deep the stack is.
WATCHED = """
class Watched(Function):
    def forward(self, x): return x
    def backward(self, gy): return gy
    def __getattribute__(self, name):
        if name != "number":
            report(self.number, depth(), name == "backward")
        return super().__getattribute__(name)

def depth():
    found, frame = 0, sys._getframe(1)
    while frame:
        found, frame = found + 1, frame.f_back
    return found

def watched(numbers):
    functions = [Watched() for number in numbers]
    for number, function in zip(numbers, functions):
        function.number = number
    return functions
"""
LOOP = _(
    "keep the Functions still to do in a list: while it has any, take one out (section 8.2)"
)


@check(
    _("backward gives every Variable on the way its gradient"),
    kind="backward",
    points=1,
    hint=_(
        "in each turn one Function leaves the list, its input gets a gradient, and "
        "the Function before it comes in (section 8.2)"
    ),
    why=_("the loop has to do what the recursion did: every Function, every gradient"),
    section="8.2",
    reproduce=scripts.on_the_way("step08"),
)
def test_every_gradient(student, draw):
    triple = define(student, TRIPLE, "Triple")
    x = student.Variable(draw.array())
    a = triple()(x)
    y = triple()(a)
    y.grad = np.ones(3)
    y.backward()
    assert_close(y.grad, np.ones(3), _("y.grad stays what the caller set"), inputs={"of": "y"})
    assert_close(
        a.grad, 3 * np.ones(3), _("a.grad: 3, the slope of y = 3·a"), inputs={"of": "a"}
    )
    assert_close(
        x.grad, 9 * np.ones(3), _("x.grad: 9, the slope of y = 3·(3·x)"), inputs={"of": "x"}
    )


@check(
    _("backward starts from the gradient that the caller set"),
    kind="backward",
    points=1,
    needs=("every_gradient",),
    hint=_("pass y.grad on to f.backward; don't start from a one of your own"),
    why=_("a gradient that came from elsewhere is the gy to go on with"),
    section="8.2",
    stays=_("it says that the start is wrong before anything is done twice"),
)
def test_starts_from_the_given_gradient(student, draw):
    gy = draw.array()
    f = define(student, TRIPLE, "Triple")()
    x = student.Variable(draw.array())
    y = f(x)
    y.grad = gy
    y.backward()
    assert_close(x.grad, 3 * gy, "3·gy", inputs={"gy": gy})


@check(
    _("backward calls every Function exactly once"),
    kind="structure",
    points=1,
    needs=("every_gradient",),
    hint=_("pop takes a Function out of the list, so that it isn't done again"),
    why=_("a Function done twice costs time twice, and in longer chains ever more"),
    section="8.2",
    reproduce=scripts.CALLS,
)
def test_each_function_once(student):
    why = _("the Functions A, B and C that backward called, by their letters")
    assert_equal("".join(sorted(called(student))), "ABC", why)


@check(
    _("backward goes from the result to the input"),
    kind="structure",
    points=1,
    needs=("every_gradient",),
    hint=_("a Function can only pass back a gradient that has arrived at its output"),
    why=_("the list is there to say what comes next: the creator of the input just done"),
    section="8.2",
    reproduce=scripts.CALLS,
)
def test_last_function_first(student):
    why = _("the Functions of C(B(A(x))) in the order in which backward first called them")
    assert_equal("".join(dict.fromkeys(called(student))), "CBA", why)


@check(
    _("backward needs no deeper stack for a longer chain"),
    kind="structure",
    points=2,
    needs=("every_gradient",),
    hint=LOOP,
    why=_("this is what the loop is for: a recursion goes one call deeper at every Function"),
    section="8.2",
    reproduce=scripts.DEPTHS,
)
def test_constant_stack_depth(student, draw):
    y = student.Variable(draw.array())
    for function in define(student, WATCHED, "watched")([1, 2, 3]):
        y = function(y)
    y.grad = np.ones(3)
    student.reports()  # of the way out
    y.backward()
    touched = sorted(student.reports())
    called = {number for number, _depth, is_call in touched if is_call}
    deepest = {number: depth for number, depth, _is_call in touched if number in called}
    depths = len({*deepest.values()}) if len(called) == 3 else 0
    why = _("how many depths of Python's stack three Functions were called at; a loop has one")
    assert_equal(depths, 1, why)


@check(
    _("a chain far deeper than Python's recursion limit works"),
    kind="backward",
    points=2,
    needs=("every_gradient", "constant_stack_depth"),
    hint=_("a backward that calls backward needs a stack frame for each Function; a loop none"),
    why=_("a real network is a long chain: Python allows about 1000 calls inside one another"),
    section="8.2",
    reproduce=scripts.DEEP_CHAIN,
)
def test_deep_chain(student):
    x = student.Variable(np.ones(1))
    y = define(student, LONG, "long")(x, DEEP)
    y.grad = np.ones(1)
    define(student, LIMITED, "backward_of")(y)
    assert_close(x.grad, -np.ones(1), _("-1 for each of an odd number of Functions"))


@check(
    _("a second backward gives the gradient anew"),
    kind="backward",
    points=1,
    needs=("starts_from_the_given_gradient",),
    hint=_("set x.grad to what f.backward gives; nothing is added up in this step"),
    why=_("the gradient of one walk back must not depend on an earlier one"),
    section="8.2",
    reproduce=scripts.again("step08"),
)
def test_backward_again(student, draw):
    before, gy = draw.array(), draw.array(low=2.1, high=2.9)
    x = student.Variable(draw.array())
    y = define(student, TRIPLE, "Triple")()(x)
    for given in (before, gy):
        y.grad = given
        y.backward()
    why = _("3·gy, for the gy of the second time")
    assert_close(x.grad, 3 * gy, why, inputs={"before": before, "gy": gy})


@check(
    _("backward through Square, Exp and Square gives the gradient"),
    kind="backward",
    points=2,
    needs=("every_gradient",),
    hint=_(
        "the result is right, and what came before was tried with other Functions: so look at "
        "backward of Square and of Exp (section 6.3)"
    ),
    why=_("the loop must give the very digits that the recursion gave"),
    section="8.2",
)
def test_backward_at_one_half(student, draw):
    p = draw.number()
    for point, due in ((np.array(0.5), 3.297442541400256), (p, slope_of_the_course(p))):
        x = student.Variable(point)
        y = student.Square()(student.Exp()(student.Square()(x)))
        assert_close(y.data, float(np.exp(2 * point**2)), "(exp(x²))²", inputs={"of": "y"})
        y.grad = np.array(1.0)
        y.backward()
        assert_close(x.grad, due, "4·x·exp(2·x²)", inputs={"of": "x"})


def called(student):
    """Return the letters of the Functions A, B and C as backward calls them, as a text."""
    lettered = define(student, LETTERED, "Lettered")
    y = student.Variable(np.ones(1))
    for letter in "ABC":
        f = lettered()
        f.letter = letter
        y = f(y)
    y.grad = np.ones(1)
    y.backward()
    return "".join(str(letter) for [letter] in student.reports())
