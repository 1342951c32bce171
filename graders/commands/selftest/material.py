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


@dataclass(frozen=True)
class Specimen:
    """A submission of one step, right or wrong, of which it is known how it should fare."""

    name: str
    step: str
    submission: Submission
    misconception: str | None = None
    """The id of the catalogue's entry that it shows."""


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
    equivalents: tuple[Equivalent, ...]
    lessons: Mapping[str, str]
    """The reference's texts by step."""
    carried_over: Mapping[str, frozenset[str]]
    """What a step's lesson defines and its suite leaves to the step that taught it."""


def load(root: Path = ROOT) -> Material:
    """Return the material of a checkout.  Raise GradmarkError where it isn't there."""
    for part in NEEDED:
        if not (root / part).exists():
            text = _("selftest needs the authors' material of a checkout: there is no {path}")
            raise GradmarkError(text.format(path=root / part))
    with importable(root / "tests"):
        mutants = import_module("mutants").MUTANTS
        solutions = import_module("fair").SOLUTIONS
        listed = import_module("equivalents")
    lessons = {unit.step: lesson(root, unit.step) for unit in SYLLABUS}
    reference = [Specimen("the reference", s, alone(s, text)) for s, text in lessons.items()]
    return Material(
        correct=(*reference, *map(handed_in, solutions)),
        mutants=tuple(edited(mutant, lessons[mutant.step]) for mutant in mutants),
        equivalents=listed.EQUIVALENTS,
        lessons=lessons,
        carried_over=listed.CARRIED_OVER,
    )


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
    return (root / "reference" / f"{step}.py").read_text("utf-8")


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
    return Specimen(mutant.name, mutant.step, made, mutant.misconception)


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
