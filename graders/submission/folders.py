"""The folders of a submission that hold steps, each with what is best in it for a step."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from graders.submission.contents import Code
from graders.submission.naming import spelling
from graders.submission.offers import Offer, Standing
from graders.submission.published import OWN, publisher
from graders.submission.versions import FINAL, RETIRED, version

SEVERAL = 3
"""How many steps a folder has that is taken for a copy of a published solution."""
MOST_PARTS = 50
"""How many files one step may be made of."""
MAIN = re.compile(r"main|run|demo|__main__")
"""How a file is called that uses the others beside it."""


@dataclass
class Folder:
    """A folder, and what it offers: for each step the best first."""

    path: str
    offers: dict[str, list[Offer]] = field(default_factory=dict)

    def best(self, step: str) -> Offer | None:
        """Return what is best for a step."""
        return self.offers[step][0] if step in self.offers else None

    @cached_property
    def publisher(self) -> str:
        """Return whose published solution most of what it offers is; nothing if most is not."""
        whose = Counter(publisher(same[0].code.digest) for same in self.offers.values())
        name, count = whose.most_common(1)[0] if whose else ("", 0)
        return name if count >= SEVERAL and 2 * count > len(self.offers) else ""

    @cached_property
    def is_own(self) -> bool:
        """Return whether it is gradmark's own reference."""
        return bool(self.publisher) and any(
            same[0].code.digest in OWN for same in self.offers.values()
        )

    @cached_property
    def is_worked_on(self) -> bool:
        """Return whether it holds work, and is called like nothing old."""
        best = (same[0].standing for same in self.offers.values())
        return Standing.WORK in best and not self.is_retired

    @cached_property
    def is_retired(self) -> bool:
        """Return whether it is called like something old."""
        return RETIRED.search(spelling(self.path)) is not None

    @cached_property
    def merits(self) -> tuple[bool, bool, int, int, tuple[int, ...], int]:
        """Return a key that is least for the folder that should be graded."""
        name = spelling(self.path)
        worked = sum(listed[0].standing is Standing.WORK for listed in self.offers.values())
        depth = self.path.count("/") + bool(self.path)
        final = len(FINAL.findall(name))
        return self.is_own, self.is_retired, -worked, -final, version(name), depth


def ranked(listed: Iterable[Offer]) -> list[Folder]:
    """Return the folders that offers lie in, the best first."""
    found: dict[str, Folder] = {}
    for offer in listed:
        folder = found.setdefault(offer.home, Folder(offer.home))
        folder.offers.setdefault(offer.step, []).append(offer)
    for folder in found.values():
        for step, same in folder.offers.items():
            folder.offers[step] = completed(sorted(same, key=lambda offer: offer.rank))
    return sorted(found.values(), key=lambda folder: (folder.merits, folder.path))


def completed(same: list[Offer]) -> list[Offer]:
    """Return the offers for one step in one folder, those that are parts of a whole as one.

    Such are numbered parts, all files of a folder that is called after the step, files of
    which none defines what another does, and step 10's tests beside what they test.
    """
    first, called = same[0], same[0].called
    works = [o for o in same if o.section is None and o.standing <= Standing.OTHER]
    whole = [o for o in works if o.called.plainness == called.plainness][:MOST_PARTS]
    if called.part:
        whole.sort(key=lambda o: (o.called.part, o.rank))
    elif called.around:
        whole.sort(key=lambda o: (is_main(o), in_order(o.entries[0].path)))
    elif called.plainness != 1 or any(overlap(whole)):
        whole = [first]
    if first.step == "step10":
        tests = [o for o in works if o.called.tests][:MOST_PARTS]
        whole = [*(o for o in whole if o not in tests), *tests]
    if len(whole) < 2 or first not in whole:
        return same
    entries = tuple(entry for offer in whole for entry in offer.entries)
    code = Code("\n".join(offer.code.text for offer in whole))
    merged = replace(first, entries=entries, code=code)
    return [merged, *(offer for offer in same if offer not in whole)]


def overlap(offers: Sequence[Offer]) -> Iterator[bool]:
    """Yield for each offer whether it defines what one before it does, or is no Python file."""
    had: set[str] = set()
    for offer in offers:
        yield bool(had & offer.code.defines) or offer.entries[0].is_notebook
        had |= offer.code.defines


def in_order(path: str) -> str:
    """Return a key that sorts paths as people number them: 2 before 10."""
    return re.sub(r"\d{1,9}", lambda number: number[0].zfill(9), path)


def is_main(offer: Offer) -> bool:
    """Return whether a file is called like one that uses those beside it."""
    return MAIN.fullmatch(offer.entries[0].title) is not None
