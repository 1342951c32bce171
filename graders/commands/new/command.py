"""Begin a step or a check: ``python grade.py new step 11``, ``new check 11 add``.

What is there already stays as it is.  ``new template 11`` makes the template of a lesson anew,
where it has nothing but holes.
"""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

from graders.commands.new import skeletons
from graders.commands.new.insertion import parsed, with_row, with_unit
from graders.commands.selftest.lesson import introduced
from graders.commands.selftest.material import (
    CATALOGUE,
    LESSON,
    MUTANTS,
    ROOT,
    SUITE,
    TEMPLATE,
    demand_checkout,
)
from graders.commands.selftest.template import functions, template, work
from graders.commands.selftest.unfinished import holes
from graders.errors import GRADED, GradmarkError
from graders.options import SHAPE, Parser, step
from graders.replace import replace
from graders.syllabus import SYLLABUS, Unit, find_unit
from graders.wire import HOLE
from graders.words import _

COURSE = "graders/syllabus.py"
Files = dict[str, str]
"""Texts by where in the checkout they go."""


def main(arguments: list[str]) -> int:
    """Write what the arguments ask for, say what is left to do, and return the exit status."""
    options = parser().parse_args(arguments)
    demand_checkout(ROOT, "new")
    unit, files = made(options)
    for path, text in files.items():
        parsed(text, path)
    for path, text in files.items():
        write(ROOT / path, text)
        print(_("wrote {path}").format(path=path))
    print("\n".join(left(unit)) if files else _("there is nothing to write"))
    return GRADED


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's words."""
    about = _("Write the files of a new step or check, with holes for their author to fill.")
    whole = Parser(prog="grade.py new", description=about, **SHAPE)
    kinds = whole.add_subparsers(dest="what", required=True, metavar="WHAT")

    def kind(name: str, help: str) -> argparse.ArgumentParser:
        return kinds.add_parser(name, help=help, description=help, **SHAPE)

    one = kind("step", _("the files of a step, but for those that are there"))
    one.add_argument("number", type=number, metavar="N", help=_("its number, such as 11"))
    check = kind("check", _("a check at the end of a suite, and a mutant that it catches"))
    for each in (check, kind("template", _("the template of a step: its lesson with holes"))):
        each.add_argument("step", type=step, metavar="STEP", help=_("the step, such as 11"))
    told = _("what it is called, such as add")
    check.add_argument("name", type=check_name, metavar="NAME", help=told)
    return whole


def number(text: str) -> int:
    """Return the number of a step that need not be there, from 1 to 99."""
    match = re.fullmatch(r"(?:step)?[ _-]?0*([1-9]\d?)", text.strip().lower(), re.ASCII)
    if not match:
        told = _("{text!r} is no number of a step, such as 11").format(text=text)
        raise argparse.ArgumentTypeError(told)
    return int(match[1])


def check_name(text: str) -> str:
    """Return the name that a check can have."""
    name = text.removeprefix("test_")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        told = _("{text!r} is no name of a check: small letters, digits and _")
        raise argparse.ArgumentTypeError(told.format(text=text))
    return name


def made(options: argparse.Namespace) -> tuple[Unit, Files]:
    """Return the step that the arguments are about, and what is to be written of it."""
    if options.what == "step":
        unit = begun(options.number)
        return unit, step_files(unit)
    unit = next(unit for unit in SYLLABUS if unit.step == options.step)
    if options.what == "check":
        return unit, check_files(unit, options.name)
    return unit, template_file(unit)


def begun(number: int) -> Unit:
    """Return the step of a number, as the syllabus has it or as its lesson introduces it."""
    step = f"step{number:02}"
    unit = find_unit(step)
    if unit and unit.step != step:
        text = _("step {number} is graded with {step}")
        raise GradmarkError(text.format(number=number, step=unit.step))
    if unit:
        return unit
    tree = parsed(lesson(step), LESSON.format(step=step))
    said = introduced(ast.get_docstring(tree) or "")
    label, title, sections = said or ("", "", "")
    if label != str(number):
        title, sections = f"{HOLE}what the step is called", f"{number}.1"
    if not title.startswith(HOLE):
        title = title[:1].upper() + title[1:]
    return Unit(step, f"{number:02}", title, sections)


def lesson(step: str) -> str:
    """Return a step's lesson, or the beginning of one."""
    path = ROOT / LESSON.format(step=step)
    return path.read_text("utf-8") if path.exists() else skeletons.lesson(int(step[-2:]))


def step_files(unit: Unit) -> Files:
    """Return the files that a step has not got yet; its line in the syllabus comes last."""
    made = {
        LESSON: lesson(unit.step),
        TEMPLATE: template_of(unit),
        SUITE: skeletons.suite(unit),
        CATALOGUE: skeletons.catalogue(unit),
        MUTANTS: skeletons.mutants(unit),
    }
    files = {path.format(step=unit.step): text for path, text in made.items()}
    missing = {path: text for path, text in files.items() if not (ROOT / path).exists()}
    if unit not in SYLLABUS:
        course = (ROOT / COURSE).read_text("utf-8")
        missing[COURSE] = with_unit(course, unit.step, skeletons.listed(unit), COURSE)
    return missing


def template_of(unit: Unit) -> str:
    """Return the template that a step's lesson makes.  Raise GradmarkError where it can't."""
    names = sorted({each.step for each in SYLLABUS} | {unit.step})
    lessons = {name: lesson(name) for name in names}
    for name, text in lessons.items():
        parsed(text, LESSON.format(step=name))
    return template(unit.step, lessons)


def template_file(unit: Unit) -> Files:
    """Return a step's template, unless it is as it should be.

    Raise GradmarkError where the file has more than holes.
    """
    path, due = TEMPLATE.format(step=unit.step), template_of(unit)
    now = (ROOT / path).read_text("utf-8") if (ROOT / path).exists() else ""
    for name, function in functions(parsed(now, path)).items():
        if not is_hole(work(function)):
            text = _("{path} has code of somebody's in {name}: move it away first")
            raise GradmarkError(text.format(path=path, name=name))
    return {path: due} if now != due else {}


def is_hole(body: list[ast.stmt]) -> bool:
    """Return whether statements are a hole of the template and nothing else."""
    match body:
        case [ast.Raise(exc=ast.Call(args=[ast.Constant(value=str() as text)]))]:
            return text.startswith(HOLE)
    return False


def check_files(unit: Unit, name: str) -> Files:
    """Return a step's suite with one more check, and its mutants with one that it catches."""
    suite, mutants = (path.format(step=unit.step) for path in (SUITE, MUTANTS))
    texts = {}
    for path in (suite, mutants):
        if not (ROOT / path).exists():
            text = _("there is no {path}: python grade.py new step {number} writes it")
            raise GradmarkError(text.format(path=path, number=unit.number))
        texts[path] = (ROOT / path).read_text("utf-8")
    if f"test_{name}" in functions(parsed(texts[suite], suite)):
        text = _("{path} has a check {name} already")
        raise GradmarkError(text.format(path=suite, name=name))
    return {
        suite: texts[suite].rstrip() + "\n" + skeletons.check(unit, name),
        mutants: with_row(texts[mutants], skeletons.mutant(name), mutants),
    }


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all.  Raise GradmarkError where that can't be done."""
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        replace(path, text.encode(), mode)
    except OSError as error:
        text = _("{path} can't be written: {why}")
        raise GradmarkError(text.format(path=path, why=error.strerror)) from error


def left(unit: Unit) -> Iterator[str]:
    """Yield what is left to do in a step, a line each."""
    yield ""
    yield _("left to do:")
    for text in holes(ROOT, unit):
        yield f"  {text}"
    suite = SUITE.format(step=unit.step)
    if not functions(parsed((ROOT / suite).read_text("utf-8"), suite)):
        yield "  " + _("a check: python grade.py new check {number} NAME").format(
            number=unit.number
        )
    said = _("python grade.py selftest --step {number} says what else")
    yield "  " + said.format(number=unit.number)
