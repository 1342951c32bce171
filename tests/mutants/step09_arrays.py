"""Mutants of step 9: the strict Variable and as_array (section 9.3)."""

from mutants.mutant import mutants
from mutants.step06 import EXP_FORWARD
from mutants.step07 import OLDER_FUNCTION as UNLINKED_FUNCTION

REFUSE = "if data is not None and not isinstance(data, np.ndarray):"
REFUSAL = """        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
"""
ASSERTION = "        assert data is None or isinstance(data, np.ndarray)\n"
OLDER_FUNCTION = """class OlderFunction(Function):
    def __call__(self, input):
        self.input = input
        self.output = Variable(self.forward(input.data))
        self.output.set_creator(self)
        return self.output


class Square(OlderFunction):"""
WRAP = "Variable(as_array(y))"
METHOD = """        output = Variable(self.as_array(y))
        output.set_creator(self)
        self.output = output
        return output

    def as_array(x):
        return np.array(x) if np.isscalar(x) else x
"""
FUNCTION = """        output = Variable(as_array(y))
        output.set_creator(self)
        self.output = output
        return output
"""
IS_SCALAR = "if np.isscalar(x):"
ARRAYS = mutants(
    "step09",
    ("takes-anything", REFUSAL, "", "float_is_refused", "takes-floats"),
    (
        "takes-floats",
        "isinstance(data, np.ndarray)",
        "isinstance(data, (np.ndarray, float))",
        "float_is_refused",
        "takes-floats",
    ),
    (
        "prints-its-refusal",
        "raise TypeError(",
        "print(",
        "float_is_refused",
        "takes-floats",
    ),
    (
        "refuses-only-floats",
        REFUSE,
        "if isinstance(data, float):",
        "list_is_refused",
        "takes-other-things",
    ),
    (
        "raises-value-error",
        "raise TypeError(",
        "raise ValueError(",
        "float_is_refused",
        "another-exception",
    ),
    ("asserts", REFUSAL, ASSERTION, "float_is_refused", "another-exception"),
    (
        "refuses-none",
        REFUSE,
        "if not isinstance(data, np.ndarray):",
        "none_is_taken",
        "refuses-none",
    ),
    (
        "refuses-whole-numbers",
        "isinstance(data, np.ndarray):",
        "(isinstance(data, np.ndarray) and data.dtype == float):",
        "arrays_are_taken",
        "refuses-some-arrays",
    ),
    (
        "compares-the-data",
        "if data is not None and",
        "if data != None and",
        "arrays_are_taken",
        "compares-the-data",
    ),
    (
        "as-array-the-wrong-way-round",
        IS_SCALAR,
        "if not np.isscalar(x):",
        "as_array_of_scalars",
        "scalars-pass-through",
    ),
    (
        "as-array-forgets-the-first-return",
        "        return np.array(x)\n",
        "        np.array(x)\n",
        "as_array_of_scalars",
        "scalars-pass-through",
    ),
    (
        "as-array-of-numpy-only",
        IS_SCALAR,
        "if isinstance(x, np.generic):",
        "as_array_of_scalars",
        "numpy-scalars-only",
    ),
    (
        "as-array-makes-1-d",
        "return np.array(x)\n",
        "return np.array([x])\n",
        "as_array_of_scalars",
        "one-dimension-too-many",
    ),
    (
        "as-array-forgets-arrays",
        "        return np.array(x)\n    return x\n",
        "        return np.array(x)\n",
        "as_array_of_arrays",
        "arrays-get-lost",
    ),
    (
        "as-array-asks-the-array",
        IS_SCALAR,
        "if np.array(x):",
        "as_array_of_arrays",
        "asks-the-array",
    ),
    (
        "as-array-takes-0-d-apart",
        "    return x\n",
        "    return x if x.ndim else x[()]\n",
        "as_array_of_arrays",
        "zero-dimensions-get-lost",
    ),
    ("wraps-the-input", WRAP, "Variable(as_array(x))", "call_gives_arrays", "wraps-the-input"),
    ("as-array-not-applied", WRAP, "Variable(y)", "call_gives_arrays", "result-not-wrapped"),
    (
        "as-array-of-the-input",
        f"y = self.forward(x)\n        output = {WRAP}",
        "y = self.forward(as_array(x))\n        output = Variable(y)",
        "call_gives_arrays",
        "result-not-wrapped",
    ),
    (
        "as-array-is-a-method",
        FUNCTION,
        METHOD,
        "call_gives_arrays",
        "as-array-is-a-method",
    ),
    (
        "call-forgets-return",
        "        return output\n",
        "",
        "call_gives_arrays",
        "call-returns-nothing",
    ),
    (
        "square-keeps-the-older-base",
        "class Square(Function):",
        OLDER_FUNCTION,
        "zero_dimensions_stay",
        "old-base",
    ),
    (
        "square-keeps-the-base-of-step-6",
        "class Square(Function):",
        UNLINKED_FUNCTION,
        "links",
        "old-base",
    ),
    (
        "exp-makes-1-d",
        EXP_FORWARD,
        "return np.atleast_1d(np.exp(x))\n",
        "zero_dimensions_stay",
        "forward-adds-an-axis",
    ),
)
