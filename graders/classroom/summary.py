"""From the results that are kept to those of a class: read one by one, in a process of its own,
so that who supervises stays as small with a thousand as with ten.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from graders import __version__
from graders.checks import Declaration
from graders.classroom import diff, overview_screen
from graders.classroom.gradebook import table
from graders.classroom.handed import Handed
from graders.classroom.handout import text_of, without_hints
from graders.classroom.judging import Graded, Refused, Result
from graders.classroom.marking.marking import Marking
from graders.classroom.output import Output
from graders.classroom.overview import Overview, Work, overview
from graders.classroom.results import Earned, Override, Results, Row, Standing, marks
from graders.classroom.setting import Setting
from graders.report import Report, Tool
from graders.submission.text import cut
from graders.words import _

LONGEST = 500
"""How much is said of what is wrong with one submission."""


@dataclass(frozen=True)
class Outcome:
    """What there is of one student: a result under a key, or why there is none."""

    handed: Handed
    content: str
    key: str
    why: str | None = None
    """What went wrong in grading, where it did."""
    refused: Refused | None = None
    """Why there is no result that could be kept, by the student's doing."""


class Summary(msgspec.Struct, frozen=True):
    """What is said at the end of a run."""

    counts: dict[Standing, int]
    changed: tuple[str, ...]
    """A line on each student whose points are others than before."""
    troubles: tuple[tuple[str, Standing, str], ...]
    """The students who need a look: with the kind of trouble, and what it is."""
    choices: dict[str, tuple[str, ...]]
    """The folders to choose from, of who is ambiguous."""
    waiting: tuple[str, ...]
    """The students of whom there is no result yet."""
    overview: Overview


@dataclass(frozen=True)
class Summing:
    """Makes the results of a class of those of its students."""

    output: Output
    setting: Setting
    marking: Marking
    asked: Mapping[str, Declaration]
    """The checks that are run, by their ids."""

    def up(self, students: Iterable[Handed], outcomes: Iterable[Outcome]) -> Summary:
        """Write the results, the gradebook and what each student may be told; return what is to
        be said of them.

        Students of whom there is nothing new keep what was graded before.
        """
        before = self.output.results()
        old = {row.student: row for row in before.students} if before else {}
        new = {outcome.handed: outcome for outcome in outcomes}
        rows, works, waiting = list[Row](), dict[Handed, Work](), list[str]()
        for handed in sorted(students, key=lambda handed: handed.student):
            row = old.get(handed.student)
            if outcome := new.get(handed):
                row, result = self.made(outcome)
            elif row and row.is_of(handed):
                row, result = self.marked(row, handed)
            else:
                waiting.append(handed.student)
                continue
            rows.append(row)
            if isinstance(result, Graded) and result.report.found:
                works[handed] = Work.of(result)
        listed = tuple(rows)
        results = Results(tool=Tool("gradmark", __version__), students=listed)
        changed = [*diff.changes(before, results)] if before else []
        whole = overview(self.marking, self.asked, listed, works)
        self.output.publish(results, table(listed), overview_screen.text_of(whole))
        return Summary(
            Counter(row.status for row in listed),
            tuple(line for line, _old, _new in changed),
            tuple(troubles(listed)),
            {row.student: row.folders for row in listed if row.folders},
            tuple(waiting),
            whole,
        )

    def made(self, outcome: Outcome) -> tuple[Row, Result | None]:
        """Return the row of a student who was graded, and the result that it is made of."""
        handed = outcome.handed
        blank = Row(
            student=handed.student,
            **self.told(handed),
            status="error",
            why=outcome.why,
            content=outcome.content,
            course=self.setting.course,
            seed=self.setting.options.seed,
            setting=self.setting.digest,
            isolation=self.setting.isolation,
            key=outcome.key,
            override=self.marking.overrides.get(handed.student),
        )
        if outcome.why:
            return self.marking.marked(blank, handed), None
        result = outcome.refused or self.output.result(handed, outcome.key)
        row = self.marking.marked(filled(blank, explained(result, handed)), handed)
        return self.handed_out(row, handed, result), result

    def marked(self, row: Row, handed: Handed) -> tuple[Row, Result | None]:
        """Return the row of somebody who was not graded this time, with the points that count
        by now, and the result that it was made of, if that is kept; the folder stays that which
        was graded.
        """
        override = self.marking.overrides.get(handed.student) or Override()
        folder = row.override.folder if row.override else None
        said = msgspec.structs.replace(override, folder=folder)
        now = msgspec.structs.replace(row, override=None if said == Override() else said)
        now = self.marking.marked(now, handed)
        if not self.output.has(handed, row.key):  # what was handed out may not hold any more
            return msgspec.structs.replace(now, report=None), None
        result = self.output.result(handed, row.key)
        return self.handed_out(now, handed, result), result

    def told(self, handed: Handed) -> dict[str, Any]:
        """Return what is known of what a student handed in, before that is opened."""
        draft = handed.draft
        return {
            "id": draft.id,
            "email": draft.email,
            "submission": handed.shown,
            "download_time": draft.time,
            "download_late": draft.late,
        }

    def handed_out(self, row: Row, handed: Handed, result: Result) -> Row:
        """Write what the student may be told; return the row that says in which file."""
        told = without_hints(explained(result, handed), self.setting.hints)
        text = text_of(told, self.marking.told(row))
        file = self.output.hand_out(handed, None if isinstance(told, Refused) else told, text)
        return msgspec.structs.replace(row, report=file)


def filled(row: Row, result: Report | Refused) -> Row:
    """Return a row with what came of grading."""
    if isinstance(result, Refused):
        refused = {"status": result.status, "why": result.why, "folders": result.folders}
        return msgspec.structs.replace(row, **refused)
    nothing = "; ".join(result.notes) or _("there is nothing in it")
    return msgspec.structs.replace(
        row,
        status="graded" if result.found else "nothing",
        why=None if result.found else nothing,
        notes=(*result.notes, *unloaded(result)) if result.found else (),
        score=result.score,
        max_score=result.max_score,
        steps={step.step: Earned(step.score, step.max_score) for step in result.steps},
        checks=marks(result),
    )


def explained(result: Result, handed: Handed) -> Report | Refused:
    """Return a result with what the download says of a submission: that explains why nothing
    was found.
    """
    if isinstance(result, Refused):
        return result
    report, notes = result.report, handed.draft.notes
    if not notes:
        return report
    return msgspec.structs.replace(
        report, notes=(*notes, *(report.notes if report.found else ()))
    )


def unloaded(report: Report) -> Iterator[str]:
    """Yield a note on each step that did not load whole."""
    for step in report.steps:
        if step.load_error and step.status != "not_attempted":
            text = _("step {label} did not load whole: {why}")
            yield text.format(label=step.label, why=step.load_error.splitlines()[0])


def troubles(rows: Iterable[Row]) -> Iterator[tuple[str, Standing, str]]:
    """Yield the students who need a look, the worst first."""
    order: tuple[Standing, ...] = ("error", "ambiguous", "unreadable", "nothing")
    found = [row for row in rows if row.status in order and row.given is None]
    for row in sorted(found, key=lambda row: order.index(row.status)):
        yield row.student, row.status, cut(row.why or "", LONGEST)
