"""Mistakes that students make, as data: each is the reference with one edit.

``catches`` names the checks that fail on it; a check whose failure is put down to another's
is not among them.  Together the mutants show that every check can fail.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One step of the reference with one edit, and the ids of the checks that notice it.

    ``old`` occurs exactly once in the step's file.
    """

    name: str
    step: str
    old: str
    new: str
    catches: frozenset[str]


def mutants(step: str, *rows: tuple[str, str, str, str]) -> tuple[Mutant, ...]:
    """Return a step's mutants from rows of name, old, new and the names of its checks."""
    return tuple(
        Mutant(
            f"{step}-{name}", step, old, new, frozenset(f"{step}.{c}" for c in catches.split())
        )
        for name, old, new, catches in rows
    )


def second(tests: str) -> str:
    """Return a second SquareTest, which hides the first one's tests, to put before MAIN."""
    return f"\n\nclass SquareTest(unittest.TestCase):\n{tests}\n{MAIN}"


KEEP = "self.data = data"
PROPERTY = """self._data = data

    @property
    def data(self):
        return self._data"""
STEP01 = mutants(
    "step01",
    (
        "turns-the-data-into-a-float",
        KEEP,
        "self.data = float(data)",
        "keeps_an_array",
    ),
    (
        "turns-the-data-into-a-list",
        KEEP,
        "self.data = data.tolist()",
        "keeps_an_array",
    ),
    (
        "turns-integers-into-floats",
        KEEP,
        "self.data = data * 1.0",
        "keeps_the_dimensions",
    ),
    (
        "makes-1-d-of-0-d",
        KEEP,
        "self.data = np.atleast_1d(data)",
        "keeps_a_number",
    ),
    ("copies-the-data", KEEP, "self.data = np.array(data)", "holds_the_very_array"),
    ("shares-the-data", KEEP, "Variable.data = data", "two_variables_are_independent"),
    (
        "makes-the-data-read-only",
        KEEP,
        PROPERTY,
        "data_can_be_replaced",
    ),
    ("forgets-self", KEEP, "data = data", "keeps_a_number keeps_an_array"),
)

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
STEP02 = mutants(
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

EXPONENT = "return np.exp(x)"
FIRST_EXP = (
    'class Exp(Function):\n    """Raise e to the power of every element (section 3.1)."""\n'
)

STEP03 = mutants(
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

QUOTIENT = "return (y1.data - y0.data) / (2 * eps)"
LOW = "y0 = f(Variable(x.data - eps))"
MOVED = """x.data = x.data - eps
    y0 = f(x)
    x.data = x.data + 2 * eps
    return (f(x).data - y0.data) / (2 * eps)"""
SIGNATURE = "def numerical_diff(f, x, eps=1e-4):"
WRONG_NUMBERS = "square_at_two composite_at_one_half plain_function central_accuracy"
STEP04 = mutants(
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

SQUARE_BACK = "return 2 * x * gy"
EXP_BACK = "return np.exp(x) * gy"
EXP_FORWARD = "return np.exp(x)\n"
INPUT = "self.input = input"
LAST_RAISE = "raise NotImplementedError\n\n\nclass Square"
STEP06 = mutants(
    "step06",
    (
        "grad-starts-as-zeros",
        "self.grad = None",
        "self.grad = np.zeros_like(data)",
        "grad_starts_as_none",
    ),
    ("no-grad", "self.grad = None", "pass", "grad_starts_as_none"),
    ("keeps-the-data", INPUT, "self.input = input.data", "input_is_kept"),
    ("keeps-a-copy", INPUT, "self.input = Variable(input.data)", "input_is_kept"),
    ("keeps-nothing", INPUT, "pass", "input_is_kept"),
    (
        "shares-the-input",
        INPUT,
        "Function.input = input",
        "two_functions_are_independent",
    ),
    (
        "keeps-the-output",
        "return Variable(y)",
        "self.input = Variable(y)\n        return self.input",
        "input_is_kept",
    ),
    (
        "returns-the-error",
        LAST_RAISE,
        LAST_RAISE.replace("raise NotImplementedError", "return NotImplementedError()"),
        "backward_is_for_subclasses",
    ),
    ("slope-is-two", SQUARE_BACK, "return 2 * gy", "square_derivative"),
    ("slope-is-x", SQUARE_BACK, "return x * gy", "square_derivative"),
    ("slope-of-the-cube", SQUARE_BACK, "return 3 * x**2 * gy", "square_derivative"),
    ("square-forgets-gy", SQUARE_BACK, "return 2 * x", "square_backward"),
    ("square-adds-gy", SQUARE_BACK, "return 2 * x + gy", "square_derivative"),
    ("square-sums", SQUARE_BACK, "return 2 * np.dot(x, gy)", "square_derivative"),
    ("square-transposes", SQUARE_BACK, "return 2 * x * gy.T", "shapes"),
    (
        "square-flattens",
        SQUARE_BACK,
        "return 2 * x.flatten() * gy.flatten()",
        "shapes",
    ),
    (
        "square-by-elements",
        SQUARE_BACK,
        "return np.array([2 * a * b for a, b in zip(x, gy)])",
        "by_hand_at_one_half",
    ),
    ("square-cubes", SQUARED, "return x**3", "square_agrees"),
    ("exp-gives-gy", EXP_BACK, "return gy", "exp_derivative"),
    ("exp-of-gy", EXP_BACK, "return np.exp(gy)", "exp_derivative"),
    ("exp-forgets-gy", EXP_BACK, "return np.exp(x)", "exp_backward"),
    ("exp-with-base-two", EXP_FORWARD, "return np.exp2(x)\n", "exp_agrees"),
)

STEP_BACK = "x.grad = f.backward(self.grad)"
ADDED_UP = """gx = f.backward(self.grad)
            x.grad = gx if x.grad is None else x.grad + gx"""
GO_ON = "            x.backward()\n"
ANY_VARIABLE = """if f is not None:
            x = f.input
            x.grad = f.backward(self.grad)
            x.backward()"""
ONLY_RESULTS = """x = f.input
        x.grad = f.backward(self.grad)
        if x.creator is not None:
            x.backward()"""
LINK = "output.set_creator(self)"
NO_CREATOR = "self.creator = None"
STEP07 = mutants(
    "step07",
    (
        "call-forgets-return",
        "        return output\n",
        "",
        "output_is_kept result_knows_its_creator",
    ),
    ("never-sets-the-creator", LINK, "pass", "result_knows_its_creator"),
    (
        "sets-the-input-s-creator",
        LINK,
        "input.set_creator(self)",
        "leaf_has_no_creator",
    ),
    (
        "no-creator-at-first",
        NO_CREATOR,
        "pass",
        "leaf_has_no_creator",
    ),
    (
        "keeps-the-creator-elsewhere",
        "self.creator = func",
        "self.func = func",
        "set_creator",
    ),
    ("keeps-no-output", "        self.output = output\n", "", "output_is_kept"),
    (
        "keeps-a-copy-of-the-input",
        INPUT,
        "self.input = Variable(input.data)",
        "links_lead_back",
    ),
    (
        "shares-the-input",
        INPUT,
        "Function.input = input",
        "links_lead_back",
    ),
    (
        "overwrites-its-own-grad",
        STEP_BACK,
        "self.grad = f.backward(self.grad)",
        "backward_of_one_function",
    ),
    ("stops-after-one", GO_ON, "", "gradients_on_the_way"),
    (
        "always-starts-from-ones",
        "f = self.creator\n",
        "f = self.creator\n        self.grad = np.ones_like(self.data)\n",
        "backward_of_one_function backward_of_a_leaf",
    ),
    (
        "passes-ones-on",
        STEP_BACK,
        "x.grad = f.backward(np.ones_like(self.data))",
        "gradients_on_the_way starts_from_the_given_gradient",
    ),
    ("adds-up", STEP_BACK, ADDED_UP, "backward_again"),
    (
        "uses-up-grad",
        STEP_BACK,
        STEP_BACK + "\n            self.grad = None",
        "gradients_on_the_way starts_from_the_given_gradient",
    ),
    ("needs-a-creator", ANY_VARIABLE, ONLY_RESULTS, "backward_of_a_leaf"),
    (
        "does-not-stop",
        "if f is not None:",
        "if True:",
        "backward_of_one_function backward_of_a_leaf",
    ),
    ("square-forgets-gy", SQUARE_BACK, "return 2 * x", "backward_at_one_half"),
    ("exp-forgets-gy", EXP_BACK, "return np.exp(x)", "backward_at_one_half"),
)

LOOP = """funcs = [self.creator]
        while funcs:
            f = funcs.pop()
            if f is not None:  # None: no Function made this Variable
                x, y = f.input, f.output
                x.grad = f.backward(y.grad)
                funcs.append(x.creator)
"""
RECURSION = """f = self.creator
        if f is not None:
            f.input.grad = f.backward(self.grad)
            f.input.backward()
"""
SLOPES_FIRST = """funcs, f = [], self.creator
        while f is not None:
            funcs.insert(0, f)
            f = f.input.creator
        slopes = [f.backward(np.ones_like(f.output.data)) for f in funcs]
        for f, slope in zip(funcs[::-1], slopes[::-1]):
            f.input.grad = f.output.grad * slope
"""
START = "funcs = [self.creator]\n"
POP = "f = funcs.pop()"
PUSH = "                funcs.append(x.creator)\n"
VISIT = "x.grad = f.backward(y.grad)"
VISIT_AND_ADD = """gx = f.backward(y.grad)
                x.grad = gx if x.grad is None else x.grad + gx"""
STEP08 = mutants(
    "step08",
    ("pops-before-the-loop", START, START + "        funcs.pop()\n", "every_gradient"),
    ("stops-after-one", PUSH, "", "every_gradient"),
    ("never-ends", POP, "f = funcs[-1]", "every_gradient"),
    ("passes-on-its-own-grad", VISIT, "x.grad = f.backward(self.grad)", "every_gradient"),
    (
        "starts-from-ones",
        START,
        "self.grad = np.ones_like(self.data)\n        " + START,
        "starts_from_the_given_gradient",
    ),
    ("still-recursive", LOOP, RECURSION, "constant_stack_depth"),
    (
        "raises-the-limit",
        LOOP,
        "import sys\n\n        sys.setrecursionlimit(10**6)\n        " + RECURSION,
        "constant_stack_depth",
    ),
    (
        "goes-a-thousand-steps",
        "while funcs:",
        "for _ in range(1000):\n            if not funcs:\n                break",
        "deep_chain",
    ),
    ("visits-twice", START, "funcs = [self.creator, self.creator]\n", "each_function_once"),
    (
        "computes-twice",
        VISIT,
        f"if f.backward(y.grad) is not None:\n                    {VISIT}",
        "each_function_once",
    ),
    ("computes-slopes-first", LOOP, SLOPES_FIRST, "last_function_first"),
    ("adds-up", VISIT, VISIT_AND_ADD, "backward_again"),
    ("square-forgets-gy", SQUARE_BACK, "return 2 * x", "backward_at_one_half"),
)

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
STEP09 = mutants(
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

MAIN = '\n\nif __name__ == "__main__":'
FORWARD_ONLY = """    def test_forward(self):
        self.assertEqual(square(Variable(np.array(2.0))).data, 4.0)"""
ITSELF = """    def test_forward(self):
        x = Variable(np.array(2.0))
        self.assertEqual(square(x).data, square(x).data)"""
AT_ONE = """    def test_backward(self):
        x = Variable(np.array(1.0))
        y = square(x)
        y.backward()
        self.assertEqual(x.grad, 2.0)"""
SET_BY_HAND = """    def test_backward(self):
        x = Variable(np.array(3.0))
        y = square(x)
        y.grad = np.array(1.0)
        y.backward()
        self.assertEqual(x.grad, 6.0)"""
NOTHING = """    def test_forward(self):
        x = Variable(np.array(2.0))
        y = square(x)
        y.backward()"""
WIDE = """    def test_gradient_check(self):
        x = Variable(np.random.rand(1))
        y = square(x)
        y.backward()
        self.assertTrue(np.allclose(x.grad, numerical_diff(square, x), atol=10))"""
NUMERICALLY = """    def test_gradient_check(self):
        x = Variable(np.random.rand(1))
        due = numerical_diff(square, x)
        self.assertTrue(np.allclose(numerical_diff(square, x), due))"""
TEST_CLASS = "class SquareTest(unittest.TestCase):"
LISTS = """    def test_lists_stay(self):
        self.assertIsInstance(as_array([2.0]), list)
"""
NO_VALUE = "notice_cubed notice_doubled notice_negated notice_halved notice_constant"
STEP10 = mutants(
    "step10",
    ("no-test-case", TEST_CLASS, "class SquareTest:", "there_are_tests"),
    ("no-tests", MAIN, second("    pass"), "there_are_tests"),
    ("wrong-value", "np.array(6.0)", "np.array(9.0)", "tests_pass"),
    (
        "tests-the-writing",
        "\n    def test_forward",
        "\n" + LISTS + "\n    def test_forward",
        "tests_pass_another_way",
    ),
    (
        "forward-only",
        MAIN,
        second(FORWARD_ONLY),
        "notice_doubled notice_negated notice_halved notice_constant notice_unstarted",
    ),
    (
        "compares-with-itself",
        MAIN,
        second(ITSELF),
        f"{NO_VALUE} notice_unstarted",
    ),
    ("gradient-at-one", MAIN, second(AT_ONE), "notice_cubed notice_doubled notice_constant"),
    (
        "grad-set-by-hand",
        MAIN,
        second(SET_BY_HAND),
        "notice_cubed notice_doubled notice_unstarted",
    ),
    (
        "asserts-nothing",
        MAIN,
        second(NOTHING),
        NO_VALUE,
    ),
    (
        "wide-tolerance",
        MAIN,
        second(WIDE),
        NO_VALUE,
    ),
    (
        "numerical-on-both-sides",
        MAIN,
        second(NUMERICALLY),
        f"{NO_VALUE} notice_unstarted",
    ),
)

MUTANTS = (
    *STEP01,
    *STEP02,
    *STEP03,
    *STEP04,
    *STEP06,
    *STEP07,
    *STEP08,
    *STEP09,
    *STEP10,
)
