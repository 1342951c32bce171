"""Step 8: what goes wrong when the recursion becomes a loop."""

import numpy as np

from graders.misconceptions.signs import (
    TWICE,
    Misconception,
    both,
    calls,
    either,
    fails,
    gives,
    is_plain,
    no,
    raises,
    runs_out,
    sets,
)
from graders.misconceptions.step07 import RESULT_ALREADY_WRONG
from graders.words import _

CATALOGUE = (
    Misconception(
        "nothing-to-do",
        _("no Variable gets a gradient in the loop"),
        _(
            "what does the list hold at first, is each Function in it asked, and is its answer "
            "stored? (section 8.2)"
        ),
        _("funcs = [self.creator], then while funcs: at once, with the only pop inside"),
        {
            "every_gradient": both(
                is_plain("NoneType", of="a"), sets("Variable.set_creator", "creator")
            )
        },
    ),
    Misconception(
        "stops-after-one",
        _("the loop ends too early"),
        _(
            "after each Function: which one comes next, who hands it on, and when is the end? "
            "(section 8.2)"
        ),
        _("at the end of the loop: if x.creator is not None: funcs.append(x.creator)"),
        {"every_gradient": is_plain("NoneType", of="x")},
    ),
    Misconception(
        "never-ends",
        _("the loop never ends"),
        _(
            "a Function that is only looked at stays in the list, and one that puts itself in "
            "again is done for ever (section 8.2)"
        ),
        _("f = funcs.pop() takes f out; funcs.append(x.creator) puts in the next one only"),
        {"every_gradient": runs_out()},
    ),
    Misconception(
        "always-from-the-end",
        _("every Function is given the gradient of the end"),
        _(
            "the gy of a Function is the gradient of its own output, not always that of the "
            "Variable where you began. Has each Function an output of its own? (section 8.2)"
        ),
        _("x, y = f.input, f.output, then x.grad = f.backward(y.grad); self.output = output"),
        {"every_gradient": gives(lambda: 3 * np.ones(3), of="x")},
    ),
    Misconception(
        "grad-not-there",
        _("f.backward is given a gradient that isn't there yet"),
        _(
            "gy is the gradient of f's output: which of the two is that, and has the "
            "turn before put a gradient there? (section 8.2)"
        ),
        _("x, y = f.input, f.output, then x.grad = f.backward(y.grad)"),
        {
            "every_gradient": raises(
                "TypeError", "NoneType", deeper="grader", text=r"\w+\.backward.*"
            )
        },
    ),
    Misconception(
        "clears-the-gradient",
        _("backward throws away the gradients that it has used"),
        _(
            "every Variable keeps the gradient it got, so that one can look at it afterwards "
            "(section 8.2)"
        ),
        _("leave y.grad as it is: no y.grad = None"),
        {"every_gradient": is_plain("NoneType", of="y")},
    ),
    Misconception(
        "list-of-variables",
        _("a Variable is taken for a Function"),
        _(
            "the loop goes from Function to Function, and asks each for its input and output: "
            "only a Function has them (section 8.2)"
        ),
        _("funcs = [self.creator] and funcs.append(x.creator): creators, not Variables"),
        {
            "every_gradient": raises(
                "AttributeError", sought="input|output", of="instance Variable"
            )
        },
    ),
    Misconception(
        "none-in-the-list",
        _("None gets into the list of Functions"),
        _(
            "the input of the first Function has no creator: where the way back ends, "
            "there is nothing to put in (section 8.2)"
        ),
        _("if x.creator is not None: funcs.append(x.creator)"),
        {"every_gradient": raises("AttributeError", sought="input|output", of="none .*")},
    ),
    Misconception(
        "output-not-kept",
        _("a Function doesn't know its output"),
        _(
            "the loop finds y by asking f, so Function.__call__ has to remember it, as step 7 "
            "does (section 7.1)"
        ),
        _("put self.output = output into Function.__call__"),
        {"every_gradient": raises("AttributeError", sought="output", of="instance Function")},
    ),
    Misconception(
        "pop-not-called",
        _("pop is named, but not called"),
        _("without brackets f is the method pop itself, not a Function (section 8.2)"),
        _("f = funcs.pop(), with the brackets"),
        {"every_gradient": raises("AttributeError", sought="input|output", of="function .*")},
    ),
    Misconception(
        "starts-from-ones",
        _("backward starts from ones though a gradient was set"),
        _(
            "the caller has put the gradient into y.grad; backward takes it from there and "
            "changes nothing about it. A start of ones comes later (section 8.2)"
        ),
        _("x.grad = f.backward(y.grad), and no np.ones_like anywhere"),
        {"starts_from_the_given_gradient": gives(lambda gy: 3 * np.ones_like(gy))},
    ),
    Misconception(
        "visits-twice",
        _("backward does a Function more than once"),
        _(
            "each Function is put into the list once and taken out once; what its backward "
            "gives is stored, not asked for again (section 8.2)"
        ),
        _("one f.backward(y.grad) for each f = funcs.pop()"),
        {
            "each_function_once": both(
                fails("equal"),
                calls("Variable.backward", "backward"),
                no(calls("Function.__call__", "backward")),
            )
        },
    ),
    Misconception(
        "first-function-first",
        _("backward begins at the input"),
        _(
            "the gradient is known at the end first; each Function passes it one step on, "
            "towards the input (section 8.2)"
        ),
        _("begin with self.creator and go on with x.creator"),
        {"last_function_first": gives(lambda: "ABC")},
    ),
    Misconception(
        "still-recursive",
        _("backward still calls itself"),
        _(
            "each call inside another takes room on Python's stack, which is limited; raising "
            "the limit only puts it off (section 8.2)"
        ),
        _("while funcs: f = funcs.pop() …, and no backward() of a Variable inside"),
        {"constant_stack_depth": both(fails("equal"), calls("Variable.backward", "backward"))},
    ),
    Misconception(
        "counted-loop",
        _("the loop ends after a fixed number of turns"),
        _(
            "nobody knows beforehand how long the chain is: go on while there is something "
            "to do (section 8.2)"
        ),
        _("while funcs:, not for … in range(…)"),
        {"deep_chain": is_plain("NoneType")},
    ),
    Misconception(
        "adds-up",
        _("a second backward adds to the gradient of the first"),
        _(
            "the gradient of one walk back replaces that of the walk before; adding up comes "
            "much later in the course (section 8.2)"
        ),
        _("x.grad = f.backward(y.grad), with = and not +="),
        {"backward_again": gives(lambda before, gy: 3 * (before + gy))},
    ),
    Misconception(
        "keeps-the-first",
        _("a second backward leaves the gradient of the first"),
        _(
            "a gradient that is there may be an old one: each walk back sets it anew "
            "(section 8.2)"
        ),
        _("x.grad = f.backward(y.grad) always, not only if x.grad is None"),
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
            "made of; one defined further down comes too late for it (section 8.2)"
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
