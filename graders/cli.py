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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Never

from graders.commands.index import COMMANDS
from graders.errors import BELOW, GRADED, INCOMPLETE, USAGE, GradmarkError, SandboxLost
from graders.interrupts import Interrupts
from graders.options import HINTS, how, limits_of, parser, writable
from graders.sandbox.sandbox import Sandbox, open_sandbox
from graders.words import _

if TYPE_CHECKING:
    from graders.report import Report


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
        case MemoryError():
            text = _(
                "nothing could be graded: it takes more memory than the judge allows itself"
            )
            status = INCOMPLETE
        case BrokenPipeError():  # whoever read our output has seen enough
            sys.stdout = open(os.devnull, "w")
            return GRADED
        case OSError():  # of output: what is read is dealt with where it is read
            sys.stdout = open(os.devnull, "w")
            text, status = _("nothing can be printed: {why}").format(why=error), USAGE
        case _:
            raise error
    from graders.renderers.plain import one_line

    print(f"gradmark: {one_line(text)}", file=sys.stderr)
    return status


def run(options: argparse.Namespace, interrupts: Interrupts) -> int:
    """Grade one submission, write and print the report, and return the exit status."""
    target = None if options.json == "-" else writable(Path(options.json))
    start = partial(open_sandbox, limits_of(options), options.portable)
    if options.watch:
        return watch(options, target, start, interrupts)
    sandbox = None
    try:
        with interrupts.held():
            sandbox = start()
            # while the sandbox starts: importing pytest takes as long
            from graders.judge.memory import limit_memory
            from graders.judge.run import grade
            from graders.submission.read import read

        limit_memory()
        report = grade(
            read(options.submission, options.folder), sandbox, how(options, progress(options))
        )
    finally:
        with interrupts.held():
            if sandbox:
                sandbox.close()
            clear_progress()
    publish(report, target, options)
    return exit_status(report, options.fail_under)


def watch(
    options: argparse.Namespace,
    target: Path | None,
    start: Callable[[], Sandbox],
    interrupts: Interrupts,
) -> Never:
    """Grade one submission again at every save, until interrupted."""
    from graders.commands.watch import follow
    from graders.judge.memory import limit_memory

    limit_memory()

    def show_it(report: "Report", news: str) -> None:
        clear_progress()
        publish(report, target, options)
        if not options.quiet:
            print(news, file=sys.stderr, flush=True)

    asked = how(options, progress(options))
    follow(options.submission, options.folder, asked, start, show_it, interrupts)


def publish(report: "Report", target: Path | None, options: argparse.Namespace) -> None:
    """Write a report where it goes, and print its summary."""
    from graders.renderers import json_file

    if target is None:
        sys.stdout.write(json_file.text(report))
    else:
        json_file.write(report, target)
        if not options.quiet:
            show(report, target, options)
    sys.stdout.flush()


def show(report: "Report", target: Path, options: argparse.Namespace) -> None:
    """Print the summary."""
    from graders.renderers import console  # imports rich, only where it is used

    console.show(
        report,
        written_to=str(target),
        more_hints=options.hints == HINTS[-1],
        every_check=options.verbose or options.step is not None,
        color=not options.no_color,
        afresh=options.watch,
    )


def exit_status(report: "Report", fail_under: float | None) -> int:
    """Return the exit status that a report stands for."""
    if not report.complete:
        return INCOMPLETE
    share = 100 * report.score / report.max_score if report.max_score else 0.0
    return BELOW if fail_under is not None and share < fail_under else GRADED


def progress(options: argparse.Namespace) -> Callable[[str], None]:
    """Return what is told of each finished check: a line that is drawn over, on terminals."""
    if options.quiet or not sys.stderr.isatty():
        return lambda check: None
    return lambda check: print(f"\r\033[K{check}", end="", file=sys.stderr, flush=True)


def clear_progress() -> None:
    """Take the progress line away."""
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
