"""From the reports that are kept to the results of a class: read one by one, in a process of
its own, so that who supervises stays as small with a thousand as with ten.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from graders import __version__
from graders.classroom import diff
from graders.classroom.gradebook import table
from graders.classroom.handed import Handed
from graders.classroom.judging import Refused
from graders.classroom.output import Output
from graders.classroom.results import Override, Results, Row, Standing, marks
from graders.classroom.setting import Setting
from graders.renderers import console
from graders.renderers.plain import one_line
from graders.report import Report, Tool
from graders.submission.text import cut
from graders.words import _

WIDTH = 80
"""Columns of what a student may be told."""
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


def summarize(
    output: Output,
    setting: Setting,
    students: Iterable[Handed],
    outcomes: Iterable[Outcome],
    overrides: Mapping[str, Override],
) -> Summary:
    """Write the results, the gradebook and what each student may be told; return what is to be
    said of them.

    Students of whom there is nothing new keep the row that they have in the results before.
    """
    before = output.results()
    old = {row.student: row for row in before.students} if before else {}
    new = {outcome.handed: outcome for outcome in outcomes}
    rows, waiting = [], []
    for handed in sorted(students, key=lambda handed: handed.student):
        override, row = overrides.get(handed.student), old.get(handed.student)
        if outcome := new.get(handed):
            rows.append(row_of(output, setting, outcome, override))
        elif row and row.is_of(handed):
            rows.append(said_again(output, setting, handed, row, override))
        else:
            waiting.append(handed.student)
    listed = tuple(rows)
    results = Results(tool=Tool("gradmark", __version__), students=listed)
    changed = [*diff.changes(before, results)] if before else []
    output.publish(results, table(listed))
    return Summary(
        Counter(row.status for row in listed),
        tuple(line for line, _old, _new in changed),
        tuple(troubles(listed)),
        {row.student: row.folders for row in listed if row.folders},
        tuple(waiting),
    )


def said_again(
    output: Output, setting: Setting, handed: Handed, row: Row, override: Override | None
) -> Row:
    """Return the row of somebody who was not graded this time, with what the instructor says
    now of points; the folder stays that which was graded.
    """
    folder = row.override.folder if row.override else None
    now = override or Override()
    said = msgspec.structs.replace(now, folder=folder)
    said_now = None if said == Override() else said
    if said_now == row.override:
        return row
    if row.report and output.has(handed, row.key):
        result = explained(output.result(handed, row.key), handed)
        hand_out(output, handed, result, said_now, setting.more)
    return msgspec.structs.replace(row, override=said_now)


def row_of(
    output: Output, setting: Setting, outcome: Outcome, override: Override | None
) -> Row:
    """Return what came of one student, and write what the student may be told."""
    handed, key = outcome.handed, outcome.key
    blank = Row(
        student=handed.student,
        **told(handed),
        status="error",
        why=outcome.why,
        content=outcome.content,
        course=setting.course,
        seed=setting.options.seed,
        setting=setting.digest,
        isolation=setting.isolation,
        key=key,
        override=override,
    )
    if outcome.why:
        return blank
    result = outcome.refused or explained(output.result(handed, key), handed)
    file = hand_out(output, handed, result, override, setting.more)
    if isinstance(result, Refused):
        refused = {"status": result.status, "why": result.why, "folders": result.folders}
        return msgspec.structs.replace(blank, report=file, **refused)
    report = result
    nothing = "; ".join(report.notes) or _("there is nothing in it")
    return msgspec.structs.replace(
        blank,
        status="graded" if report.found else "nothing",
        why=None if report.found else nothing,
        notes=(*report.notes, *unloaded(report)) if report.found else (),
        report=file,
        score=report.score,
        max_score=report.max_score,
        steps={step.step: step.score for step in report.steps},
        checks=marks(report),
    )


def explained(result: Report | Refused, handed: Handed) -> Report | Refused:
    """Return a result with what the download says of a submission: that explains why nothing
    was found.
    """
    notes = handed.draft.notes
    if isinstance(result, Refused) or not notes:
        return result
    more = result.notes if result.found else ()
    return msgspec.structs.replace(result, notes=(*notes, *more))


def told(handed: Handed) -> dict[str, Any]:
    """Return what the download says of what a student handed in."""
    draft = handed.draft
    return {
        "id": draft.id,
        "email": draft.email,
        "submission": handed.shown,
        "time": draft.time,
        "late": draft.late,
    }


def hand_out(
    output: Output,
    handed: Handed,
    result: Report | Refused,
    override: Override | None,
    more: bool,
) -> str:
    """Write what a student may be told, and return in which file."""
    if isinstance(result, Refused):
        said = _("This could not be graded: {why}.").format(why=result.why)
        return output.hand_out(handed, None, one_line(said) + by_hand(override))
    return output.hand_out(handed, result, shown(result, more) + by_hand(override))


def shown(report: Report, more: bool) -> str:
    """Return a report as a terminal would show it, without the seed."""
    file = io.StringIO()
    public = msgspec.structs.replace(report, seed=None)
    console.show(public, "", more_hints=more, color=False, file=file, width=WIDTH)
    return file.getvalue()


def by_hand(override: Override | None) -> str:
    """Return a line on what the instructor says instead of the score."""
    if override is None or override.points is None:
        return "\n"
    text = _("Points by the instructor: {points:g} ({reason})")
    line = text.format(points=override.points, reason=one_line(override.reason or ""))
    return f"\n {line}\n"


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
