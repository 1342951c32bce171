"""What the suites are tried on: lessons, mutants and correct solutions, as submissions."""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.commands.course.checkout import (
    COURSE,
    FILES,
    LESSON,
    ROOT,
    TEMPLATE,
    demand,
    demand_checkout,
    imported,
    parsed,
    text_of,
)
from graders.errors import GradmarkError
from graders.submission.pieces import StepRun, Submission
from graders.submission.read import read
from graders.syllabus import SYLLABUS
from graders.wire import Piece
from graders.words import _

REFERENCE = "the reference"


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
    templates: tuple[Specimen, ...]
    """What students are given."""
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
    """Return the material of a checkout.  Raise GradmarkError where it can't be used."""
    demand_checkout(root, "selftest")
    steps = Counter(unit.step for unit in SYLLABUS)
    for step in (step for step, count in steps.items() if count > 1):
        raise GradmarkError(_("{path} has {step} twice").format(path=COURSE, step=step))
    for unit in SYLLABUS:
        for path in (each.format(step=unit.step) for each in FILES):
            demand(root, unit, path)
    lessons = {step: text_of(root, LESSON.format(step=step)) for step in sorted(steps)}
    for step, text in lessons.items():
        parsed(text, LESSON.format(step=step))
    with importable(root / "tests"):
        mutants = imported("mutants", "MUTANTS", "tests/mutants")
        solutions = imported("fair", "SOLUTIONS", "tests/fair")
        equivalents = imported("equivalents", "EQUIVALENTS", "tests/equivalents.py")
        carried_over = imported("equivalents", "CARRIED_OVER", "tests/equivalents.py")
    for solution in solutions:
        if solution.step not in lessons:
            raise GradmarkError(
                _("tests/fair: {name} is of no step").format(name=solution.name)
            )
    reference = [Specimen(REFERENCE, s, alone(s, text)) for s, text in lessons.items()]
    templates = {s: text_of(root, TEMPLATE.format(step=s)) for s in lessons}
    made, unmade = [], []
    for mutant in mutants:
        if mutant.step not in lessons:
            raise GradmarkError(_("the mutant {name} is of no step").format(name=mutant.name))
        try:
            made.append(edited(mutant, lessons))
        except GradmarkError as error:
            unmade.append((mutant.step, str(error)))
    return Material(
        correct=(*reference, *map(handed_in, solutions)),
        templates=tuple(Specimen("the template", s, alone(s, t)) for s, t in templates.items()),
        mutants=tuple(made),
        unmade=tuple(unmade),
        equivalents=equivalents,
        lessons=lessons,
        carried_over=carried_over,
    )


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Find modules in a folder first, for a while."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def alone(step: str, text: str) -> Submission:
    """Return a submission of one step's file and nothing else."""
    path = f"{step}.py"
    pieces = (Piece(path, text),)
    steps = {step: StepRun(path, path, pieces, own=(0,))}
    return Submission("selftest", "selftest", steps, {path: pieces}, ())


def edited(mutant: Any, lessons: Mapping[str, str]) -> Specimen:
    """Return a mutant of a lesson.  Raise GradmarkError when its place isn't there once."""
    text = lessons[mutant.step]
    if (times := text.count(mutant.old)) != 1:
        why = _("the mutant {name} can't be made: what it edits is there {n} times")
        raise GradmarkError(why.format(name=mutant.name, n=times))
    changed = text.replace(mutant.old, mutant.new)
    if changed == text:
        raise GradmarkError(_("the mutant {name} changes nothing").format(name=mutant.name))
    parsed(changed, _("the mutant {name}").format(name=mutant.name))
    made = alone(mutant.step, changed)
    return Specimen(mutant.name, mutant.step, made, mutant.misconception, mutant.catches)


def handed_in(solution: Any) -> Specimen:
    """Return a correct solution, read as a submission is."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in solution.files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return Specimen(solution.name, solution.step, read(Path(folder)))


def called(step: str, old: str, new: str) -> str:
    """Return the name of a mutant without one."""
    return f"{step}: {old}  →  {new}"
