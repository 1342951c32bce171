"""Mutants of step 4: Numerical differentiation."""

from mutants.mutant import mutants
from mutants.step02 import SQUARED
from mutants.step03 import EXPONENT

QUOTIENT = "return (y1.data - y0.data) / (2 * eps)"
LOW = "y0 = f(Variable(x.data - eps))"
MOVED = """x.data = x.data - eps
    y0 = f(x)
    x.data = x.data + 2 * eps
    return (f(x).data - y0.data) / (2 * eps)"""
SIGNATURE = "def numerical_diff(f, x, eps=1e-4):"
WRONG_NUMBERS = "square_at_two composite_at_one_half plain_function central_accuracy"
MUTANTS = mutants(
    "step04",
    (
        "rounds-the-result",
        QUOTIENT,
        "return np.round((y1.data - y0.data) / (2 * eps), 4)",
        "central_accuracy",
    ),
    ("takes-a-large-eps", LOW, "eps = 0.01\n    " + LOW, "default_eps"),
    (
        "forward-difference",
        QUOTIENT,
        "return (y1.data - f(x).data) / eps",
        "square_at_two",
    ),
    (
        "divides-by-eps",
        QUOTIENT,
        "return (y1.data - y0.data) / eps",
        "square_at_two",
    ),
    (
        "divides-by-two",
        QUOTIENT,
        "return (y1.data - y0.data) / 2",
        "square_at_two",
    ),
    (
        "forgets-brackets",
        QUOTIENT,
        "return (y1.data - y0.data) / 2 * eps",
        "square_at_two",
    ),
    (
        "wrong-sign",
        QUOTIENT,
        "return (y0.data - y1.data) / (2 * eps)",
        "square_at_two",
    ),
    ("no-sign", QUOTIENT, "return abs(y1.data - y0.data) / (2 * eps)", "sign"),
    ("divides-by-a-number", QUOTIENT, "return (y1.data - y0.data) / 2e-4", "eps_is_used"),
    ("ignores-eps", LOW, f"eps = 1e-4\n    {LOW}", "eps_is_used"),
    ("halves-eps", LOW, f"eps = eps / 2\n    {LOW}", "default_eps"),
    (
        "rounds-eps",
        LOW,
        f"eps = 10.0 ** round(np.log10(eps))\n    {LOW}",
        "order_of_convergence",
    ),
    (
        "large-default",
        SIGNATURE,
        "def numerical_diff(f, x, eps=1e-3):",
        "default_eps",
    ),
    (
        "no-default",
        SIGNATURE,
        "def numerical_diff(f, x, eps):",
        "square_at_two",
    ),
    ("small-default", SIGNATURE, "def numerical_diff(f, x, eps=5e-5):", "default_eps"),
    ("moves-x", LOW, MOVED, "input_is_left_alone"),
    (
        "calls-forward",
        LOW,
        "f = f.forward\n    " + LOW,
        "square_at_two",
    ),
    (
        "calls-forward-on-data",
        QUOTIENT,
        "return (f.forward(x.data + eps) - f.forward(x.data - eps)) / (2 * eps)",
        "order_of_convergence plain_function",
    ),
    (
        "one-number-only",
        QUOTIENT,
        "return float(y1.data - y0.data) / (2 * eps)",
        "square_at_two",
    ),
    ("square-doubles", SQUARED, "return 2 * x", "square_at_two"),
    ("exp-of-two", EXPONENT, "return np.exp2(x)", "composite_at_one_half"),
)
