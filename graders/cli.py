"""Arguments in, exit status out.

0 graded (and at or above ``--fail-under``), 1 below it, 2 wrong usage or no such submission,
3 graded incompletely through the grader's own fault, 130 interrupted.
"""

import argparse
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich_argparse import RawDescriptionRichHelpFormatter

from graders import __version__
from graders.engine.errors import GradmarkError, SandboxLost
from graders.engine.process import Limits
from graders.engine.sandbox import LEVELS, open_sandbox
from graders.interrupts import Interrupts
from graders.syllabus import find_unit
from graders.words import _

if TYPE_CHECKING:
    from graders.engine.report import Report

DEFAULT_SEED = 20190920
"""The course's constant, so that a student sees the same numbers while debugging."""
HINTS = ("think", "more")
GRADED, BELOW, USAGE, INCOMPLETE = 0, 1, 2, 3


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    open_standard_streams()
    with Interrupts() as interrupts:
        try:
            status = act(arguments, interrupts)
            sys.stdout.flush()
            return status
        except (Exception, KeyboardInterrupt) as error:
            if interrupts.received is None and not isinstance(error, KeyboardInterrupt):
                return excuse(error)
            print(_("gradmark: interrupted"), file=sys.stderr)
            return 128 + (interrupts.received or signal.SIGINT)


def open_standard_streams() -> None:
    """Open those of the three that are closed, so that no other file takes their number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(os.devnull, "w")
    sys.stderr = sys.stderr or open(os.devnull, "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def act(arguments: list[str], interrupts: Interrupts) -> int:
    """Do what the arguments ask for and return the exit status."""
    if arguments and arguments[0] in COMMANDS:
        return COMMANDS[arguments[0]](arguments[1:])
    return run(parser().parse_args(arguments), interrupts)


def excuse(error: Exception) -> int:
    """Say in a sentence what went wrong and return the exit status; re-raise a bug."""
    match error:
        case GradmarkError():
            text, status = str(error), USAGE
        case SandboxLost():
            text, status = _("nothing could be graded: {why}").format(why=error), INCOMPLETE
        case BrokenPipeError():  # whoever read our output has seen enough
            sys.stdout = open(os.devnull, "w")
            return GRADED
        case OSError():  # of output: what is read is dealt with where it is read
            sys.stdout = open(os.devnull, "w")
            text, status = _("nothing can be printed: {why}").format(why=error), USAGE
        case _:
            raise error
    print(f"gradmark: {text}", file=sys.stderr)
    return status


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's options."""
    made = argparse.ArgumentParser(
        prog="grade.py",
        description=_("Grade the first ten steps of the DeZero course."),
        epilog=_(
            "commands:\n"
            "  doctor      say how far a submission can be confined here, and why not further\n"
            "  schema      print the JSON Schema of score.json\n"
            "  selftest    show whether the suites are airtight (in a checkout)"
        ),
        formatter_class=RawDescriptionRichHelpFormatter,
        allow_abbrev=False,
    )
    add = made.add_argument
    add("submission", nargs="?", default="student_template", metavar="SUBMISSION", type=path,
        help=_("a folder, a zip or a notebook (default: student_template)"))  # fmt: skip
    add(
        "--step", action="append", type=step, metavar="N", help=_("only this step (repeatable)")
    )
    add("--seed", type=whole, default=DEFAULT_SEED, metavar="N",
        help=_("for random inputs (default: {seed})").format(seed=DEFAULT_SEED))  # fmt: skip
    add("--isolation", choices=LEVELS, default=LEVELS[-1], metavar="LEVEL",
        help=_("demand at least this level: sandbox, partial or process"))  # fmt: skip
    add("--fail-under", type=percent, metavar="PERCENT", help=_("exit with 1 below this score"))
    add("--json", default="score.json", metavar="PATH", type=str,
        help=_("where the report goes (default: score.json); - is stdout, alone"))  # fmt: skip
    add("--cpu-limit", type=seconds, default=Limits.cpu, metavar="SECONDS",
        help=_("CPU time for each check (default: {n:g})").format(n=Limits.cpu))  # fmt: skip
    add("--wall-limit", type=seconds, default=Limits.wall, metavar="SECONDS",
        help=_("wall time for each check (default: {n:g})").format(n=Limits.wall))  # fmt: skip
    add("--portable", action="store_true",
        help=_("use plain processes, as where there is no safe fork"))  # fmt: skip
    add("--quiet", action="store_true", help=_("print nothing but errors"))
    add("--hints", choices=HINTS, default=HINTS[0], metavar="LEVEL",
        help=_("think: what to think about; more: what to change as well"))  # fmt: skip
    add("--verbose", action="store_true", help=_("show every check"))
    add("--no-color", action="store_true", help=_("print without colours"))
    add("--version", action="version", version=f"gradmark {__version__}")
    return made


def run(options: argparse.Namespace, interrupts: Interrupts) -> int:
    """Grade one submission, write and print the report, and return the exit status."""
    to_stdout = options.json == "-"
    target = None if to_stdout else writable(Path(options.json))
    limits = Limits(cpu=options.cpu_limit, wall=options.wall_limit)
    sandbox = None
    try:
        with interrupts.held():
            sandbox = open_sandbox(limits, options.portable)
        # while the sandbox starts: importing pytest takes as long
        from graders.engine import judge, submission
        from graders.renderers import json_file

        read = submission.read(options.submission)
        chosen = frozenset(options.step) if options.step else None
        how = judge.Options(options.seed, chosen, options.isolation, limits, progress(options))
        report = judge.grade(read, sandbox, how)
    finally:
        with interrupts.held():
            if sandbox:
                sandbox.close()
            clear_progress()
    if target is None:
        sys.stdout.write(json_file.text(report))
    else:
        json_file.write(report, target)
        if not options.quiet:
            show(report, target, options)
    return exit_status(report, options.fail_under)


def show(report: "Report", target: Path, options: argparse.Namespace) -> None:
    """Print the summary."""
    from graders.renderers import console  # imports rich, only where it is used

    console.show(
        report,
        written_to=str(target),
        more_hints=options.hints == HINTS[-1],
        every_check=options.verbose or options.step is not None,
        color=not options.no_color,
    )


def exit_status(report: "Report", fail_under: float | None) -> int:
    """Return the exit status that a report stands for."""
    if not report.complete:
        return INCOMPLETE
    share = 100 * report.score / report.max_score if report.max_score else 0.0
    return BELOW if fail_under is not None and share < fail_under else GRADED


def schema(arguments: list[str]) -> int:
    """Print the JSON Schema of a report."""
    import json

    from graders.engine import report

    refuse("schema", arguments)
    print(json.dumps(report.schema(), indent=2))
    return GRADED


def doctor(arguments: list[str]) -> int:
    """Print what this machine can do to confine a submission."""
    from graders.doctor import examine

    refuse("doctor", arguments)
    print(examine())
    return GRADED


def refuse(name: str, arguments: list[str]) -> None:
    """Raise GradmarkError when a command that takes no arguments was given some."""
    if arguments:
        raise GradmarkError(_("{name} takes no arguments").format(name=name))


def selftest(arguments: list[str]) -> int:
    """Show whether the suites are airtight."""
    from graders.selftest.command import main

    return main(arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "doctor": doctor,
    "schema": schema,
    "selftest": selftest,
}
"""What the first word may be instead of a submission; each takes the other words."""


def writable(path: Path) -> Path:
    """Return a path that a report can be written to.  Raise GradmarkError for another."""
    if path.is_dir():
        raise GradmarkError(_("--json {path} is a folder: name a file").format(path=path))
    if not path.parent.is_dir():
        text = _("--json {path}: there is no folder {folder}")
        raise GradmarkError(text.format(path=path, folder=path.parent))
    if not os.access(path.parent, os.W_OK):
        text = _("--json {path}: the folder can't be written to; name another, or - for stdout")
        raise GradmarkError(text.format(path=path))
    return path


def progress(options: argparse.Namespace) -> Callable[[str], None]:
    """Return what is told of each finished check: a line that is drawn over, on terminals."""
    if options.quiet or not sys.stderr.isatty():
        return lambda check: None
    return lambda check: print(f"\r\033[K{check}", end="", file=sys.stderr, flush=True)


def clear_progress() -> None:
    """Take the progress line away."""
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def path(text: str) -> Path:
    """Return the path that an argument names; an unset variable's empty text is none."""
    if not text:
        raise argparse.ArgumentTypeError(_("an empty name"))
    return Path(text)


def step(text: str) -> str:
    """Return the step that an argument names."""
    unit = find_unit(text)
    if unit is None:
        raise argparse.ArgumentTypeError(_("there is no step {text!r}").format(text=text))
    return unit.step


def whole(text: str) -> int:
    """Return a whole number from 0 to 2**53."""
    if not text.isdecimal() or int(text) > 2**53:
        raise argparse.ArgumentTypeError(_("{text!r} is no whole number").format(text=text))
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
