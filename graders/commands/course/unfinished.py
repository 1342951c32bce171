"""What is left to do in a step, in its author's words; nothing is graded to find out."""

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from graders.checks import TODO, Declaration
from graders.commands.course import lesson
from graders.commands.course.checkout import (
    CATALOGUE,
    COURSE,
    FILES,
    LESSON,
    SUITE,
    TEMPLATE,
    imported,
    parsed,
    text_of,
)
from graders.commands.course.declared import checks_of
from graders.commands.course.material import REFERENCE, Material
from graders.commands.course.template import functions, template
from graders.errors import GradmarkError
from graders.misconceptions import Misconception
from graders.syllabus import Unit
from graders.words import _

HUNDRED = 100
"""What the points of the whole course add up to."""
LONGEST = 250
"""How many characters a misconception's hint may have, to be read at all."""


def todos(root: Path, unit: Unit) -> Iterator[str]:
    """Yield a sentence for each thing that a step's author has still to say."""
    for path in (each.format(step=unit.step) for each in FILES if each != TEMPLATE):
        for number, line in enumerate(text_of(root, path).splitlines(), 1):
            if TODO in line:
                what = line.partition(TODO)[2].partition('"')[0].strip()
                yield f"{path}:{number} {what}"
    for text in (unit.title, unit.sections):
        if TODO in text:
            yield f"{COURSE} {unit.step}: {text.partition(TODO)[2]}"


def faults(root: Path, unit: Unit, given: Material) -> Iterator[str]:
    """Yield a sentence for each thing that a step without a TODO lacks.

    Raise GradmarkError where a file of it can't be used at all.
    """
    path = LESSON.format(step=unit.step)
    yield from lesson.faults(unit, given.lessons[unit.step], root / path, path)
    yield from out_of_step(root, unit, given)
    yield from (why for step, why in given.unmade if step == unit.step)
    checks = {check.name: check.declared for check in checks_of(unit)}
    yield from mutants(unit, given, checks)
    yield from solutions(unit, given)
    yield from suite(root, unit, checks)
    place = CATALOGUE.format(step=unit.step)
    entries = imported(f"graders.misconceptions.{unit.step}", "CATALOGUE", place)
    sound = isinstance(entries, tuple | list)
    if not sound or not all(isinstance(entry, Misconception) for entry in entries):
        raise GradmarkError(
            _("{path}: CATALOGUE is no tuple of Misconceptions").format(path=place)
        )
    shown = [each.misconception for each in given.mutants if each.step == unit.step]
    yield from (f"{place}: {text}" for text in misconceptions(entries, checks, shown))


def out_of_step(root: Path, unit: Unit, given: Material) -> Iterator[str]:
    """Yield what the template has that the lesson with holes would not have."""
    path = TEMPLATE.format(step=unit.step)
    try:
        due = template(unit.step, given.lessons)
    except GradmarkError as error:
        yield str(error)
        return
    if text_of(root, path) != due:
        text = _("{path} is not the lesson with holes: python grade.py new template {number}")
        yield text.format(path=path, number=unit.number)


def mutants(unit: Unit, given: Material, checks: Collection[str]) -> Iterator[str]:
    """Yield the names that several mutants of a step have, and those of checks that aren't."""
    own = [each for each in given.mutants if each.step == unit.step]
    names = Counter(each.name for each in own)
    for name in (name for name, count in names.items() if count > 1):
        yield _("several mutants are called {name}").format(name=name)
    for each in own:
        for check in sorted(each.catches or ()):
            if check.partition(".")[2] not in checks:
                text = _("the row of {mutant} names {check}, which is no check")
                yield text.format(mutant=each.name, check=check)


def solutions(unit: Unit, given: Material) -> Iterator[str]:
    """Yield the correct solutions of a step that don't say what is unusual about them."""
    for each in given.correct:
        if each.step == unit.step and each.name != REFERENCE:
            run = each.submission.steps.get(unit.step)
            text = run.pieces[0].text if run and run.pieces else ""
            said = ast.get_docstring(parsed(text, f"tests/fair: {each.name}")) or ""
            if not said.endswith(".") or "\n" in said:
                told = _("tests/fair: {name} has no docstring of one line: what is unusual?")
                yield told.format(name=each.name)


def suite(root: Path, unit: Unit, checks: Mapping[str, Declaration]) -> Iterator[str]:
    """Yield what a step's suite lacks; ``checks`` are those that it has, by name."""
    path = SUITE.format(step=unit.step)
    defined = Counter(name for name, _node in functions(parsed(text_of(root, path), path)))
    for name in (name for name, count in defined.items() if count > 1):
        yield _("{path} has {name} twice: the first is lost").format(path=path, name=name)
    if not checks:
        text = _("step {number} has no check: python grade.py new check {number} NAME")
        yield text.format(number=unit.number)
    for name, declared in checks.items():
        for need in (*declared.needs, *declared.only_if):
            if need not in checks:
                text = _("{step}.{name} needs {need}, which is no check of the step")
                yield text.format(step=unit.step, name=name, need=need)
        if name in rests_on(name, checks):
            yield _("{step}.{name} rests on itself").format(step=unit.step, name=name)
        if not declared.hint:
            yield _("{step}.{name} has no hint").format(step=unit.step, name=name)


def rests_on(name: str, checks: Mapping[str, Declaration]) -> set[str]:
    """Return the names of all checks that one rests on, also by way of others."""
    found: set[str] = set()
    open = [name]
    while open:
        declared = checks[open.pop()]
        needs = (*declared.needs, *declared.only_if)
        open += [need for need in needs if need in checks and need not in found]
        found.update(needs)
    return found


def misconceptions(
    entries: Sequence[Misconception], checks: Collection[str], shown: Sequence[str | None]
) -> Iterator[str]:
    """Yield what a step's catalogue lacks.

    ``checks`` are the names of the step's, ``shown`` the ids that its mutants show.
    """
    for entry in entries:
        said = {"id": entry.id, "most": LONGEST}
        if not all((entry.title, entry.hint, entry.more, entry.signs)):
            yield _("{id} lacks a title, a hint, what to change, or a sign").format(**said)
        if "section" not in entry.hint:
            yield _("the hint of {id} names no section of the course").format(**said)
        if len(entry.hint) >= LONGEST:
            yield _("the hint of {id} has {most} characters or more").format(**said)
        for name in sorted(entry.signs.keys() - set(checks)):
            text = _("{id} has a sign for {name}, which is no check of the step")
            yield text.format(name=name, **said)
        for name in sorted(name for name, sign in entry.signs.items() if not callable(sign)):
            text = _("what {id} says of {name} is no sign, such as gives(…)")
            yield text.format(name=name, **said)
        if entry.id not in shown:
            yield _("no mutant shows {id}").format(**said)
    ids = Counter(entry.id for entry in entries)
    yield from (_("{id} is there twice").format(id=id) for id, n in ids.items() if n > 1)
    for id in sorted({each for each in shown if each} - ids.keys()):
        yield _("a mutant shows {id}, which is not there").format(id=id)


def points(total: int) -> Iterator[str]:
    """Yield what is wrong with the points of all the steps together."""
    if total != HUNDRED:
        text = _("the points of all steps add up to {total}, not yet to {due}")
        yield text.format(total=total, due=HUNDRED)
