"""Grade a class: ``python grade.py class FOLDER [--output FOLDER] [--jobs N]``."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from graders.checks import Declaration, declaration
from graders.classroom import diff, digest
from graders.classroom.dry_run import dry_run
from graders.classroom.engine import apart, usable
from graders.classroom.exports.filling import Export, Filled, tell
from graders.classroom.handed import Handed
from graders.classroom.layouts.unpacking import laid_out
from graders.classroom.marking.course import Course, course_of
from graders.classroom.marking.marking import Marking, shown
from graders.classroom.marking.times import Times
from graders.classroom.output import COURSE, TIMES, Output, given_in, overrides_in, results_in
from graders.classroom.progress import ClassProgress
from graders.classroom.roll import Roll, called, only, refuse_inside, refuse_unknown
from graders.classroom.screen import show_summary
from graders.classroom.setting import Setting
from graders.classroom.summary import Summing
from graders.classroom.supervisor import SUMMARIZING, Supervisor
from graders.errors import GRADED, INCOMPLETE, GradmarkError, SandboxLost
from graders.judge.grading import check_id
from graders.judge.suites import Suites
from graders.options import HINTS, class_options, diff_options, how, limits_of
from graders.renderers.plain import one_line
from graders.report import Isolation
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import demand, open_sandbox
from graders.submission.notebook import few
from graders.syllabus import SYLLABUS
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
    overrides = overrides_in(to)
    refuse_unknown(overrides, roll.students, results_in(to))
    given = {
        name: found
        for name, path in ((COURSE, options.course), (TIMES, options.times))
        if (found := given_in(to, name, path))
    }
    course = course_of(*given[COURSE]) if COURSE in given else Course()
    times = Times.of(*given[TIMES], roll.students) if TIMES in given else None
    settle(options, course)
    foretell(course, times, given, roll.students)
    if options.column is not None and not options.gradebook:
        raise GradmarkError(_("--column says where in --gradebook EXPORT points go: name that"))
    export = options.gradebook and Export.of(options.gradebook, options.column)
    if options.dry_run:
        dry_run(roll.root, chosen, overrides, jobs)
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
        marking = Marking(course, worth(asked), overrides)
        marking.check()
        output = Output(to, options.seed, how(options).steps, roll.layout.name)
        output.results()  # what is wrong with them is told before anybody is graded
        for name, (_path, content) in given.items():
            output.give(name, content)
        setting = Setting(
            replace(how(options), seed=output.seed),
            Isolation(sandbox.level, sandbox.missing),
            digest.of_course(),
            locate=bool(options.locate),
            hints=options.hints,
            portable=options.portable,
        )
        summing = Summing(output, setting, marking, asked, times.known if times else {})
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


def settle(options: argparse.Namespace, course: Course) -> None:
    """Have the options say how to grade, by the course file where the command doesn't, or as
    gradmark does.  Raise GradmarkError for a step that isn't the course's.
    """
    mine = course.weights
    for step in options.step or () if mine else ():
        if step not in mine:
            text = _("--step {step}: it is none of the steps in the course file")
            raise GradmarkError(text.format(step=int(step.removeprefix("step"))))
    chosen = set(options.step or mine)
    every = {unit.step for unit in SYLLABUS}
    options.step = sorted(chosen) if chosen and chosen != every else None
    options.hints = options.hints or course.hints or HINTS[0]
    options.cpu_limit = options.cpu_limit or course.limits.cpu_seconds or Limits.cpu
    options.wall_limit = options.wall_limit or course.limits.wall_seconds or Limits.wall


def foretell(
    course: Course,
    times: Times | None,
    given: Mapping[str, tuple[Path, bytes]],
    students: Sequence[Handed],
) -> None:
    """Say which course file and times are obeyed, and what of these is of no use."""
    if COURSE in given:
        text = _("course: {title} ({path}); deadline: {deadline}")
        due = course.deadline and course.aware(course.deadline)
        told = shown(due) if due else _("none")
        title = course.title or _("without a title")
        print(one_line(text.format(title=title, path=given[COURSE][0], deadline=told)))
    known = times.known if times else {}
    if times:
        text = _("times: {path}; of students: {count}")
        print(one_line(text.format(path=given[TIMES][0], count=len(known))))
        if times.unknown:
            text = _("rows of times that are nobody's: {names}")
            print(one_line(text.format(names=few(times.unknown))), file=sys.stderr)
    came = [known.get(handed) or handed.draft.time for handed in students]
    local = any(course.aware(datetime.fromisoformat(time)) is None for time in came if time)
    if course.deadline and local:
        text = _(
            "some times have no offset from UTC, and count as unknown: say timezone = {name}"
        )
        print(text.format(name='"Europe/Berlin"'), file=sys.stderr)


def worth(asked: Mapping[str, Declaration]) -> dict[str, float]:
    """Return what gradmark's own points of each step are."""
    found = dict[str, float]()
    for check, declared in asked.items():
        step = check.partition(".")[0]
        found[step] = found.get(step, 0.0) + declared.points
    return found


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
