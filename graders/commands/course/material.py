"""What the authors have written, from a checkout: lessons, and what the suites are tried on."""

import ast
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from graders.errors import GradmarkError
from graders.submission.read import StepFile, Submission, read
from graders.syllabus import SYLLABUS, Unit
from graders.words import _

ROOT = Path(__file__).parents[3]
NEEDED = ("reference", "tests/mutants", "tests/fair", "tests/equivalents.py")
"""What an installed gradmark has not, and a checkout has."""
COURSE = "graders/syllabus.py"
LESSON = "reference/{step}.py"
TEMPLATE = "student_template/{step}.py"
SUITE = "graders/suites/test_{step}.py"
CATALOGUE = "graders/misconceptions/{step}.py"
MUTANTS = "tests/mutants/{step}.py"
REFERENCE = "the reference"
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
    with importable(root / "tests"):
        mutants = imported("mutants", "MUTANTS", "tests/mutants")
        solutions = imported("fair", "SOLUTIONS", "tests/fair")
        equivalents = imported("equivalents", "EQUIVALENTS", "tests/equivalents.py")
        carried_over = imported("equivalents", "CARRIED_OVER", "tests/equivalents.py")
    reference = [Specimen(REFERENCE, s, alone(s, text)) for s, text in lessons.items()]
    templates = {s: text_of(root, TEMPLATE.format(step=s)) for s in lessons}
    made, unmade = [], []
    for mutant in mutants:
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


def demand_checkout(root: Path, command: str) -> None:
    """Raise GradmarkError where the authors' material isn't there."""
    for part in NEEDED:
        if not (root / part).exists():
            text = _("{command} needs the authors' material of a checkout: there is no {path}")
            raise GradmarkError(text.format(command=command, path=root / part))


def demand(root: Path, unit: Unit, path: str) -> None:
    """Raise GradmarkError where a file of a step isn't there."""
    if not (root / path).exists():
        text = _("there is no {path}: python grade.py new step {number} writes it")
        raise GradmarkError(text.format(path=path, number=unit.number))


def text_of(root: Path, path: str) -> str:
    """Return the text of a file in a checkout.  Raise GradmarkError where it can't be read."""
    try:
        return (root / path).read_text("utf-8-sig")
    except (OSError, UnicodeError) as error:
        text = _("{path} can't be read: {why}")
        raise GradmarkError(text.format(path=path, why=error)) from error


def parsed(text: str, path: str) -> ast.Module:
    """Return a file's tree.  Raise GradmarkError where it is not Python."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        why = _("{path} is not Python: {error}, line {line}")
        told = why.format(path=path, error=error.msg, line=error.lineno)
    except (ValueError, RecursionError) as error:
        told = _("{path} is not Python: {error}").format(path=path, error=error)
    raise GradmarkError(told)


def imported(name: str, what: str, path: str) -> Any:
    """Return what one of the authors' modules defines.

    Raise GradmarkError, with the file where it went wrong, if it can't be imported.
    """
    try:
        return getattr(import_module(name), what)
    except (Exception, SystemExit) as error:
        text = _("{path} can't be imported: {kind}: {error}")
        kind = type(error).__name__
        raise GradmarkError(
            text.format(path=blamed(error, path), kind=kind, error=error)
        ) from error


def blamed(error: BaseException, path: str) -> str:
    """Return the file of the checkout that an exception comes from, or ``path``."""
    frames = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append(error.filename)
    own = [Path(each) for each in frames if Path(each).is_relative_to(ROOT)]
    inside = [each for each in own if each != Path(__file__)]
    return inside[-1].relative_to(ROOT).as_posix() if inside else path


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
    return Submission("selftest", "selftest", {step: StepFile(path)}, {path: text}, ())


def edited(mutant: Any, lessons: Mapping[str, str]) -> Specimen:
    """Return a mutant of a lesson.  Raise GradmarkError when its place isn't there once."""
    text = lessons.get(mutant.step, "")
    if (times := text.count(mutant.old)) != 1:
        why = _("the mutant {name} can't be made: what it edits is there {n} times")
        raise GradmarkError(why.format(name=mutant.name, n=times))
    changed = text.replace(mutant.old, mutant.new)
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
