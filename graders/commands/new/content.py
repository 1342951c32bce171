"""What a new step or check is to have in its files; nothing is written here."""

import ast
from collections.abc import Sequence
from os.path import exists  # False where nobody may look
from pathlib import Path

from graders.checks import TODO
from graders.commands.course.checkout import (
    CATALOGUE,
    COURSE,
    LESSON,
    MUTANTS,
    SUITE,
    TEMPLATE,
    demand,
    parsed,
    text_of,
)
from graders.commands.course.lesson import introduced
from graders.commands.course.template import functions, is_hole, template
from graders.commands.new import skeletons
from graders.commands.new.insertion import with_import, with_row, with_unit
from graders.errors import GradmarkError
from graders.syllabus import Unit, find_unit
from graders.words import _

Files = dict[str, str]
"""Texts by where in the checkout they go, in the order in which to write them."""


def begun(root: Path, number: int) -> Unit:
    """Return the step of a number, as the syllabus has it or as its lesson introduces it.

    Raise GradmarkError where neither does.
    """
    step = f"step{number:02}"
    unit = find_unit(step)
    if unit and unit.step != step:
        text = _("step {number} is graded with {step}")
        raise GradmarkError(text.format(number=number, step=unit.step))
    if unit:
        return unit
    path = LESSON.format(step=step)
    tree = parsed(lesson(root, step), path)
    label, title, sections = introduced(ast.get_docstring(tree) or "") or ("", "", "")
    if label != str(number):
        text = _("{path} should begin with “Step {number}: its title (sections {number}.1).”")
        raise GradmarkError(text.format(path=path, number=number))
    if not title.startswith(TODO):
        title = title[:1].upper() + title[1:]
    return Unit(step, f"{number:02}", title, sections)


def lesson(root: Path, step: str) -> str:
    """Return a step's lesson, or the beginning of one."""
    path = LESSON.format(step=step)
    return text_of(root, path) if exists(root / path) else skeletons.lesson(int(step[-2:]))


def step_files(root: Path, unit: Unit, syllabus: Sequence[Unit]) -> Files:
    """Return the files that a step has not got yet; its line in the syllabus comes last."""
    texts = {
        LESSON: lesson(root, unit.step),
        TEMPLATE: template_of(root, unit, syllabus),
        SUITE: skeletons.suite(unit),
        CATALOGUE: skeletons.catalogue(unit),
        MUTANTS: skeletons.mutants(unit),
    }
    files = {path.format(step=unit.step): text for path, text in texts.items()}
    missing = {path: text for path, text in files.items() if not exists(root / path)}
    if unit not in syllabus:
        line = skeletons.listed(unit)
        missing[COURSE] = with_unit(text_of(root, COURSE), unit.step, line, COURSE)
    return missing


def template_of(root: Path, unit: Unit, syllabus: Sequence[Unit]) -> str:
    """Return the template that a step's lesson makes.  Raise GradmarkError where it can't."""
    lessons = {each.step: LESSON.format(step=each.step) for each in syllabus}
    texts = {step: text_of(root, path) for step, path in lessons.items() if step != unit.step}
    texts[unit.step] = lesson(root, unit.step)
    for step, text in texts.items():
        parsed(text, LESSON.format(step=step))
    return template(unit.step, dict(sorted(texts.items())))


def template_file(root: Path, unit: Unit, syllabus: Sequence[Unit]) -> Files:
    """Return a step's template, unless it is as it should be, and what was there before it.

    Raise GradmarkError where somebody has filled a hole of it.
    """
    path, due = TEMPLATE.format(step=unit.step), template_of(root, unit, syllabus)
    if not exists(root / path):
        return {path: due}
    now = text_of(root, path)
    for name, function in functions(parsed(now, path)):
        if not is_hole(function):
            text = _("{path} has code of somebody's in {name}: move it away first")
            raise GradmarkError(text.format(path=path, name=name))
    return {f"{path}.bak": now, path: due} if now != due else {}


def check_files(root: Path, unit: Unit, name: str) -> Files:
    """Return a step's mutants with one that a check catches, and its suite with the check.

    What has it already is left out.  Raise GradmarkError where both have.
    """
    suite, mutants = (path.format(step=unit.step) for path in (SUITE, MUTANTS))
    demand(root, unit, suite)
    demand(root, unit, mutants)
    checks, rows = text_of(root, suite), text_of(root, mutants)
    files = {}
    if not mentions(parsed(rows, mutants), name):
        files[mutants] = with_row(rows, skeletons.mutant(name), mutants)
    if f"test_{name}" not in dict(functions(parsed(checks, suite))):
        for line in skeletons.IMPORTS:
            checks = with_import(checks, line, suite)
        files[suite] = checks.rstrip() + "\n" + skeletons.check(unit, name)
    if not files:
        text = _("{path} has a check {name} already, and a mutant that it catches")
        raise GradmarkError(text.format(path=suite, name=name))
    return files


def mentions(mutants: ast.Module, check: str) -> bool:
    """Return whether a row of mutants names a check."""
    return any(
        isinstance(node, ast.Constant) and check in str(node.value).split()
        for node in ast.walk(mutants)
    )
