"""Step 2: what goes wrong between a Function, its subclasses and the Variables they make."""

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
        "square-is-no-function",
        _("Square is not a Function"),
        _(
            "a subclass gets all that its base class can do, here: to be called with a "
            "Variable. Which base does your Square name? (section 2.3)"
        ),
        _("class Square(Function): with a forward, and no __call__ of its own"),
        {"square_is_a_function": fails("subclass")},
    ),
    Misconception(
        "not-callable",
        _("a Function can't be called"),
        _(
            "f(x) runs the method of this very name: __call__, with two underscores on each "
            "side (section 2.2)"
        ),
        _("def __call__(self, input): inside class Function"),
        {"result_is_a_variable": raises("TypeError", "^'Square' object is not callable")},
    ),
    Misconception(
        "square-has-no-forward",
        _("Square has no forward of its own"),
        _(
            "Function's forward only says that a subclass must have one. Is Square's there, "
            "with this very name, and indented into the class? (section 2.3)"
        ),
        _("def forward(self, x): return x ** 2, inside class Square"),
        {
            "result_is_a_variable": both(
                raises("NotImplementedError", owner="Square", within="(?!Square).*"),
                no(defines("Square.forward")),
            )
        },
    ),
    Misconception(
        "forward-without-self",
        _("forward is called without self"),
        _("a method is found through its object, here the Function itself (section 2.2)"),
        _("y = self.forward(x)"),
        {
            "result_is_a_variable": raises(
                "NameError", sought="forward", within=r"\w+\.__call__"
            )
        },
    ),
    Misconception(
        "input-of-python",
        _("input is Python's own function, not the argument"),
        _(
            "the name in the brackets after def is the one to use: there is a builtin called "
            "input, so that a slip doesn't stand out (section 2.2)"
        ),
        _("def __call__(self, input): or x.data, if the argument is called x"),
        {
            "result_is_a_variable": raises(
                "AttributeError", text=r"input\.\w+", of="function .*"
            )
        },
    ),
    Misconception(
        "forward-gets-the-variable",
        _("forward is given the Variable, not its data"),
        _("Variables stay outside: forward computes with what is in the box (section 2.2)"),
        _("x = input.data, then y = self.forward(x)"),
        {"result_is_a_variable": raises("TypeError", "'Variable'", within="Square.forward")},
    ),
    Misconception(
        "unpacks-twice",
        _("forward takes the data out once more"),
        _("forward gets the array itself: the box has been opened in __call__ (section 2.3)"),
        _("return x ** 2 in Square.forward, not x.data ** 2"),
        {
            "result_is_a_variable": raises(
                "TypeError|AttributeError", "memoryview|'float' object", within="Square.forward"
            )
        },
    ),
    Misconception(
        "loops-over-a-number",
        _("forward goes through the elements one by one"),
        _(
            "a single number has no elements to go through, and numpy works on whole arrays "
            "anyway, whatever their shape (section 2.3)"
        ),
        _("return x ** 2 without for, len or an index"),
        {
            "result_is_a_variable": raises(
                "TypeError|IndexError", "0-d|unsized|0-dimensional", within="Square.forward"
            )
        },
    ),
    Misconception(
        "returns-the-bare-array",
        _("the result is the bare number, not a Variable"),
        _(
            "a Function takes a box and gives a box, so that the next Function can take it "
            "(section 2.2)"
        ),
        _("return Variable(y) at the end of Function.__call__"),
        {"result_is_a_variable": is_plain("ndarray", "float", "float64", "int64")},
    ),
    Misconception(
        "forgets-return",
        _("a method gives nothing back"),
        _("what a method computes is lost unless it returns it (sections 2.2 and 2.3)"),
        _("return Variable(y) in __call__, return x ** 2 in forward"),
        {
            "result_is_a_variable": is_plain("NoneType"),
            "square_of_a_number": is_plain("NoneType"),
        },
    ),
    Misconception(
        "returns-its-input",
        _("the Variable that came in is given back"),
        _(
            "the input is still needed as it was: the result goes into a box of its own "
            "(section 2.2)"
        ),
        _("return Variable(y), not input.data = y; return input"),
        {"result_is_new": fails("different")},
    ),
    Misconception(
        "changes-its-input",
        _("the input is changed in place"),
        _(
            "**= changes the very array that the caller holds; ** alone makes a new "
            "one (section 2.3)"
        ),
        _("return x ** 2: no x **= 2, x *= x, out=x, and no assignment to input.data"),
        {"input_is_left_alone": gives(lambda x: x**2)},
    ),
    Misconception(
        "keeps-the-first-result",
        _("a Function gives its first result again and again"),
        _(
            "what a Function computes depends on this call's input alone, not on an earlier "
            "one (section 2.2)"
        ),
        _("compute y and make a Variable in every call: no if around it, no cache"),
        {"calls_are_independent": either(fails("different"), fails("stale"))},
    ),
    Misconception(
        "squares-in-function",
        _("Function squares by itself"),
        _(
            "Function knows what all functions share; what sets them apart is left to the "
            "forward of each subclass (section 2.3)"
        ),
        _("y = self.forward(x) in Function.__call__, not y = x ** 2"),
        {"subclass_only_needs_forward": gives(lambda x: x**2)},
    ),
    Misconception(
        "error-not-raised",
        _("NotImplementedError is returned or left out, not raised"),
        _("an exception that is only returned, or printed, stops nobody (section 2.3)"),
        _("raise NotImplementedError() in Function.forward"),
        {"forward_is_for_subclasses": fails("raises")},
    ),
    Misconception(
        "another-error",
        _("something else than NotImplementedError is raised"),
        _(
            "one exception says “a subclass must do this”. Its name is a long one: "
            "NotImplemented alone is another thing (section 2.3)"
        ),
        _("raise NotImplementedError() in Function.forward"),
        {
            "forward_is_for_subclasses": raises(
                "NameError|TypeError|Exception|ValueError|RuntimeError|AssertionError",
                within="Function.forward",
            )
        },
    ),
    Misconception(
        "no-forward-in-function",
        _("Function has no forward"),
        _(
            "the base class says what each subclass must have, by a forward that only raises "
            "(section 2.3)"
        ),
        _("def forward(self, x): raise NotImplementedError(), inside class Function"),
        {
            "forward_is_for_subclasses": raises(
                "AttributeError", sought="forward", of="class .*"
            )
        },
    ),
    Misconception(
        "doubles",
        _("the number is doubled, not squared"),
        _("x² is x times x; 2·x is x plus x: only 0 and 2 can't tell them apart (section 2.3)"),
        _("return x ** 2, or x * x"),
        {"square_of_a_number": gives(lambda x: 2 * x)},
    ),
    Misconception(
        "power-of-two",
        _("2 is raised to the power of x"),
        _("in x² the x is below and the 2 above: which comes first in Python? (section 2.3)"),
        _("return x ** 2, not 2 ** x"),
        {"square_of_a_number": gives(lambda x: 2.0**x)},
    ),
    Misconception(
        "caret",
        _("^ is taken for a power"),
        _("in Python ^ compares bits; a power is written with two stars (section 2.3)"),
        _("return x ** 2, not x ^ 2"),
        {"result_is_a_variable": raises("TypeError", r"bitwise_xor|for \^")},
    ),
    Misconception(
        "sums-up",
        _("the squares of all elements are added up"),
        _(
            "each element is squared by itself and the shape stays. Is there a product of "
            "vectors or matrices, or a sum? (section 2.3)"
        ),
        _("return x ** 2, not np.dot(x, x), x @ x or np.sum"),
        {
            "square_of_arrays": gives(lambda x: np.dot(x, x)),
            "result_is_a_variable": raises("ValueError", "enough dimensions"),
        },
    ),
    Misconception(
        "one-number-only",
        _("Square works for a single number only"),
        _("math and float know single numbers; numpy knows arrays as well (section 2.3)"),
        _("return x ** 2: no float(x), math.pow or item()"),
        {"square_of_arrays": wants_one_number()},
    ),
)
