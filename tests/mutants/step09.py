"""Mutants of step 9: Friendlier functions."""

from mutants.mutant import mutants
from mutants.step06 import EXP_BACK, EXP_FORWARD, SQUARE_BACK

REFUSE = "if data is not None and not isinstance(data, np.ndarray):"
REFUSAL = """        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
"""
ONES = "self.grad = np.ones_like(self.data)"
UNSET = "if self.grad is None:"
SQUARE_HEAD = '    """Square every element, and know the way back (section 6.3)."""\n'
STEP_8_CALL = """
    def __call__(self, input):
        self.input = input
        self.output = Variable(self.forward(input.data))
        self.output.set_creator(self)
        return self.output
"""
SHARED_SQUARE = "return Square()(x)"
MUTANTS = mutants(
    "step09",
    ("square-forgets-return", SHARED_SQUARE, "Square()(x)", "square"),
    ("square-calls-exp", SHARED_SQUARE, "return Exp()(x)", "square"),
    ("exp-calls-square", "return Exp()(x)", "return Square()(x)", "exp"),
    (
        "square-gives-the-function",
        SHARED_SQUARE,
        "return Square()",
        "square",
    ),
    (
        "square-makes-its-own-variable",
        SHARED_SQUARE,
        "return Square()(Variable(x.data))",
        "links",
    ),
    (
        "shares-one-square",
        "def square(x):",
        "def square(x, f=Square()):\n    return f(x)\n\n\ndef squared(x):",
        "backward_at_one_half",
    ),
    ("no-automatic-grad", f"        {UNSET}\n            {ONES}\n", "", "grad_starts_as_ones"),
    ("grad-is-one-number", ONES, "self.grad = np.array(1.0)", "grad_starts_as_ones"),
    ("overwrites-the-grad", f"{UNSET}\n            {ONES}", ONES, "given_grad_is_kept"),
    ("compares-with-equals", UNSET, "if self.grad == None:", "given_grad_is_kept"),
    ("takes-anything", REFUSAL, "", "float_is_refused"),
    (
        "takes-floats",
        "isinstance(data, np.ndarray)",
        "isinstance(data, (np.ndarray, float))",
        "float_is_refused",
    ),
    ("refuses-only-floats", REFUSE, "if isinstance(data, float):", "list_is_refused"),
    (
        "refuses-none",
        REFUSE,
        "if not isinstance(data, np.ndarray):",
        "none_and_arrays_are_taken",
    ),
    (
        "raises-value-error",
        "raise TypeError(",
        "raise ValueError(",
        "float_is_refused",
    ),
    (
        "square-keeps-an-old-call",
        SQUARE_HEAD,
        SQUARE_HEAD + STEP_8_CALL,
        "zero_dimensions_stay",
    ),
    ("exp-makes-1-d", EXP_FORWARD, "return np.atleast_1d(np.exp(x))\n", "zero_dimensions_stay"),
    ("as-array-not-applied", "Variable(as_array(y))", "Variable(y)", "call_gives_arrays"),
    (
        "as-array-of-the-input",
        "y = self.forward(x)\n        output = Variable(as_array(y))",
        "y = self.forward(as_array(x))\n        output = Variable(y)",
        "call_gives_arrays",
    ),
    (
        "as-array-makes-1-d",
        "return np.array(x)\n",
        "return np.array([x])\n",
        "as_array_of_scalars",
    ),
    (
        "as-array-of-numpy-only",
        "if np.isscalar(x):",
        "if isinstance(x, np.generic):",
        "as_array_of_scalars",
    ),
    (
        "as-array-forgets-arrays",
        "        return np.array(x)\n    return x\n",
        "        return np.array(x)\n",
        "as_array_of_arrays",
    ),
    (
        "as-array-asks-the-array",
        "if np.isscalar(x):",
        "if np.array(x):",
        "as_array_of_arrays",
    ),
    (
        "as-array-takes-0-d-apart",
        "    return x\n",
        "    return x if x.ndim else x[()]\n",
        "as_array_of_arrays",
    ),
    ("square-forgets-gy", SQUARE_BACK, "return 2 * x", "backward_at_one_half"),
    ("square-sums", SQUARE_BACK, "return 2 * x * np.sum(gy)", "backward_agrees"),
    ("exp-forgets-gy", EXP_BACK, "return np.exp(x)", "backward_at_one_half"),
    ("exp-with-base-two", EXP_FORWARD, "return np.exp2(x)\n", "exp"),
)
