"""Arguments in, exit status out.

0 graded (and at or above ``--fail-under``), 1 below it, 2 wrong usage or no such submission,
3 graded incompletely or not at all through the grader's own fault or the machine's, 130
interrupted.
"""

import argparse
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
from graders.output import is_stdout, lenient_streams, lost
from graders.renderers import json_file
from graders.sandbox.sandbox import Sandbox, open_sandbox
from graders.words import _

if TYPE_CHECKING:
    from graders.report import Report
    from graders.submission.pieces import Submission


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    with lenient_streams(), Interrupts() as interrupts:
        try:
            return act(arguments, interrupts)
        except SystemExit as end:  # of argparse, which has printed its help or what is wrong
            if end.code:
                raise
            return asked_for(GRADED)
        except (Exception, KeyboardInterrupt) as error:
            if interrupts.received is None and not isinstance(error, KeyboardInterrupt):
                return excuse(error)
            print(_("gradmark: interrupted"), file=sys.stderr)
            return 128 + (interrupts.received or signal.SIGINT)


def act(arguments: list[str], interrupts: Interrupts) -> int:
    """Do what the arguments ask for and return the exit status."""
    if arguments and arguments[0] in COMMANDS:
        return asked_for(COMMANDS[arguments[0]](arguments[1:]))
    return run(parser().parse_args(arguments), interrupts)


def asked_for(status: int) -> int:
    """Return the exit status of what was asked for to be printed."""
    unprinted = unread(_("what was asked for can't be printed: {why}"))
    return USAGE if unprinted and status == GRADED else status


def unread(text: str) -> bool:
    """Return whether what was printed got lost and somebody may miss it; then say why."""
    why = lost()
    if why is None or isinstance(why, BrokenPipeError):  # whoever read it has seen enough
        return False
    print(f"gradmark: {text.format(why=why.strerror)}", file=sys.stderr)
    return True


def excuse(error: Exception) -> int:
    """Say in a sentence what went wrong and return the exit status; re-raise a bug."""
    match error:
        case GradmarkError():
            text, status = str(error), USAGE
        case SandboxLost():
            text, status = _("nothing could be graded: {why}").format(why=error), INCOMPLETE
        case MemoryError():
            text = _("nothing could be graded: the judge has too little memory for it")
            status = INCOMPLETE
        case OSError():
            text, status = _("nothing could be done: {why}").format(why=error), INCOMPLETE
        case _:
            raise error
    from graders.renderers.plain import one_line

    print(f"gradmark: {one_line(text)}", file=sys.stderr)
    return status


def run(options: argparse.Namespace, interrupts: Interrupts) -> int:
    """Grade one submission, write and print the report, and return the exit status."""
    target = target_of(options)
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
        submission = read(options.submission, options.folder)
        report = grade(submission, sandbox, how(options, progress(options)))
        lasts = target is not None and (target.is_file() or not target.exists())
        if lasts:  # the screen first: what comes now takes a while
            clear_progress()
            publish(report, target, options)
        if options.locate is not False:
            report = searched(report, submission, sandbox, options, target if lasts else None)
    finally:
        with interrupts.held():
            if sandbox:
                sandbox.close()
            clear_progress()
    if not lasts:  # a pipe takes one report
        publish(report, target, options)
    return exit_status(report, options.fail_under)


def searched(
    report: "Report",
    submission: "Submission",
    sandbox: Sandbox,
    options: argparse.Namespace,
    target: Path | None,
) -> "Report":
    """Return a report that says in which lines the mistakes are, where they can be found.

    With a target it has been published: what is found is added there and to the screen.
    """
    from graders.judge.locate import locate
    from graders.report import with_step

    more = options.hints == HINTS[-1]
    before = report
    for step in locate(report, submission, sandbox, more, progress(options)):
        report = with_step(report, step)
        if target and not options.quiet:
            from graders.renderers import console

            clear_progress()
            console.add_located(step, more, color=not options.no_color)
    if target and report is not before:
        json_file.write(report, target, options.submission)
    return report


def target_of(options: argparse.Namespace) -> Path | None:
    """Return the file that the report goes to; None for stdout, by whatever name."""
    if options.json == "-":
        return None
    path = writable(options.json)
    if path.exists() and options.submission.exists() and path.samefile(options.submission):
        raise GradmarkError(_("--json {path} is what is to be graded").format(path=path))
    return None if is_stdout(path) else path


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
        if isinstance(lost(), BrokenPipeError):
            sys.exit(GRADED)  # nobody is left to watch for
        if not options.quiet:
            print(news, file=sys.stderr, flush=True)

    def look(report: "Report", submission: "Submission", sandbox: Sandbox) -> "Report":
        return searched(report, submission, sandbox, options, target)

    asked = how(options, progress(options))
    where, folder = options.submission, options.folder
    follow(where, folder, asked, start, show_it, interrupts, look if options.locate else None)


def publish(report: "Report", target: Path | None, options: argparse.Namespace) -> None:
    """Write a report where it goes, and print its summary.

    Raise GradmarkError when the report can't be written; the summary may be lost.
    """
    if target is None:
        sys.stdout.write(json_file.text(report))
        if error := lost():
            raise json_file.unwritten("stdout", error)
    else:
        json_file.write(report, target, options.submission)
        if not options.quiet:
            show(report, target, options)
            unread(_("the summary can't be printed: {why}"))


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
