"""Mutants of step 2: Functions that make variables."""

from mutants.mutant import mutants

SQUARED = "return x**2"
RESULT = "return Variable(y)"
OWN_CALL = """

    def __call__(self, input):
        return Variable(self.forward(input.data))
"""
FIRST_SQUARE = 'class Square(Function):\n    """Square every element (section 2.3)."""\n'
LAZY = """if not hasattr(self, "output"):
            self.output = Variable(y)
        return self.output"""
MUTANTS = mutants(
    "step02",
    ("forgets-return", RESULT, "Variable(y)", "result_is_a_variable"),
    ("doubles", SQUARED, "return 2 * x", "square_of_a_number"),
    ("multiplies-as-vectors", SQUARED, "return np.dot(x, x)", "square_of_arrays"),
    ("squares-in-place", SQUARED, "x **= 2\n        return x", "input_is_left_alone"),
    (
        "returns-the-bare-array",
        RESULT,
        "return y",
        "result_is_a_variable",
    ),
    (
        "returns-its-input",
        RESULT,
        "input.data = y\n        return input",
        "result_is_new",
    ),
    ("computes-only-once", RESULT, LAZY, "calls_are_independent"),
    (
        "squares-in-function",
        "y = self.forward(x)",
        "y = x**2",
        "subclass_only_needs_forward",
    ),
    (
        "returns-the-error",
        "raise NotImplementedError",
        "return NotImplementedError()",
        "forward_is_for_subclasses",
    ),
    ("forward-does-nothing", "raise NotImplementedError", "pass", "forward_is_for_subclasses"),
    (
        "square-stands-alone",
        FIRST_SQUARE,
        FIRST_SQUARE.replace("(Function)", "", 1).rstrip() + OWN_CALL,
        "square_is_a_function",
    ),
    (
        "square-inherits-nothing",
        "class Square(Function)",
        "class Square",
        "square_is_a_function",
    ),
)
