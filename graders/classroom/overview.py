"""What trips a class: how points lie, which checks and ideas, and whose work is the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

import msgspec

from graders.checks import Declaration
from graders.classroom.handed import Handed
from graders.classroom.judging import Graded
from graders.classroom.marking.marking import Marking
from graders.classroom.results import Row
from graders.classroom.same_work.alike import Alike, rare_mistakes, same_code
from graders.classroom.same_work.shape import Code, Unit
from graders.misconceptions import catalogue
from graders.report import Status
from graders.syllabus import SYLLABUS

FAILED: tuple[Status, ...] = ("failed", "crashed", "timeout")
SEVERAL = 3
"""How many steps are as gradmark's own by more than chance: some leave one line to write."""
LONGEST = 3
"""How many are named who took longest."""
Names = tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """What is known of a graded submission that its row doesn't say."""

    code: Code
    reference: int
    """How many of its steps are gradmark's own solution."""
    seconds: float

    @classmethod
    def of(cls, graded: Graded) -> "Work":
        """Return what a result says."""
        seconds = sum(graded.report.timing.values())
        return cls(graded.code, len(graded.reference), seconds)


class StepTally(msgspec.Struct, frozen=True):
    """How a step went."""

    label: str
    title: str
    mean: float
    """Of gradmark's own points."""
    max_points: float
    whole: int
    """How many have all of them."""
    untouched: int
    """How many have not begun."""


class CheckTally(msgspec.Struct, frozen=True):
    """How a check went."""

    id: str
    title: str
    sections: str
    passed: int
    failed: int
    others: int
    """Of how many it can't be said: it rests on what is broken, or was not attempted."""


class IdeaTally(msgspec.Struct, frozen=True):
    """A misconception, and whose it likely is."""

    label: str
    title: str
    sections: str
    students: Names


class Lateness(msgspec.Struct, frozen=True):
    """Somebody who was late."""

    student: str
    days: int
    penalty: float


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What a class as a whole shows; names are sorted, lists begin with what matters most."""

    graded: int
    max_points: float
    points: tuple[float, ...]
    """Of all who have some that count, the fewest first."""
    zero: Names
    untouched: Names
    """Those who left the template as it is."""
    reference: tuple[tuple[str, int], ...]
    """Those who handed in gradmark's own solution, and of how many steps."""
    late: tuple[Lateness, ...]
    late_unmeasured: Names
    """Those who are late as the download says, while nobody says by how much."""
    no_time: Names
    """Those of whom nobody says when they handed in, where there is a deadline."""
    steps: tuple[StepTally, ...]
    checks: tuple[CheckTally, ...]
    ideas: tuple[IdeaTally, ...]
    same_code: tuple[Alike, ...]
    rare_mistakes: tuple[Alike, ...]
    not_compared: Names
    """Those of whose code not all was compared."""
    seconds: float
    """What grading took, one after the other."""
    longest: tuple[tuple[str, float], ...]


def overview(
    marking: Marking,
    asked: Mapping[str, Declaration],
    rows: Sequence[Row],
    works: Mapping[Handed, Work],
) -> Overview:
    """Return what a class as a whole shows."""
    graded = [row for row in rows if row.status == "graded"]
    untouched = names(
        row
        for row in graded
        if all(mark.status == "not_attempted" for mark in row.checks.values())
    )
    known = {handed.student: each for handed, each in works.items()}
    dated = graded if marking.course.deadline else []
    unmeasured = [row for row in dated if row.days_late is None]
    times = sorted(known.items(), key=lambda each: (-each[1].seconds, each[0]))
    return Overview(
        graded=len(graded),
        max_points=marking.max_points,
        points=tuple(sorted(row.points for row in rows if row.points is not None)),
        zero=names(row for row in rows if row.points == 0 and row.student not in untouched),
        untouched=untouched,
        reference=tuple(
            (name, each.reference) for name, each in known.items() if each.reference >= SEVERAL
        ),
        late=tuple(
            Lateness(row.student, row.days_late, row.penalty) for row in dated if row.days_late
        ),
        late_unmeasured=names(row for row in unmeasured if row.late),
        no_time=names(row for row in unmeasured if not row.late),
        steps=tuple(steps_of(graded)),
        checks=tuple(checks_of(graded, asked)),
        ideas=tuple(ideas_of(graded)),
        same_code=tuple(same_code(united(works))),
        rare_mistakes=tuple(rare_mistakes(graded)),
        not_compared=tuple(name for name, each in known.items() if not each.code.whole),
        seconds=sum(each.seconds for each in known.values()),
        longest=tuple((name, each.seconds) for name, each in times[:LONGEST]),
    )


def names(rows: Iterable[Row]) -> Names:
    """Return the names of students, sorted as the rows are."""
    return tuple(row.student for row in rows)


def steps_of(rows: Sequence[Row]) -> Iterator[StepTally]:
    """Yield how each step went."""
    for unit in SYLLABUS:
        got = [row.steps[unit.step] for row in rows if unit.step in row.steps]
        if not got:
            continue
        untouched = sum(
            all(
                mark.status == "not_attempted"
                for check, mark in row.checks.items()
                if check.startswith(f"{unit.step}.")
            )
            for row in rows
        )
        whole = sum(each.points == each.max_points for each in got)
        most = max(each.max_points for each in got)
        yield StepTally(
            unit.label, unit.title, mean(each.points for each in got), most, whole, untouched
        )


def checks_of(rows: Sequence[Row], asked: Mapping[str, Declaration]) -> list[CheckTally]:
    """Return how each check went, those that most fail first."""
    found = []
    for check, declared in asked.items():
        counts = Counter(row.checks[check].status for row in rows if check in row.checks)
        failed = sum(counts[status] for status in FAILED)
        others = counts.total() - counts["passed"] - failed
        found.append(
            CheckTally(
                check, declared.title, declared.section, counts["passed"], failed, others
            )
        )
    return sorted(found, key=lambda each: -each.failed)


def ideas_of(rows: Sequence[Row]) -> list[IdeaTally]:
    """Return each misconception and whose it likely is, the commonest first."""
    held = defaultdict[tuple[str, str], list[str]](list)
    for row in rows:
        mine = {
            (check.partition(".")[0], mark.misconception)
            for check, mark in row.checks.items()
            if mark.misconception
        }
        for step, idea in sorted(mine):
            held[step, idea].append(row.student)
    found = []
    for unit in SYLLABUS:
        for entry in catalogue(unit.step):
            if students := held[unit.step, entry.id]:
                found.append(
                    IdeaTally(unit.label, entry.title, entry.sections, tuple(students))
                )
    return sorted(found, key=lambda idea: -len(idea.students))


def united(works: Mapping[Handed, Work]) -> dict[str, list[Unit]]:
    """Return the units of each submission by its student: those of a team, and of several
    submissions by the same student, are those of one, since they are the same by right.
    """
    found, called = dict[str, list[Unit]](), dict[tuple[str, ...], str]()
    for handed, work in works.items():
        draft = handed.draft
        marks = (
            ("place", draft.path, *map(str, draft.files)),
            ("who", draft.student, draft.id),
        )
        name = next(filter(None, map(called.get, marks)), handed.student)
        called |= dict.fromkeys(marks, name)
        had = found.setdefault(name, [])
        had += (unit for unit in work.code.units if unit not in had)
    return found
