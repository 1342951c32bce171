"""Grade a class: ``python grade.py class FOLDER [--output FOLDER] [--jobs N]``."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from graders.checks import declaration
from graders.classroom import diff, digest
from graders.classroom.dry_run import dry_run
from graders.classroom.engine import apart, usable
from graders.classroom.exports.filling import Export, Filled, tell
from graders.classroom.given import Given
from graders.classroom.handed import Handed
from graders.classroom.layouts.unpacking import laid_out
from graders.classroom.output import Output
from graders.classroom.progress import ClassProgress
from graders.classroom.roll import Roll, called, only, refuse_inside
from graders.classroom.screen import show_summary
from graders.classroom.setting import Setting
from graders.classroom.summary import Summing
from graders.classroom.supervisor import SUMMARIZING, Supervisor
from graders.errors import GRADED, INCOMPLETE, GradmarkError, SandboxLost
from graders.judge.grading import check_id
from graders.judge.suites import Suites
from graders.options import class_options, diff_options, how, limits_of
from graders.renderers.plain import one_line
from graders.report import Isolation
from graders.sandbox.sandbox import demand, open_sandbox
from graders.words import _


def main(arguments: list[str]) -> int:
    """Grade a class, or do what else the first word asks for; return the exit status."""
    if arguments[:1] == ["diff"]:
        return compare(arguments[1:])
    options = class_options(arguments)
    with laid_out(options.folder) as (root, left_out):
        return at(root.resolve(), left_out, options)


def at(root: Path, left_out: Sequence[str], options: argparse.Namespace) -> int:
    """Grade the class in a folder, of which something is left out; return the exit status."""
    roll = called(root, left_out, options)
    chosen = only(options.only, roll.students)
    to = options.output or Path(f"{roll.title}-graded")
    refuse_inside(to, options.folder)
    jobs = jobs_of(options.jobs)
    given = Given.of(options, to, roll)
    given.settle(options)
    given.foretell(roll)
    if options.column is not None and not options.gradebook:
        raise GradmarkError(_("--column says where in --gradebook EXPORT points go: name that"))
    export = options.gradebook and Export.of(options.gradebook, options.column)
    if options.dry_run:
        dry_run(roll.root, chosen, given.overrides, jobs)
        if export:
            print(one_line(export.foretold(roll.students, roll.layout.name)))
        return GRADED
    sandbox = open_sandbox(limits_of(options), options.portable)
    try:
        suites = Suites(frozenset(options.step) if options.step else None)
        demand(options.isolation, sandbox)
        asked = {
            check_id(item): declaration(item) for item in suites.checks(how(options).steps)
        }
        marking = given.marking(asked)
        output = Output(to, options.seed, how(options).steps, roll.layout.name)
        output.results()  # what is wrong with them is told before anybody is graded
        given.keep(output)
        setting = Setting(
            replace(how(options), seed=output.seed),
            Isolation(sandbox.level, sandbox.missing),
            digest.of_course(),
            locate=bool(options.locate),
            hints=options.hints,
            portable=options.portable,
        )
        summing = Summing(output, setting, marking, asked)
        made = Supervisor(roll.root, output, setting, suites, sandbox, jobs, summing)
        status = grade(made, roll.students, chosen, options)
        if export:
            tell(fill_in(export, roll, marking.max_points, output), export)
        return status
    finally:
        sandbox.close()


def grade(
    supervisor: Supervisor,
    students: Sequence[Handed],
    chosen: Sequence[Handed],
    options: argparse.Namespace,
) -> int:
    """Grade the chosen students, publish and print the results; return the exit status."""
    progress = ClassProgress()
    try:
        try:
            outcomes = supervisor.grade(chosen, options.force, progress)
        finally:
            progress.clear()
    except KeyboardInterrupt:
        text = _("stopped: {done} of {count} are graded; the same command goes on from there")
        print(text.format(**progress.counts()), file=sys.stderr)
        raise
    except OSError as error:
        text = _(
            "the results can't be kept ({path}: {why}); {done} of {count} are, and the same "
            "command goes on from there"
        )
        told = text.format(path=error.filename, why=error.strerror, **progress.counts())
        raise SandboxLost(told) from error
    summary = supervisor.summarize(students, outcomes)
    show_summary(summary, supervisor.output, not options.no_color)
    return INCOMPLETE if summary.counts.get("error") else GRADED


def fill_in(export: Export, roll: Roll, most: float, output: Output) -> Filled:
    """Fill an exported gradebook with the results that there are, and return what became of it:
    in a process of its own, since there may be many.
    """

    def work() -> bytes:
        results = output.results()
        rows = results.students if results else ()
        return msgspec.msgpack.encode(
            export.fill(roll.students, roll.layout.name, rows, most, output)
        )

    return msgspec.msgpack.decode(apart(work, SUMMARIZING), type=Filled)


def jobs_of(asked: int | None) -> int:
    """Return how many are graded at a time: no more than there are cores, since whoever has to
    share one may run out of time through others.
    """
    most = len(usable()) or 1
    if asked and asked > most:
        text = _("{most} are graded at a time: there are no more cores")
        print(text.format(most=most), file=sys.stderr)
    return min(asked or most, most)


def compare(arguments: list[str]) -> int:
    """Print whose points differ between two results of a class."""
    options = diff_options(arguments)
    lines = [*diff.compared(diff.at(options.old), diff.at(options.new))]
    print("\n".join(lines or [_("nobody's points differ")]))
    return GRADED
