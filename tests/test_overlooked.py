"""Tests that are never run, say nothing or fail: what step 10 tells of them."""

import pytest
from conftest import LESSONS

from graders.feedback.plainly import File, overlooked
from graders.feedback.plainly.overlooked import MOST
from graders.wire import Piece
from graders.worker.outline import outline

LESSON = LESSONS["step10"]
CLASS = "class SquareTest(unittest.TestCase):"
CHECK = "    def test_gradient_check(self):"
ASSERTS = "self.assertEqual(y.data, np.array(4.0))"
NEVER_RUN = {
    "in small letters": (CHECK, "    def Test_check(self):", "Test_check",
                         "has to begin with test"),
    "at the end": (CHECK, "    def check_test(self):", "check_test", "has to begin with test"),
    "in no class": (CLASS, "class Empty:\n    pass\n\n\nif True:", "test_forward",
                    "it stands outside of any class"),
    "in a plain class": (CLASS, "class Squares:", "test_forward",
                         "class Squares is no unittest.TestCase"),
    "in a def": (CHECK, "        def test_inner(self):\n            pass\n\n" + CHECK,
                 "test_inner", "it stands inside of def test_backward"),
}  # fmt: skip


def said_of(text: str) -> str:
    """Return what is said of tests, read off their text."""
    return "\n".join(overlooked(File(outline([Piece("step10.py", text)]))))


@pytest.mark.parametrize("case", NEVER_RUN)
def test_a_test_that_is_never_run_is_named_with_the_reason(case):
    old, new, name, why = NEVER_RUN[case]
    assert LESSON.count(old) == 1
    said = said_of(LESSON.replace(old, new))
    assert f"{name} (line" in said
    assert f"is never run: {why}" in said or f"is never run: its name {why}" in said


def test_of_two_tests_of_one_name_the_first_is_missed():
    text = LESSON.replace("def test_backward(", "def test_forward(")
    said = said_of(text)
    assert "test_forward is defined twice (line" in said
    assert "only the second is run" in said


def test_of_two_classes_of_one_name_the_first_one_s_tests_are_missed():
    text = LESSON.replace(CHECK, f"\n{CLASS}\n{CHECK}")
    said = said_of(text)
    assert "class SquareTest is defined twice (line" in said
    assert "the first one's tests are lost" in said
    assert "only the second is run" not in said


@pytest.mark.parametrize("idle", ["y.data == np.array(4.0)", "np.allclose(y.data, 4.0)"])
def test_an_answer_that_nobody_hears_is_named_with_its_line(idle):
    line = LESSON[: LESSON.index(ASSERTS)].count("\n") + 1
    said = said_of(LESSON.replace(ASSERTS, idle))
    assert f"line {line} compares, and drops the answer" in said


def test_tests_that_are_run_are_named_in_no_note():
    helper = "    def tested(self, x):\n        return x\n\n"
    text = LESSON.replace(CHECK, helper + CHECK).replace(
        ASSERTS, f"y = self.tested(y); {ASSERTS}"
    )
    assert said_of(text) == ""


FAILING = {
    "a Variable": (ASSERTS, "self.assertEqual(y, np.array(4.0))",
                   "y is a Variable, and equals no number: see y.data"),
    "no gradient": ("y.backward()\n        self.assertEqual", "self.assertEqual",
                    "x.grad is None here: no backward has been called that reaches it"),
    "rounding": (ASSERTS, "self.assertEqual(y.data + 1e-9, np.array(4.0))",
                 "the two differ by rounding alone: np.allclose allows for that"),
    "a misspelt name": (ASSERTS, "self.assertEqaul(y.data, np.array(4.0))",
                        "there is assertEqual, but no assertEqaul: is one of them misspelt?"),
    "a result for a function": ("numerical_diff(square, x)", "numerical_diff(y, x)",
                                "numerical_diff calls what it is given: a function is due "
                                "there, not a Variable"),
    "a name": ("np.array(6.0)", "sechs", "nothing in your file is called sechs"),
    "set-up misspelt": (f"{CLASS}\n", f"{CLASS}\n    def setup(self):\n        self.x = 1\n\n",
                        "x is set in setup only"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILING)
def test_a_failing_test_is_told_with_its_line_and_what_it_means(grade_step, case):
    old, new, means = FAILING[case]
    text = LESSON.replace(old, new, 1)
    if case == "set-up misspelt":
        text = text.replace("Variable(np.array(2.0))", "Variable(np.array(self.x))", 1)
    step = grade_step("step10", {"step10.py": text})
    failed = next(check for check in step.checks if check.status == "failed")
    assert failed.id == "step10.tests_pass"
    assert means in failed.message
    assert "\n  step10.py:" in failed.message
    assert (failed.hint, failed.likely) == (None, None)


def test_a_wrong_number_is_called_one(grade_step):
    text = LESSON.replace("np.array(6.0)", "np.array(9.0)")
    step = grade_step("step10", {"step10.py": text})
    failed = next(check for check in step.checks if check.status == "failed")
    assert failed.misconception == "expects-a-wrong-value"


def test_a_line_of_the_template_in_a_test_is_to_be_deleted(grade_step):
    hole = 'raise NotImplementedError("fill in: SquareTest.test_forward")\n        '
    text = LESSON.replace(
        "x = Variable(np.array(2.0))", hole + "x = Variable(np.array(2.0))", 1
    )
    assert said_of(text).endswith("is the template's, and ends test_forward there: delete it")
    step = grade_step("step10", {"step10.py": text})
    assert said_of(text) in step.notes


@pytest.mark.full
def test_a_thousand_failing_tests_fit_into_an_answer(grade_step):
    tests = "".join(
        f"    def test_{number}(self):\n        self.fail('ä' * 9999)\n\n"
        for number in range(1200)
    )
    text = LESSON.replace(CHECK, tests + CHECK)
    failed = next(
        check
        for check in grade_step("step10", {"step10.py": text}).checks
        if check.status != "passed"
    )
    assert (failed.id, failed.status) == ("step10.tests_pass", "failed")


HELPER = """    def test_more(self):
        def test_at(x):
            return x
        self.assertEqual(test_at(1), 1)

"""
EXPECTED = """    def test_more(self):
        with self.assertRaises(ZeroDivisionError):
            1 / 0 == 1

"""
MIXED = "class SquareTest(Checks, unittest.TestCase):\n    pass\n"
AGAIN = "class SquareTest(SquareTest):\n    def test_more(self):\n        pass\n"
ATTACHED = "def test_three(self):\n    pass\n\n\nSquareTest.test_three = test_three\n"
HONEST = {
    "a mixin": (CLASS, "class Checks:", MIXED),
    "a class goes on": ("", "", AGAIN),
    "a helper in a test": (CHECK, HELPER + CHECK, ""),
    "a test that is attached": ("", "", ATTACHED),
    "an expected exception": (CHECK, EXPECTED + CHECK, ""),
}


@pytest.mark.parametrize("case", HONEST)
def test_nothing_is_said_of_tests_that_are_run(case):
    old, new, more = HONEST[case]
    text = LESSON.replace(old, new) if old else LESSON
    text = text.replace("\n\n\nif __name__", f"\n\n\n{more}\n\nif __name__")
    said = said_of(text)
    assert said == ""


def test_sentences_are_few_however_much_is_idle():
    idle = "".join(f"        {n} == {n}\n" for n in range(50))
    tests = "".join(f"    def test_{n}(self):\n{idle}\n" for n in range(50))
    assert said_of(LESSON.replace(CHECK, tests + CHECK)).count("drops the answer") == MOST


def test_a_loop_of_failing_parts_costs_one_look(grade_step):
    loop = (
        "    def test_parts(self):\n        for n in range(3000):\n"
        "            with self.subTest(n=n):\n                self.fail(n)\n\n"
    )
    step = grade_step("step10", {"step10.py": LESSON.replace(CHECK, loop + CHECK)})
    assert [check.id for check in step.checks if check.status == "failed"] == [
        "step10.tests_pass"
    ]
