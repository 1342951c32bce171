"""A misspelt name that is kept up throughout costs one check: the first that needs it."""

import json

import pytest
from conftest import LESSONS, REFERENCE
from forking import Runner
from test_notebook import notebook

from graders.judge.run import Options, grade
from graders.report import Step
from graders.submission.read import read


def broken(step: Step) -> list[str]:
    """Return the names of the checks that did not pass."""
    return [check.id.partition(".")[2] for check in step.checks if check.status != "passed"]


MISSPELT = {
    "step01": ("Variable", "Varible", "keeps_a_number"),
    "step02": ("Square", "Squre", "square_is_a_function"),
    "step03": ("Function", "Funtion", "exp_is_a_function"),
    "step04": ("numerical_diff", "num_diff", "square_at_two"),
    "step06": ("Variable", "Valuable", "grad_starts_as_none"),
    "step07": ("Variable", "Variable02", "set_creator"),
    "step08": ("Variable", "Variabel", "every_gradient"),
    "step09": ("square", "squere", "square"),
}


@pytest.mark.parametrize("step", MISSPELT)
def test_a_misspelt_name_costs_the_first_check_that_needs_it(grade_step, step):
    due, wrong, check = MISSPELT[step]
    found = grade_step(step, {f"{step}.py": LESSONS[step].replace(due, wrong)})
    assert broken(found) == [check]
    told = next(each.message for each in found.checks if each.id == f"{step}.{check}")
    assert told == f"{due} is not defined: did you mean {due} where you wrote {wrong}?"
    assert f"{wrong} is graded as {due}" in found.notes


@pytest.mark.parametrize("wrong", ["exp_", "exp", "EXP"])
def test_case_does_not_tell_names_apart(grade_step, wrong):
    found = grade_step("step06", {"step06.py": LESSONS["step06"].replace("Exp", wrong)})
    assert broken(found) == ["exp_derivative"]


@pytest.mark.parametrize(
    ("due", "wrong"), [("Variable", "Varible"), ("Square", "Sqaure"), ("Function", "Funtion")]
)
def test_tests_are_tried_on_implementations_by_the_misspelt_name(grade_step, due, wrong):
    text = LESSONS["step10"].replace("SquareTest", "TheTest").replace(due, wrong)
    assert broken(grade_step("step10", {"step10.py": text})) == []


def test_a_name_of_the_course_is_no_other_one_misspelt(grade_step):
    lesson = LESSONS["step09"]
    found = grade_step("step09", {"step09.py": lesson[: lesson.index("def exp(")]})
    told = [check.message for check in found.checks if check.id == "step09.exp"]
    assert told == ["exp is not defined"]


def test_a_mistake_in_what_is_misspelt_is_found_as_well(grade_step):
    text = LESSONS["step04"].replace("eps=1e-4", "eps=1e-3")
    found = grade_step("step04", {"step04.py": text.replace("numerical_diff", "numerical_dif")})
    assert broken(found) == ["square_at_two", "default_eps"]


@pytest.mark.parametrize("name", ["step04.py", "my-step04.py", "step04.ipynb"])
def test_a_script_says_what_is_graded_as_what(grade_step, tmp_path, name):
    text = LESSONS["step04"].replace("numerical_diff", "num_diff").replace("(2 * eps)", "eps")
    found = grade_step("step04", {name: notebook(text) if name.endswith("b") else text})
    script = next(
        each.reproduce for each in found.checks if each.id == "step04.central_accuracy"
    )
    assert "numerical_diff = num_diff\n" in script
    if name == "step04.py":
        run = Runner()
        assert run.run(tmp_path, script).status == 0
        run.close()


INIT = "    def __init__(self, data): self.data = data\n"


def test_a_test_case_is_called_after_what_it_tests(grade_step):
    lesson = LESSONS["step10"]
    tests = lesson[lesson.index("class SquareTest") :].replace("SquareTest", "Squares")
    text = f"import unittest\nimport numpy as np\nfrom step09 import *\n\n{tests}"
    found = grade_step("step10", {"step09.py": LESSONS["step09"], "step10.py": text})
    assert found.checks[0].status == "passed"


NEITHER = {
    "two that are alike": f"class Variable01:\n{INIT}class Variable02:\n{INIT}",
    "no class": "def Variablee(data): return data\n",
    "not alike": f"class Box:\n{INIT}",
    "another name of the course": f"class SquareTest:\n{INIT}",
    "an installed one": "from array import array as Varable\nx = 1\n",
}


@pytest.mark.parametrize("text", NEITHER.values(), ids=NEITHER)
def test_what_is_not_clearly_meant_is_not_graded_as_anything(grade_step, text):
    found = grade_step("step01", {"step01.py": text})
    assert (found.score, [note for note in found.notes if "graded as" in note]) == (0, [])


def test_what_an_earlier_step_misspells_is_not_what_a_later_one_teaches(grade_step):
    older = LESSONS["step04"].replace("numerical_diff", "num_diff")
    found = grade_step(
        "step04", {"step03.py": older, "step04.py": "from step03 import *\nx = 1\n"}
    )
    assert [note for note in found.notes if "graded as" in note] == []
    assert found.score == 0


def test_the_reference_has_no_such_note(sandbox):
    report = grade(read(REFERENCE), sandbox, Options())
    assert "graded as" not in json.dumps([step.notes for step in report.steps])
