"""Which students have the same code, and which the same rare mistakes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from graders.classroom.results import Row
from graders.classroom.same_work.shape import Unit

LEAST = 30
"""How many parts of syntax have to be the same.  Of 41 learners who had nothing to do with one
another no two had more than 15 in common.
"""
LITTLE = 12
"""How many are enough where it is all that each has of their own."""
MOST_SETS = 2_000
"""How many sets of students are looked at, those with most in common first."""
FEWEST, RARE, SHARE = 20, 2, 0.05
"""From how many submissions on a mistake may be called rare, and how many may have it then: so
many, or that part of all.
"""
MISTAKES = 2
"""How many rare mistakes have to be the same: one was so for three pairs of those learners."""


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

    A set is left out where a larger one has nearly all of it in common as well.
    """
    unit_of = {unit.digest: unit for units in held.values() for unit in units}
    holders = defaultdict[str, set[str]](set)
    for student, units in held.items():
        for unit in units:
            holders[unit.digest].add(student)
    common = defaultdict[frozenset[str], list[Unit]](list)
    for digest, students in holders.items():
        if len(students) > 1:
            common[frozenset(students)].append(unit_of[digest])
    sets = sorted(common, key=lambda each: -weight(common[each]))[:MOST_SETS]
    whole = {
        each: [unit for other in sets if each <= other for unit in common[other]]
        for each in sets
    }
    found = dict[frozenset[str], list[Unit]]()
    for each in sorted(sets, key=len, reverse=True):
        within = max((weight(whole[other]) for other in found if each < other), default=0)
        all_there_is = all(len(whole[each]) == len(held[student]) for student in each)
        if weight(whole[each]) >= within + (LITTLE if all_there_is else LEAST):
            found[each] = whole[each]
    return [
        Alike(tuple(sorted(each)), steps_of(units), len(units))
        for each, units in sorted(
            found.items(), key=lambda item: (-weight(item[1]), sorted(item[0]))
        )
    ]


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
    holders = defaultdict[tuple[str, str], set[str]](set)
    for row in rows:
        for check, mark in row.checks.items():
            if mark.misconception:
                holders[check.partition(".")[0], mark.misconception].add(row.student)
    most = max(RARE, int(len(rows) * SHARE))
    common = defaultdict[frozenset[str], list[str]](list)
    for (step, _misconception), students in holders.items():
        if 1 < len(students) <= most:
            common[frozenset(students)].append(step)
    found = [
        Alike(tuple(sorted(each)), tuple(sorted(set(steps))), len(steps))
        for each, steps in common.items()
        if len(steps) >= MISTAKES
    ]
    return sorted(found, key=lambda alike: (-alike.count, alike.students))
