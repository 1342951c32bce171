"""Step 2: a Function takes a Variable and makes a new one (sections 2.2 and 2.3)."""

import numpy as np

from graders.assertions import (
    Described,
    assert_close,
    assert_different,
    assert_kind,
    assert_raises,
    assert_subclass,
    data_of,
    fail,
    is_numeric,
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
"""


@check(
    _("Square is a Function"),
    kind="structure",
    points=1,
    hint=_("write class Square(Function): so that it inherits __call__ (section 2.3)"),
    why=_("what all functions share is written once, in the base class"),
    section="2.3",
    reproduce="""\
from step02 import Function, Square

print(issubclass(Square, Function))    # due: True
""",
)
def test_square_is_a_function(student):
    assert_subclass(student.Square, student.Function)


@check(
    _("a Function gives a Variable"),
    kind="structure",
    points=1,
    needs=("square_is_a_function",),
    hint=_("__call__ puts the result of forward into a new Variable (section 2.2)"),
    why=_("only a Function that gives a Variable can be followed by another one"),
    section="2.2",
)
def test_result_is_a_variable(student, draw):
    assert_kind(student.Square()(student.Variable(draw.number())), student.Variable)


@check(
    _("a Function gives a new Variable, not its input"),
    kind="structure",
    points=1,
    needs=("result_is_a_variable",),
    hint=_("make a Variable for the result instead of changing the data of the input"),
    why=_("the input and the result are two things; later each gets a gradient of its own"),
    section="2.2",
)
def test_result_is_new(student, draw):
    x = student.Variable(draw.number())
    y = student.Square()(x)
    assert_there(y)
    assert_different(y, x, _("the result has a box of its own"))


@check(
    _("Square squares a number"),
    kind="forward",
    points=2,
    needs=("result_is_a_variable", "result_is_new"),
    hint=_(
        "forward gets the data, not the Variable: what is the square of that? (section 2.3)"
    ),
    why=_("the first Function that computes something: 10 gives 100, as in the course"),
    section="2.3",
)
def test_square_of_a_number(student, draw):
    for x in (np.array(10), draw.number()):
        assert_close(
            student.Square()(student.Variable(x)).data, float(x) ** 2, "x²", inputs={"x": x}
        )


@check(
    _("Square squares arrays element by element"),
    kind="forward",
    points=1,
    needs=("square_of_a_number",),
    hint=_("numpy computes with a whole array at once: no loop, no sum, no matrix product"),
    why=_("a Function that works on arrays computes thousands of numbers in one call"),
    section="2.3",
)
def test_square_of_arrays(student, draw):
    for x in (draw.array(4), draw.array(2, 2)):
        assert_close(student.Square()(student.Variable(x)).data, x**2, "x²", inputs={"x": x})


@check(
    _("a subclass of Function only needs a forward"),
    kind="forward",
    points=1,
    needs=("result_is_a_variable", "result_is_new"),
    hint=_(
        "__call__ asks the object itself for its forward, whatever its class is (section 2.3)"
    ),
    why=_("a new kind of Function takes three lines, when Function itself does the rest"),
    section="2.3",
)
def test_subclass_only_needs_forward(student, draw):
    x = draw.array()
    cube = student.define(CUBE, "Cube")
    due = _("x³, by a Function of the grader's")
    assert_close(cube()(student.Variable(x)).data, x**3, due, inputs={"x": x})


@check(
    _("Function's own forward raises NotImplementedError"),
    kind="structure",
    points=1,
    needs=("subclass_only_needs_forward",),
    hint=_("raise it, don't return it: a bare Function can't compute anything (section 2.3)"),
    why=_("who forgets a forward is to be told so, loudly and at once"),
    section="2.3",
)
def test_forward_is_for_subclasses(student, draw):
    x = student.Variable(draw.number())
    student.define(CUBE, "Cube")()(student.Variable(draw.number()))  # which must not raise
    bare = student.define(BARE, "Bare")()
    with assert_raises(NotImplementedError):
        bare(x)


@check(
    _("a Function leaves its input as it was"),
    kind="structure",
    points=1,
    needs=("result_is_a_variable", "result_is_new"),
    hint=_("**= and input.data = … change the caller's data; ** alone makes a new array"),
    why=_("a value that is used twice must still be there for the second use"),
    section="2.2",
)
def test_input_is_left_alone(student, draw):
    a = draw.number()
    x = student.Variable(a)
    assert_there(student.Square()(x))
    assert_close(x.data, a, _("the input, after the call"), inputs={"x": a})


@check(
    _("one Function can be called again and again"),
    kind="structure",
    points=1,
    needs=("square_of_a_number", "result_is_new"),
    hint=_("every call makes its own result; an earlier one stays what it was"),
    why=_("a Function that keeps its first result would be wrong from the second call on"),
    section="2.2",
)
def test_calls_are_independent(student, draw):
    f = student.Square()
    a, b = (np.array(number) for number in draw.array(2))
    y = f(student.Variable(a))
    first = data_of(y, student.Variable)
    z = f(student.Variable(b))
    assert_different(z, y, _("each call makes a new Variable"))
    second, still = data_of(z, student.Variable), data_of(y, student.Variable)
    for value, x in ((first, a), (second, b)):
        if not is_numeric(value):
            assert_close(value, float(x) ** 2, "x²")
    if np.array_equal(first, second):
        why = _("x² in the second call, not the first result")
        fail(second, float(b) ** 2, why, claim="stale")
    assert_close(still, first, _("the first result, read again after the second call"))
    again = data_of(f(student.Variable(a)), student.Variable)
    assert_close(again, first, _("the same result for the same input"))


def assert_there(result):
    """Claim that a Function gives anything: of nothing all may be said."""
    if result is None:
        fail(None, Described(_("a Variable")), claim="object")
