"""Arguments in, exit status out.

0 graded (and at or above ``--fail-under``), 1 below it, 2 wrong usage or no such submission,
3 graded incompletely or not at all through the grader's own fault or the machine's, 130
interrupted.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Never

from graders.commands.index import COMMANDS
from graders.errors import BELOW, GRADED, INCOMPLETE, USAGE, GradmarkError, SandboxLost
from graders.interrupts import Interrupts
from graders.options import HINTS, how, limits_of, parser, writable
from graders.output import is_stdout, lenient_streams, lost, usable_size
from graders.renderers import json_file
from graders.renderers.progress import Progress
from graders.sandbox.sandbox import Sandbox, open_sandbox
from graders.words import _

if TYPE_CHECKING:
    from graders.report import Report
    from graders.submission.pieces import Submission


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    with lenient_streams(), usable_size(), Interrupts() as interrupts:
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
    progress = Progress(not options.quiet)
    if options.watch:
        return watch(options, target, start, interrupts, progress)
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
        report = grade(submission, sandbox, how(options, progress.tell))
        lasts = target is not None and (target.is_file() or not target.exists())
        if lasts:  # the screen first: what comes now takes a while
            progress.clear()
            publish(report, target, options)
        if options.locate is not False:
            report = searched(
                report, submission, sandbox, options, target if lasts else None, progress
            )
    finally:
        with interrupts.held():
            if sandbox:
                sandbox.close()
            progress.clear()
    if not lasts:  # a pipe takes one report
        publish(report, target, options)
    status = exit_status(report, options.fail_under)
    if status == BELOW:
        print(f"gradmark: {below(report, options.fail_under)}", file=sys.stderr)
    return status


def searched(
    report: "Report",
    submission: "Submission",
    sandbox: Sandbox,
    options: argparse.Namespace,
    target: Path | None,
    progress: Progress,
) -> "Report":
    """Return a report that says in which lines the mistakes are, where they can be found.

    With a target it has been published: what is found is added there and to the screen.
    """
    from graders.judge.locate import locate
    from graders.report import with_step

    more = options.hints == HINTS[-1]
    before = report
    for step in locate(report, submission, sandbox, more, progress.tell):
        report = with_step(report, step)
        if target and not options.quiet:
            from graders.renderers import console

            progress.clear()
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
    progress: Progress,
) -> Never:
    """Grade one submission again at every save, until interrupted."""
    from graders.commands.watch import follow
    from graders.judge.memory import limit_memory

    limit_memory()
    asked = how(options, progress.tell)
    told = Told(options, target, progress)
    try:
        follow(options.submission, options.folder, asked, start, told, interrupts)
    finally:
        progress.clear()


@dataclass
class Told:
    """What is told while a submission is watched: each report, then what is new in it."""

    options: argparse.Namespace
    target: Path | None
    progress: Progress

    def report(self, report: "Report", news: str) -> None:
        """Print a report, and a line on what a save has changed."""
        self.progress.clear()
        publish(report, self.target, self.options)
        if isinstance(lost(), BrokenPipeError):
            sys.exit(GRADED)  # nobody is left to watch for
        self.news(news)

    def searched(
        self, report: "Report", submission: "Submission", sandbox: Sandbox, news: str
    ) -> "Report":
        """Add to a report where the mistakes are, if that is asked for."""
        if self.options.locate:
            report = searched(
                report, submission, sandbox, self.options, self.target, self.progress
            )
            self.progress.tell(news)
        return report

    def news(self, news: str) -> None:
        """Say what is new: on a terminal in the line at its bottom."""
        if self.progress.shown:
            self.progress.tell(news)
        elif not self.options.quiet:
            print(news, file=sys.stderr, flush=True)

    def trouble(self, why: str) -> None:
        """Say why nothing can be graded just now."""
        self.progress.clear()
        print(f"gradmark: {why}", file=sys.stderr, flush=True)


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
        folder=str(options.submission) if os.path.isdir(options.submission) else "",
    )


def exit_status(report: "Report", fail_under: float | None) -> int:
    """Return the exit status that a report stands for."""
    if not report.complete:
        return INCOMPLETE
    share = 100 * report.score / report.max_score if report.max_score else 0.0
    return BELOW if fail_under is not None and share < fail_under else GRADED


def below(report: "Report", fail_under: float) -> str:
    """Say by how much a report's score is below what was asked for."""
    due = report.max_score * fail_under / 100
    text = _("below --fail-under {percent:g}: {score:g} of {most:g} points, {short:g} too few")
    score, most = report.score, report.max_score
    return text.format(percent=fail_under, score=score, most=most, short=due - score)
