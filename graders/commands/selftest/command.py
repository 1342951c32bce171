"""Show whether the suites are airtight: ``python grade.py selftest [--full] [--step N]``.

They are run on the authors' mutants, on the reference and on other correct solutions; what is
left to write of a step is said first, and a step that has a TODO is not tried.  Exit status: 0
airtight and finished, 1 not, 2 without the authors' material.
"""

import argparse
from collections.abc import Callable, Collection, Sequence
from itertools import islice
from typing import Any

from rich.console import Console
from rich.progress import track

from graders.commands.course import material, unfinished
from graders.commands.course.checkout import ROOT
from graders.commands.course.declared import checks_of
from graders.commands.course.material import Material, Specimen
from graders.commands.selftest import findings, screen
from graders.commands.selftest.findings import Checks, Findings
from graders.commands.selftest.outcomes import Tried, tried
from graders.errors import GradmarkError
from graders.options import command_parser
from graders.syllabus import DEFAULT_SEED, SYLLABUS, Unit
from graders.words import _

SEEDS = (DEFAULT_SEED, *range(1, 20))
QUICK = SEEDS[:2]
FINISHED, UNFINISHED = 0, 1
Edits = Callable[[str, Collection[str]], Sequence[Any]]
"""Makes every mutant of a text, some of its definitions left out."""


def main(arguments: list[str]) -> int:
    """Run the suites on all there is, print what came of it, and return the exit status."""
    options = parser().parse_args(arguments)
    units = [unit for unit in SYLLABUS if not options.step or unit.step in options.step]
    edits = every_edit() if options.full else None
    given = material.load()
    ready, left = left_to_do(given, units)
    if not options.step:
        every = declarations([unit.step for unit in SYLLABUS])
        left += unfinished.points(sum(declared.points for declared in every.values()))
    screen.show_left(left)
    found = examined(given, ready, edits)
    screen.show(found, left)
    return FINISHED if found.airtight and not left else UNFINISHED


def left_to_do(given: Material, units: Sequence[Unit]) -> tuple[list[str], list[str]]:
    """Return the steps that have no TODO and can be tried, and what is left to do in all."""
    ready, left = [], []
    for unit in units:
        todos = list(unfinished.todos(ROOT, unit))
        left += todos or list(unfinished.faults(ROOT, unit, given))
        ready += [] if todos else [unit.step]
    return ready, left


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's options."""
    about = _("Show whether the suites are airtight: neither blind nor unfair.")
    made = command_parser("selftest", about)
    made.add_argument(
        "--full",
        action="store_true",
        help=_("twenty seeds instead of two, and every mutant that cosmic-ray makes"),
    )
    return made


def examined(given: Material, steps: Sequence[str], edits: Edits | None) -> Findings:
    """Return what the suites of some steps make of the material, and of ``edits`` of it."""
    checks = declarations(steps)
    correct = [each for each in given.correct if each.step in steps]
    mutants = [each for each in given.mutants if each.step in steps]
    equivalents = [each for each in given.equivalents if edits and each.step in steps]
    every = [each for name in steps if edits for each in every_mutation(given, name, edits)]
    templates = [each for each in given.templates if each.step in steps]
    seen = iter(graded([*correct, *mutants, *templates], SEEDS if edits else QUICK))
    return findings.found(
        checks,
        correct=list(islice(seen, len(correct))),
        mutants=list(islice(seen, len(mutants))),
        templates=list(seen),
        every=graded(every, QUICK[:1]),
        equivalents=equivalents,
    )


def every_edit() -> Edits:
    """Return what makes every mutant of a text that cosmic-ray knows to make.

    Raise GradmarkError where cosmic-ray is not installed.
    """
    try:
        from graders.commands.selftest.mutations import mutations
    except ImportError as error:
        text = _("every mutant of the reference takes cosmic-ray: pip install cosmic-ray")
        raise GradmarkError(text) from error
    return mutations


def every_mutation(given: Material, step: str, edits: Edits) -> tuple[Specimen, ...]:
    """Return every mutant of a step's lesson, but for what it only carries over."""
    made = edits(given.lessons[step], given.carried_over.get(step, frozenset()))
    return tuple(
        Specimen(material.called(step, m.old, m.new), step, material.alone(step, m.text))
        for m in made
    )


def declarations(steps: Sequence[str]) -> Checks:
    """Return what the checks of some steps say."""
    units = [unit for unit in SYLLABUS if unit.step in steps]
    return {check.id: check.declared for unit in units for check in checks_of(unit)}


def graded(specimens: Sequence[Specimen], seeds: Sequence[int]) -> list[Tried]:
    """Return the outcomes, and show on a terminal how far it has come."""
    console = Console(stderr=True)
    hidden = not console.is_terminal
    each = tried(specimens, seeds)
    label = _("grading")
    return list(
        track(each, label, len(specimens), console=console, transient=True, disable=hidden)
    )
