"""Whose points differ between two results of a class, by which checks, and why."""

from collections.abc import Iterator
from pathlib import Path

from graders.classroom.output import RESULTS, read
from graders.classroom.results import Mark, Results, Row, written
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.words import _

NONE = Mark("not_attempted", 0.0)
"""What is taken for a check that was not run."""
MOST_CHECKS = 6
"""How many checks are named for one student."""


def at(path: Path) -> Results:
    """Return the results at a path: of a folder, or a file of its own.

    Raise GradmarkError where there are none.
    """
    file = path / RESULTS if path.is_dir() else path
    if not file.exists():
        raise GradmarkError(_("there are no results at {path}").format(path=path))
    found: Results = read(file, Results)
    return found


def compared(old: Results, new: Results) -> Iterator[str]:
    """Yield a few lines on each student whose points differ."""
    for line, first, second in changes(old, new):
        yield line
        if first and second:
            yield from checks(first, second)


def changes(old: Results, new: Results) -> Iterator[tuple[str, Row | None, Row | None]]:
    """Yield a line on each student whose points differ, and both rows."""
    before = {row.student: row for row in old.students}
    after = {row.student: row for row in new.students}
    for student in sorted(before.keys() | after.keys()):
        first, second = before.get(student), after.get(student)
        name = one_line(student)
        if first is None or second is None:
            word = _("{student}: not there any more") if first else _("{student}: new, {now}")
            now = told(second) if second else ""
            yield word.format(student=name, now=now), first, second
        elif points(first) != points(second) or first.status != second.status:
            text = _("{student}: {before} → {after}, because of {why}")
            why = ", ".join(reasons(first, second)) or _("chance")
            line = text.format(student=name, before=told(first), after=told(second), why=why)
            yield line, first, second


def points(row: Row) -> tuple[float, dict[str, float]]:
    """Return the points of a row, in all and for each check."""
    return row.points or 0.0, {check: mark.points for check, mark in row.checks.items()}


def told(row: Row) -> str:
    """Return what a student has, in a few words."""
    return row.status if row.points is None else written(row.points)


def reasons(old: Row, new: Row) -> Iterator[str]:
    """Yield what is different about two rows besides what came of them."""
    if old.given != new.given:
        yield _("the instructor")
        return
    causes = {
        "content": _("the submission"),
        "course": _("the course"),
        "seed": _("the seed"),
        "override": _("the instructor"),
        "isolation": _("the isolation"),
        "setting": _("the settings"),
        "rules": _("the course file"),
        "due": _("the deadline"),
        "time": _("the time of handing in"),
    }
    for name, word in causes.items():
        if getattr(old, name) != getattr(new, name):
            yield word


def checks(old: Row, new: Row) -> Iterator[str]:
    """Yield a line on each check whose points differ."""
    names = [*dict.fromkeys((*old.checks, *new.checks))]
    listed = []
    for name in names:
        first, second = (row.checks.get(name, NONE) for row in (old, new))
        if first.points != second.points:
            marks = (f"{written(mark.points)} ({mark.status})" for mark in (first, second))
            listed.append(f"  {name}: {' → '.join(marks)}")
    yield from listed[:MOST_CHECKS]
    if len(listed) > MOST_CHECKS:
        yield _("  and {count} more").format(count=len(listed) - MOST_CHECKS)
