"""Mutants of step 3: Chaining functions."""

from mutants.mutant import mutants
from mutants.step02 import OWN_CALL, RESULT, SQUARED

EXPONENT = "return np.exp(x)"
EXP_FORWARD = 'def forward(self, x):\n        """Return e to the power'
FIRST_EXP = (
    'class Exp(Function):\n    """Raise e to the power of every element (section 3.1)."""\n'
)
BARE_CALL = OWN_CALL.replace("Variable(self.forward(input.data))", "self.forward(input.data)")
TYPE = "exp_gives_a_variable"
NUMBER = "exp_of_a_number"
MUTANTS = mutants(
    "step03",
    (
        "exp-stands-alone",
        FIRST_EXP,
        FIRST_EXP.replace("(Function)", "", 1).rstrip() + OWN_CALL,
        "exp_is_a_function",
        "exp-is-no-function",
    ),
    (
        "misspells-forward",
        EXP_FORWARD,
        EXP_FORWARD.replace("forward", "forwards"),
        TYPE,
        "exp-has-no-forward",
    ),
    ("exp-of-the-variable", "x = input.data", "x = input", TYPE, "exp-of-the-variable"),
    (
        "exp-gives-the-bare-array",
        FIRST_EXP,
        FIRST_EXP.rstrip() + BARE_CALL,
        TYPE,
        "gives-the-bare-array",
    ),
    ("all-give-the-bare-array", RESULT, "return y", TYPE, "gives-the-bare-array"),
    ("exp-forgets-return", EXPONENT, "np.exp(x)", NUMBER, "forgets-return"),
    ("call-forgets-return", RESULT, "Variable(y)", TYPE, "forgets-return"),
    ("squares-the-power", EXPONENT, "return np.exp(x) ** 2", NUMBER, "square-of-the-power"),
    ("doubles-the-exponent", EXPONENT, "return np.exp(2 * x)", NUMBER, "square-of-the-power"),
    ("squares-the-exponent", EXPONENT, "return np.exp(x**2)", NUMBER, "power-of-the-square"),
    ("powers-of-two", EXPONENT, "return np.exp2(x)", NUMBER, "another-base"),
    ("powers-of-ten", EXPONENT, "return 10.0**x", NUMBER, "another-base"),
    ("power-of-e", EXPONENT, "return x**np.e", NUMBER, "base-and-exponent-swapped"),
    ("takes-one-away", EXPONENT, "return np.expm1(x)", NUMBER, "one-less"),
    ("takes-the-logarithm", EXPONENT, "return np.log(x)", NUMBER, "logarithm"),
    (
        "keeps-the-dtype",
        EXPONENT,
        "return np.exp(x).astype(x.dtype)",
        NUMBER,
        "squeezed-into-integers",
    ),
    (
        "fills-an-array-like-x",
        EXPONENT,
        "y = np.zeros_like(x)\n        y[...] = np.exp(x)\n        return y",
        NUMBER,
        "squeezed-into-integers",
    ),
    ("exp-in-place", EXPONENT, "return np.exp(x, out=x)", NUMBER, "changes-its-input"),
    (
        "exp-in-the-box",
        EXP_FORWARD,
        "def __call__(self, input):\n        input.data = np.exp(input.data)\n"
        "        return Variable(input.data)\n\n    " + EXP_FORWARD,
        "values_in_between_stay",
        "changes-its-input",
    ),
    (
        "square-in-place",
        SQUARED,
        "x **= 2\n        return x",
        "values_in_between_stay order_matters",
        "changes-its-input",
    ),
    (
        "exp-of-one-number",
        EXPONENT,
        "import math\n\n        return math.exp(x)",
        "exp_of_arrays",
        "one-number-only",
    ),
    ("sums", EXPONENT, "return np.exp(x).sum()", "exp_of_arrays", "sums-up"),
    ("square-doubles", SQUARED, "return 2 * x", "chain_at_one_half", "square-carried-over"),
    ("square-cubes", SQUARED, "return x**3", "chain_at_one_half", "square-carried-over"),
    (
        "square-multiplies-as-vectors",
        SQUARED,
        "return np.dot(x, x)",
        "values_in_between_stay",
        "square-carried-over",
    ),
)
