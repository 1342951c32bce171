"""Whatever is changed in the reference is noticed: every mutant that cosmic-ray makes of it."""

import ast
import unittest

import numpy as np
import pytest

from graders.commands.course import material
from graders.commands.selftest import command, findings
from graders.commands.selftest.mutations import mutations
from graders.commands.selftest.outcomes import tried
from graders.suites.test_step10 import SOURCES
from graders.syllabus import SYLLABUS

MATERIAL = material.load()
STEPS = [unit.step for unit in SYLLABUS]
LESSON = '''"""Double 1."""


def double(x):
    """Return 2 * x."""
    y = 2 * x
    return y


class Other:
    """Hold 3."""

    three = 3


if __name__ == "__main__":
    print(double(1))
'''


@pytest.mark.full
@pytest.mark.parametrize("step", STEPS)
def test_every_mutant_is_caught_or_stands_among_the_equivalents(step):
    seen = list(
        tried(command.every_mutation(MATERIAL, step, command.every_edit()), command.QUICK[:1])
    )
    free = set(findings.uncaught(seen))
    assert free == {str(e) for e in MATERIAL.equivalents if e.step == step}


@pytest.mark.parametrize("equivalent", MATERIAL.equivalents, ids=str)
def test_an_equivalent_does_the_same_as_the_reference(equivalent, full):
    assert equivalent.reason
    outputs = OUTPUTS[equivalent.step]
    text = MATERIAL.lessons[equivalent.step]
    (mutant,) = (
        each.submission.steps[equivalent.step].pieces[0].text
        for each in command.every_mutation(MATERIAL, equivalent.step, command.every_edit())
        if each.name == str(equivalent)
    )
    draws = 1000 if full else 40
    assert list(outputs(mutant, draws)) == list(outputs(text, draws))


def failing_tests(text, draws):
    """Yield the tests of step 10 that fail, for draws of what they draw and are run on."""
    lesson = compile(text, "step10.py", "exec")
    implementations = [compile(source, "step10.py", "exec") for source in SOURCES]
    for draw in range(draws):
        names = {"__name__": "step10"}
        exec(lesson, names)
        exec(implementations[draw % len(implementations)], names)
        np.random.seed(draw)
        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(names["SquareTest"]).run(result)
        broken = (*result.failures, *result.errors)
        yield result.testsRun, sorted(test.id() for test, _trouble in broken)


OUTPUTS = {"step10": failing_tests}
"""What a lesson's text comes to in many draws, by step."""


@pytest.mark.parametrize("step", MATERIAL.carried_over)
def test_what_is_left_out_is_repeated_word_for_word(step):
    own = definitions(MATERIAL.lessons[step])
    earlier = {}
    for before in STEPS[: STEPS.index(step)]:
        graded = definitions(MATERIAL.lessons[before])
        for left_out in MATERIAL.carried_over.get(before, ()):
            del graded[left_out]
        earlier |= graded
    for name in MATERIAL.carried_over[step]:
        assert own[name] == earlier[name]


def definitions(text):
    """Return the source of each class and function of a module, by name."""
    return {
        node.name: ast.get_source_segment(text, node)
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    }


def test_each_edit_is_made_once_and_only_in_the_code():
    made = mutations(LESSON)
    assert len({mutant.text for mutant in made}) == len(made)
    assert {mutant.old for mutant in made} == {"y = 2 * x", "three = 3"}
    assert {mutant.new for mutant in made} >= {"y = 2 + x", "y = 3 * x", "three = 4"}
    assert all("__main__" not in mutant.text for mutant in made)


def test_definitions_can_be_left_out():
    assert {mutant.old for mutant in mutations(LESSON, {"double"})} == {"three = 3"}


def test_mutants_are_the_same_every_time():
    assert mutations(LESSON) == mutations(LESSON)
