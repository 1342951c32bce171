"""From the reports that are kept to the results of a class: read one by one, in a process of
its own, so that who supervises stays as small with a thousand as with ten.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from graders import __version__
from graders.classroom.gradebook import table
from graders.classroom.handed import Handed
from graders.classroom.judging import Refused
from graders.classroom.output import Output, read
from graders.classroom.results import Override, Results, Row, Standing, marks
from graders.classroom.setting import Setting
from graders.report import Report, Tool
from graders.words import _


@dataclass(frozen=True)
class Outcome:
    """What there is of one student: a result under a key, or why there is none."""

    handed: Handed
    content: str
    key: str
    why: str | None = None
    """What went wrong in grading, where it did."""


class Summary(msgspec.Struct, frozen=True):
    """What is said at the end of a run."""

    counts: dict[Standing, int]
    graded: int
    """How many of the rows are of this run's setting."""
    troubles: tuple[tuple[str, Standing, str], ...]
    """The students who need a look: with the kind of trouble, and what it is."""


def summarize(
    output: Output,
    setting: Setting,
    students: Iterable[Handed],
    outcomes: Iterable[Outcome],
    overrides: Mapping[str, Override],
) -> Summary:
    """Write the results and the gradebook of a class, and return what is to be said of them.

    Students of whom there is nothing new keep the row that they have in the results before.
    """
    new = {outcome.handed.student: outcome for outcome in outcomes}
    before = output.results()
    rows = {row.student: row for row in before.students} if before else {}
    for student, outcome in new.items():
        rows[student] = row_of(output, setting, outcome, overrides.get(student))
    known = sorted(handed.student for handed in students)
    listed = tuple(rows[student] for student in known if student in rows)
    output.publish(Results(tool=Tool("gradmark", __version__), students=listed), table(listed))
    return Summary(Counter(row.status for row in listed), len(new), tuple(troubles(listed)))


def row_of(
    output: Output, setting: Setting, outcome: Outcome, override: Override | None
) -> Row:
    """Return what came of one student."""
    handed, key = outcome.handed, outcome.key
    blank = Row(
        student=handed.student,
        submission=handed.path,
        status="error",
        why=outcome.why,
        content=outcome.content,
        course=setting.course,
        seed=setting.options.seed,
        setting=setting.digest,
        isolation=setting.isolation,
        override=override,
    )
    if outcome.why:
        return blank
    refusal = output.refusal(handed, key)
    if refusal.exists():
        refused = read(refusal, Refused)
        told = {"status": refused.status, "why": refused.why, "folders": refused.folders}
        return msgspec.structs.replace(blank, **told)
    path = output.report(handed, key)
    report = read(path, Report)
    return msgspec.structs.replace(
        blank,
        status="graded" if report.found else "nothing",
        why=None if report.found else "; ".join(report.notes) or _("there is nothing in it"),
        report=path.relative_to(output.root).as_posix(),
        score=report.score,
        max_score=report.max_score,
        steps={step.step: step.score for step in report.steps},
        checks=marks(report),
    )


def troubles(rows: Iterable[Row]) -> Iterator[tuple[str, Standing, str]]:
    """Yield the students who need a look, the worst first."""
    order: tuple[Standing, ...] = ("error", "ambiguous", "unreadable", "nothing")
    found = [row for row in rows if row.status in order]
    for row in sorted(found, key=lambda row: order.index(row.status)):
        yield row.student, row.status, row.why or ""
