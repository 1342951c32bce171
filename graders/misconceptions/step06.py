"""Steps 5 and 6: what goes wrong on the way back by hand."""

import numpy as np

from graders.misconceptions.signs import (
    Misconception,
    both,
    defines,
    either,
    fails,
    gives,
    ignores,
    is_object,
    is_plain,
    no,
    raises,
)
from graders.words import _

CATALOGUE = (
    Misconception(
        "grad-not-there",
        _("a Variable has no grad from the start"),
        _("every Variable has a place for its gradient, empty until it is known (section 6.1)"),
        _("put self.grad = None into Variable.__init__"),
        {
            "grad_starts_as_none": raises(
                "AttributeError", sought="grad", of="instance Variable"
            )
        },
    ),
    Misconception(
        "grad-starts-as-a-number",
        _("the gradient starts as a number"),
        _(
            "at the start nothing is known of the gradient. Zero would be a claim "
            "about it (section 6.1)"
        ),
        _("start with self.grad = None, not with zeros or ones"),
        {"grad_starts_as_none": is_plain("ndarray", "float", "int", "float64")},
    ),
    Misconception(
        "input-not-kept",
        _("the Function keeps nothing under the name input"),
        _(
            "on the way back a Function needs what it was called with, and it is asked for by "
            "this name (section 6.2)"
        ),
        _("put self.input = input into Function.__call__"),
        {"input_is_kept": raises("AttributeError", sought="input", of="instance Square")},
    ),
    Misconception(
        "keeps-the-data",
        _("the Function keeps the data, not the Variable"),
        _("what is remembered is the box, not what is in it (section 6.2)"),
        _("self.input = input, before its data is taken out"),
        {"input_is_kept": is_plain("ndarray", "float64")},
    ),
    Misconception(
        "keeps-another-variable",
        _("the Function remembers another Variable than its input"),
        _(
            "the Variable that came in is to get a gradient later: a copy of it won't do, nor "
            "will the result (section 6.2)"
        ),
        _("self.input = input: the argument itself, no new Variable"),
        {"input_is_kept": is_object("Variable")},
    ),
    Misconception(
        "shared-input",
        _("all Functions share one input"),
        _("each Function remembers its own input: is yours kept by the class? (section 6.2)"),
        _("write self.input = input, not Function.input = input"),
        {"two_functions_are_independent": fails("different")},
    ),
    Misconception(
        "keeps-the-builtin",
        _("input is Python's own function here"),
        _(
            "a name that is no argument is looked for outside: Python has an input() of its "
            "own and takes that (section 6.2)"
        ),
        _("name the argument of Function.__call__ as you use it: def __call__(self, input)"),
        {
            "input_is_kept": either(
                raises("AttributeError", text=r"(self\.)?input\.\w+", of="function .*"),
                is_object("builtin_function_or_method"),
            )
        },
    ),
    Misconception(
        "error-returned",
        _("NotImplementedError is not raised"),
        _("nobody is stopped by pass, or by an exception that is only returned (section 6.2)"),
        _("raise NotImplementedError() in Function.backward"),
        {"backward_is_for_subclasses": fails("raises")},
    ),
    Misconception(
        "no-backward",
        _("Square or Exp has no backward of its own"),
        _(
            "Python found no method of this name in the class, and took Function's: is it "
            "written yet, under the right name, inside the class? (section 6.3)"
        ),
        _("def backward(self, gy): look for a typo, or for a second forward in its place"),
        {
            "square_derivative": both(
                raises("NotImplementedError", owner="Square", within="(?!Square).*"),
                no(defines("Square.backward")),
            ),
            "exp_derivative": both(
                raises("NotImplementedError", owner="Exp", within="(?!Exp).*"),
                no(defines("Exp.backward")),
            ),
        },
    ),
    Misconception(
        "forgot-gy",
        _("backward leaves out gy"),
        _(
            "the chain rule multiplies: what arrives from above, gy, times the function's own "
            "derivative. Yours is the derivative alone, as if gy were 1 (section 6.3)"
        ),
        _("multiply by gy: 2 * x * gy in Square, np.exp(x) * gy in Exp"),
        {
            "square_backward": gives(lambda x: 2 * x),
            "exp_backward": gives(lambda x: np.exp(x)),
        },
    ),
    Misconception(
        "adds-gy",
        _("backward adds gy"),
        _("the chain rule multiplies derivatives; it doesn't add them (section 6.3)"),
        _("multiply by gy where you add it"),
        {
            "square_derivative": gives(lambda x: 2 * x + 1),
            "exp_derivative": gives(lambda x: np.exp(x) + 1),
        },
    ),
    Misconception(
        "uses-the-output",
        _("the derivative is taken at the result, not at x"),
        _(
            "the derivative is taken where the function was called: at its input, as it was "
            "then. Does forward leave it alone? (section 6.3)"
        ),
        _("start backward with x = self.input.data, and change no array in forward"),
        {
            "square_derivative": both(
                gives(lambda x: 2 * x**2), no(ignores("Square.backward", "gy"))
            ),
            "exp_derivative": gives(lambda x: np.exp(np.exp(x))),
        },
    ),
    Misconception(
        "slope-is-two",
        _("the derivative of x² comes out as 2 wherever x is"),
        _("how steep x² is depends on where you stand: flat at 0, steep far out (section 6.3)"),
        _("the derivative of x² is 2·x: return 2 * x * gy"),
        {"square_derivative": gives(lambda x: np.full_like(x, 2))},
    ),
    Misconception(
        "slope-is-x",
        _("the derivative of x² is taken for x"),
        _("the exponent comes down as a factor (section 6.3)"),
        _("the derivative of x² is 2·x: return 2 * x * gy"),
        {"square_derivative": gives(lambda x: x)},
    ),
    Misconception(
        "slope-is-the-square",
        _("Square's backward squares"),
        _(
            "backward gives the derivative of what forward computes, not its value "
            "(section 6.3)"
        ),
        _("the derivative of x² is 2·x: return 2 * x * gy"),
        {"square_derivative": gives(lambda x: x**2)},
    ),
    Misconception(
        "slope-of-the-cube",
        _("the derivative is that of x³"),
        _("3·x² is the derivative of x³; forward computes x² (section 6.3)"),
        _("the derivative of x² is 2·x: return 2 * x * gy"),
        {"square_derivative": gives(lambda x: 3 * x**2)},
    ),
    Misconception(
        "exp-slope-is-one",
        _("Exp's backward passes gy on as it is"),
        _("the derivative of exp(x) is exp(x) itself, not 1 (section 6.3)"),
        _("return np.exp(x) * gy"),
        {"exp_derivative": gives(lambda x: np.ones_like(x))},
    ),
    Misconception(
        "exp-of-gy",
        _("Exp's backward takes exp of gy"),
        _(
            "exp is taken of what went in on the way out; gy only multiplies the result "
            "(section 6.3)"
        ),
        _("return np.exp(x) * gy, with x = self.input.data"),
        {"exp_derivative": gives(lambda x: np.full_like(x, np.e))},
    ),
    Misconception(
        "exp-by-the-power-rule",
        _("exp(x) is differentiated like a power of x"),
        _("in exp(x) the x is the exponent: the power rule is for xⁿ (section 6.3)"),
        _("return np.exp(x) * gy"),
        {"exp_derivative": gives(lambda x: x * np.exp(x - 1))},
    ),
    Misconception(
        "sums-up",
        _("backward adds up or averages the elements"),
        _(
            "each number of x has a gradient of its own: x and gy are multiplied one "
            "by one, not summed up (section 6.3)"
        ),
        _("write 2 * x * gy with *, not np.dot, @, np.sum or np.mean"),
        {
            "square_derivative": either(
                gives(lambda x: 2 * np.sum(x)), gives(lambda x: 2 * x * x.size)
            ),
            "square_backward": gives(lambda x, gy: 2 * x * np.mean(gy)),
            "exp_derivative": either(
                gives(lambda x: np.sum(np.exp(x))), gives(lambda x: np.exp(x) * x.size)
            ),
            "exp_backward": gives(lambda x, gy: np.exp(x) * np.mean(gy)),
        },
    ),
    Misconception(
        "loses-the-shape",
        _("the gradient has another shape than the input"),
        _("a gradient has one number for each of the input's, laid out alike (section 6.3)"),
        _("leave x and gy in the shape they have: no flatten, ravel or .T"),
        {"shapes": fails("shape")},
    ),
    Misconception(
        "changes-the-callers-array",
        _("backward changes an array that is somebody else's"),
        _(
            "gy *= … writes into the very array that was handed over, and so does x *= … into "
            "the input's data (section 6.3)"
        ),
        _("return 2 * x * gy: a product with * alone is a new array"),
        {"gy_is_left_alone": fails("close")},
    ),
    Misconception(
        "results-of-an-older-variable",
        _("Functions give Variables of another class, which has no grad"),
        _(
            "where Function comes from another file, it makes that file's Variables: which "
            "class does its __call__ name? (section 6.1)"
        ),
        _("define Function in the file that defines Variable, below it"),
        {
            "by_hand_at_one_half": raises(
                "AttributeError", sought="grad", of="instance Variable"
            )
        },
    ),
    Misconception(
        "loops-over-the-elements",
        _("backward wants elements to loop over"),
        _(
            "numpy works on whole arrays of any shape. A single number has nothing in "
            "it to take one by one (section 6.4)"
        ),
        _("2 * x * gy at once, without for, zip or len"),
        {
            "by_hand_at_one_half": raises(
                "TypeError",
                "not iterable|0-d array|unsized|len",
                within=r"(Square|Exp)\.backward",
            )
        },
    ),
    Misconception(
        "forward-is-another-function",
        _("what Square or Exp gives is another number than it should be"),
        _(
            "your backward is right: is it forward that computes something else, or does "
            "__call__ make something else of it? (section 6.3)"
        ),
        _("x ** 2 in Square.forward, np.exp(x) in Exp.forward, Variable(y) in __call__"),
        {"square_agrees": fails("close"), "exp_agrees": fails("close")},
    ),
)
