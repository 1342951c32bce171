"""Which students have the same code, and which the same rare mistakes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from graders.classroom.results import Row
from graders.classroom.same_work.shape import Unit

LEAST = 50
"""How many parts of syntax have to be the same."""
TAUGHT, MANY = 0.25, 6
"""What part of a class, and how many at least, have code in common that was taught: it is as
good as published.
"""
MOST_SETS = 2_000
"""How many sets of students are looked at, those with most in common first."""
FEWEST, RARE, SHARE = 20, 2, 0.05
"""From how many submissions on a mistake may be called rare, and how many may have it then: so
many, or that part of all.
"""
MISTAKES = 2
"""How many rare mistakes have to be the same: one is so by chance."""
INHERITED = {
    "square-carried-over", "function-carried-over", "forward-is-another-function",
    "result-already-wrong", "old-base",
}  # fmt: skip
"""What tells of a mistake in an earlier step."""


Mistake = tuple[str, str, frozenset[str]]
"""A misconception, the step that shows it, and by which checks."""


class Alike(msgspec.Struct, frozen=True):
    """Students who have something in common."""

    students: tuple[str, ...]
    steps: tuple[str, ...]
    """Where they have it."""
    count: int
    """How many functions, or mistakes, it is."""


def same_code(held: Mapping[str, Sequence[Unit]]) -> list[Alike]:
    """Return the sets of students whose code is the same, as far as it isn't published, those
    with most in common first; ``held`` are each one's units.

    A set is all who have what some two of them have in common.  It is left out where a larger
    one has nearly all of that in common as well.
    """
    holders = defaultdict[str, set[str]](set)
    least = dict[str, Unit]()
    for student, units in held.items():
        for unit in units:
            holders[unit.digest].add(student)
            least[unit.digest] = min(unit, least.get(unit.digest, unit), key=lambda u: u.size)
    taught = max(MANY, len(held) * TAUGHT)
    shared = {digest: least[digest] for digest, who in holders.items() if 1 < len(who) < taught}
    common = dict[frozenset[str], list[Unit]]()
    for digests in sorted(in_common(held, shared, holders), key=sorted):
        having = set.intersection(*(holders[digest] for digest in digests))
        common[frozenset(having)] = [shared[digest] for digest in digests]
    heaviest = sorted(common, key=lambda each: (-weight(common[each]), sorted(each)))
    found = dict[frozenset[str], list[Unit]]()
    for each in sorted(heaviest[:MOST_SETS], key=len, reverse=True):
        within = max((weight(found[other]) for other in found if each < other), default=0)
        if weight(common[each]) >= within + LEAST:
            found[each] = common[each]
    return [
        Alike(tuple(sorted(each)), steps_of(found[each]), len(found[each]))
        for each in heaviest
        if each in found
    ]


def in_common(
    held: Mapping[str, Sequence[Unit]],
    shared: Mapping[str, Unit],
    holders: Mapping[str, set[str]],
) -> set[frozenset[str]]:
    """Return what any two students have in common, if that is enough, as digests of units."""
    found = set[frozenset[str]]()
    for student, units in held.items():
        others = defaultdict[str, list[str]](list)
        for digest in {unit.digest for unit in units} & shared.keys():
            for other in holders[digest]:
                if other > student:
                    others[other].append(digest)
        ample = (d for d in others.values() if weight(shared[each] for each in d) >= LEAST)
        found.update(map(frozenset, ample))
    return found


def weight(units: Iterable[Unit]) -> int:
    """Return how many parts of syntax units have."""
    return sum(unit.size for unit in units)


def steps_of(units: Iterable[Unit]) -> tuple[str, ...]:
    """Return the steps that units are of."""
    return tuple(sorted({unit.step for unit in units}))


def rare_mistakes(rows: Sequence[Row]) -> list[Alike]:
    """Return the sets of students who alone have certain misconceptions, those with most in
    common first: of a class that is large enough to call something rare.
    """
    if len(rows) < FEWEST:
        return []
    holders = defaultdict[Mistake, set[str]](set)
    for row in rows:
        for mistake in mistakes(row):
            holders[mistake].add(row.student)
    most = max(RARE, int(len(rows) * SHARE))
    common = defaultdict[frozenset[str], list[str]](list)
    for (_idea, step, _checks), students in holders.items():
        if 1 < len(students) <= most:
            common[frozenset(students)].append(step)
    found = [
        Alike(tuple(sorted(each)), tuple(sorted(set(steps))), len(steps))
        for each, steps in common.items()
        if len(steps) >= MISTAKES
    ]
    return sorted(found, key=lambda alike: (-alike.count, alike.students))


def mistakes(row: Row) -> Iterator[Mistake]:
    """Yield a student's likely misconceptions, each in the first step that shows it: what is
    carried on to later steps is no other mistake.
    """
    first = dict[str, str]()
    for check, mark in row.checks.items():
        if mark.misconception and mark.misconception not in INHERITED:
            first.setdefault(mark.misconception, check.partition(".")[0])
    for idea, step in first.items():
        shown = (check for check in row.checks if check.startswith(f"{step}."))
        yield idea, step, frozenset(c for c in shown if row.checks[c].misconception == idea)
