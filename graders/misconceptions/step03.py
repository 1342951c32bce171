"""Step 3: what goes wrong with Exp, and with Functions in a row."""

import numpy as np

from graders.misconceptions.signs import (
    Misconception,
    both,
    defines,
    either,
    fails,
    gives,
    is_plain,
    no,
    raises,
    wants_one_number,
)
from graders.words import _

CATALOGUE = (
    Misconception(
        "exp-is-no-function",
        _("Exp is not a Function"),
        _("Exp is to share what Square shares: which base does it name? (section 3.1)"),
        _("class Exp(Function): with a forward, and no __call__ of its own"),
        {"exp_is_a_function": fails("subclass")},
    ),
    Misconception(
        "exp-has-no-forward",
        _("Exp has no forward of its own"),
        _(
            "Function's forward only says that a subclass must have one. Is Exp's there, "
            "with this very name, and indented into the class? (section 3.1)"
        ),
        _("def forward(self, x): return np.exp(x), inside class Exp"),
        {
            "exp_gives_a_variable": both(
                raises("NotImplementedError", owner="Exp", within="(?!Exp).*"),
                no(defines("Exp.forward")),
            )
        },
    ),
    Misconception(
        "exp-of-the-variable",
        _("exp is taken of the Variable, not of its data"),
        _("numpy knows arrays, not boxes: forward is given what is in the box (section 3.1)"),
        _("x = input.data and y = self.forward(x) in __call__; return np.exp(x) in forward"),
        {"exp_gives_a_variable": raises("TypeError", "Variable", within="Exp.forward")},
    ),
    Misconception(
        "gives-the-bare-array",
        _("the result is the bare number, not a Variable"),
        _(
            "a Function takes a box and gives a box: the next one in the row needs it "
            "(section 3.2)"
        ),
        _("return Variable(y) at the end of Function.__call__"),
        {"exp_gives_a_variable": is_plain("ndarray", "float", "float64")},
    ),
    Misconception(
        "forgets-return",
        _("a method gives nothing back"),
        _("what forward computes is lost unless it returns it (section 3.1)"),
        _("return np.exp(x) in Exp.forward"),
        {"exp_of_a_number": is_plain("NoneType"), "exp_gives_a_variable": is_plain("NoneType")},
    ),
    Misconception(
        "square-of-the-power",
        _("the power is squared: exp(x)² for exp(x)"),
        _(
            "squaring is Square's work. exp(x) times itself is exp(2·x); and exp(x²), which "
            "the row of this step starts with, is another thing again (section 3.2)"
        ),
        _("return np.exp(x): no ** 2 behind it, no 2 * x in it"),
        {"exp_of_a_number": gives(lambda x: np.exp(x) ** 2)},
    ),
    Misconception(
        "power-of-the-square",
        _("the number is squared first: exp(x²) for exp(x)"),
        _("in exp(x²) the squaring is done by a Square that is called before (section 3.2)"),
        _("return np.exp(x), with x as it came"),
        {"exp_of_a_number": gives(lambda x: np.exp(x**2))},
    ),
    Misconception(
        "another-base",
        _("another number than e is raised to the power"),
        _("exp is the power of e = 2.718…, not of 2 or 10 (section 3.1)"),
        _("return np.exp(x): not np.exp2(x), 2 ** x or 10 ** x"),
        {"exp_of_a_number": either(gives(lambda x: 2.0**x), gives(lambda x: 10.0**x))},
    ),
    Misconception(
        "base-and-exponent-swapped",
        _("x is raised to the power of e"),
        _("in exp(x) the x is above: e times itself, x times over (section 3.1)"),
        _("return np.exp(x), not x ** np.e"),
        {"exp_of_a_number": gives(lambda x: x**np.e)},
    ),
    Misconception(
        "one-less",
        _("1 is taken away from the power"),
        _("numpy has two functions with similar names; expm1 is exp minus 1 (section 3.1)"),
        _("return np.exp(x), not np.expm1(x)"),
        {"exp_of_a_number": gives(lambda x: np.expm1(x))},
    ),
    Misconception(
        "logarithm",
        _("the logarithm is taken, not the power"),
        _("log undoes what exp does: log(exp(x)) is x again (section 3.1)"),
        _("return np.exp(x), not np.log(x)"),
        {"exp_of_a_number": gives(lambda x: np.log(x))},
    ),
    Misconception(
        "squeezed-into-integers",
        _("the result is squeezed into the type of the input"),
        _(
            "exp(3) is no whole number: it needs an array of its own, of floats. Is it "
            "written into x, or into an array made like x? (section 3.1)"
        ),
        _("return np.exp(x): no zeros_like(x), x[...] = … or astype(x.dtype)"),
        {"exp_of_a_number": gives(lambda x: np.trunc(np.exp(x)))},
    ),
    Misconception(
        "changes-its-input",
        _("a Function changes its input in place"),
        _(
            "a Variable in the middle of a row is the result of one Function and the input "
            "of the next: it must stay as it was (section 3.2)"
        ),
        _("return np.exp(x) without out=x; return x ** 2, not x **= 2"),
        {
            "values_in_between_stay": either(
                gives(lambda x: x**2, which="x"), gives(lambda x: np.exp(x**2), which="x²")
            ),
            "order_matters": gives(lambda x: np.exp(x**2) ** 2),
            "exp_of_a_number": raises(r"\w+", "Cannot cast ufunc"),
        },
    ),
    Misconception(
        "one-number-only",
        _("Exp works for a single number only"),
        _("math knows single numbers; numpy's exp knows arrays as well (section 3.1)"),
        _("return np.exp(x), not math.exp(x), and no float(x)"),
        {"exp_of_arrays": wants_one_number()},
    ),
    Misconception(
        "sums-up",
        _("the powers of all elements are added up"),
        _("each element gets a power of its own and the shape stays (section 3.1)"),
        _("return np.exp(x): no sum around it"),
        {"exp_of_arrays": gives(lambda x: np.sum(np.exp(x)))},
    ),
    Misconception(
        "square-carried-over",
        _("Square computes something else than x²"),
        _(
            "Exp is right by itself, so look at the other Function in the row: is Square as "
            "it was in step 2? (section 3.2)"
        ),
        _("return x ** 2 in Square.forward"),
        {"chain_at_one_half": fails("close"), "values_in_between_stay": fails("shape")},
    ),
)
