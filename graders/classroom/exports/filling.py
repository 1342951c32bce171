"""Fill an exported gradebook with a class's points: in a copy, whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from graders.classroom.exports.columns import (
    TITLES,
    Columns,
    columns_of,
    has_commas,
)
from graders.classroom.exports.matching import matched
from graders.classroom.exports.raw_csv import Table
from graders.classroom.gradebook import guarded
from graders.classroom.handed import Handed
from graders.classroom.output import Output, plain_file, renew
from graders.classroom.results import Row
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.submission.notebook import few
from graders.syllabus import SYLLABUS
from graders.words import _

FILLED = "filled-"
"""What the name of a copy begins with."""
EXCUSED = "EX"
"""What Canvas has in the place of points for who needs none."""
OURS = "gradmark: "
"""What a feedback cell begins with that may be written anew."""
ALL = 100.0
"""The most points where nobody was graded who would tell."""


class Filled(msgspec.Struct, frozen=True):
    """What became of an export."""

    count: int
    """How many rows have points now."""
    path: str
    unknown: tuple[str, ...]
    """Students of whom there is no row, or who are not alone in one."""
    waiting: tuple[str, ...]
    """Those who have a row, and no points."""
    kept: tuple[str, ...]
    """Those whose cells hold something else, which stays: they are excused, or somebody has
    written a comment.
    """
    absent: int
    """How many rows are of nobody who handed in."""


@dataclass(frozen=True)
class Export:
    """An exported gradebook."""

    path: Path
    table: Table
    columns: Columns

    @classmethod
    def of(cls, path: Path, column: str | None) -> "Export":
        """Return an export.  Raise GradmarkError for what is none."""
        try:
            table = Table(plain_file(path))
            columns = columns_of(table, column)
            last = max(columns.grade, columns.feedback or 0)
            if any(len(table.rows[row]) <= last for row in columns.students):
                raise GradmarkError(_("a row of it is shorter than its header"))
            return cls(path, table, columns)
        except OSError as error:
            text = _("--gradebook {path} can't be read: {why}")
            raise GradmarkError(text.format(path=path, why=error.strerror or error)) from error
        except GradmarkError as error:
            raise GradmarkError(f"--gradebook {path}: {error}") from error

    def foretold(self, students: Sequence[Handed], layout: str) -> str:
        """Return who would be filled in, in a sentence."""
        found = matched(students, layout, self.table, self.columns)
        unknown = [handed.student for handed in students if handed not in found]
        text = _("{path}: {count} of {all} students have a row of their own")
        said = text.format(path=self.path, count=len(found), all=len(students))
        return said + (
            _(", all but {names}").format(names=", ".join(unknown)) if unknown else ""
        )

    def fill(
        self, students: Sequence[Handed], layout: str, rows: Sequence[Row], output: Output
    ) -> Filled:
        """Write a copy that holds the points that count."""
        found = matched(students, layout, self.table, self.columns)
        mine = {row.student: row for row in rows}
        most = max((row.max_score for row in rows), default=0.0) or ALL
        waiting, kept, count = [], [], 0
        for handed, place in found.items():
            row = mine.get(handed.student)
            if row is None or not has_points(row):
                waiting.append(handed.student)
            elif self.table.text(place, self.columns.grade).upper() == EXCUSED:
                kept.append(handed.student)
            else:
                count += 1
                self.table.change(place, self.columns.grade, self.points(row, place, most))
                if not self.comment(row, place, most):
                    kept.append(handed.student)
        path = output.root / f"{FILLED}{self.path.name}"
        renew(path, self.table.content())
        unknown = tuple(handed.student for handed in students if handed not in found)
        absent = len(self.columns.students) - len(found)
        return Filled(count, str(path), unknown, tuple(waiting), tuple(kept), absent)

    def points(self, row: Row, place: int, most: float) -> str:
        """Return a student's points as a cell, scaled to the most that the export has."""
        possible = self.columns.students[place]
        scaled = row.counts if possible is None else row.counts * possible / most
        text = f"{scaled:.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if has_commas(self.table, self.columns) else text

    def comment(self, row: Row, place: int, most: float) -> bool:
        """Write what a student may be told; return whether there was room for it: a comment of
        somebody else's stays.
        """
        column = self.columns.feedback
        if column is None:
            return True
        before = self.table.text(place, column)
        if before and OURS not in before:
            return False
        self.table.change(place, column, guarded(feedback(row, most)))
        return True


def has_points(row: Row) -> bool:
    """Return whether a student has points that were found, or given by hand: that no step was
    found is for somebody to look at, and not a 0.
    """
    return is_by_hand(row) or row.status == "graded"


def is_by_hand(row: Row) -> bool:
    """Return whether the instructor has given points."""
    return row.override is not None and row.override.points is not None


def feedback(row: Row, most: float) -> str:
    """Return what a feedback cell says: the points, and in which steps some are missing."""
    text = _("{points:g} of {most:g} points").format(points=row.counts, most=most)
    if row.override and is_by_hand(row):
        return f"{OURS}{text} ({one_line(row.override.reason or '')})"
    failed = {
        check.partition(".")[0] for check, mark in row.checks.items() if mark.status != "passed"
    }
    labels = [f"step {unit.label}" for unit in SYLLABUS if unit.step in failed]
    more = _("; not all checks pass in {steps}").format(steps=", ".join(labels))
    return OURS + text + (more if labels else "")


def tell(filled: Filled, export: Export) -> None:
    """Print what became of an export."""
    columns = export.columns
    text = _("{system}, column “{column}”: {count} filled in, written to {path}")
    told = [
        text.format(
            system=TITLES[columns.system],
            column=columns.title,
            count=filled.count,
            path=filled.path,
        )
    ]
    for names, text in (
        (filled.unknown, _("not filled in, since no row is theirs alone: {names}")),
        (filled.waiting, _("not filled in, since they have no points: {names}")),
        (filled.kept, _("left as it is, since it holds something else: {names}")),
    ):
        if names:
            told.append(text.format(names=few(list(names))))
    if filled.absent:
        told.append(_("rows of nobody who handed in: {count}").format(count=filled.absent))
    print("\n".join(map(one_line, told)))
