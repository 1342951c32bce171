"""The checks of a step, found in its suite without running any."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graders.checks import Declaration
from graders.commands.course.checkout import SUITE, imported
from graders.syllabus import Unit


@dataclass(frozen=True)
class Found:
    """A check, as its suite declares it."""

    unit: Unit
    name: str
    """Its name within the step, such as ``square_backward``."""
    declared: Declaration
    function: Callable[..., Any]

    @property
    def id(self) -> str:
        """Return the check's id, such as ``step06.square_backward``."""
        return f"{self.unit.step}.{self.name}"


def checks_of(unit: Unit) -> Iterator[Found]:
    """Yield the checks of a step, in the order of its suite.

    Raise GradmarkError where one says too little of itself, or the suite can't be imported.
    """
    name = f"graders.suites.test_{unit.step}"
    suite = imported(name, "__dict__", SUITE.format(step=unit.step))
    for test, thing in suite.items():
        for mark in getattr(thing, "pytestmark", []):
            if mark.name == "check" and thing.__module__ == name:
                yield Found(unit, test.removeprefix("test_"), mark.args[0], thing)
