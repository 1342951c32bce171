"""Mutants of step 5–6: Backpropagation by hand."""

from mutants.mutant import mutants
from mutants.step02 import SQUARED

SQUARE_BACK = "return 2 * x * gy"
EXP_BACK = "return np.exp(x) * gy"
EXP_FORWARD = "return np.exp(x)\n"
INPUT = "self.input = input"
OLDER = (
    'return type("Variable", (), {"__init__": lambda self, it: setattr(self, "data", it)})(y)'
)
LAST_RAISE = "raise NotImplementedError\n\n\nclass Square"
MUTANTS = mutants(
    "step06",
    (
        "grad-starts-as-zeros",
        "self.grad = None",
        "self.grad = np.zeros_like(data)",
        "grad_starts_as_none",
        "grad-starts-as-a-number",
    ),
    ("no-grad", "self.grad = None", "pass", "grad_starts_as_none", "grad-not-there"),
    (
        "misspells-grad",
        "self.grad = None",
        "self.gard = None",
        "grad_starts_as_none",
        "grad-not-there",
    ),
    ("keeps-the-data", INPUT, "self.input = input.data", "input_is_kept", "keeps-the-data"),
    (
        "keeps-a-copy",
        INPUT,
        "self.input = Variable(input.data)",
        "input_is_kept",
        "keeps-another-variable",
    ),
    ("keeps-nothing", INPUT, "pass", "input_is_kept", "input-not-kept"),
    (
        "shares-the-input",
        INPUT,
        "Function.input = input",
        "two_functions_are_independent",
        "shared-input",
    ),
    (
        "keeps-the-output",
        "return Variable(y)",
        "self.input = Variable(y)\n        return self.input",
        "input_is_kept",
        "keeps-another-variable",
    ),
    (
        "keeps-the-builtin",
        "def __call__(self, input):",
        "def __call__(self, x):",
        "input_is_kept",
        "keeps-the-builtin",
    ),
    (
        "returns-the-error",
        LAST_RAISE,
        LAST_RAISE.replace("raise NotImplementedError", "return NotImplementedError()"),
        "backward_is_for_subclasses",
        "error-returned",
    ),
    ("slope-is-two", SQUARE_BACK, "return 2 * gy", "square_derivative", "slope-is-two"),
    ("slope-is-x", SQUARE_BACK, "return x * gy", "square_derivative", "slope-is-x"),
    (
        "slope-of-the-cube",
        SQUARE_BACK,
        "return 3 * x**2 * gy",
        "square_derivative",
        "slope-of-the-cube",
    ),
    ("square-forgets-gy", SQUARE_BACK, "return 2 * x", "square_backward", "forgot-gy"),
    ("square-adds-gy", SQUARE_BACK, "return 2 * x + gy", "square_derivative", "adds-gy"),
    ("square-sums", SQUARE_BACK, "return 2 * np.dot(x, gy)", "square_derivative", "sums-up"),
    (
        "square-sums-gy",
        SQUARE_BACK,
        "return 2 * x * np.sum(gy)",
        "square_derivative",
        "sums-up",
    ),
    (
        "square-averages",
        SQUARE_BACK,
        "return 2 * x * np.mean(gy)",
        "square_backward",
        "sums-up",
    ),
    ("exp-averages", EXP_BACK, "return np.exp(x) * np.mean(gy)", "exp_backward", "sums-up"),
    ("exp-sums-gy", EXP_BACK, "return np.exp(x) * np.sum(gy)", "exp_derivative", "sums-up"),
    (
        "square-goes-forward-twice",
        "return x**2\n\n    def backward",
        "return x**2\n\n    def forward",
        "square_derivative",
        "no-backward",
    ),
    (
        "exp-misspells-backward",
        EXP_FORWARD + "\n    def backward",
        EXP_FORWARD + "\n    def bacward",
        "exp_derivative",
        "no-backward",
    ),
    ("square-transposes", SQUARE_BACK, "return 2 * x * gy.T", "shapes", "loses-the-shape"),
    (
        "square-flattens",
        SQUARE_BACK,
        "return 2 * x.flatten() * gy.flatten()",
        "shapes",
        "loses-the-shape",
    ),
    (
        "square-by-elements",
        SQUARE_BACK,
        "return np.array([2 * a * b for a, b in zip(x, gy)])",
        "by_hand_at_one_half",
        "loops-over-the-elements",
    ),
    (
        "square-multiplies-into-gy",
        SQUARE_BACK,
        "gy *= 2 * x\n        return gy",
        "gy_is_left_alone",
        "changes-the-callers-array",
    ),
    (
        "exp-multiplies-into-gy",
        EXP_BACK,
        "gy *= np.exp(x)\n        return gy",
        "gy_is_left_alone",
        "changes-the-callers-array",
    ),
    (
        "square-multiplies-into-x",
        SQUARE_BACK,
        "x *= 2 * gy\n        return x",
        "gy_is_left_alone",
        "changes-the-callers-array",
    ),
    (
        "makes-older-variables",
        "return Variable(y)",
        OLDER,
        "by_hand_at_one_half",
        "results-of-an-older-variable",
    ),
    ("square-cubes", SQUARED, "return x**3", "square_agrees", "forward-is-another-function"),
    ("exp-gives-gy", EXP_BACK, "return gy", "exp_derivative", "exp-slope-is-one"),
    ("exp-of-gy", EXP_BACK, "return np.exp(gy)", "exp_derivative", "exp-of-gy"),
    ("exp-forgets-gy", EXP_BACK, "return np.exp(x)", "exp_backward", "forgot-gy"),
    (
        "exp-with-base-two",
        EXP_FORWARD,
        "return np.exp2(x)\n",
        "exp_agrees",
        "forward-is-another-function",
    ),
    (
        "square-squares",
        SQUARE_BACK,
        "return x**2 * gy",
        "square_derivative",
        "slope-is-the-square",
    ),
    (
        "square-at-the-output",
        SQUARE_BACK,
        "return 2 * x**2 * gy",
        "square_derivative",
        "uses-the-output",
    ),
    (
        "exp-at-the-output",
        EXP_BACK,
        "return np.exp(np.exp(x)) * gy",
        "exp_derivative",
        "uses-the-output",
    ),
    ("exp-adds-gy", EXP_BACK, "return np.exp(x) + gy", "exp_derivative", "adds-gy"),
    (
        "exp-by-the-power-rule",
        EXP_BACK,
        "return x * np.exp(x - 1) * gy",
        "exp_derivative",
        "exp-by-the-power-rule",
    ),
    ("exp-sums", EXP_BACK, "return np.dot(np.exp(x), gy)", "exp_derivative", "sums-up"),
)
