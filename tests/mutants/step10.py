"""Mutants of step 10: Tests that catch mistakes."""

from mutants.mutant import mutants

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


def second(tests: str) -> str:
    """Return a second SquareTest, which hides the first one's tests, to put before MAIN."""
    return f"\n\nclass SquareTest(unittest.TestCase):\n{tests}\n{MAIN}"


MUTANTS = mutants(
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
