"""Grade a class: ``python grade.py class FOLDER [--output FOLDER] [--jobs N]``."""

import argparse
import difflib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from graders.checks import declaration
from graders.classroom import diff, digest
from graders.classroom.dry_run import dry_run
from graders.classroom.engine import apart, usable
from graders.classroom.exports.filling import Export, Filled, tell
from graders.classroom.handed import Handed, alike, handed_in
from graders.classroom.layouts.layouts import NAMED, PLAIN, Arranged, Layout, arranged, by_regex
from graders.classroom.layouts.unpacking import laid_out, noted
from graders.classroom.output import CLASS, KEPT, Output, overrides_in, results_in
from graders.classroom.progress import ClassProgress
from graders.classroom.results import Override, Results
from graders.classroom.screen import show_summary
from graders.classroom.setting import Setting
from graders.classroom.supervisor import SUMMARIZING, Supervisor
from graders.errors import GRADED, INCOMPLETE, GradmarkError, SandboxLost
from graders.judge.suites import Suites
from graders.options import HINTS, class_options, diff_options, how, limits_of
from graders.renderers.plain import one_line
from graders.report import Isolation
from graders.sandbox.sandbox import demand, open_sandbox
from graders.submission.notebook import few
from graders.submission.text import composed
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
    if (root / CLASS).is_file() and (root / KEPT).is_dir():
        text = _("{path} holds the results of a class: name what was handed in")
        raise GradmarkError(text.format(path=options.folder))
    is_zip = options.folder.is_file()
    try:
        title = options.folder.resolve().stem if is_zip else root.name
        there = arranged(root, layout_of(options), options.assignment, title)
    except GradmarkError as error:
        told = str(error).replace(str(root), str(options.folder))
        raise GradmarkError(told) from error
    students = handed_in(noted(there.drafts, left_out))
    tell_of(root, there, students, left_out)
    chosen = only(options.only, students)
    to = options.output or Path(f"{title}-graded")
    refuse_inside(to, options.folder)
    jobs = jobs_of(options.jobs)
    overrides = overrides_in(to)
    refuse_unknown(overrides, students, results_in(to))
    if options.column is not None and not options.gradebook:
        raise GradmarkError(_("--column says where in --gradebook EXPORT points go: name that"))
    export = options.gradebook and Export.of(options.gradebook, options.column)
    if options.dry_run:
        dry_run(root, chosen, overrides, jobs)
        if export:
            print(one_line(export.foretold(students, there.layout.name)))
        return GRADED
    sandbox = open_sandbox(limits_of(options), options.portable)
    try:
        suites = Suites(frozenset(options.step) if options.step else None)
        demand(options.isolation, sandbox)
        output = Output(to, options.seed, how(options).steps, there.layout.name)
        output.results()  # what is wrong with them is told before anybody is graded
        setting = Setting(
            replace(how(options), seed=output.seed),
            Isolation(sandbox.level, sandbox.missing),
            digest.of_course(),
            locate=bool(options.locate),
            more=options.hints == HINTS[-1],
            portable=options.portable,
        )
        made = Supervisor(root, output, setting, suites, sandbox, jobs, overrides)
        status = grade(made, students, chosen, options)
        if export:
            most = sum(declaration(item).points for item in suites.checks(how(options).steps))
            tell(fill_in(export, students, there.layout.name, most, output), export)
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
    show_summary(summary, supervisor.output)
    return INCOMPLETE if summary.counts.get("error") else GRADED


def fill_in(
    export: Export, students: Sequence[Handed], layout: str, most: float, output: Output
) -> Filled:
    """Fill an exported gradebook with the results that there are, and return what became of it:
    in a process of its own, since there may be many.
    """

    def work() -> bytes:
        results = output.results()
        rows = results.students if results else ()
        return msgspec.msgpack.encode(export.fill(students, layout, rows, most, output))

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


def layout_of(options: argparse.Namespace) -> Layout | None:
    """Return the layout that the options ask for; None where it is to be told."""
    if options.names is not None:
        return by_regex(options.names)
    return NAMED[options.layout] if options.layout else None


def tell_of(
    root: Path, there: Arranged, students: Sequence[Handed], left_out: Sequence[str]
) -> None:
    """Say what the class's folder is taken for, and what in it needs a look."""
    text = _("layout: {title}; students: {count}")
    print(text.format(title=there.layout.title, count=len(students)))
    if (
        there.layout is PLAIN
        and len(students) == 1
        and (root / students[0].draft.path).is_dir()
    ):
        text = _("all that there is is one folder: if that is the class, name it")
        print(text, file=sys.stderr)
    if left_out:
        text = _("left out of the zip, since it is a link, broken or too large: {names}")
        print(one_line(text.format(names=few(left_out))), file=sys.stderr)
    if there.others:
        text = _("passed over, since each submission is a folder, a zip or a notebook: {names}")
        if there.layout is not PLAIN:
            text = _("passed over, since {title} calls what was handed in otherwise: {names}")
        told = text.format(title=there.layout.title, names=few(there.others))
        print(one_line(told), file=sys.stderr)
    for note in dict.fromkeys(note for handed in students for note in handed.draft.notes):
        names = [handed.student for handed in students if note in handed.draft.notes]
        print(one_line(f"{note}: {few(names)}"), file=sys.stderr)
    if names := alike(students):
        text = _("more than one submission of a name, each graded by itself: {names}")
        print(one_line(text.format(names=few(names))), file=sys.stderr)


def only(names: Sequence[str] | None, students: Sequence[Handed]) -> list[Handed]:
    """Return the students of these names, or all.  Raise GradmarkError for an unknown one."""
    known = {handed.student: handed for handed in students}
    names = names and [composed(name) for name in names]
    for name in names or ():
        if name not in known:
            (near,) = difflib.get_close_matches(name, known, 1, 0)
            text = _("--only {name}: there is no such student; did you mean {near}?")
            raise GradmarkError(text.format(name=name, near=near))
    return [handed for handed in students if names is None or handed.student in names]


def refuse_inside(output: Path, folder: Path) -> None:
    """Raise GradmarkError for results that would lie among the submissions."""
    if Path(os.path.realpath(output)).is_relative_to(os.path.realpath(folder)):
        text = _("--output {output} lies in what is to be graded: name a folder elsewhere")
        raise GradmarkError(text.format(output=output))


def refuse_unknown(
    overrides: Mapping[str, Override], students: Sequence[Handed], before: Results | None
) -> None:
    """Raise GradmarkError where the instructor speaks of somebody who isn't there, or who may
    be another by now: people can change what they are called.
    """
    known = {handed.student: handed for handed in students}
    rows = {row.student: row for row in before.students} if before else {}
    for student, override in overrides.items():
        handed, row = known.get(student), rows.get(student)
        if handed is None:
            (near,) = difflib.get_close_matches(student, known, 1, 0)
            text = _("overrides.toml names {student}, who handed in nothing: is it {near}?")
            raise GradmarkError(text.format(student=student, near=near))
        now, was = handed.draft.id, override.id or (row.id if row else "")
        if was and was != now:
            text = _(
                "overrides.toml: {student} was {was}, and is another now: write id = {now}"
            )
            told = text.format(student=student, was=was, now=json.dumps(now))
            raise GradmarkError(told)


def compare(arguments: list[str]) -> int:
    """Print whose points differ between two results of a class."""
    options = diff_options(arguments)
    lines = [*diff.compared(diff.at(options.old), diff.at(options.new))]
    print("\n".join(lines or [_("nobody's points differ")]))
    return GRADED
