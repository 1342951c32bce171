"""The command's options: what they are called, what they take, and what they are without.

A command of its own (``explain``, ``carry``) makes its parser here as well, so that all refuse
wrong usage alike: one line of usage, one sentence, exit status 2.
"""

import argparse
import os
import re
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rich_argparse import RawDescriptionRichHelpFormatter

from graders import __version__
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.replace import led_to
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import LEVELS
from graders.syllabus import DEFAULT_SEED, find_unit
from graders.words import _

if TYPE_CHECKING:
    from graders.judge.run import Options

RANDOM = "random"
"""Asks for a seed that is drawn."""
HINTS = ("think", "more")
MOST_JOBS = 512
LAYOUTS = ("gradescope", "teams", "moodle", "blackboard", "brightspace", "canvas",
           "classroom50", "github", "nbgrader", "folders")  # fmt: skip
"""How a download of a class may be arranged."""
WORK = {".ipynb", ".py", ".zip"}
"""How the names of files end that no report may take the place of."""
SHAPE: dict[str, Any] = {
    "formatter_class": RawDescriptionRichHelpFormatter,
    "allow_abbrev": False,
}
"""What all parsers have in common."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors quote words as plain text: a folder may be called anything."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the error, and exit with 2."""
        super().error(one_line(message))


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's options."""
    made = Parser(
        prog="grade.py",
        description=_("Grade the first ten steps of the DeZero course."),
        epilog="\n".join([_("commands:"), *commands()]),
        **SHAPE,
    )
    add = made.add_argument
    add("submission", nargs="?", default="student_template", metavar="SUBMISSION", type=path,
        help=_("a folder, a zip or a notebook (default: student_template)"))  # fmt: skip
    add(
        "--step", action="append", type=step, metavar="N", help=_("only this step (repeatable)")
    )
    add_folder(made)
    add_run_options(made)
    add("--fail-under", type=percent, metavar="PERCENT", help=_("exit with 1 below this score"))
    add("--json", default="score.json", metavar="PATH", type=str,
        help=_("where the report goes (default: score.json); - is stdout, alone"))  # fmt: skip
    add("--watch", action="store_true",
        help=_("grade again at every save, until interrupted"))  # fmt: skip
    add("--quiet", action="store_true", help=_("print nothing but errors"))
    add("--hints", choices=HINTS, default=HINTS[0], metavar="LEVEL",
        help=_("think: what to think about; more: what to change as well"))  # fmt: skip
    add(
        "--locate",
        action=argparse.BooleanOptionalAction,
        help=_("find a mistake's line by trying small edits (default: yes, but for --watch)"),
    )
    add("--verbose", action="store_true", help=_("show every check"))
    add("--no-color", action="store_true", help=_("print without colours"))
    add("--version", action="version", version=f"gradmark {__version__}")
    return made


def add_folder(made: argparse.ArgumentParser) -> None:
    """Add which folder of a submission is graded."""
    made.add_argument("--folder", metavar="PATH", type=str,
        help=_("the folder in the submission to grade, where several hold steps"))  # fmt: skip


def add_run_options(made: argparse.ArgumentParser, a_class: bool = False) -> None:
    """Add how submissions are to be run: on which inputs, how confined, for how long."""
    add = made.add_argument
    drawn = _("drawn once for the folder of results")
    add(
        "--seed",
        type=seed,
        default=None if a_class else DEFAULT_SEED,
        metavar="N",
        help=_("for random inputs (default: {seed}); random draws one").format(
            seed=drawn if a_class else DEFAULT_SEED
        ),
    )
    level = LEVELS[0 if a_class else -1]
    add("--isolation", choices=LEVELS, default=level, metavar="LEVEL",
        help=_("demand at least this level: sandbox, partial or process (default: {level})")
        .format(level=level))  # fmt: skip
    add("--cpu-limit", type=seconds, default=None if a_class else Limits.cpu, metavar="SECONDS",
        help=_("CPU time for each check (default: {n:g})").format(n=Limits.cpu))  # fmt: skip
    add("--wall-limit", type=seconds, default=None if a_class else Limits.wall,
        metavar="SECONDS",
        help=_("wall time for each check (default: {n:g})").format(n=Limits.wall))  # fmt: skip
    add("--portable", action="store_true",
        help=_("use plain processes, as where there is no safe fork"))  # fmt: skip


def commands() -> list[str]:
    """Return a line on each command, for the help text."""
    return [
        _("  class       grade every submission in a folder, many at a time"),
        _("  carry       fill a step's carried-over holes from your own earlier files"),
        _("  doctor      say how far a submission can be confined here, and why not further"),
        _("  explain     say what a check asks, why, and how exact it is"),
        _("  new         begin a step or a check by writing its files (in a checkout)"),
        _("  pytest      run the suites with pytest's own options, such as -k and -x"),
        _("  schema      print the JSON Schema of score.json"),
        _("  selftest    show whether the suites are airtight (in a checkout)"),
    ]


def command_parser(name: str, description: str) -> argparse.ArgumentParser:
    """Return the parser of a command that takes ``--step`` as a filter."""
    made = Parser(prog=f"grade.py {name}", description=description, **SHAPE)
    made.add_argument(
        "--step", action="append", type=step, metavar="N", help=_("only this step (repeatable)")
    )
    return made


def carry_options(arguments: list[str]) -> argparse.Namespace:
    """Return what ``carry`` is asked for: the steps, and the folder that they lie in."""
    made = command_parser(
        "carry", _("Fill the carried-over holes of a step from your own earlier files.")
    )
    if not any(word.partition("=")[0] == "--step" for word in arguments):
        made.add_argument("step", nargs=1, type=step, metavar="STEP",
            help=_("the step to fill, such as 7"))  # fmt: skip
    made.add_argument("submission", nargs="?", default="student_template", type=path,
        metavar="SUBMISSION", help=_("a folder (default: student_template)"))  # fmt: skip
    return made.parse_args(arguments)


def class_options(arguments: list[str]) -> argparse.Namespace:
    """Return what ``class`` is asked to grade, and how."""
    made = command_parser("class", _("Grade every submission in a folder."))
    add = made.add_argument
    add("folder", type=path, metavar="FOLDER",
        help=_("a download of a class, or a folder with one, a zip or a notebook for each "
               "student; may be a zip"))  # fmt: skip
    how_arranged = made.add_mutually_exclusive_group()
    how_arranged.add_argument("--layout", choices=LAYOUTS, metavar="NAME", type=str.lower,
        help=_("how it is arranged, where that is told wrong: {names}")
        .format(names=", ".join(LAYOUTS)))  # fmt: skip
    how_arranged.add_argument("--names", type=names, metavar="REGEX",
        help=_("tells whose each name is, by the group student, and id, time, file if it "
               "has them"))  # fmt: skip
    add("--assignment", metavar="NAME",
        help=_("which one to grade, of several in a download"))  # fmt: skip
    add("--output", type=path, metavar="FOLDER",
        help=_("where the results go (default: FOLDER-graded, here)"))  # fmt: skip
    add("--jobs", type=count, default=None, metavar="N",
        help=_("how many are graded at a time (default: one a core)"))  # fmt: skip
    add("--only", action="append", metavar="STUDENT",
        help=_("grade this one, and leave the others as they are (repeatable)"))  # fmt: skip
    add("--course", type=path, metavar="TOML",
        help=_("what counts: steps and weights, a deadline, what lateness costs, limits, hints "
               "(default: course.toml in the results)"))  # fmt: skip
    add("--times", type=path, metavar="CSV",
        help=_("when who handed in: columns student, id or email, and time (default: times.csv "
               "in the results)"))  # fmt: skip
    add("--gradebook", type=path, metavar="EXPORT",
        help=_("fill a copy of this gradebook of Canvas's or Brightspace's, or worksheet of "
               "Moodle's"))  # fmt: skip
    add("--column", metavar="TITLE",
        help=_("which of its columns points go to, where there are several"))  # fmt: skip
    add("--force", action="store_true", help=_("grade again what has a result already"))
    add("--dry-run", action="store_true",
        help=_("say who was found, with which steps; grade nobody"))  # fmt: skip
    add("--hints", choices=("none", *HINTS), metavar="LEVEL",
        help=_("what students' reports say: none; think: what to think about; more: what to "
               "change as well (default: think)"))  # fmt: skip
    add("--locate", action="store_true",
        help=_("find mistakes' lines by trying small edits: takes long"))  # fmt: skip
    add("--no-color", action="store_true", help=_("print without colours"))
    add_run_options(made, a_class=True)
    return made.parse_args(arguments)


def diff_options(arguments: list[str]) -> argparse.Namespace:
    """Return which two results of a class are to be compared."""
    made = Parser(
        prog="grade.py class diff",
        description=_("Say whose points differ, by which checks, and why."),
        **SHAPE,
    )
    for name in ("old", "new"):
        made.add_argument(name, type=path, metavar=name.upper(),
            help=_("a folder of results, or a results.json"))  # fmt: skip
    return made.parse_args(arguments)


class PassedOn(argparse.Action):
    """Keeps an option of pytest's in ``words``, with its value in the same word.

    A value in a word of its own that began with ``@`` would name a file of more options.
    """

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        """Add the option, and its value where it takes one."""
        word = option_string if self.nargs == 0 else f"{option_string}={values}"
        namespace.words = [*namespace.words, word]


def pytest_options(arguments: list[str]) -> argparse.Namespace:
    """Return what ``pytest`` is asked to grade and how; ``words`` are for pytest itself.

    Only options that are named here reach it: some others run, write or read what lies around.
    """
    made = command_parser("pytest", _("Run the suites with these of pytest's own options."))
    made.add_argument("submission", type=path, metavar="SUBMISSION",
        help=_("a folder, a zip or a notebook"))  # fmt: skip
    add_folder(made)
    add_run_options(made)
    made.set_defaults(words=[])
    add = partial(made.add_argument, action=PassedOn, default=argparse.SUPPRESS)
    flag = partial(add, nargs=0)
    add("-k", metavar="EXPRESSION", help=_("only checks whose names match"))
    flag("-x", "--exitfirst", help=_("stop at the first failure"))
    add("--maxfail", metavar="N", help=_("stop after so many"))
    flag("--lf", "--last-failed", help=_("only those that failed the last time"))
    flag("--ff", "--failed-first", help=_("those that failed the last time come first"))
    flag("--sw", "--stepwise", help=_("go on where it stopped, and stop at a failure"))
    flag("--co", "--collect-only", help=_("only list the checks"))
    flag("-v", "--verbose", help=_("a line for each check"))
    flag("-q", "--quiet", help=_("less text"))
    add("-r", metavar="LETTERS", help=_("list outcomes at the end, such as s for skipped"))
    add("--durations", metavar="N", help=_("show the slowest"))
    return made.parse_args(arguments)


def limits_of(options: argparse.Namespace) -> Limits:
    """Return the limits of time that the options ask for."""
    return Limits(cpu=options.cpu_limit, wall=options.wall_limit)


def how(
    options: argparse.Namespace, progress: Callable[[str], None] = lambda check: None
) -> "Options":
    """Return how the options ask to grade."""
    from graders.judge.run import Options  # imports pytest

    chosen = frozenset(options.step) if options.step else None
    return Options(options.seed, chosen, options.isolation, limits_of(options), progress)


def writable(text: str) -> Path:
    """Return a path that a report can be written to.  Raise GradmarkError for another."""
    path = Path(text)
    if text.endswith("/") or os.path.isdir(path):
        raise GradmarkError(_("--json {path} is a folder: name a file").format(path=path))
    there = os.path.exists(path)
    if there and path.suffix.lower() in WORK:
        told = _("--json {path} is no report, but somebody's work: name another file")
        raise GradmarkError(told.format(path=path))
    try:
        folder = led_to(path).parent
    except OSError as error:
        told = _("--json {path}: {why}")
        raise GradmarkError(told.format(path=path, why=error.strerror)) from error
    if not there and not os.path.isdir(folder):
        told = _("--json {path}: there is no folder {folder}")
        raise GradmarkError(told.format(path=path, folder=folder))
    if not (os.access(path, os.W_OK) if there else os.access(folder, os.W_OK | os.X_OK)):
        told = _("--json {path}: it can't be written to; name another, or - for stdout")
        raise GradmarkError(told.format(path=path))
    return path


def path(text: str) -> Path:
    """Return the path that an argument names; an unset variable's empty text is none."""
    if not text:
        raise argparse.ArgumentTypeError(_("an empty name"))
    return Path(text)


def names(text: str) -> re.Pattern[str]:
    """Return a regular expression that tells whose something is."""
    try:
        made = re.compile(text)
    except re.error as error:
        told = _("{text!r} is no regular expression: {why}")
        raise argparse.ArgumentTypeError(told.format(text=text, why=error)) from error
    if "student" not in made.groupindex:
        told = _("{text!r} has no group such as (?P<student>[^_]+)")
        raise argparse.ArgumentTypeError(told.format(text=text))
    return made


def step(text: str) -> str:
    """Return the step that an argument names."""
    unit = find_unit(text)
    if unit is None:
        raise argparse.ArgumentTypeError(_("there is no step {text!r}").format(text=text))
    return unit.step


def seed(text: str) -> int:
    """Return a whole number from 0 to 2**64 - 1: the one given, or one nobody can guess."""
    if text == RANDOM:
        return secrets.randbits(64)
    if not text.isdecimal() or int(text) >= 2**64:
        told = _("{text!r} is no whole number from 0 to 2**64 - 1, nor the word random")
        raise argparse.ArgumentTypeError(told.format(text=text))
    return int(text)


def count(text: str) -> int:
    """Return a whole number from 1."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        told = _("{text!r} is no whole number from 1 to {most}")
        raise argparse.ArgumentTypeError(told.format(text=text, most=MOST_JOBS))
    return int(text)


def percent(text: str) -> float:
    """Return a number from 0 to 100."""
    value = number(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(
            _("{text!r} is not between 0 and 100").format(text=text)
        )
    return value


def seconds(text: str) -> float:
    """Return a positive number of seconds, at most an hour's."""
    value = number(text)
    if not 0 < value <= 3600:
        raise argparse.ArgumentTypeError(_("{text!r} is not a time limit").format(text=text))
    return value


def number(text: str) -> float:
    """Return a number."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("{text!r} is no number").format(text=text)) from None
