"""Mutants of step 4: Numerical differentiation."""

from mutants.mutant import mutants
from mutants.step02 import SQUARED
from mutants.step03 import EXPONENT

SIGNATURE = "def numerical_diff(f, x, eps=1e-4):"
LOW = "y0 = f(Variable(x.data - eps))"
HIGH = "y1 = f(Variable(x.data + eps))"
POINTS = f"{LOW}\n    {HIGH}"
QUOTIENT = "return (y1.data - y0.data) / (2 * eps)"
MOVED = """x.data = x.data - eps
    y0 = f(x)
    x.data = x.data + 2 * eps
    y1 = f(x)"""
MOVED_IN_PLACE = """y0 = f(Variable(x.data - eps))
    x.data += eps
    y1 = f(x)"""
TWO = "square_at_two"
ACCURACY = "central_accuracy"
COMPOSITE = "composite_at_one_half"
EACH = "one_slope_for_each"
DEFAULT = "default_eps"
MUTANTS = mutants(
    "step04",
    (
        "forward-difference",
        QUOTIENT,
        "return (y1.data - f(x).data) / eps",
        TWO,
        "forward-difference",
    ),
    (
        "backward-difference",
        QUOTIENT,
        "return (f(x).data - y0.data) / eps",
        TWO,
        "backward-difference",
    ),
    ("divides-by-eps", QUOTIENT, "return (y1.data - y0.data) / eps", TWO, "divides-by-eps"),
    (
        "divides-by-two",
        QUOTIENT,
        "return (y1.data - y0.data) / 2",
        TWO,
        "eps-not-in-the-divisor",
    ),
    ("does-not-divide", QUOTIENT, "return y1.data - y0.data", TWO, "eps-not-in-the-divisor"),
    (
        "forgets-brackets",
        QUOTIENT,
        "return (y1.data - y0.data) / 2 * eps",
        TWO,
        "brackets-missing",
    ),
    (
        "forgets-brackets-above",
        QUOTIENT,
        "return y1.data - y0.data / (2 * eps)",
        TWO,
        "brackets-missing",
    ),
    (
        "forgets-all-brackets",
        QUOTIENT,
        "return y1.data - y0.data / 2 * eps",
        TWO,
        "brackets-missing",
    ),
    ("wrong-sign", QUOTIENT, "return (y0.data - y1.data) / (2 * eps)", TWO, "wrong-sign"),
    ("no-sign", QUOTIENT, "return abs(y1.data - y0.data) / (2 * eps)", "sign", "no-sign"),
    (
        "steps-by-a-part-of-x",
        POINTS,
        "y0 = f(Variable(x.data * (1 - eps)))\n    y1 = f(Variable(x.data * (1 + eps)))",
        TWO,
        "relative-step",
    ),
    ("adds-to-a-variable", HIGH, "y1 = f(x + eps)", TWO, "computes-with-variables"),
    (
        "subtracts-variables",
        QUOTIENT,
        "return (y1 - y0) / (2 * eps)",
        TWO,
        "computes-with-variables",
    ),
    ("gives-bare-data", LOW, "y0 = f(x.data - eps)", TWO, "f-gets-bare-data"),
    ("calls-forward", LOW, LOW.replace("f(V", "f.forward(V"), TWO, "calls-forward"),
    (
        "calls-forward-on-data",
        QUOTIENT,
        "return (f.forward(x.data + eps) - f.forward(x.data - eps)) / (2 * eps)",
        COMPOSITE,
        "calls-forward",
    ),
    ("forgets-return", QUOTIENT, QUOTIENT.removeprefix("return "), TWO, "forgets-return"),
    (
        "takes-one-number",
        QUOTIENT,
        "return float(y1.data - y0.data) / (2 * eps)",
        EACH,
        "one-number-only",
    ),
    ("sums", QUOTIENT, "return np.sum(y1.data - y0.data) / (2 * eps)", EACH, "one-number-only"),
    (
        "averages",
        QUOTIENT,
        "return np.full_like(x.data, np.mean(y1.data - y0.data) / (2 * eps))",
        ACCURACY,
        "one-number-only",
    ),
    (
        "flattens",
        QUOTIENT,
        "return ((y1.data - y0.data) / (2 * eps)).ravel()",
        EACH,
        "one-number-only",
    ),
    (
        "guards-against-rounding",
        LOW,
        "eps = max(eps, 1e-8 * abs(x.data))\n    " + LOW,
        EACH,
        "asks-an-array",
    ),
    (
        "calls-eps-h",
        SIGNATURE,
        "def numerical_diff(f, x, h=1e-4):\n    eps = h",
        "eps_is_used",
        "another-signature",
    ),
    (
        "hides-eps",
        SIGNATURE,
        "def numerical_diff(f, x, *, eps=1e-4):",
        "order_of_convergence",
        "another-signature",
    ),
    (
        "takes-x-first",
        SIGNATURE,
        "def numerical_diff(x, f, eps=1e-4):",
        TWO,
        "another-signature",
    ),
    ("no-default", SIGNATURE, "def numerical_diff(f, x, eps):", DEFAULT, "no-default"),
    (
        "no-eps",
        SIGNATURE,
        "def numerical_diff(f, x):\n    eps = 1e-4",
        "eps_is_used",
        "another-signature",
    ),
    (
        "large-default",
        SIGNATURE,
        "def numerical_diff(f, x, eps=1e-3):",
        DEFAULT,
        "another-default",
    ),
    (
        "small-default",
        SIGNATURE,
        "def numerical_diff(f, x, eps=5e-5):",
        DEFAULT,
        "another-default",
    ),
    (
        "rounding-default",
        SIGNATURE,
        "def numerical_diff(f, x, eps=1e-6):",
        DEFAULT,
        "another-default",
    ),
    ("takes-a-large-eps", LOW, "eps = 0.01\n    " + LOW, "central_accuracy"),
    ("doubles-eps", LOW, f"eps = 2 * eps\n    {LOW}", "eps_is_used", "eps-changed"),
    ("ignores-eps", LOW, f"eps = 1e-4\n    {LOW}", "eps_is_used", "eps-ignored"),
    (
        "divides-by-a-number",
        QUOTIENT,
        "return (y1.data - y0.data) / 2e-4",
        "eps_is_used",
        "eps-ignored",
    ),
    (
        "steps-by-a-number",
        POINTS,
        "y0 = f(Variable(x.data - 1e-4))\n    y1 = f(Variable(x.data + 1e-4))",
        "eps_is_used",
        "eps-ignored",
    ),
    (
        "rounds-eps",
        LOW,
        f"eps = 10.0 ** round(np.log10(eps))\n    {LOW}",
        "order_of_convergence",
    ),
    (
        "rounds-the-result",
        QUOTIENT,
        "return np.round((y1.data - y0.data) / (2 * eps), 4)",
        ACCURACY,
        "rounds",
    ),
    (
        "rounds-to-tenths",
        QUOTIENT,
        "return np.round((y1.data - y0.data) / (2 * eps), 1)",
        TWO,
        "rounds",
    ),
    (
        "in-single-precision",
        LOW,
        "x = Variable(x.data.astype(np.float32))\n    " + LOW,
        TWO,
        "single-precision",
    ),
    ("moves-x", POINTS, MOVED, "input_is_left_alone", "moves-x"),
    ("moves-x-in-place", POINTS, MOVED_IN_PLACE, "input_is_left_alone", "moves-x"),
    ("square-doubles", SQUARED, "return 2 * x", TWO, "function-carried-over"),
    ("square-cubes", SQUARED, "return x**3", TWO, "function-carried-over"),
    ("exp-of-two", EXPONENT, "return np.exp2(x)", COMPOSITE, "function-carried-over"),
)
