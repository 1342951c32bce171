"""The authors' material, from the ``tests`` of a checkout: what the suites are tried on."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from graders.errors import GradmarkError
from graders.submission.read import StepFile, Submission, read
from graders.syllabus import SYLLABUS
from graders.words import _

ROOT = Path(__file__).parents[3]
NEEDED = ("reference", "tests/mutants", "tests/fair", "tests/equivalents.py")
"""What an installed gradmark has not, and a checkout has."""
LESSON = "reference/{step}.py"
TEMPLATE = "student_template/{step}.py"
SUITE = "graders/suites/test_{step}.py"
CATALOGUE = "graders/misconceptions/{step}.py"
MUTANTS = "tests/mutants/{step}.py"
FILES = (LESSON, TEMPLATE, SUITE, CATALOGUE, MUTANTS)
"""What each step has, by the paths in a checkout."""


@dataclass(frozen=True)
class Specimen:
    """A submission of one step, right or wrong, of which it is known how it should fare."""

    name: str
    step: str
    submission: Submission
    misconception: str | None = None
    """The id of the catalogue's entry that it shows."""
    catches: frozenset[str] | None = None
    """The ids of the checks that its author says fail on it."""


@dataclass(frozen=True)
class Equivalent:
    """A mutant that does the same as the reference, and why."""

    step: str
    old: str
    new: str
    reason: str

    def __str__(self) -> str:
        """Return what the mutant is called."""
        return called(self.step, self.old, self.new)


@dataclass(frozen=True)
class Material:
    """What the suites are tried on."""

    correct: tuple[Specimen, ...]
    """The reference and the fairness corpus."""
    mutants: tuple[Specimen, ...]
    """The mistakes that students make, as edits of the reference."""
    unmade: tuple[tuple[str, str], ...]
    """The steps of mutants that can't be made, each with a sentence that says why."""
    equivalents: tuple[Equivalent, ...]
    lessons: Mapping[str, str]
    """The reference's texts by step."""
    carried_over: Mapping[str, frozenset[str]]
    """What a step's lesson defines and its suite leaves to the step that taught it."""


def load(root: Path = ROOT) -> Material:
    """Return the material of a checkout.  Raise GradmarkError where it isn't all there."""
    demand_checkout(root, "selftest")
    for unit in SYLLABUS:
        for path in (each.format(step=unit.step) for each in FILES):
            if not (root / path).exists():
                text = _("there is no {path}: python grade.py new step {number} writes it")
                raise GradmarkError(text.format(path=path, number=unit.number))
    with importable(root / "tests"):
        mutants = imported("mutants").MUTANTS
        solutions = imported("fair").SOLUTIONS
        listed = imported("equivalents")
    lessons = {unit.step: lesson(root, unit.step) for unit in SYLLABUS}
    reference = [Specimen("the reference", s, alone(s, text)) for s, text in lessons.items()]
    made, unmade = [], []
    for mutant in mutants:
        try:
            made.append(edited(mutant, lessons[mutant.step]))
        except GradmarkError as error:
            unmade.append((mutant.step, str(error)))
    return Material(
        correct=(*reference, *map(handed_in, solutions)),
        mutants=tuple(made),
        unmade=tuple(unmade),
        equivalents=listed.EQUIVALENTS,
        lessons=lessons,
        carried_over=listed.CARRIED_OVER,
    )


def demand_checkout(root: Path, command: str) -> None:
    """Raise GradmarkError where the authors' material isn't there."""
    for part in NEEDED:
        if not (root / part).exists():
            text = _("{command} needs the authors' material of a checkout: there is no {path}")
            raise GradmarkError(text.format(command=command, path=root / part))


def imported(name: str) -> Any:
    """Return one of the authors' modules.  Raise GradmarkError where it can't be imported."""
    try:
        return import_module(name)
    except Exception as error:
        text = _("tests/{name} can't be imported: {kind}: {error}")
        kind = type(error).__name__
        raise GradmarkError(text.format(name=name, kind=kind, error=error)) from error


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Find modules in a folder first, for a while."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def lesson(root: Path, step: str) -> str:
    """Return the reference's text of a step."""
    return (root / LESSON.format(step=step)).read_text("utf-8")


def alone(step: str, text: str) -> Submission:
    """Return a submission of one step's file and nothing else."""
    path = f"{step}.py"
    return Submission("selftest", "selftest", {step: StepFile(path)}, {path: text}, ())


def edited(mutant: Any, text: str) -> Specimen:
    """Return a mutant of a lesson.  Raise GradmarkError when its place isn't there once."""
    if (times := text.count(mutant.old)) != 1:
        why = _("the mutant {name} can't be made: what it edits is there {n} times")
        raise GradmarkError(why.format(name=mutant.name, n=times))
    made = alone(mutant.step, text.replace(mutant.old, mutant.new))
    return Specimen(mutant.name, mutant.step, made, mutant.misconception, mutant.catches)


def handed_in(solution: Any) -> Specimen:
    """Return a correct solution, read as a submission is."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in solution.files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return Specimen(solution.name, solution.step, read(Path(folder)))


def every_mutation(material: Material, step: str) -> tuple[Specimen, ...]:
    """Return every mutant of a step's lesson that cosmic-ray makes.

    Raise GradmarkError where cosmic-ray is not installed.
    """
    try:
        from graders.commands.selftest.mutations import mutations
    except ImportError as error:
        text = _("every mutant of the reference takes cosmic-ray: pip install cosmic-ray")
        raise GradmarkError(text) from error
    left_out = material.carried_over.get(step, frozenset())
    made = mutations(material.lessons[step], left_out)
    return tuple(Specimen(called(step, m.old, m.new), step, alone(step, m.text)) for m in made)


def called(step: str, old: str, new: str) -> str:
    """Return the name of a mutant without one."""
    return f"{step}: {old}  →  {new}"
