"""What the instructor gives besides submissions: the course, times, and words on students."""

import argparse
import difflib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graders.checks import Declaration
from graders.classroom.handed import Handed
from graders.classroom.marking.course import Course, course_of
from graders.classroom.marking.marking import Marking, shown
from graders.classroom.marking.times import Times
from graders.classroom.output import COURSE, TIMES, Output, given_in, overrides_in, results_in
from graders.classroom.results import Override, Results
from graders.classroom.roll import Roll, refuse_unknown
from graders.errors import GradmarkError
from graders.options import HINTS
from graders.renderers.plain import one_line
from graders.sandbox.process import Limits
from graders.submission.notebook import few
from graders.syllabus import SYLLABUS
from graders.words import _


@dataclass(frozen=True)
class Given:
    """What is given now, or was given last."""

    course: Course
    times: Times | None
    overrides: Mapping[str, Override]
    files: Mapping[str, tuple[Path, bytes]]
    """The course file and the table of times, by what they are called among the results."""

    @classmethod
    def of(cls, options: argparse.Namespace, to: Path, roll: Roll) -> "Given":
        """Return what is given for results in a folder.  Raise GradmarkError for nonsense."""
        overrides, before = overrides_in(to), results_in(to)
        refuse_unknown(overrides, roll.students, before)
        asked = ((COURSE, options.course), (TIMES, options.times))
        files = {name: file for name, path in asked if (file := given_in(to, name, path))}
        course = course_of(*files[COURSE]) if COURSE in files else Course()
        times = Times.of(*files[TIMES], roll.students) if TIMES in files else None
        if times and before:
            refuse_moved(times, before)
        refuse_deadlines(overrides, course)
        return cls(course, times, overrides, files)

    @property
    def known(self) -> Mapping[Handed, str]:
        """Return when who handed in, as far as the instructor says it."""
        return self.times.known if self.times else {}

    def settle(self, options: argparse.Namespace) -> None:
        """Have the options say how to grade, by the course file where the command doesn't, or
        as gradmark does.  Raise GradmarkError for a step that isn't the course's.
        """
        mine, limits = self.course.weights, self.course.limits
        for step in options.step or () if mine else ():
            if step not in mine:
                text = _("--step {step}: it is none of the steps in the course file")
                raise GradmarkError(text.format(step=int(step.removeprefix("step"))))
        chosen, every = set(options.step or mine), {unit.step for unit in SYLLABUS}
        options.step = sorted(chosen) if chosen and chosen != every else None
        options.hints = options.hints or self.course.hints or HINTS[0]
        options.cpu_limit = options.cpu_limit or limits.cpu_seconds or Limits.cpu
        options.wall_limit = options.wall_limit or limits.wall_seconds or Limits.wall

    def foretell(self, roll: Roll) -> None:
        """Say which course file and times are obeyed, and what of these is of no use."""
        course = self.course
        if COURSE in self.files:
            text = _("course: {title} ({path}); deadline: {deadline}")
            due = course.deadline and course.aware(course.deadline)
            title, told = course.title or _("without a title"), shown(due) if due else _("none")
            if late := course.late:
                cost = _("; late: {percent:g} % a day of the points {of}, at most {most:g} %")
                most = late.max_percent
                told += cost.format(percent=late.percent_per_day, of=late.of, most=most)
            path = self.files[COURSE][0]
            print(one_line(text.format(title=title, path=path, deadline=told)))
        if self.times:
            text = _("times: {path}, for {count} of {all} students")
            count, every = len(self.known), [handed.student for handed in roll.students]
            path = self.files[TIMES][0]
            print(one_line(text.format(path=path, count=count, all=len(every))))
            if self.times.unknown:
                text = _("rows of times that are nobody's: {names}")
                names = few([likely(name, every) for name in self.times.unknown])
                print(one_line(text.format(names=names)), file=sys.stderr)
        came = [self.known.get(handed) or handed.draft.time for handed in roll.students]
        local = any(course.aware(datetime.fromisoformat(time)) is None for time in came if time)
        if course.deadline and local:
            text = _(
                "some times have no offset from UTC, and count as unknown: say timezone = "
                "{name} in the course file"
            )
            print(text.format(name='"Europe/Berlin"'), file=sys.stderr)

    def keep(self, output: Output) -> None:
        """Keep the files for runs to come."""
        for name, (_path, content) in self.files.items():
            output.give(name, content)

    def marking(self, asked: Mapping[str, Declaration]) -> Marking:
        """Return how points are made of what these checks give.  Raise GradmarkError where
        there are none to be had, or fewer than somebody was given.
        """
        worth = dict[str, float]()
        for check, declared in asked.items():
            step = check.partition(".")[0]
            worth[step] = worth.get(step, 0.0) + declared.points
        made = Marking(self.course, worth, self.overrides, self.known)
        made.check()
        return made


def likely(name: str, students: Sequence[str]) -> str:
    """Return a name that is nobody's, with whom it may be meant for."""
    near = difflib.get_close_matches(name.casefold(), map(str.casefold, students), 1)
    meant = [student for student in students if [student.casefold()] == near]
    return f"{name} ({meant[0]}?)" if meant else name


def refuse_moved(times: Times, before: Results) -> None:
    """Raise GradmarkError where a time is of a name that was another student's, or is nobody's
    by now: people can change what they are called.
    """
    rows = {row.student: row for row in before.students}
    moved = [
        h.student for h in times.known if (row := rows.get(h.student)) and not row.is_of(h)
    ]
    moved += (name for name in times.unknown if name in rows)
    if moved:
        text = _("times: {name} was somebody else, or is nobody by now: say who it is by id")
        raise GradmarkError(text.format(name=one_line(moved[0])))


def refuse_deadlines(overrides: Mapping[str, Override], course: Course) -> None:
    """Raise GradmarkError for deadlines of students that can't be told."""
    for student, override in overrides.items():
        if override.deadline and course.deadline is None:
            text = _("overrides.toml: {student} has a deadline, and the course has none")
            raise GradmarkError(text.format(student=student))
        if override.deadline and course.aware(override.deadline) is None:
            text = _("overrides.toml: the deadline of {student} needs an offset from UTC")
            raise GradmarkError(text.format(student=student))
