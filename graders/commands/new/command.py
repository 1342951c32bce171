"""Begin a step or a check: ``python grade.py new step 11``, ``new check 11 add``.

What is there already stays as it is.  ``new template 11`` makes the template of a lesson anew,
and keeps the old one beside it.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from graders.commands.course.checkout import ROOT, SUITE, demand_checkout, parsed, text_of
from graders.commands.course.template import functions
from graders.commands.course.unfinished import todos
from graders.commands.new.content import Files, begun, check_files, step_files, template_file
from graders.errors import GRADED, GradmarkError
from graders.options import SHAPE, Parser
from graders.replace import write_through
from graders.syllabus import SYLLABUS, Unit, find_unit
from graders.words import _


def main(arguments: list[str]) -> int:
    """Write what the arguments ask for, say what is left to do, and return the exit status."""
    options = parser().parse_args(arguments)
    demand_checkout(ROOT, "new")
    unit, files = made(options)
    for path, text in files.items():
        if path.endswith(".py"):
            parsed(text, path)
    for path, text in files.items():
        write(ROOT / path, text)
    lines = [_("wrote {path}").format(path=path) for path in files]
    print("\n".join([*lines, *left(unit)] if files else [_("there is nothing to write")]))
    return GRADED


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's words."""
    about = _("Write the files of a new step or check, for their author to complete.")
    whole = Parser(prog="grade.py new", description=about, **SHAPE)
    kinds = whole.add_subparsers(dest="what", required=True, metavar="WHAT")

    def kind(name: str, help: str) -> argparse.ArgumentParser:
        return kinds.add_parser(name, help=help, description=help, **SHAPE)

    one = kind("step", _("the files of a step, but for those that are there"))
    one.add_argument("number", type=number, metavar="N", help=_("its number, such as 11"))
    check = kind("check", _("a check at the end of a suite, and a mutant that it catches"))
    for each in (check, kind("template", _("the template of a step: its lesson with holes"))):
        each.add_argument("unit", type=unit, metavar="STEP", help=_("the step, such as 11"))
    told = _("what it is called, such as add")
    check.add_argument("name", type=check_name, metavar="NAME", help=told)
    return whole


def number(text: str) -> int:
    """Return the number of a step that need not be there, from 1 to 99."""
    match = re.fullmatch(r"(?:step ?)?0*([1-9]\d?)", text.strip().lower(), re.ASCII)
    if not match:
        told = _("{text!r} is no number of a step, such as 11").format(text=text)
        raise argparse.ArgumentTypeError(told)
    return int(match[1])


def unit(text: str) -> Unit:
    """Return a step that is there."""
    found = find_unit(text)
    if found is None:
        told = _("there is no step {text!r}: python grade.py new step N begins one")
        raise argparse.ArgumentTypeError(told.format(text=text))
    return found


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
        new = begun(ROOT, options.number)
        return new, step_files(ROOT, new, SYLLABUS)
    if options.what == "check":
        return options.unit, check_files(ROOT, options.unit, options.name)
    return options.unit, template_file(ROOT, options.unit, SYLLABUS)


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, with the line ends that it has.

    Raise GradmarkError where that can't be done.
    """
    try:
        if path.exists() and b"\r\n" in path.read_bytes():
            text = text.replace("\n", "\r\n")
        write_through(path, text.encode())
    except OSError as error:
        told = _("{path} can't be written: {why}").format(path=path, why=error.strerror)
        raise GradmarkError(told) from error


def left(unit: Unit) -> Iterator[str]:
    """Yield what is left to do in a step, a line each."""
    yield ""
    yield _("left to do:")
    for text in todos(ROOT, unit):
        yield f"  {text}"
    suite = SUITE.format(step=unit.step)
    names = [name for name, _node in functions(parsed(text_of(ROOT, suite), suite))]
    if not any(name.startswith("test_") for name in names):
        yield "  " + _("a check: python grade.py new check {number} NAME").format(
            number=unit.number
        )
    said = _("python grade.py selftest --step {number} says what else")
    yield "  " + said.format(number=unit.number)
