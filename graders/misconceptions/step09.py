"""Step 9: what goes wrong with square and exp, and with the first gradient (9.1, 9.2)."""

import numpy as np

from graders.misconceptions.signs import (
    TWICE,
    Misconception,
    both,
    calls,
    either,
    fails,
    gives,
    is_object,
    is_plain,
    no,
    raises,
)
from graders.misconceptions.step09_arrays import ARRAYS
from graders.words import _

CATALOGUE = (
    Misconception(
        "returns-nothing",
        _("square or exp doesn't give back its result"),
        _(
            "a def without return gives None, and what was made in it is forgotten "
            "(section 9.1)"
        ),
        _("return Square()(x), and return Exp()(x)"),
        {
            "square": is_plain("NoneType", of="call"),
            "exp": is_plain("NoneType", of="call"),
        },
    ),
    Misconception(
        "calls-the-other",
        _("square and exp are mixed up"),
        _(
            "your two functions are alike but for one word: which Function does each call? "
            "(section 9.1)"
        ),
        _("Square in square, Exp in exp"),
        {"square": gives(lambda x: np.exp(x)), "exp": gives(lambda x: x**2)},
    ),
    Misconception(
        "gives-the-function",
        _("square or exp gives back the Function, not its result"),
        _(
            "a class with brackets makes a Function; that computes only when it is "
            "called in its turn (section 9.1)"
        ),
        _("two pairs of brackets: Square()(x)"),
        {"square": is_object("Square"), "exp": is_object("Exp")},
    ),
    Misconception(
        "calls-the-class",
        _("x is handed to the class, not to the Function"),
        _(
            "the first pair of brackets makes a Function and takes nothing; the second calls "
            "it (section 9.1)"
        ),
        _("Square()(x), not Square(x)"),
        {
            "square": raises("TypeError", "takes no arguments", within="square"),
            "exp": raises("TypeError", "takes no arguments", within="exp"),
        },
    ),
    Misconception(
        "calls-forward",
        _("forward is called instead of the Function"),
        _(
            "forward only knows arrays. The Variables and their links are made when "
            "the Function itself is called (section 9.1)"
        ),
        _("Square()(x), not Square().forward(x) or Square().forward(x.data)"),
        {
            "square": either(
                raises("TypeError", "'Variable'", within="Square.forward"),
                is_plain("ndarray", of="call"),
            ),
            "exp": either(
                raises("TypeError", "type Variable", within="Exp.forward"),
                is_plain("ndarray", of="call"),
            ),
        },
    ),
    Misconception(
        "hands-over-the-data",
        _("the Function is called with the array, not with the Variable"),
        _(
            "a Function takes its input out of the box by itself, and remembers the box for "
            "the way back (section 9.1)"
        ),
        _("Square()(x) and Exp()(x), without .data"),
        {
            "square": raises("TypeError", "memoryview", given="memory"),
            "links": is_plain("ndarray"),
        },
    ),
    Misconception(
        "a-variable-of-its-own",
        _("square or exp puts the data into a Variable of its own"),
        _(
            "the way back must end at the caller's x: a new Variable in between has no links, "
            "and x gets no gradient (section 9.1)"
        ),
        _("Square()(x): x itself, not Variable(x.data)"),
        {
            "links": both(
                is_object("Variable"),
                either(calls("square", "Variable"), calls("exp", "Variable")),
            )
        },
    ),
    Misconception(
        "no-function",
        _("square or exp computes by itself"),
        _(
            "the result is right but has no creator, so backward can't go back through it "
            "(section 9.1)"
        ),
        _("let Square and Exp do it: return Square()(x)"),
        {"links": is_plain("NoneType", of="call")},
    ),
    Misconception(
        "no-links",
        _("a Function's result has no creator"),
        _(
            "a Function that is called tells its result who made it, as in step 7. Is that "
            "done in __call__, and does set_creator keep it? (section 7.1)"
        ),
        _("output.set_creator(self) in Function.__call__, self.creator = func in set_creator"),
        {
            "links": both(
                is_plain("NoneType", of="class"),
                no(TWICE),
            )
        },
    ),
    Misconception(
        "one-function-for-all",
        _("all calls share one Function"),
        _(
            "a Function knows its last input only. Used twice in a chain, it has lost "
            "the first, and backward goes round in a circle (section 9.1)"
        ),
        _("make it inside: return Square()(x)"),
        {"links": fails("different")},
    ),
    Misconception(
        "no-automatic-grad",
        _("backward has no gradient to start from"),
        _(
            "before the loop, backward looks whether this Variable has a gradient, and if not "
            "gives it one (section 9.2)"
        ),
        _("first of all: if self.grad is None: self.grad = np.ones_like(self.data)"),
        {
            "grad_starts_as_ones": raises(
                "TypeError", "NoneType", deeper="grader", text=r"\w+\.backward.*"
            )
        },
    ),
    Misconception(
        "starts-from-one-number",
        _("backward starts from a single 1"),
        _(
            "the gradient has a number for each of the data's, and the data may be any shape "
            "(section 9.2)"
        ),
        _("self.grad = np.ones_like(self.data), not 1.0 or np.array(1.0)"),
        {"grad_starts_as_ones": fails("shape")},
    ),
    Misconception(
        "starts-from-zeros",
        _("backward starts from zeros"),
        _(
            "zero times anything is zero: no gradient would come through. How much does y "
            "change when y changes? (section 9.2)"
        ),
        _("np.ones_like, not np.zeros_like"),
        {"grad_starts_as_ones": gives(lambda x: np.zeros_like(x))},
    ),
    Misconception(
        "starts-from-the-data",
        _("backward starts from the data"),
        _(
            "the start says how much y changes when y changes: 1, whatever the value of y "
            "(section 9.2)"
        ),
        _("self.grad = np.ones_like(self.data)"),
        {"grad_starts_as_ones": gives(lambda x: 3 * x)},
    ),
    Misconception(
        "ones-like-nothing",
        _("the ones are made like something that isn't there yet"),
        _(
            "np.ones_like takes shape and dtype from an array: self.grad is still None then; "
            "which array is there? (section 9.2)"
        ),
        _("np.ones_like(self.data), not np.ones_like(self.grad)"),
        {"grad_starts_as_ones": is_object("object", "array")},
    ),
    Misconception(
        "overwrites-the-grad",
        _("backward starts from ones though a gradient was set"),
        _(
            "the ones are for a Variable that has no gradient; one that has keeps its own "
            "(section 9.2)"
        ),
        _("if self.grad is None: before self.grad = np.ones_like(self.data)"),
        {"given_grad_is_kept": gives(lambda gy: np.ones_like(gy))},
    ),
    Misconception(
        "compares-the-grad",
        _("the gradient is asked for its truth, or compared with =="),
        _(
            "many numbers are neither true nor false, and == gives a truth for each of "
            "them. “is” asks for the very object (section 9.2)"
        ),
        _("if self.grad is None:, not == None and not if not self.grad:"),
        {"given_grad_is_kept": raises("ValueError", "truth value", within="Variable.backward")},
    ),
    Misconception(
        "forgot-gy",
        _("the backward of Square or Exp leaves out gy"),
        _(
            "every Function multiplies what comes from above, gy, by its own slope. If "
            "one doesn't, the chain is cut there (section 6.3)"
        ),
        _("2 * x * gy in Square.backward, np.exp(x) * gy in Exp.backward"),
        {
            "backward_at_one_half": either(
                gives(lambda: 1.0, of="x"), gives(lambda: np.exp(0.25), of="x")
            )
        },
    ),
    Misconception(
        "sums-up",
        _("the backward of Square or Exp adds up or averages gy"),
        _(
            "each number of x has a gradient of its own: x and gy are multiplied one "
            "by one, not summed up (section 6.3)"
        ),
        _("2 * x * gy and np.exp(x) * gy, without np.sum, np.dot, @ or np.mean"),
        {
            "backward_agrees": either(
                gives(lambda x, gy: 2 * np.exp(2 * x) * np.sum(gy)),
                gives(lambda x, gy: 2 * np.exp(2 * x) * np.mean(gy)),
                gives(lambda x, gy: 2 * np.exp(x) * np.sum(np.exp(x) * gy)),
                gives(lambda x, gy: 2 * np.exp(x) * np.mean(np.exp(x) * gy)),
            )
        },
    ),
    *ARRAYS,
)
