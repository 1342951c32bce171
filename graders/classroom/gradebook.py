"""The gradebook: a class's results as a table, a row for each student."""

import csv
import io
from collections.abc import Sequence

from graders.classroom.results import Row, written
from graders.renderers.plain import one_line
from graders.report import Isolation
from graders.syllabus import SYLLABUS

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet computes."""


def table(rows: Sequence[Row]) -> str:
    """Return the gradebook as CSV, of the steps that were graded."""
    steps = [unit.step for unit in SYLLABUS if any(unit.step in row.steps for row in rows)]
    lines = [{name: guarded(cell) for name, cell in cells(row, steps).items()} for row in rows]
    text = io.StringIO()
    writer = csv.DictWriter(text, [*cells(NOBODY, steps)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def cells(row: Row, steps: Sequence[str]) -> dict[str, str]:
    """Return the cells of a student, by the names of the columns."""
    graded = row.status == "graded"  # else somebody has to look: it is no 0
    return {
        "student": one_line(row.student),
        "id": one_line(row.id),
        "email": one_line(row.email),
        "submission": one_line(row.submission),
        "time": one_line(row.time),
        "late": "" if row.late is None else str(row.late).lower(),
        "days_late": "" if row.days_late is None else str(row.days_late),
        "status": row.status,
        "points": "" if row.points is None else written(row.points),
        "max_points": "" if row.points is None else written(row.max_points),
        "penalty": written(row.penalty) if graded else "",
        "score": written(row.score) if graded else "",
        "override": row.override.reason or "" if row.override else "",
        **{
            step: written(row.steps[step].points) if graded and step in row.steps else ""
            for step in steps
        },
        "notes": "; ".join(filter(None, (row.why, *row.notes))),
        "report": row.report or "",
    }


def guarded(text: str) -> str:
    """Return a text of ours as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


NOBODY = Row(
    student="",
    submission="",
    status="nothing",
    content="",
    key="",
    course="",
    seed=0,
    isolation=Isolation("sandbox"),
)
"""Whose cells tell what the columns are called."""
