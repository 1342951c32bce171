"""Mutants of step 3: Chaining functions."""

from mutants.mutant import mutants
from mutants.step02 import OWN_CALL, SQUARED

EXPONENT = "return np.exp(x)"
FIRST_EXP = (
    'class Exp(Function):\n    """Raise e to the power of every element (section 3.1)."""\n'
)

MUTANTS = mutants(
    "step03",
    ("powers-of-two", EXPONENT, "return np.exp2(x)", "exp_of_a_number"),
    (
        "exp-of-one-number",
        EXPONENT,
        "import math\n\n        return math.exp(x)",
        "exp_gives_a_variable exp_of_arrays",
    ),
    (
        "exp-in-place",
        EXPONENT,
        "return np.exp(x, out=x)",
        "chain_at_one_half",
    ),
    (
        "exp-gives-the-bare-array",
        FIRST_EXP,
        FIRST_EXP.rstrip()
        + OWN_CALL.replace("Variable(self.forward(input.data))", "self.forward(input.data)"),
        "exp_gives_a_variable",
    ),
    (
        "exp-stands-alone",
        FIRST_EXP,
        FIRST_EXP.replace("(Function)", "", 1).rstrip() + OWN_CALL,
        "exp_is_a_function",
    ),
    (
        "square-doubles",
        SQUARED,
        "return 2 * x",
        "chain_at_one_half",
    ),
    (
        "square-multiplies-as-vectors",
        SQUARED,
        "return np.dot(x, x)",
        "chain_on_arrays",
    ),
    (
        "square-in-place",
        SQUARED,
        "x **= 2\n        return x",
        "order_matters values_in_between_stay",
    ),
)
