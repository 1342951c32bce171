"""Mutants of step 2: Functions that make variables."""

from mutants.mutant import mutants

CALL = "def __call__(self, input):"
FORWARD = "y = self.forward(x)"
SQUARED = "return x**2"
RESULT = "return Variable(y)"
RAISE = "raise NotImplementedError"
SQUARE = "class Square(Function)"
BASE_FORWARD = 'def forward(self, x):\n        """Raise'
SQUARE_FORWARD = 'def forward(self, x):\n        """Return the square'
FIRST_SQUARE = 'class Square(Function):\n    """Square every element (section 2.3)."""\n'
OWN_CALL = """

    def __call__(self, input):
        return Variable(self.forward(input.data))
"""
LAZY = """if not hasattr(self, "output"):
            self.output = Variable(y)
        return self.output"""
KEPT = """if not hasattr(self, "y"):
            self.y = y
        return Variable(self.y)"""
TYPE = "result_is_a_variable"
NUMBER = "square_of_a_number"
BARE = "forward_is_for_subclasses"
MUTANTS = mutants(
    "step02",
    (
        "square-stands-alone",
        FIRST_SQUARE,
        FIRST_SQUARE.replace("(Function)", "", 1).rstrip() + OWN_CALL,
        "square_is_a_function",
        "square-is-no-function",
    ),
    (
        "square-inherits-nothing",
        SQUARE,
        "class Square",
        "square_is_a_function",
        "square-is-no-function",
    ),
    ("misspells-call", CALL, "def __cal__(self, input):", TYPE, "not-callable"),
    (
        "misspells-forward",
        SQUARE_FORWARD,
        SQUARE_FORWARD.replace("forward", "foward"),
        TYPE,
        "square-has-no-forward",
    ),
    ("forgets-self", FORWARD, "y = forward(x)", TYPE, "forward-without-self"),
    ("names-it-x", CALL, "def __call__(self, x):", TYPE, "input-of-python"),
    (
        "squares-the-variable",
        "x = input.data",
        "x = input",
        TYPE,
        "forward-gets-the-variable",
    ),
    ("takes-data-twice", SQUARED, "return x.data**2", TYPE, "unpacks-twice"),
    (
        "loops",
        SQUARED,
        "return np.array([a**2 for a in x])",
        TYPE,
        "loops-over-a-number",
    ),
    (
        "loops-by-index",
        SQUARED,
        "return np.array([x[i] ** 2 for i in range(len(x))])",
        TYPE,
        "loops-over-a-number",
    ),
    ("multiplies-as-matrices", SQUARED, "return x @ x", TYPE, "sums-up"),
    ("xors", SQUARED, "return x ^ 2", TYPE, "caret"),
    ("returns-the-bare-array", RESULT, "return y", TYPE, "returns-the-bare-array"),
    ("forgets-return", RESULT, "Variable(y)", TYPE, "forgets-return"),
    ("forward-forgets-return", SQUARED, "x**2", NUMBER, "forgets-return"),
    (
        "puts-it-into-its-input",
        RESULT,
        "input.data = y\n        return input",
        "result_is_new",
        "returns-its-input",
    ),
    ("returns-its-input", RESULT, "return input", "result_is_new", "returns-its-input"),
    (
        "squares-in-place",
        SQUARED,
        "x **= 2\n        return x",
        "input_is_left_alone",
        "changes-its-input",
    ),
    (
        "changes-the-box",
        RESULT,
        "input.data = y\n        return Variable(y)",
        "input_is_left_alone",
        "changes-its-input",
    ),
    ("computes-only-once", RESULT, LAZY, "calls_are_independent", "keeps-the-first-result"),
    ("keeps-the-array", RESULT, KEPT, "calls_are_independent", "keeps-the-first-result"),
    (
        "squares-in-function",
        FORWARD,
        "y = x**2",
        "subclass_only_needs_forward",
        "squares-in-function",
    ),
    ("returns-the-error", RAISE, "return NotImplementedError()", BARE, "error-not-raised"),
    ("forward-does-nothing", RAISE, "pass", BARE, "error-not-raised"),
    ("raises-not-implemented", RAISE, "raise NotImplemented", BARE, "another-error"),
    ("misspells-the-error", RAISE, "raise NotImplementError", BARE, "another-error"),
    (
        "no-forward-in-function",
        BASE_FORWARD,
        BASE_FORWARD.replace("forward", "backward"),
        BARE,
        "no-forward-in-function",
    ),
    ("doubles", SQUARED, "return 2 * x", NUMBER, "doubles"),
    ("powers-of-two", SQUARED, "return 2.0**x", NUMBER, "power-of-two"),
    ("multiplies-as-vectors", SQUARED, "return np.dot(x, x)", "square_of_arrays", "sums-up"),
    ("sums", SQUARED, "return np.sum(x**2)", "square_of_arrays", "sums-up"),
    (
        "squares-one-number",
        SQUARED,
        "import math\n\n        return math.pow(x, 2)",
        "square_of_arrays",
        "one-number-only",
    ),
)
