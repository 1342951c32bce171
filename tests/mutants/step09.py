"""Mutants of step 9: square and exp, and the first gradient (sections 9.1 and 9.2)."""

from mutants.mutant import mutants
from mutants.step06 import EXP_BACK, EXP_FORWARD, SQUARE_BACK
from mutants.step09_arrays import ARRAYS

ONES = "self.grad = np.ones_like(self.data)"
UNSET = "if self.grad is None:"
SQUARE = "return Square()(x)"
EXP = "return Exp()(x)"
MUTANTS = ARRAYS + mutants(
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
