"""Which students have the same code, and which the same rare mistakes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from graders.classroom.results import Row
from graders.classroom.same_work.shape import Unit

LEAST = 30
"""How many parts of syntax have to be the same.  Of 41 learners who had nothing to do with one
another no two had more than 9 in common, of 18 students whom somebody invented no two more
than 20; of 12 copies eight had 49 and more.
"""
LITTLE = 12
"""How many are enough where it is all that each has of their own."""
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
"""How many rare mistakes have to be the same: one was so for two pairs of those learners."""


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
    for student, units in held.items():
        for unit in units:
            holders[unit.digest].add(student)
    taught = max(MANY, len(held) * TAUGHT)
    own = {
        student: {unit.digest: unit for unit in units if len(holders[unit.digest]) < taught}
        for student, units in held.items()
    }
    common = sets_of(own, holders)
    found = dict[frozenset[str], list[Unit]]()
    for each in sorted(common, key=len, reverse=True):
        units = common[each]
        within = max((weight(found[other]) for other in found if each < other), default=0)
        all_there_is = all(len(units) == len(own[student]) for student in each)
        if weight(units) >= within + (LITTLE if all_there_is else LEAST):
            found[each] = units
    order = sorted(found, key=lambda each: (-weight(found[each]), sorted(each)))
    return [
        Alike(tuple(sorted(each)), steps_of(found[each]), len(found[each])) for each in order
    ]


def sets_of(
    own: Mapping[str, Mapping[str, Unit]], holders: Mapping[str, set[str]]
) -> dict[frozenset[str], list[Unit]]:
    """Return the sets of all students who have what some two have in common, with that, as many
    as are looked at.
    """
    pairs = defaultdict[tuple[str, str], list[Unit]](list)
    units = {digest: unit for mine in own.values() for digest, unit in mine.items()}
    for digest, unit in units.items():
        for pair in combinations(sorted(holders[digest]), 2):
            pairs[pair].append(unit)
    ample = {pair: units for pair, units in pairs.items() if weight(units) >= LITTLE}
    heaviest = sorted(ample, key=lambda pair: (-weight(ample[pair]), pair))[:MOST_SETS]
    return {
        frozenset(set.intersection(*(holders[unit.digest] for unit in ample[pair]))): ample[
            pair
        ]
        for pair in heaviest
    }


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
