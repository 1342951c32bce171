"""Step 10: tests that look at too little, or at the wrong thing.

What a student's tests look at shows in what they don't notice: each entry predicts which of the
mutants of ``graders/suites/implementations/wrong.py`` survive.  Three probes among them are
not graded: ``no value`` (square gives nan), ``no slope`` (numerical_diff gives nan) and ``far
slope`` (numerical_diff is off by a billion).
"""

import re

from graders.misconceptions.signs import Misconception, Seen, Sign, both, either, no
from graders.words import _

VALUES = ("cubed", "unchanged", "doubled")
SLOPES = ("negated", "halved", "squared", "twos", "sixes")
START = ("unstarted", "zeros")
NOTICING = ("values", "doubled", "gradient", "constant", "start", "lost")


def survive(*names: str, noticed: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> Sign:
    """Predict which mutants survive, and which ones don't.

    With ``only``, no graded mutant survives but the named ones and those in ``only``.
    """

    def sign(seen: Seen) -> bool:
        if seen.claim != "survive" or seen.inputs["hidden"] or seen.inputs["overlooked"]:
            return False
        alive = set(seen.inputs["survivors"])
        graded = alive & {*VALUES, *SLOPES, *START, "unlinked"}
        exact = not only or graded <= {*names, *only}
        return exact and alive >= set(names) and not alive & set(noticed)

    return sign


def anywhere(*signs: Sign) -> dict[str, Sign]:
    """Return signs for every check of what the tests notice."""
    return {f"notice_{what}": either(*signs) for what in NOTICING}


def tests_call(name: str) -> Sign:
    """Tell that a test calls something by that name."""
    return lambda seen: any(
        name in each.calls for each in seen.outline if each.name.startswith("test")
    )


def is_hidden(seen: Seen) -> bool:
    """Tell whether tests were lost because their class, or function, was defined again."""
    return seen.claim == "survive" and bool(seen.inputs["hidden"])


def failing(pattern: str, but: str = "^$") -> Sign:
    """Predict what tests say that fail on a correct implementation, and what they don't say."""

    def sign(seen: Seen) -> bool:
        text = seen.inputs.get("failures", "")
        return bool(re.search(pattern, text)) and not re.search(but, text)

    return sign


AT_ONE_POINT = survive("sixes", "no slope", noticed=("negated",), only=("doubled",))
ARRAYS = "truth value of an array"
FLOATS = "is not supported"
CATALOGUE = (
    Misconception(
        "asserts-nothing",
        _("the tests assert nothing"),
        _(
            "a test that only runs the code passes whatever comes out: what should the result "
            "be? (section 10.1). A print is no assertion, and a test of a type or a shape says "
            "nothing of the value"
        ),
        _("end each test in an assertion: self.assertEqual(y.data, the number that is due)"),
        anywhere(survive(*VALUES, *SLOPES, "zeros", "no value")),
    ),
    Misconception(
        "compares-with-itself",
        _("the tests compare a value with itself"),
        _(
            "what is due must come from somewhere else than square: from your head, say "
            "(section 10.1). Or does the comparison hold of any function, as y.data > 0 would?"
        ),
        _("write the due value as a number, not as another call of square"),
        anywhere(
            survive(*VALUES, *SLOPES, *START, "unlinked", "no slope", noticed=("no value",))
        ),
    ),
    Misconception(
        "numerical-on-both-sides",
        _("numerical_diff is compared with numerical_diff"),
        _(
            "a gradient check holds two answers against each other: the numerical one, and the "
            "one that backward gives (section 10.3)"
        ),
        _("compare x.grad, after y.backward(), with numerical_diff(square, x)"),
        anywhere(survive("sixes", "far slope", noticed=("no slope",))),
    ),
    Misconception(
        "wide-tolerance",
        _("the tolerance is so wide that any gradient passes"),
        _(
            "how far apart may the two gradients be? The numerical one is right to many digits "
            "(section 10.3)"
        ),
        _("leave atol and rtol of np.allclose as they are"),
        anywhere(
            survive("sixes", "doubled", noticed=("no slope", "far slope")),
            survive("sixes", "negated", noticed=("no slope", "far slope")),
        ),
    ),
    Misconception(
        "forward-only",
        _("only forward is tested"),
        _(
            "half of step 9 is about the way back: do your tests ever call backward? "
            "(section 10.2)"
        ),
        _("add a test that calls y.backward() and compares x.grad with the number that is due"),
        anywhere(survive(*SLOPES, *START, "unlinked", "no slope", noticed=("cubed",))),
    ),
    Misconception(
        "gradient-not-compared",
        _("backward is called, but its result is not looked at"),
        _("where does backward leave its result, and what should that be? (section 10.2)"),
        _("after y.backward(), compare x.grad with the number that is due"),
        anywhere(survive(*SLOPES, "zeros", "no slope", noticed=("cubed", "unstarted"))),
    ),
    Misconception(
        "forward-not-tested",
        _("the values of square are not tested"),
        _("a right gradient of a wrong function is no help: test y.data too (section 10.1)"),
        _("add a test that compares square(x).data with a number worked out by hand"),
        anywhere(survive(*VALUES, "no value", noticed=("negated", "twos", "sixes"))),
    ),
    Misconception(
        "where-both-are-the-same",
        _("the tests look where x² and 2·x are the same"),
        _("2·2 is 2², and 0 is 0 either way: where do x² and 2·x differ? (section 10.1)"),
        _("try a second number, such as 3"),
        anywhere(
            survive("doubled", only=("squared",)),
            survive("squared", only=("doubled",)),
        ),
    ),
    Misconception(
        "only-at-zero",
        _("the tests look at 0 only"),
        _("at 0 nearly everything is 0: right and wrong agree there (sections 10.1, 10.2)"),
        _("use a number whose square and gradient are not 0, 1, or the number itself"),
        anywhere(
            survive("negated", "halved", "squared", "zeros", noticed=("twos", "sixes")),
            survive(*VALUES, noticed=("negated", "sixes", "no value")),
        ),
    ),
    Misconception(
        "only-at-one",
        _("the tests look at 1 only"),
        _("1, its square and its cube are all 1, and 2·x is 2 (sections 10.1, 10.2)"),
        _("use a number whose square and gradient are not 0, 1, 2, or the number itself"),
        anywhere(
            survive("cubed", "unchanged", only=("twos",)),
            survive("twos", only=("cubed", "unchanged")),
        ),
    ),
    Misconception(
        "only-at-three",
        _("the gradient is tested at a single number"),
        _(
            "one point can't tell a slope from a constant: that is what the gradient check "
            "at a random x is for (section 10.3)"
        ),
        _("add a test with a random x that compares x.grad with numerical_diff(square, x)"),
        anywhere(both(AT_ONE_POINT, no(tests_call("numerical_diff")))),
    ),
    Misconception(
        "idle-gradient-check",
        _("the gradient check lets a wrong slope pass"),
        _(
            "is x.grad compared there with the numerical gradient, is that asserted, and at an "
            "x that is drawn? (section 10.3)"
        ),
        _("self.assertTrue(np.allclose(x.grad, numerical_diff(square, x))), at a random x"),
        anywhere(both(AT_ONE_POINT, tests_call("numerical_diff"))),
    ),
    Misconception(
        "start-by-hand",
        _("the tests start backward by hand"),
        _("since step 9 backward starts by itself: do your tests let it? (section 10.2)"),
        _("leave out y.grad = np.array(1.0) before y.backward()"),
        anywhere(survive(*START, noticed=("negated", "unlinked"))),
    ),
    Misconception(
        "derivative-by-hand",
        _("the tests call the function's own backward, as in step 6"),
        _(
            "a Function's backward gives one slope. A Variable's starts by itself, "
            "follows the links and leaves x.grad (section 10.2)"
        ),
        _("call y.backward() and compare x.grad"),
        anywhere(
            survive("unlinked", noticed=("negated", "unstarted")),
            survive("unlinked", *START, noticed=("negated",)),
        ),
    ),
    Misconception(
        "hidden-tests",
        _("a second class of the same name hides the first one's tests"),
        _(
            "where two classes, or two functions, have the same name, Python forgets the first "
            "and its tests never run (section 10.1)"
        ),
        _("put all tests into one class, or give the second class a name of its own"),
        {f"notice_{what}": is_hidden for what in NOTICING},
    ),
    Misconception(
        "expects-a-wrong-value",
        _("what a test gets and what it expects don't belong together"),
        _(
            "which of the two is wrong? Work out by hand what this line is to give: 3² "
            "is 9, and the gradient there is 2·3 (sections 10.1, 10.2)"
        ),
        _(
            "change the number in the assertion, or what the test looks at; not the "
            "code that it tests"
        ),
        {"tests_pass": lambda seen: seen.inputs.get("why") == ("value",)},
    ),
    Misconception(
        "arrays-in-assert-equal",
        _("assertEqual is given arrays of several elements"),
        _(
            "== of two arrays gives an array of truths, not one truth: which question is the "
            "test to ask? (sections 10.1, 10.3)"
        ),
        _("self.assertTrue(np.allclose(y.data, the array that is due))"),
        {"tests_pass": failing(ARRAYS)},
    ),
    Misconception(
        "variable-of-a-float",
        _("a test puts a plain number into a Variable"),
        _("since step 9 a Variable takes arrays only, in tests as well (section 10.1)"),
        _("Variable(np.array(2.0)), not Variable(2.0)"),
        {"tests_pass": failing(FLOATS, but=ARRAYS)},
    ),
    Misconception(
        "tests-the-writing",
        _("the tests look at how the code is written"),
        _(
            "another square may be right and be written in another way: with other "
            "names, say. Which of that does a user see? (section 10.1)"
        ),
        _("test values and gradients, through square, Variable and backward"),
        {"tests_pass_another_way": failing(".")},
    ),
)
