"""What the files of a new step and a new check say before their author has written anything."""

import json

from graders.checks import TODO
from graders.syllabus import Unit

IMPORTS = ("from graders.checks import check", "from graders.words import _")
"""What a check needs in its suite."""


def lesson(number: int) -> str:
    """Return a lesson of which the words are still to be found."""
    return f'''"""Step {number}: {TODO}what the step is called (section {number}.1).

New: {TODO}what is new, and what for.
"""

import numpy as np


class Variable:
    """Hold an array, as a box holds a thing (section 1.2)."""

    def __init__(self, data):
        """Keep data, as it is (section 1.2)."""
        self.data = data


if __name__ == "__main__":
    x = Variable(np.array(1.0))
    print(x.data)  # {TODO}what it prints
'''


def suite(unit: Unit) -> str:
    """Return a suite without a check."""
    return f'"""Step {unit.number}: what its code must do."""\n'


def catalogue(unit: Unit) -> str:
    """Return a catalogue of misconceptions without an entry."""
    return f'''"""Step {unit.number}: what goes wrong."""

from graders.misconceptions.signs import Misconception

CATALOGUE: tuple[Misconception, ...] = ()
'''


def mutants(unit: Unit) -> str:
    """Return the mutants of a step that has none yet."""
    return f'''"""Mutants of step {unit.number}."""

from mutants.mutant import mutants

MUTANTS = mutants(
    "{unit.step}",
)
'''


def listed(unit: Unit) -> str:
    """Return a step's line in the syllabus."""
    step, label, title, sections = (
        json.dumps(text, ensure_ascii=False)
        for text in (unit.step, unit.label, unit.title, unit.sections)
    )
    return f"Unit({step}, {label}, _({title}), {sections})"


def check(unit: Unit, name: str) -> str:
    """Return a check that says nothing yet, and is none until it has a title."""
    return f'''

@check(
    _("{TODO}a sentence that a student understands"),
    kind="{TODO}forward, backward, agreement, structure or testing",
    points=1,
    needs=(),  # {TODO}the checks that it rests on, without test_
    section="{TODO}such as {unit.number}.1",
    why=_("{TODO}which mistake it catches, or what it is good for"),
    hint=_("{TODO}what to think about (section {unit.number}.1)"),
)
def test_{name}(student, draw):
    # inputs by draw.array(2, 3), calls by student.NAME(...), one of graders.assertions
    raise NotImplementedError("{TODO}test_{name}")
'''


def mutant(name: str) -> str:
    """Return a row of mutants: a mistake that a check catches."""
    return f'''    (
        "no-{name.replace("_", "-")}",
        "{TODO}a text that the lesson has once",
        "{TODO}what stands there by mistake",
        "{name}",
    ),'''
