"""Step 9: what goes wrong with the strict Variable and with as_array (section 9.3)."""

from graders.misconceptions.signs import (
    TWICE,
    Misconception,
    both,
    either,
    fails,
    gives,
    is_plain,
    no,
    raises,
)
from graders.words import _

ARRAYS = (
    Misconception(
        "takes-floats",
        _("Variable takes a float"),
        _(
            "what is no array is refused. Does it ask first, before it makes anything "
            "of the data? And is the exception raised? (section 9.3)"
        ),
        _("if data is not None and not isinstance(data, np.ndarray): raise TypeError(…)"),
        {"float_is_refused": fails("raises")},
    ),
    Misconception(
        "takes-other-things",
        _("Variable refuses floats alone"),
        _(
            "nobody can list all that is no array: say what is welcome, and refuse the rest "
            "(section 9.3)"
        ),
        _("if data is not None and not isinstance(data, np.ndarray): raise TypeError(…)"),
        {"list_is_refused": fails("raises")},
    ),
    Misconception(
        "another-exception",
        _("Variable raises another exception than TypeError"),
        _(
            "each exception has a meaning. Here the data is of a wrong type, not of a "
            "wrong value. An assert is for your own mistakes (section 9.3)"
        ),
        _('raise TypeError(f"{type(data)} is not supported")'),
        {
            "float_is_refused": raises(
                "ValueError|AssertionError|Exception|NotImplementedError",
                within="Variable.__init__",
            )
        },
    ),
    Misconception(
        "refuses-none",
        _("Variable refuses None"),
        _("None stands for data that is still to come, and is welcome (section 9.3)"),
        _("if data is not None and not isinstance(data, np.ndarray): raise TypeError(…)"),
        {
            "none_is_taken": raises(
                "TypeError|ValueError|AssertionError", within="Variable.__init__", given="none"
            )
        },
    ),
    Misconception(
        "refuses-some-arrays",
        _("Variable refuses arrays"),
        _(
            "an array is welcome, whatever its shape and dtype: for which data does "
            "your condition hold? (section 9.3)"
        ),
        _("isinstance(data, np.ndarray) is all there is to ask"),
        {
            "arrays_are_taken": raises(
                "TypeError", form="raise", within="Variable.__init__", given="array"
            )
        },
    ),
    Misconception(
        "compares-the-data",
        _("the data is compared with None by != or =="),
        _(
            "!= compares each element of an array. Many truths are neither true nor "
            "false. “is not” asks for another object (section 9.3)"
        ),
        _("if data is not None …, not data != None"),
        {"arrays_are_taken": raises("ValueError", "truth value", within="Variable.__init__")},
    ),
    Misconception(
        "scalars-pass-through",
        _("as_array leaves a scalar a scalar"),
        _(
            "numpy's np.float64 is a scalar, no array, although it has a shape: as_array is "
            "there for it. Is the question the right way round, and is there a return? "
            "(section 9.3)"
        ),
        _("if np.isscalar(x): return np.array(x)"),
        {"as_array_of_scalars": is_plain("float64")},
    ),
    Misconception(
        "numpy-scalars-only",
        _("as_array overlooks some numbers"),
        _(
            "2.5 is a scalar, and so are 3 and np.float64(2.5): a forward may give any "
            "of them (section 9.3)"
        ),
        _("if np.isscalar(x):, which knows both kinds"),
        {"as_array_of_scalars": is_plain("float", "int")},
    ),
    Misconception(
        "one-dimension-too-many",
        _("as_array makes a 1-d array of a scalar"),
        _(
            "brackets around a number make a list, and of a list comes an array with an axis: "
            "a scalar has none (section 9.3)"
        ),
        _("np.array(x), not np.array([x])"),
        {"as_array_of_scalars": fails("dimensions")},
    ),
    Misconception(
        "arrays-get-lost",
        _("as_array gives None for an array"),
        _(
            "what happens in as_array when x is no scalar? A def that comes to its end gives "
            "None (section 9.3)"
        ),
        _("after the if: return x"),
        {"as_array_of_arrays": is_plain("NoneType")},
    ),
    Misconception(
        "asks-the-array",
        _("as_array asks whether an array is true"),
        _(
            "the question is whether x is a scalar. An array made of x is an array in "
            "any case, and is neither true nor false (section 9.3)"
        ),
        _("if np.isscalar(x):, not if np.array(x):"),
        {"as_array_of_arrays": raises("ValueError", "truth value", within="as_array")},
    ),
    Misconception(
        "zero-dimensions-get-lost",
        _("as_array makes a scalar of a 0-d array"),
        _("a 0-d array is an array already: as_array has nothing to do (section 9.3)"),
        _("return x as it is, unless np.isscalar(x)"),
        {"as_array_of_arrays": is_plain("float64", "float")},
    ),
    Misconception(
        "wraps-the-input",
        _("the result holds the input's data"),
        _(
            "a Function's output is what forward made of x; that is what has to become an "
            "array and go into the new Variable (section 9.3)"
        ),
        _("output = Variable(as_array(y)), with y = self.forward(x)"),
        {"call_gives_arrays": gives(lambda x: x)},
    ),
    Misconception(
        "result-not-wrapped",
        _("what forward gives isn't made an array"),
        _(
            "forward may give a scalar, even when a 0-d array went in. Is the result made an "
            "array, and is it this one that the Variable is given? (section 9.3)"
        ),
        _("output = Variable(as_array(y))"),
        {
            "call_gives_arrays": either(
                raises("TypeError", form="raise", within="Variable.__init__", given="number"),
                both(is_plain("float64"), no(fails("kind"))),
            ),
        },
    ),
    Misconception(
        "as-array-is-a-method",
        _("as_array is written as a method, without self"),
        _(
            "a def inside a class is called with the object itself in front of the arguments: "
            "one more than as_array expects (section 9.3)"
        ),
        _("put def as_array(x) outside the class, and call as_array(y)"),
        {
            "call_gives_arrays": raises(
                "TypeError", r"^(\w+\.)?as_array\(\) takes 1 positional argument but 2"
            )
        },
    ),
    Misconception(
        "call-returns-nothing",
        _("calling a Function doesn't give back its result"),
        _(
            "the caller gets what __call__ returns, and None where it returns nothing "
            "(section 9.3)"
        ),
        _("end Function.__call__ with return output"),
        {"call_gives_arrays": both(fails("kind"), is_plain("NoneType"))},
    ),
    Misconception(
        "old-base",
        _("Square or Exp is made of an older Function"),
        _(
            "is there more than one class Function in your file? A class keeps the base it was "
            "made of; one defined further down comes too late for it (section 9.3)"
        ),
        _("keep one class Function, above Square and Exp, with as_array in its __call__"),
        {
            "links": both(is_plain("NoneType", of="class"), TWICE),
            "zero_dimensions_stay": both(
                either(
                    raises(
                        "TypeError", form="raise", within="Variable.__init__", given="number"
                    ),
                    is_plain("float64"),
                ),
                TWICE,
            ),
        },
    ),
    Misconception(
        "forward-adds-an-axis",
        _("forward itself makes arrays, and 1-d ones"),
        _(
            "forward may give what numpy gives; making arrays of scalars is left to as_array "
            "(section 9.3)"
        ),
        _("return x ** 2 and return np.exp(x), with nothing around them"),
        {"zero_dimensions_stay": fails("dimensions")},
    ),
)
