"""Step 7: Variables and Functions are linked, and backward follows the links (7.1 to 7.3)."""

import numpy as np

from graders.assertions import assert_close, assert_kind, assert_none, assert_same
from graders.checks import check
from graders.suites import scripts
from graders.suites.functions import TRIPLE, remembers, slope_of_the_course
from graders.words import _

CALLED = """
def called(function, variable):
    try:
        function(variable)
    except Exception:
        pass  # for another check to find out
"""
FOLLOW = _(
    "backward asks the creator for the gradient of the creator's input, puts "
    "it there, and goes on from that input (section 7.3)"
)


@check(
    _("set_creator sets the creator"),
    kind="structure",
    points=1,
    hint=_("what set_creator is given is kept by the Variable, as its creator (section 7.1)"),
    why=_("this is how a Function signs what it has made"),
    section="7.1",
    stays=_("it tells a set_creator that keeps nothing from one that is never called"),
    reproduce=scripts.SET_CREATOR,
)
def test_set_creator(student, draw):
    x, triple = student.Variable(draw.array()), student.define(TRIPLE, "Triple")
    f = triple()
    try:
        x.set_creator(f)
    except AttributeError:  # it may ask the Function for what only a call gives it
        student.define(CALLED, "called")(f, student.Variable(draw.array()))
        x.set_creator(f)
    assert_same(x.creator, f, "f", _("x.creator, after x.set_creator(f)"))


@check(
    _("a Variable that no Function made has no creator"),
    kind="structure",
    points=1,
    hint=_("a new Variable has no creator; only results of Functions get one (section 7.1)"),
    why=_("the way back has to end somewhere: where there is no creator"),
    section="7.1",
)
def test_leaf_has_no_creator(student, draw):
    x = student.Variable(draw.array())
    assert_none(x.creator)
    student.define(TRIPLE, "Triple")()(x)
    assert_none(x.creator)


@check(
    _("a Function's result knows its creator"),
    kind="structure",
    points=1,
    needs=("set_creator", "leaf_has_no_creator"),
    hint=_(
        "the very Variable that is returned has to be told which Function made it (section 7.1)"
    ),
    why=_("the link from a result to its Function is the first step of every way back"),
    section="7.1",
    stays=_("it says that one link is missing before a whole chain of them is looked at"),
    reproduce=scripts.RESULT_KNOWS,
)
def test_result_knows_its_creator(student, draw):
    triple = student.define(TRIPLE, "Triple")
    f = triple()
    y = f(student.Variable(draw.array()))
    assert_kind(y, student.Variable)
    triple()(y)  # which is the creator of another
    if not remembers(student, y, f):
        assert_same(y.creator, f, "f", "y.creator, for y = f(x)")


@check(
    _("a Function remembers its result"),
    kind="structure",
    points=1,
    hint=_("__call__ keeps the Variable that it returns, under the name output (section 7.1)"),
    why=_("the loop of the next step asks each Function for its output's gradient"),
    section="7.1",
    reproduce=scripts.OUTPUT_IS_KEPT,
)
def test_output_is_kept(student, draw):
    triple = student.define(TRIPLE, "Triple")
    f = triple()
    y = f(student.Variable(draw.array()))
    assert_kind(y, student.Variable)
    assert_same(f.output, y, "y", "f.output, for y = f(x)", inputs={"calls": 1})
    triple()(y)
    assert_same(
        f.output, y, "y", _("f.output, after another Function was called"), inputs={"calls": 2}
    )


@check(
    _("the links lead from the result all the way back"),
    kind="structure",
    points=2,
    needs=("result_knows_its_creator",),
    hint=_("y.creator is C, C.input is b, b.creator is B … (section 7.1)"),
    why=_("backward can only follow links that hold at every Variable and every Function"),
    section="7.1",
    reproduce=scripts.LINKS_BACK,
)
def test_links_lead_back(student, draw):
    triple = student.define(TRIPLE, "Triple")
    A, B, C = triple(), triple(), triple()
    x = student.Variable(draw.array())
    a = A(x)
    b = B(a)
    y = C(b)
    for result, f, of in ((y, C, "C"), (b, B, "B"), (a, A, "A")):
        if not remembers(student, result, f):
            assert_same(result.creator, f, of, _("the creator of what {f} gave").format(f=of))
    assert_same(C.input, b, _("the Variable b"), "C.input", inputs={"of": "C"})
    assert_same(B.input, a, _("the Variable a"), "B.input", inputs={"of": "B"})
    assert_same(A.input, x, _("the Variable x"), "A.input")


@check(
    _("backward through one Function gives its input a gradient"),
    kind="backward",
    points=2,
    needs=(
        "set_creator",
        "leaf_has_no_creator",
        "result_knows_its_creator",
        "links_lead_back",
    ),
    hint=FOLLOW,
    why=_("one step back is all that the recursion repeats"),
    section="7.3",
    stays=_("it tells a step back that goes wrong from one that is not repeated"),
)
def test_backward_of_one_function(student, draw):
    p = draw.array()
    f = student.define(TRIPLE, "Triple")()
    x = student.Variable(p)
    y = f(x)
    y.grad = np.ones(3)
    y.backward()
    assert_close(x.grad, 3 * np.ones(3), _("3, the slope of y = 3·x"), inputs={"x": p})


@check(
    _("backward starts from the gradient that the caller set"),
    kind="backward",
    points=1,
    needs=("backward_of_one_function",),
    hint=_("pass self.grad on to the creator's backward; don't start from a one of your own"),
    why=_("a gradient that came from elsewhere is the gy to go on with"),
    section="7.3",
    stays=_("it says that the start is wrong before anything is done twice or in a chain"),
)
def test_starts_from_the_given_gradient(student, draw):
    gy = draw.array()
    f = student.define(TRIPLE, "Triple")()
    x = student.Variable(draw.array())
    y = f(x)
    y.grad = gy
    y.backward()
    assert_close(x.grad, 3 * gy, "3·gy", inputs={"gy": gy})


@check(
    _("backward gives every Variable on the way its gradient"),
    kind="backward",
    points=1,
    needs=("starts_from_the_given_gradient", "links_lead_back"),
    hint=FOLLOW,
    why=_("a gradient is kept at each Variable, so that one can look at any of them"),
    section="7.3",
    reproduce=scripts.on_the_way("step07"),
)
def test_gradients_on_the_way(student, draw):
    triple = student.define(TRIPLE, "Triple")
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
    _("a second backward gives the gradient anew"),
    kind="backward",
    points=1,
    needs=("starts_from_the_given_gradient",),
    hint=_("set x.grad to what the creator gives; nothing is added up in this step"),
    why=_("the gradient of one walk back must not depend on an earlier one"),
    section="7.3",
    reproduce=scripts.again("step07"),
)
def test_backward_again(student, draw):
    before, gy = draw.array(), draw.array(low=2.1, high=2.9)
    x = student.Variable(draw.array())
    y = student.define(TRIPLE, "Triple")()(x)
    for given in (before, gy):
        y.grad = given
        y.backward()
    assert_close(
        x.grad,
        3 * gy,
        _("3·gy, for the gy of the second time"),
        inputs={"before": before, "gy": gy},
    )


@check(
    _("backward through Square, Exp and Square gives the gradient"),
    kind="backward",
    points=2,
    needs=("gradients_on_the_way",),
    hint=_(
        "the result is right, and what came before was tried with other Functions: so look at "
        "backward of Square and of Exp (section 6.3)"
    ),
    why=_(
        "everything of this step and the last at once; the course's number says that it holds"
    ),
    section="7.3",
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
