"""What may be graded as a step: files that are called after it, and parts of files."""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from graders.submission.contents import Code, Contents
from graders.submission.entry import Entry
from graders.submission.naming import (
    BARELY,
    HEADED,
    Called,
    Names,
    is_tests,
    spelling,
)
from graders.submission.notebook import MOST_TOLD, Section, few
from graders.submission.script import Part
from graders.submission.text import Unreadable
from graders.submission.versions import version
from graders.words import _

SQUARE_TEST = re.compile(r"\bsquare\(|\bSquare\(")
TEST = re.compile(r"^[ \t]*def test|unittest|pytest", re.MULTILINE)
"""What tests of step 10 have in them."""


class Standing(IntEnum):
    """How much a file stands for its student's work; the least is best."""

    WORK = 0
    OTHER = 1
    """It has none of the course's names, or is called like tests of a step's work."""
    UNFILLED = 2
    """It is still the template, or there is nothing in it, or it can't be read."""


@dataclass(frozen=True)
class Offer:
    """What may be graded as a step."""

    step: str
    called: Called
    entries: tuple[Entry, ...]
    code: Code
    section: Section | Part | None = None
    """The part of the file that it is; None for all of it."""
    of_the_course: bool = False
    """Whether the file has any of the course's names."""
    beside: int = 0
    """How many steps the headings of the file name, if it is called after none."""

    @property
    def is_doubtful(self) -> bool:
        """Return whether it only may be work on a step, and has none of the course's names."""
        return self.called.vague and not self.of_the_course

    @property
    def home(self) -> str:
        """Return the folder that it lies in."""
        return self.called.home

    @cached_property
    def standing(self) -> Standing:
        """Return how much it stands for its student's work."""
        if self.code.is_empty or self.code.is_unfilled:
            return Standing.UNFILLED
        if self.called.tests and self.step != "step10":
            return Standing.OTHER
        return Standing.WORK if self.code.of_the_course else Standing.OTHER

    @cached_property
    def rank(self) -> tuple[int, int, int, tuple[int, ...], bool, str]:
        """Return a key that is least for what should be graded in one folder."""
        entry, how = self.entries[0], self.called.plainness
        which = version(entry.title)
        return self.standing, how, -self.beside, which, entry.is_notebook, entry.path

    @property
    def names(self) -> str:
        """Return the files that it lies in, in words."""
        return few([entry.path for entry in self.entries])


def differ(one: Offer, other: Offer) -> bool:
    """Return whether two offers differ in more than white space."""
    return one.code.digest != other.code.digest


def offers(
    root: str, entries: Sequence[Entry], contents: Contents, notes: list[str]
) -> list[Offer]:
    """Return all that may be graded as a step: files, and parts that headings make of them."""
    names = Names(root, [entry.path for entry in entries])
    called = {entry.path: names.called(entry.path) for entry in entries}
    known = {step for name in called.values() if name and not name.meant for step in name.steps}
    found: list[Offer] = []
    unreadable: list[str] = []
    for entry in sorted(entries, key=lambda entry: called[entry.path] is None):
        try:
            found += offers_of(entry, called[entry.path], known, contents)
        except Unreadable as error:
            found += unread(entry, called[entry.path])
            if called[entry.path] is None and entry.is_notebook:
                unreadable.append(f"{entry.path}: {error}")
    notes += unreadable[:MOST_TOLD]
    if len(unreadable) > MOST_TOLD:
        text = _("{count} more notebooks can't be read")
        notes.append(text.format(count=len(unreadable) - MOST_TOLD))
    if all(offer.step != "step10" for offer in found):
        found += tests_alone(entries, called, contents)
    if not found and names.root:
        for entry in (entry for entry in entries if not entry.folder):
            found += offers_of(entry, names.root, known, contents)
    return found


def offers_of(
    entry: Entry, called: Called | None, known: set[str], contents: Contents
) -> Iterator[Offer]:
    """Yield what a file offers: as a whole the steps that it is called after, or parts of it.

    One that is called after several steps, or after none, is cut where it can be; one that is
    called after a step only where its parts include that one, and others that no file is called
    after.  Raise Unreadable.
    """
    source = contents.source(entry)
    if called and called.meant and known & set(called.steps):
        return
    parts = contents.sections(entry)
    if called and called.plainness == BARELY and parts:
        called = None
    if called:
        own, new = set(called.steps), parts.keys() - known
        several = own <= parts.keys() and new and all(map(is_work_of_its_own, parts.values()))
        if len(own) == 1 and not several:
            parts = {}
        for step in called.steps:
            if not (called.theory and source.is_empty) and may_hold(parts, step):
                yield offer(step, called, entry, source, parts.get(step))
        parts = {step: parts[step] for step in new - own if step in parts}
    for step, part in parts.items():
        by_heading = Called((step,), entry.folder, HEADED)
        yield offer(step, by_heading, entry, source, part, len(parts))


def may_hold(parts: Mapping[str, Section | Part], step: str) -> bool:
    """Return whether a file that is called after a step may hold it: where its parts don't name
    it, only code above the first can be it.
    """
    first = min(parts, default=step)
    return step in parts or not parts or (step < first and parts[first].has_above)


def is_work_of_its_own(part: Section | Part) -> bool:
    """Return whether a part of a file defines something: comments that number what a file does
    have such a one above each line.
    """
    return isinstance(part, Section) or bool(Code(part.text).defines)


def offer(
    step: str,
    called: Called,
    entry: Entry,
    source: Code,
    part: Section | Part | None,
    beside: int = 0,
) -> Offer:
    """Return the offer that a file, or a part of it, is."""
    code = Code(part.text) if part else source
    return Offer(step, called, (entry,), code, part, source.of_the_course, beside)


def tests_alone(
    entries: Sequence[Entry], called: Mapping[str, Called | None], contents: Contents
) -> Iterator[Offer]:
    """Yield files that are called like tests, and after no step, and test a square."""
    for entry in entries:
        if called[entry.path] or not is_tests(entry.title):
            continue
        with contextlib.suppress(Unreadable):
            source = contents.source(entry)
            if SQUARE_TEST.search(source.text) and TEST.search(source.text):
                home, _slash, folder = entry.folder.rpartition("/")
                home = home if is_tests(spelling(folder)) else entry.folder
                how = Called(("step10",), home, HEADED, tests=True)
                yield offer("step10", how, entry, source, None)


def unread(entry: Entry, called: Called | None) -> Iterator[Offer]:
    """Yield the steps that a file which can't be read is called after."""
    if called is None or called.vague:
        return
    for step in called.steps:
        yield Offer(step, called, (entry,), Code(""))
