"""Step 7: what goes wrong with the links, and with the walk back along them."""

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
    keeps,
    no,
    raises,
    stores,
)
from graders.words import _

RESULT_ALREADY_WRONG = Misconception(
    "result-already-wrong",
    _("the result is wrong already, before backward begins"),
    _(
        "what does Function.__call__ put into the new Variable, and what does forward of "
        "Square and of Exp compute? (section 2.3)"
    ),
    _("output = Variable(y), with the y that forward gave; x ** 2 and np.exp(x)"),
    {"backward_at_one_half": fails("close", of="y")},
)

CATALOGUE = (
    Misconception(
        "creator-not-there",
        _("a Variable has no creator from the start"),
        _(
            "every Variable has a place for the Function that made it, empty until one has "
            "(section 7.1)"
        ),
        _("put self.creator = None into Variable.__init__"),
        {
            "leaf_has_no_creator": raises(
                "AttributeError", sought="creator", of="instance Variable"
            )
        },
    ),
    Misconception(
        "creator-of-the-input",
        _("the input gets the creator, not the output"),
        _(
            "a Function has made its result; the Variable that it was called with was there "
            "before (section 7.1)"
        ),
        _("in Function.__call__ write output.set_creator(self), not input.set_creator(self)"),
        {"leaf_has_no_creator": is_object("Function")},
    ),
    Misconception(
        "set-creator-keeps-nothing",
        _("set_creator keeps nothing"),
        _(
            "what a method is given is gone when it ends, unless it is put into self; and == "
            "compares, it doesn't put (section 7.1)"
        ),
        _("self.creator = func, spelled as in __init__"),
        {"set_creator": both(is_plain("NoneType"), no(keeps("Variable.set_creator")))},
    ),
    Misconception(
        "creator-not-linked",
        _("the result is not told who made it"),
        _(
            "set_creator does nothing until somebody calls it: the Function does, once it has "
            "made its result (section 7.1)"
        ),
        _("output.set_creator(self) in Function.__call__, before the return"),
        {
            "result_knows_its_creator": both(
                is_plain("NoneType", name="f"), no(calls("Function.__call__", "set_creator"))
            )
        },
    ),
    Misconception(
        "creator-is-a-variable",
        _("the creator is a Variable, not the Function"),
        _(
            "the creator is the Function itself; in its own method __call__ a Function goes by "
            "the name self (section 7.1)"
        ),
        _("output.set_creator(self): hand over self, not input or output"),
        {"result_knows_its_creator": is_object("Variable", name="f")},
    ),
    Misconception(
        "call-returns-nothing",
        _("calling a Function doesn't give back its result"),
        _(
            "the caller gets what __call__ returns, and None where it returns nothing; it must "
            "be the very Variable that was linked (section 7.1)"
        ),
        _("end Function.__call__ with return output"),
        {
            "result_knows_its_creator": both(fails("kind"), is_plain("NoneType")),
            "output_is_kept": both(fails("kind"), is_plain("NoneType")),
        },
    ),
    Misconception(
        "output-not-kept",
        _("the Function keeps nothing under the name output"),
        _(
            "the links go both ways: a Variable knows its creator, and a Function its output, "
            "by this name (section 7.1)"
        ),
        _("put self.output = output into Function.__call__"),
        {"output_is_kept": raises("AttributeError", sought="output", of="instance Function")},
    ),
    Misconception(
        "keeps-the-bare-output",
        _("the Function keeps the array, not the Variable"),
        _(
            "what is remembered is the box, not what is in it: the gradient will be in the box "
            "(section 7.1)"
        ),
        _("self.output = output, the Variable; not y, the array"),
        {"output_is_kept": is_plain("ndarray", "float64")},
    ),
    Misconception(
        "keeps-another-output",
        _("the Function keeps another Variable than it gives back"),
        _(
            "there is one result: the Variable that is linked, kept and returned is the same "
            "object (section 7.1)"
        ),
        _("output = Variable(y) once; then self.output = output and return output"),
        {"output_is_kept": is_object("Variable", calls=1)},
    ),
    Misconception(
        "shared-output",
        _("all Functions share one output"),
        _("each Function remembers its own output: is yours kept by the class? (section 7.1)"),
        _("write self.output = output, not Function.output = output"),
        {"output_is_kept": is_object("Variable", calls=2)},
    ),
    Misconception(
        "keeps-another-input",
        _("the Function remembers another Variable than its input"),
        _(
            "the way back leads through the very Variable that came in: a copy of it has no "
            "creator (section 7.1)"
        ),
        _("self.input = input: the argument itself, no new Variable"),
        {"links_lead_back": is_object("Variable", of="C")},
    ),
    Misconception(
        "keeps-the-bare-input",
        _("the Function keeps the array that came in, not the Variable"),
        _(
            "an array has no creator: where it stands for the Variable, the way back is cut "
            "(section 7.1)"
        ),
        _("self.input = input, not input.data"),
        {"links_lead_back": is_plain("ndarray", "float64")},
    ),
    Misconception(
        "shared-input",
        _("all Functions share one input"),
        _("each Function remembers its own input: is yours kept by the class? (section 7.1)"),
        _("write self.input = input, not Function.input = input"),
        {"links_lead_back": is_object("Variable", of="B")},
    ),
    Misconception(
        "no-backward",
        _("a Variable has no backward"),
        _(
            "in this step Variable gets a method backward of its own, besides that of the "
            "Functions (section 7.3)"
        ),
        _("def backward(self): in class Variable; is the name spelled like that?"),
        {
            "backward_of_one_function": raises(
                "AttributeError", sought="backward", of="instance Variable"
            )
        },
    ),
    Misconception(
        "no-end",
        _("backward doesn't look whether there is a creator"),
        _(
            "the walk is over at the Variable that no Function made, which has no "
            "creator to ask (section 7.3)"
        ),
        _("f = self.creator, then everything else under if f is not None:"),
        {
            "backward_of_one_function": raises(
                "AttributeError",
                of="none .*",
                sought="input|output|backward",
                within="Variable.backward.*",
            )
        },
    ),
    Misconception(
        "starts-from-ones",
        _("backward starts from ones though a gradient was set"),
        _(
            "the caller has put the gradient into y.grad; backward takes it from there and "
            "changes nothing about it. A start of ones comes later (section 7.3)"
        ),
        _("x.grad = f.backward(self.grad), and no np.ones_like anywhere"),
        {
            "backward_of_one_function": gives(lambda x: np.ones_like(x)),
            "starts_from_the_given_gradient": gives(lambda gy: 3 * np.ones_like(gy)),
        },
    ),
    Misconception(
        "gradient-not-stored",
        _("the gradient doesn't reach the input"),
        _(
            "what f.backward returns is the gradient of f's input: in whose grad does it "
            "belong? (section 7.3)"
        ),
        _("x = f.input, then x.grad = f.backward(self.grad)"),
        {
            "backward_of_one_function": both(
                is_plain("NoneType"), no(stores("Variable.backward", "grad"))
            )
        },
    ),
    Misconception(
        "passes-an-empty-grad",
        _("f.backward is given a gradient that isn't there yet"),
        _(
            "gy comes from above: it is the gradient of the Variable whose backward runs; that "
            "of the input is what you are about to find (section 7.3)"
        ),
        _("x.grad = f.backward(self.grad): self.grad inside the brackets, not x.grad"),
        {
            "backward_of_one_function": raises(
                "TypeError",
                "NoneType",
                deeper="grader",
                text=r"\w+\.backward\((?!self\.grad).*",
            )
        },
    ),
    Misconception(
        "passes-no-gradient",
        _("f.backward is called with nothing"),
        _("a Function can't know what arrives from above unless it is told (section 7.3)"),
        _("hand it over: f.backward(self.grad)"),
        {
            "backward_of_one_function": raises(
                "TypeError", "missing 1 required .*'gy'", within="Variable.*"
            )
        },
    ),
    Misconception(
        "passes-the-data",
        _("f.backward is given the data, not the gradient"),
        _(
            "gy is how steeply the end depends on this Variable; the Variable's own value is "
            "something else (section 7.3)"
        ),
        _("x.grad = f.backward(self.grad), not self.data"),
        {"backward_of_one_function": gives(lambda x: 3 * 3 * x)},
    ),
    Misconception(
        "goes-in-circles",
        _("backward comes back to the Variable it started from"),
        _(
            "a recursion must get nearer to its end: the next Variable is the creator's input, "
            "not its output, and not this one again (section 7.3)"
        ),
        _("x = f.input, and at the end x.backward()"),
        {"backward_of_one_function": raises("RecursionError", within="Variable.backward")},
    ),
    Misconception(
        "clears-the-gradient",
        _("backward throws away the gradients that it has used"),
        _(
            "every Variable keeps the gradient it got, so that one can look at it afterwards "
            "(section 7.3)"
        ),
        _("leave self.grad as it is: no self.grad = None"),
        {"gradients_on_the_way": is_plain("NoneType", of="y")},
    ),
    Misconception(
        "stops-after-one",
        _("backward goes back by one Function only"),
        _(
            "the input that has just got its gradient may have been made by a Function itself: "
            "who goes on from there? (section 7.3)"
        ),
        _("after x.grad = f.backward(self.grad) call x.backward()"),
        {"gradients_on_the_way": is_plain("NoneType", of="x")},
    ),
    Misconception(
        "adds-up",
        _("a second backward adds to the gradient of the first"),
        _(
            "the gradient of one walk back replaces that of the walk before; adding up comes "
            "much later in the course (section 7.3)"
        ),
        _("x.grad = f.backward(self.grad), with = and not +="),
        {"backward_again": gives(lambda before, gy: 3 * (before + gy))},
    ),
    Misconception(
        "keeps-the-first",
        _("a second backward leaves the gradient of the first"),
        _(
            "a gradient that is there may be an old one: each walk back sets it anew "
            "(section 7.3)"
        ),
        _("x.grad = f.backward(self.grad) always, not only if x.grad is None"),
        {"backward_again": gives(lambda before: 3 * before)},
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
    RESULT_ALREADY_WRONG,
    Misconception(
        "old-base",
        _("Square or Exp is made of an older Function"),
        _(
            "is there more than one class Function in your file? A class keeps the base it was "
            "made of; one defined further down comes too late for it (section 7.1)"
        ),
        _("keep one class Function, above Square and Exp, with set_creator in its __call__"),
        {
            "backward_at_one_half": both(
                either(is_plain("NoneType", of="x"), raises("AttributeError", of="none .*")),
                TWICE,
            )
        },
    ),
)
