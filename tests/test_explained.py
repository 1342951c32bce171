"""Explained: what is said beside got and due, and of names that a file hides."""

import numpy as np
import pytest
from conftest import LESSONS

from graders.feedback.showing import resemblance

STEP_2 = LESSONS["step02"]
STEP_6 = LESSONS["step06"]
HOLE = 'raise NotImplementedError("fill in: Square.forward")\n        '


def first(step):
    """Return the first check that did not pass."""
    return next(check for check in step.checks if check.status != "passed")


def indented(text: str, start: str) -> str:
    """Return a text with the lines from one that begins so to the next blank pair indented."""
    at = text.index(f"\n{start}") + 1
    end = text.index("\n\n\n", at)
    block = text[at:end].replace("\n", "\n    ")
    return f"{text[:at]}    {block}{text[end:]}"


HIDDEN = {
    "a class in a class": (
        "step03",
        lambda text: indented(text, "class Exp"),
        "Exp stands inside of Square (line",
    ),
    "a function in a class": (
        "step04",
        lambda text: indented(text, "def numerical_diff"),
        "numerical_diff stands inside of Exp (line",
    ),
    "the name of another": (
        "step03",
        lambda text: text.replace("class Exp(", "class Square("),
        "Square is defined twice (line",
    ),
    "a file of one class": (
        "step02",
        lambda text: text[: text.index("\nclass Function")],
        "the file defines Variable (line 11) and nothing else",
    ),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_a_name_that_a_file_hides_is_told_by_its_cause(grade_step, case):
    name, edit, cause = HIDDEN[case]
    message = first(grade_step(name, {f"{name}.py": edit(LESSONS[name])})).message
    assert message.startswith(cause)
    assert "is not defined" in message


def test_only_what_stands_below_a_stop_is_put_down_to_it(grade_step):
    stopped = STEP_2.replace("class Square(", "1 / 0\n\n\nclass Squared(")
    assert "stopped early" not in first(grade_step("step02", {"step02.py": stopped})).message
    below = STEP_2.replace("class Square(", "1 / 0\n\n\nclass Square(")
    assert "stopped early" in first(grade_step("step02", {"step02.py": below})).message


def test_code_beside_a_line_of_the_template_is_a_failure_with_its_line(grade_step):
    text = STEP_2.replace("return x**2", f"{HOLE}return x**2")
    line = text[: text.index("fill in")].count("\n") + 1
    check = first(grade_step("step02", {"step02.py": text}))
    assert check.status == "failed"
    assert check.message.endswith(
        f"line {line} is the template's, and ends forward there: delete it"
    )


def test_a_hole_is_still_not_attempted(grade_step):
    text = STEP_2.replace("return x**2", HOLE.strip())
    assert first(grade_step("step02", {"step02.py": text})).status == "not_attempted"


def test_a_suite_s_class_goes_by_the_name_that_students_know(grade_step):
    text = LESSONS["step07"].replace("self.creator = None", "pass").replace(
        "output.set_creator(self)", "output.creator = self; input.creator = self"
    )  # fmt: skip
    messages = [
        check.message or "" for check in grade_step("step07", {"step07.py": text}).checks
    ]
    assert "Triple" not in "".join(messages)
    assert any("a Variable has no creator" in message for message in messages)


@pytest.mark.parametrize(
    ("imports", "expression"),
    [
        ("import torch", "torch.exp(x)"),
        ("from torch import exp", "exp(x)"),
        ("import tensorflow as tf", "tf"),
    ],
)
def test_what_is_not_installed_is_named_where_it_was_computed_with(
    grade_step, imports, expression
):
    text = LESSONS["step03"].replace("np.exp(x)", expression)
    message = first(grade_step("step03", {"step03.py": f"{imports}\n{text}"})).message
    package = imports.split()[1]
    assert f"{package} isn't installed here: this step is numpy's" in message
    assert "StandIn" not in message


def test_a_package_that_only_draws_is_not_named(grade_step):
    text = LESSONS["step03"].replace("np.exp(x)", "x")
    text = f"import matplotlib.pyplot as plt\n{text}"
    assert "installed" not in first(grade_step("step03", {"step03.py": text})).message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("return 2 * x * gy", "print(2 * x * gy)", "def backward (line 61) has no return"),
        ("return 2 * x * gy", "return 2 * x * gy,", "is there a comma at the end of a line?"),
        ("return 2 * x * gy", "return 4 * x * gy", "that is twice what is due"),
        ("return 2 * x * gy", "return Variable(2 * x * gy)", "a Variable came back where"),
    ],
)
def test_a_sentence_beside_got_and_due_is_a_fact(grade_step, old, new, told):
    check = first(grade_step("step06", {"step06.py": STEP_6.replace(old, new)}))
    assert told in check.message


def test_a_hint_on_numbers_is_left_out_where_no_number_came(grade_step):
    text = STEP_6.replace("return 2 * x * gy", "return Variable(2 * x * gy)")
    assert first(grade_step("step06", {"step06.py": text})).hint is None


def test_a_method_that_is_defined_twice_is_named_where_a_claim_fails(grade_step):
    second = "\n    def backward(self, gy):\n        return gy\n\n\nclass Exp("
    text = STEP_6.replace("\n\nclass Exp(", second)
    check = first(grade_step("step06", {"step06.py": text}))
    assert "Square defines backward twice (line 61, line" in check.message


ARRAY = np.array([0.5, -2.0])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (ARRAY, "that is x, unchanged"),
        (-3 * ARRAY, "that is what is due with its sign turned round"),
        (1.5 * ARRAY, "that is half of what is due"),
        (6 * ARRAY, "that is twice what is due"),
        (4 * ARRAY, ""),
        (3 * ARRAY + 1, ""),
        (ARRAY[:0], ""),
    ],
)
def test_wrong_numbers_are_likened_to_what_is_known(found, said):
    wanted = 3 * ARRAY[: len(found)]
    assert resemblance(found, wanted, {"x": ARRAY, "case": "again"}) == said


def test_a_method_that_is_set_where_it_was_to_be_called_is_named(grade_step):
    text = LESSONS["step07"].replace("output.set_creator(self)", "output.set_creator = self")
    message = first(grade_step("step07", {"step07.py": text})).message
    assert "sets output.set_creator, which is a method: brackets call it" in message


def test_the_template_s_method_below_one_s_own_is_named(grade_step):
    hole = f"\n    def forward(self, x):\n        {HOLE.strip()}"
    text = STEP_2.replace("return x**2", f"return x**2\n{hole}")
    check = first(grade_step("step02", {"step02.py": text}))
    assert check.status == "failed"
    assert "forward is defined twice (line 45, line 52): the second, the template's" in (
        check.message
    )


def test_the_base_s_method_that_is_called_by_name_is_told_with_its_line(grade_step):
    text = STEP_2.replace("self.forward(x)", "Function.forward(self, x)")
    check = first(grade_step("step02", {"step02.py": text}))
    assert check.message.endswith(
        "line 31 asks class Function for its forward, where Square has its own"
    )
    assert check.likely is None


def test_what_stands_under_the_main_block_is_told_to_stand_there(grade_step):
    text = indented(LESSONS["step09"], "def exp(").replace(
        "    def exp(", 'if __name__ == "__main__":\n    def exp('
    )
    messages = [
        check.message or "" for check in grade_step("step09", {"step09.py": text}).checks
    ]
    assert any("exp stands inside of if __name__" in message for message in messages)


@pytest.mark.parametrize(
    ("step", "old", "new", "told"),
    [
        ("step03", "return np.exp(x)", "return Variable(np.exp(x))", "gives a Variable"),
        (
            "step08",
            "funcs.append(x.creator)",
            "funcs = funcs.append(x.creator)",
            "sets funcs to None: append and its like change the list itself",
        ),
    ],
)
def test_what_the_file_shows_is_told_beside_a_claim(grade_step, step, old, new, told):
    text = LESSONS[step].replace(old, new)
    assert text != LESSONS[step]
    assert told in first(grade_step(step, {f"{step}.py": text})).message


@pytest.mark.parametrize("more", ["pass", 'print("todo")', "x = x"])
def test_a_hole_with_something_idle_beside_it_earns_nothing(grade_step, more):
    hole = 'raise NotImplementedError("fill in: Function.forward")'
    text = STEP_2.replace("raise NotImplementedError\n", f"{more}\n        {hole}\n", 1)
    assert hole in text
    step = grade_step("step02", {"step02.py": text})
    check = next(c for c in step.checks if c.id == "step02.forward_is_for_subclasses")
    assert check.status == ("failed" if more == "x = x" else "not_attempted")
    assert check.points == 0


def test_a_leftover_of_another_file_is_no_hole_s(grade_step):
    hole = 'raise NotImplementedError("fill in: it")'
    first_file = f"class Variable:\n    def __init__(self, data):\n        {hole}\n"
    helper = f"from step01 import Variable\ndef helper():\n    {hole}\n    return 1\n\n\n"
    text = helper + STEP_2[STEP_2.index("\nclass Function") + 1 :]
    step = grade_step("step02", {"step01.py": first_file, "step02.py": text})
    assert "helper" not in "".join(check.message or "" for check in step.checks)


@pytest.mark.parametrize(
    "abstract",
    [
        'assert type(self).__name__ != "Function"\n        ',
        "assert type(self) is not Function\n        ",
    ],
)
def test_a_base_that_knows_its_name_gets_full_marks(grade_step, abstract):
    text = STEP_2.replace("x = input.data", f"{abstract}x = input.data")
    step = grade_step("step02", {"step02.py": text})
    assert step.score == step.max_score


@pytest.mark.parametrize("body", ["pass", "..."])
def test_a_base_s_empty_method_is_not_blamed_for_a_none(grade_step, body):
    text = LESSONS["step07"].replace("raise NotImplementedError", body)
    text = text.replace("x.backward()", "pass", 1)
    messages = [
        check.message or "" for check in grade_step("step07", {"step07.py": text}).checks
    ]
    assert "has no return" not in "".join(messages)


def test_one_of_two_under_an_if_is_not_defined_twice(grade_step):
    text = STEP_6.replace("return 2 * x * gy", "return gy").replace(
        "class Exp(Function):",
        "class Exp(Function):\n    if True:\n        def spare(self): pass\n"
        "    else:\n        def spare(self): return 1\n",
    )
    messages = [
        check.message or "" for check in grade_step("step06", {"step06.py": text}).checks
    ]
    assert "twice" not in "".join(messages)


def test_a_property_that_is_set_is_no_method_to_be_called(grade_step):
    text = (
        LESSONS["step07"]
        .replace(
            "    def set_creator(",
            "    @property\n    def grad(self): return self._grad\n\n"
            "    @grad.setter\n    def grad(self, value): self._grad = value\n\n"
            "    def set_creator(",
        )
        .replace("x.backward()", "pass", 1)
    )
    messages = [
        check.message or "" for check in grade_step("step07", {"step07.py": text}).checks
    ]
    assert "brackets call it" not in "".join(messages)
