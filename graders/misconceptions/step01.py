"""Step 1: what goes wrong with a box that only has to hold."""

import numpy as np

from graders.misconceptions.signs import (
    Misconception,
    either,
    fails,
    gives,
    is_plain,
    raises,
    wants_one_number,
)
from graders.words import _

CATALOGUE = (
    Misconception(
        "no-data",
        _("a Variable has nothing called data"),
        _(
            "what __init__ is given is gone when it ends, unless the Variable keeps it under "
            "a name of its own: self and a dot. Is yours spelled data? (section 1.2)"
        ),
        _("self.data = data, not data = data, self = data or self.value = data"),
        {"keeps_a_number": raises("AttributeError", sought="data", of="instance Variable")},
    ),
    Misconception(
        "init-misnamed",
        _("Variable has no __init__, or one with another name"),
        _(
            "Python looks for a method with this very name when a Variable is made; any "
            "other name is a method that nobody calls (section 1.2)"
        ),
        _("def __init__(self, data): with two underscores on each side, inside the class"),
        {"keeps_a_number": raises("TypeError", r"^Variable\(\) takes no arguments")},
    ),
    Misconception(
        "init-takes-too-little",
        _("__init__ doesn't take self and data"),
        _(
            "Variable(data) hands two things to __init__: the new Variable, and the data "
            "(section 1.2)"
        ),
        _("def __init__(self, data): self comes first, then data"),
        {
            "keeps_a_number": raises(
                "TypeError", r"^Variable\.__init__\(\) takes 1 positional arg"
            )
        },
    ),
    Misconception(
        "init-returns",
        _("__init__ returns something"),
        _("__init__ fills a Variable that is there already: nothing to return (section 1.2)"),
        _("self.data = data is the whole of it: no return"),
        {"keeps_a_number": raises("TypeError", "should return None")},
    ),
    Misconception(
        "changes-the-numbers",
        _("the data become numbers of another type"),
        _("a box changes nothing: what goes in comes out, to the last digit (section 1.2)"),
        _("self.data = data: no int(data), no astype, no dtype"),
        {
            "keeps_a_number": either(
                gives(lambda a: np.trunc(a)), gives(lambda a: np.float32(a))
            )
        },
    ),
    Misconception(
        "another-dimension",
        _("a single number is wrapped once more, or made flat"),
        _("an array of 0 dimensions stays one: a number has no rows or columns (section 1.3)"),
        _("self.data = data: no [data], np.atleast_1d, flatten, ravel or reshape"),
        {"keeps_a_number": either(gives(lambda a: np.reshape(a, 1)), is_plain("list"))},
    ),
    Misconception(
        "becomes-a-list",
        _("the array becomes a list"),
        _("an array can be computed with as a whole, a list can't: keep it (section 1.2)"),
        _("self.data = data: no list(data), no data.tolist()"),
        {
            "keeps_an_array": is_plain("list", "tuple"),
            "keeps_a_number": raises("TypeError", "0-d array", within="Variable.__init__"),
        },
    ),
    Misconception(
        "becomes-a-float",
        _("the data become a single number"),
        _("a Variable may hold many numbers at once, and one number as well (section 1.3)"),
        _("self.data = data: no float(data), no data.item()"),
        {"keeps_an_array": wants_one_number()},
    ),
    Misconception(
        "unwraps-a-number",
        _("an array of 0 dimensions becomes a bare number"),
        _(
            "np.array(1.0) is an array too, though it has no dimensions. Is it computed with, "
            "or taken out of its array? Both give a bare number (section 1.3)"
        ),
        _("self.data = data: no data * 1.0, data[()] or data.item()"),
        {"keeps_the_dimensions": is_plain("float", "int", "float64")},
    ),
    Misconception(
        "keeps-a-copy",
        _("the Variable keeps a copy"),
        _(
            "a Variable holds the very array that it is given. A copy costs memory, "
            "and what is changed in one doesn't show in the other (section 1.2)"
        ),
        _("self.data = data: no np.array(data), data.copy() or astype"),
        {"holds_the_very_array": fails("same")},
    ),
    Misconception(
        "shared-data",
        _("all Variables share one data"),
        _(
            "each box has content of its own: is yours kept by the class, or by a global "
            "variable, that there is only one of? (section 1.2)"
        ),
        _("self.data = data, not Variable.data = data"),
        {"two_variables_are_independent": gives(lambda b: b)},
    ),
    Misconception(
        "read-only",
        _("data can be read but not replaced"),
        _("x.data = 2.0 puts something else into the box; the box stays (section 1.2)"),
        _("a plain attribute self.data: no @property without a setter, no frozen dataclass"),
        {
            "data_can_be_replaced": either(
                raises("AttributeError|FrozenInstanceError", "setter|can't set|cannot assign"),
                gives(lambda a: a),
            )
        },
    ),
)
