"""What is left to do in a step, in its author's words; nothing is graded to find out."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from graders.commands.explain import checks_of
from graders.commands.selftest import lesson
from graders.commands.selftest.material import (
    CATALOGUE,
    FILES,
    LESSON,
    TEMPLATE,
    Material,
)
from graders.commands.selftest.template import template
from graders.misconceptions import Misconception, catalogue
from graders.syllabus import Unit
from graders.wire import HOLE
from graders.words import _

HUNDRED = 100
"""What the points of the whole course add up to."""
LONGEST = 250
"""How many characters a misconception's hint may have, to be read at all."""


def holes(root: Path, unit: Unit) -> Iterator[str]:
    """Yield a sentence for each hole that a step's author has not filled yet."""
    for path in (each.format(step=unit.step) for each in FILES if each != TEMPLATE):
        for number, line in enumerate((root / path).read_text("utf-8").splitlines(), 1):
            if HOLE in line:
                yield f"{path}:{number} {HOLE}{what(line)}"
    for text in (unit.title, unit.sections):
        if text.startswith(HOLE):
            yield f"graders/syllabus.py {text}"


def what(line: str) -> str:
    """Return what a line's hole is to be filled with."""
    return line.partition(HOLE)[2].partition('"')[0].strip()


def faults(root: Path, unit: Unit, given: Material) -> Iterator[str]:
    """Yield a sentence for each thing that a step without holes lacks."""
    path = LESSON.format(step=unit.step)
    yield from lesson.faults(unit, root / path, path)
    yield from out_of_step(root, unit, given)
    yield from (why for step, why in given.unmade if step == unit.step)
    names = [check.name for check in checks_of(unit)]
    if not names:
        text = _("step {number} has no check: python grade.py new check {number} NAME")
        yield text.format(number=unit.number)
    entries = catalogue(unit.step)
    shown = [each.misconception for each in given.mutants if each.step == unit.step]
    place = CATALOGUE.format(step=unit.step)
    yield from (f"{place}: {text}" for text in misconceptions(entries, names, shown))


def out_of_step(root: Path, unit: Unit, given: Material) -> Iterator[str]:
    """Yield what the template has that the lesson with holes would not have."""
    path = TEMPLATE.format(step=unit.step)
    try:
        due = template(unit.step, given.lessons)
    except SyntaxError:
        return  # which has been said
    if (root / path).read_text("utf-8") != due:
        text = _("{path} is not the lesson with holes: python grade.py new template {number}")
        yield text.format(path=path, number=unit.number)


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
