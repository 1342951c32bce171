"""Mutants of step 10: Tests that catch mistakes."""

from mutants.mutant import mutants

MAIN = '\n\nif __name__ == "__main__":'
CLASS = "class SquareTest(unittest.TestCase):"
AT_TWO = "self.assertEqual(square(Variable(np.array(2.0))).data, 4.0)"
AT_THREE = "self.assertEqual(square(Variable(np.array(3.0))).data, 9.0)"


def these(*bodies: str) -> str:
    """Return a SquareTest with these test bodies; the reference's own tests end up in a class
    that nobody runs.

    x and y = square(x) at 3 are in reach of a body.
    """
    tests = []
    for number, body in enumerate(bodies):
        lines = ["x = Variable(np.array(3.0))", "y = square(x)", *body.split("\n")]
        tests.append("\n        ".join([f"    def test_{number}(self):", *lines]))
    return "\n".join([CLASS, *tests, "", "", "class Unused(Exception):"])


def gradient(x: float, due: float) -> str:
    """Return a test body that compares the gradient at a number with another."""
    return f"x = Variable(np.array({x}))\nsquare(x).backward()\nself.assertEqual(x.grad, {due})"


def check(numerically: str, numbers: str = "0.7", more: str = "") -> str:
    """Return the body of a gradient check against an expression."""
    return (
        f"x = Variable(np.array([{numbers}]))\nsquare(x).backward()\n"
        f"self.assertTrue(np.allclose({numerically}, numerical_diff(square, x){more}))"
    )


LISTS = """    def test_lists_stay(self):
        self.assertIsInstance(as_array([2.0]), list)

"""
BY_HAND = """f = Square()
y = f(x)
self.assertEqual(f.backward(np.array(1.0)), 6.0)
f(Variable(np.array(1.5)))
self.assertEqual(f.backward(np.array(1.0)), 3.0)"""
RETURNED = """for data, due in ((3.0, 6.0), (1.5, 3.0)):
    f = Square()
    y = f(Variable(np.array(data)))
    y.backward()
    self.assertEqual(f.backward(y.grad), due)"""
SET_BY_HAND = """for data, due in ((3.0, 6.0), (1.5, 3.0)):
    x = Variable(np.array(data))
    y = square(x)
    y.grad = np.array(1.0)
    y.backward()
    self.assertEqual(x.grad, due)"""
MUTANTS = mutants(
    "step10",
    ("no-test-case", CLASS, "class SquareTest:", "there_are_tests"),
    ("no-tests", CLASS, f"{CLASS}\n    pass\n\n\nclass Unused(Exception):", "there_are_tests"),
    ("never-ends", CLASS, these("while y: pass"), "there_are_tests"),
    ("wrong-value", "np.array(6.0)", "np.array(9.0)", "tests_pass", "expects-a-wrong-value"),
    (
        "arrays-in-assert-equal",
        CLASS,
        these(
            "x = Variable(np.array([1.0, 2.0]))\nself.assertEqual(square(x).data, x.data**2)"
        ),
        "tests_pass",
        "arrays-in-assert-equal",
    ),
    (
        "variable-of-a-float",
        "x = Variable(np.array(2.0))",
        "x = Variable(2.0)",
        "tests_pass",
        "variable-of-a-float",
    ),
    (
        "lists-stay",
        "    def test_forward(self):",
        LISTS + "    def test_forward(self):",
        "tests_pass_another_way",
        "tests-the-writing",
    ),
    (
        "looks-inside",
        "self.assertEqual(y.data, np.array(4.0))",
        'self.assertEqual(vars(y)["data"], np.array(4.0))',
        "tests_pass_another_way",
        "tests-the-writing",
    ),
    (
        "asserts-nothing",
        CLASS,
        these("print(y.data)"),
        "notice_values notice_gradient",
        "asserts-nothing",
    ),
    (
        "asserts-nothing-twice",
        CLASS,
        these("y.backward()\nprint(x.grad)"),
        "notice_values notice_gradient",
        "asserts-nothing",
    ),
    (
        "asserts-types",
        CLASS,
        these("self.assertIsInstance(y, Variable)"),
        "notice_values notice_gradient",
        "asserts-nothing",
    ),
    (
        "compares-with-itself",
        CLASS,
        these("self.assertEqual(square(x).data, y.data)"),
        "notice_values notice_gradient",
        "compares-with-itself",
    ),
    (
        "numerical-on-both-sides",
        CLASS,
        these(check("numerical_diff(square, x)")),
        "notice_values notice_gradient",
        "numerical-on-both-sides",
    ),
    (
        "numerical-instead-of-backward",
        "self.assertTrue(np.allclose(x.grad, ",
        "self.assertTrue(np.allclose(numerical_diff(square, x), ",
        "notice_doubled notice_constant",
        "numerical-on-both-sides",
    ),
    (
        "wide-tolerance",
        "numerical_diff(square, x)))",
        "numerical_diff(square, x), atol=10))",
        "notice_doubled notice_constant",
        "wide-tolerance",
    ),
    (
        "wide-tolerance-alone",
        CLASS,
        these(AT_THREE, check("x.grad", more=", atol=10")),
        "notice_gradient",
        "wide-tolerance",
    ),
    (
        "forward-only",
        CLASS,
        these(AT_TWO),
        "notice_doubled notice_gradient",
        "forward-only",
    ),
    ("forward-at-three", CLASS, these(AT_THREE), "notice_gradient", "forward-only"),
    (
        "gradient-not-compared",
        CLASS,
        these(AT_THREE + "\ny.backward()"),
        "notice_gradient",
        "gradient-not-compared",
    ),
    (
        "backward-only",
        CLASS,
        these(gradient(3.0, 6.0), gradient(1.5, 3.0)),
        "notice_values",
        "forward-not-tested",
    ),
    (
        "forward-at-two",
        CLASS,
        these(AT_TWO, gradient(3.0, 6.0), gradient(1.5, 3.0)),
        "notice_doubled",
        "where-both-are-the-same",
    ),
    (
        "gradient-at-two",
        CLASS,
        these(AT_THREE, gradient(2.0, 4.0)),
        "notice_gradient",
        "where-both-are-the-same",
    ),
    (
        "gradient-at-zero",
        CLASS,
        these(AT_THREE, gradient(0.0, 0.0)),
        "notice_gradient",
        "only-at-zero",
    ),
    (
        "forward-at-zero",
        CLASS,
        these(
            "self.assertEqual(square(Variable(np.array(0.0))).data, 0.0)",
            gradient(3.0, 6.0),
            gradient(1.5, 3.0),
        ),
        "notice_values",
        "only-at-zero",
    ),
    (
        "forward-at-one",
        CLASS,
        these(
            "self.assertEqual(square(Variable(np.array(1.0))).data, 1.0)",
            gradient(3.0, 6.0),
            gradient(1.5, 3.0),
        ),
        "notice_values",
        "only-at-one",
    ),
    (
        "gradient-at-one",
        CLASS,
        these(AT_THREE, gradient(1.0, 2.0)),
        "notice_constant",
        "only-at-one",
    ),
    (
        "gradient-at-three",
        CLASS,
        these(AT_THREE, gradient(3.0, 6.0)),
        "notice_constant",
        "idle-gradient-check",
    ),
    (
        "asserts-that-there-is-a-gradient",
        "self.assertTrue(np.allclose(x.grad, numerical_diff(square, x)))",
        "self.assertTrue(x.grad, numerical_diff(square, x))",
        "notice_doubled notice_constant",
        "idle-gradient-check",
    ),
    (
        "no-gradient-check",
        "    def test_gradient_check(self):",
        "    def gradient_check(self):",
        "notice_doubled notice_constant",
        "only-at-three",
    ),
    (
        "grad-set-by-hand",
        CLASS,
        these(AT_THREE, SET_BY_HAND),
        "notice_start",
        "start-by-hand",
    ),
    (
        "derivative-by-hand",
        CLASS,
        these(AT_THREE, BY_HAND),
        "notice_start notice_lost",
        "derivative-by-hand",
    ),
    (
        "derivative-returned",
        CLASS,
        these(AT_THREE, RETURNED),
        "notice_lost",
        "derivative-by-hand",
    ),
    (
        "hidden-tests",
        MAIN,
        f"\n\n{CLASS}\n    def test_again(self):\n        {AT_TWO}\n{MAIN}",
        "notice_doubled notice_gradient",
        "hidden-tests",
    ),
)
