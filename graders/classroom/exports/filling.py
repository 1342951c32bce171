"""Fill an exported gradebook with a class's points: in a copy, whole or not at all."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import msgspec

from graders.classroom.exports.columns import (
    NUMBER,
    TITLES,
    Columns,
    columns_of,
    has_commas,
    number_in,
)
from graders.classroom.exports.matching import matched
from graders.classroom.gradebook import guarded
from graders.classroom.handed import Handed
from graders.classroom.output import Output, plain_file, renew
from graders.classroom.raw_csv import Table
from graders.classroom.results import Row, written
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.syllabus import SYLLABUS
from graders.words import _

FILLED = "filled-"
"""What the name of a copy begins with."""
EXCUSED = ("EX", "N/A")
"""What Canvas has in the place of points for who needs none."""
OURS = re.compile(
    r"'?(?:<p>)?gradmark: [\d.]+ of [\d.]+ points(?:, less [\d.]+ for days late: \d+)?"
    r"(?:; not all checks pass in step [\w-]+(?:, step [\w-]+)*| \(by hand: .*\))?(?:</p>)?"
)
"""A feedback cell that may be written anew: there is nothing else in it."""


class Filled(msgspec.Struct, frozen=True):
    """What became of an export, by names."""

    path: str
    count: int
    """How many rows have points now."""
    replaced: tuple[str, ...] = ()
    """Who had other points before, with both."""
    unknown: tuple[str, ...] = ()
    """Students of whom there is no row, or who are not alone in one."""
    waiting: tuple[str, ...] = ()
    """Those who have a row, and no points."""
    kept: tuple[str, ...] = ()
    """Those whose points stay: they are excused, or can't be changed."""
    commented: tuple[str, ...] = ()
    """Those whose feedback stays, since somebody has written it."""
    absent: int = 0
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

    @property
    def target(self) -> str:
        """Return where points go to, in words."""
        columns, header = self.columns, self.table.header
        most = set(columns.students.values()) - {None}
        text = _("{system}, column “{column}”")
        told = text.format(system=TITLES[columns.system], column=header[columns.grade])
        if not most:
            told += _(" (points as graded: it names no greatest)")
        else:
            told += _(" of {most}").format(most=", ".join(f"{each:g}" for each in most))
        if columns.feedback is not None:
            told += _(", feedback in “{column}”").format(column=header[columns.feedback])
        return told

    def foretold(self, students: Sequence[Handed], layout: str) -> str:
        """Return what would be filled in, and for whom not, in a sentence."""
        found = matched(students, layout, self.table, self.columns)
        unknown = [handed.student for handed in students if handed not in found]
        text = _("{target}: {count} of {all} students have a row of their own")
        said = text.format(target=self.target, count=len(found), all=len(students))
        return said + (_("; not {names}").format(names=", ".join(unknown)) if unknown else "")

    def fill(
        self,
        students: Sequence[Handed],
        layout: str,
        rows: Sequence[Row],
        most: float,
        output: Output,
    ) -> Filled:
        """Write a copy that holds the points that count, of ``most``."""
        found = matched(students, layout, self.table, self.columns)
        mine = {row.student: row for row in rows if row.points is not None}
        named = defaultdict[str, list[str]](list)
        commas, count = has_commas(self.table, self.columns), 0
        for handed, place in found.items():
            name, row = handed.student, mine.get(handed.student)
            before = self.table.text(place, self.columns.grade)
            if row is None:
                named["waiting"].append(name)
            elif before.upper() in EXCUSED or place in self.columns.locked:
                named["kept"].append(name)
            else:
                count += 1
                points = cell(row.points or 0.0, self.columns.students[place], most, commas)
                self.table.change(place, self.columns.grade, points)
                if NUMBER.fullmatch(before) and number_in(before) != number_in(points):
                    named["replaced"].append(f"{name} {before} → {points}")
                if not self.comment(row, place, most):
                    named["commented"].append(name)
        path = output.root / f"{FILLED}{self.path.name}"
        renew(path, self.table.content())
        named["unknown"] = [handed.student for handed in students if handed not in found]
        told = {kind: tuple(names) for kind, names in named.items()}
        return Filled(str(path), count, absent=len(self.columns.students) - len(found), **told)

    def comment(self, row: Row, place: int, most: float) -> bool:
        """Write what a student may be told; return whether there was room for it: what somebody
        has written stays.
        """
        column = self.columns.feedback
        if column is None:
            return True
        before = self.table.text(place, column)
        if before and not OURS.fullmatch(before):
            return False
        self.table.change(place, column, guarded(feedback(row, most)))
        return True


def cell(points: float, possible: float | None, most: float, commas: bool) -> str:
    """Return points as a cell, scaled from the most that there are to the most that are
    possible, as people round.
    """
    scaled = Decimal(repr(points))
    if possible is not None:
        scaled = scaled * Decimal(repr(possible)) / Decimal(repr(most))
    text = f"{scaled.quantize(Decimal('0.01'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if commas else text


def feedback(row: Row, most: float) -> str:
    """Return what a feedback cell says: the points, and in which steps some are missing."""
    text = _("gradmark: {points} of {most} points").format(
        points=written(row.points or 0.0), most=written(most)
    )
    if row.override and row.given is not None:
        return text + _(" (by hand: {why})").format(why=one_line(row.override.reason or ""))
    if row.penalty:
        late = _(", less {penalty} for days late: {days}")
        text += late.format(penalty=written(row.penalty), days=row.days_late)
    failed = {
        check.partition(".")[0] for check, mark in row.checks.items() if mark.status != "passed"
    }
    labels = [
        f"step {unit.label}".replace("–", "-") for unit in SYLLABUS if unit.step in failed
    ]
    more = _("; not all checks pass in {steps}").format(steps=", ".join(labels))
    return text + (more if labels else "")


def tell(filled: Filled, export: Export) -> None:
    """Print what became of an export."""
    text = _("{target}: {count} filled in, written to {path}")
    told = [text.format(target=export.target, count=filled.count, path=filled.path)]
    for names, text in (
        (filled.replaced, _("other points than before: {names}")),
        (filled.unknown, _("not filled in, since no row is surely and only theirs: {names}")),
        (filled.waiting, _("not filled in, since they have no points: {names}")),
        (filled.kept, _("points left as they are, since they are excused or locked: {names}")),
        (filled.commented, _("feedback left as it is, since somebody wrote it: {names}")),
    ):
        if names:
            told.append(text.format(names=", ".join(names)))
    if filled.absent:
        told.append(
            _("rows without a submission of theirs: {count}").format(count=filled.absent)
        )
    print("\n".join(map(one_line, told)))
