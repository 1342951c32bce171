"""Mutants of step 9: Friendlier functions."""

from mutants.mutant import mutants
from mutants.step06 import EXP_BACK, EXP_FORWARD, SQUARE_BACK

REFUSE = "if data is not None and not isinstance(data, np.ndarray):"
REFUSAL = """        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
"""
ASSERTION = "        assert data is None or isinstance(data, np.ndarray)\n"
ONES = "self.grad = np.ones_like(self.data)"
UNSET = "if self.grad is None:"
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
SQUARE = "return Square()(x)"
EXP = "return Exp()(x)"
IS_SCALAR = "if np.isscalar(x):"
MUTANTS = mutants(
    "step09",
    ("square-forgets-return", SQUARE, "Square()(x)", "square", "returns-nothing"),
    ("exp-forgets-return", EXP, "Exp()(x)", "exp", "returns-nothing"),
    ("square-calls-exp", SQUARE, "return Exp()(x)", "square", "calls-the-other"),
    ("exp-calls-square", EXP, "return Square()(x)", "exp", "calls-the-other"),
    ("square-gives-the-function", SQUARE, "return Square()", "square", "gives-the-function"),
    ("exp-gives-the-function", EXP, "return Exp()", "exp", "gives-the-function"),
    ("square-calls-the-class", SQUARE, "return Square(x)", "square", "calls-the-class"),
    ("exp-calls-the-class", EXP, "return Exp(x)", "exp", "calls-the-class"),
    ("square-calls-forward", SQUARE, "return Square().forward(x)", "square", "calls-forward"),
    ("exp-calls-forward", EXP, "return Exp().forward(x)", "exp", "calls-forward"),
    (
        "square-gives-the-array",
        SQUARE,
        "return Square().forward(x.data)",
        "square",
        "calls-forward",
    ),
    (
        "square-hands-over-the-data",
        SQUARE,
        "return Square()(x.data)",
        "square",
        "hands-over-the-data",
    ),
    ("exp-hands-over-the-data", EXP, "return Exp()(x.data)", "links", "hands-over-the-data"),
    (
        "square-makes-its-own-variable",
        SQUARE,
        "return Square()(Variable(x.data))",
        "links",
        "a-variable-of-its-own",
    ),
    (
        "exp-makes-its-own-variable",
        EXP,
        "return Exp()(Variable(x.data))",
        "links",
        "a-variable-of-its-own",
    ),
    (
        "square-computes-by-itself",
        SQUARE,
        "return Variable(as_array(x.data**2))",
        "links",
        "no-function",
    ),
    (
        "shares-one-square",
        "def square(x):",
        "def square(x, f=Square()):\n    return f(x)\n\n\ndef squared(x):",
        "links",
        "one-function-for-all",
    ),
    (
        "no-automatic-grad",
        f"        {UNSET}\n            {ONES}\n",
        "",
        "grad_starts_as_ones",
        "no-automatic-grad",
    ),
    (
        "grad-is-a-local-name",
        ONES,
        "grad = np.ones_like(self.data)",
        "grad_starts_as_ones",
        "no-automatic-grad",
    ),
    (
        "grad-is-a-0-d-array",
        ONES,
        "self.grad = np.array(1.0)",
        "grad_starts_as_ones",
        "starts-from-one-number",
    ),
    (
        "grad-is-one-number",
        ONES,
        "self.grad = 1.0",
        "grad_starts_as_ones",
        "starts-from-one-number",
    ),
    (
        "grad-is-zeros",
        ONES,
        "self.grad = np.zeros_like(self.data)",
        "grad_starts_as_ones",
        "starts-from-zeros",
    ),
    (
        "grad-is-the-data",
        ONES,
        "self.grad = self.data",
        "grad_starts_as_ones",
        "starts-from-the-data",
    ),
    (
        "grad-is-like-itself",
        ONES,
        "self.grad = np.ones_like(self.grad)",
        "grad_starts_as_ones",
        "ones-like-nothing",
    ),
    (
        "overwrites-the-grad",
        f"{UNSET}\n            {ONES}",
        ONES,
        "given_grad_is_kept",
        "overwrites-the-grad",
    ),
    (
        "compares-with-equals",
        UNSET,
        "if self.grad == None:",
        "given_grad_is_kept",
        "compares-the-grad",
    ),
    (
        "asks-the-grad",
        UNSET,
        "if not self.grad:",
        "given_grad_is_kept",
        "compares-the-grad",
    ),
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
        "exp-makes-1-d",
        EXP_FORWARD,
        "return np.atleast_1d(np.exp(x))\n",
        "zero_dimensions_stay",
        "forward-adds-an-axis",
    ),
    (
        "square-forgets-gy",
        SQUARE_BACK,
        "return 2 * x",
        "backward_at_one_half",
        "forgot-gy",
    ),
    (
        "exp-forgets-gy",
        EXP_BACK,
        "return np.exp(x)",
        "backward_at_one_half",
        "forgot-gy",
    ),
    ("square-sums", SQUARE_BACK, "return 2 * x * np.sum(gy)", "backward_agrees", "sums-up"),
    ("exp-averages", EXP_BACK, "return np.exp(x) * np.mean(gy)", "backward_agrees", "sums-up"),
    ("exp-with-base-two", EXP_FORWARD, "return np.exp2(x)\n", "exp"),
)
