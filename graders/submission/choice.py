"""Choose what is graded where a submission holds a step more than once.

Work wins over an untouched template, and over what is published; then the folder that isn't
called like an old one, then the one with most steps worked on, then the shallowest.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property

from graders.errors import GradmarkError
from graders.submission.contents import (
    COURSE,
    DEFINED,
    Contents,
    Source,
    is_blank,
    is_unfilled,
    squeezed,
)
from graders.submission.entry import Entry
from graders.submission.naming import (
    BARELY,
    FINAL,
    HEADED,
    RETIRED,
    Called,
    Names,
    is_tests,
    spelling,
    stem_of,
    version,
)
from graders.submission.notebook import MOST_TOLD, Section, few
from graders.submission.published import OWN, digest, publisher
from graders.submission.text import Unreadable
from graders.words import _

SQUARE_TEST = re.compile(r"\bsquare\(|\bSquare\(")
TEST = re.compile(r"^[ \t]*def test|unittest|pytest", re.MULTILINE)
"""What tests of step 10 have in them."""
SEVERAL = 3
"""How many steps a folder has that is taken for a copy of a published solution."""
MAIN = re.compile(r"main|run|demo|__main__")
"""How a file is called that uses the others beside it."""


class Ambiguous(GradmarkError):
    """Several folders hold a step, and nothing tells which is meant."""

    def __init__(self, message: str, folders: tuple[str, ...]) -> None:
        super().__init__(message)
        self.folders = folders


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
    code: str
    section: Section | None = None
    """The part of the file that it is; None for all of it."""
    of_the_course: bool = False
    """Whether the file has any of the course's names."""
    beside: int = 0
    """How many steps the headings of the file name, if it is called after none."""

    @property
    def home(self) -> str:
        """Return the folder that it lies in."""
        return self.called.home

    @cached_property
    def publisher(self) -> str:
        """Return whose published solution it is, in words."""
        return publisher(self.code)

    @cached_property
    def standing(self) -> Standing:
        """Return how much it stands for its student's work."""
        if self.section and not self.section.own:
            return Standing.UNFILLED
        if is_blank(self.code) or is_unfilled(self.code):
            return Standing.UNFILLED
        others_tests = self.called.tests and self.step != "step10"
        return (
            Standing.WORK if COURSE.search(self.code) and not others_tests else Standing.OTHER
        )

    @property
    def rank(self) -> tuple[int, int, int, tuple[int, ...], bool, str]:
        """Return a key that is least for what should be graded in one folder."""
        entry, how = self.entries[0], self.called.plainness
        which = version(spelling(stem_of(entry.name)))
        return self.standing, how, -self.beside, which, entry.is_notebook, entry.path

    @property
    def is_own(self) -> bool:
        """Return whether it is gradmark's own."""
        return digest(self.code) in OWN

    @property
    def names(self) -> str:
        """Return the files that it lies in, in words."""
        return few([entry.path for entry in self.entries])


@dataclass
class Folder:
    """A folder, and what it offers: for each step the best first."""

    path: str
    offers: dict[str, list[Offer]] = field(default_factory=dict)

    def best(self, step: str) -> Offer | None:
        """Return what is best for a step."""
        return self.offers[step][0] if step in self.offers else None

    def leave_out_doubtful(self) -> None:
        """Leave out what only may be work on a step, and has none of the course's names."""
        for step, same in self.offers.items():
            self.offers[step] = [o for o in same if o.of_the_course or not o.called.vague]
        self.offers = {step: same for step, same in self.offers.items() if same}

    @cached_property
    def is_published(self) -> bool:
        """Return whether it is a copy of what is published: several steps, all of them."""
        return bool(self.publisher)

    @cached_property
    def publisher(self) -> str:
        """Return whose published solution all of several steps in it are."""
        whose = {same[0].publisher for same in self.offers.values()}
        return whose.pop() if len(self.offers) >= SEVERAL and len(whose) == 1 else ""

    @cached_property
    def is_own(self) -> bool:
        """Return whether it is gradmark's own reference."""
        return self.is_published and next(iter(self.offers.values()))[0].is_own

    @cached_property
    def has_files(self) -> bool:
        """Return whether it has files of a student's that are plainly called after steps."""
        plain = (same[0] for same in self.offers.values() if not same[0].called.vague)
        return any(offer.standing is Standing.WORK for offer in plain) and not self.is_retired

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
        return self.is_published, self.is_retired, -worked, -final, version(name), depth


@dataclass(frozen=True)
class Choice:
    """What is graded, and the folders that there were to choose from, the best first."""

    steps: dict[str, Offer]
    folders: tuple[Folder, ...]


def choose(root: str, entries: Sequence[Entry], contents: Contents, notes: list[str]) -> Choice:
    """Return what is to be graded of a submission.

    ``root`` is its own name.  Raise Ambiguous where nothing tells.
    """
    folders = ranked(offers(root, entries, contents, notes))
    for folder in folders[1:]:
        folder.leave_out_doubtful()
    mine = students(folders)
    steps = {step: first_of(step, mine) for folder in mine for step in folder.offers}
    steps = {step: steps[step] for step in sorted(steps)}
    refuse_rivals(steps, mine)
    if steps:
        notes += told(steps, folders)
    return Choice(steps, tuple(folders))


def students(folders: Sequence[Folder]) -> Sequence[Folder]:
    """Return the folders that may be a student's work.

    Gradmark's reference is passed over for anything else, even a template; a copy of the
    book's files, which many type out as they are, for files of another folder that are work.
    """
    others = [folder for folder in folders if not folder.is_own]
    theirs = [folder for folder in others if not folder.is_published]
    if any(folder.has_files for folder in theirs):
        return theirs
    return others or folders


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
    whole = [o for o in works if o.called.plainness == called.plainness]
    if called.part:
        whole.sort(key=lambda o: (o.called.part, o.rank))
    elif called.around:
        whole.sort(key=lambda o: (is_main(o), in_order(o.entries[0].path)))
    elif called.plainness != 1 or any(overlap(whole)):
        whole = [first]
    if first.step == "step10":
        tests = [o for o in works if o.called.tests]
        whole = [*(o for o in whole if o not in tests), *tests]
    if len(whole) < 2 or first not in whole:
        return same
    entries = tuple(entry for offer in whole for entry in offer.entries)
    merged = replace(first, entries=entries, code="\n".join(offer.code for offer in whole))
    return [merged, *(offer for offer in same if offer not in whole)]


def overlap(offers: Sequence[Offer]) -> Iterator[bool]:
    """Yield for each offer whether it defines what one before it does, or is no Python file."""
    had: set[str] = set()
    for offer in offers:
        names = set(DEFINED.findall(offer.code))
        yield bool(had & names) or offer.entries[0].is_notebook
        had |= names


def in_order(path: str) -> str:
    """Return a key that sorts paths as people number them: 2 before 10."""
    return re.sub(r"\d{1,9}", lambda number: number[0].zfill(9), path)


def is_main(offer: Offer) -> bool:
    """Return whether a file is called like one that uses those beside it."""
    return (
        MAIN.fullmatch(spelling(stem_of(offer.entries[0].path.rpartition("/")[2]))) is not None
    )


def first_of(step: str, folders: Sequence[Folder]) -> Offer:
    """Return what is graded as a step: work before anything else, from the best folder."""
    best = [offer for folder in folders if (offer := folder.best(step))]
    return min(best, key=lambda offer: offer.standing)


def refuse_rivals(steps: dict[str, Offer], folders: Sequence[Folder]) -> None:
    """Raise Ambiguous where another folder is as good, and has other work for a step."""
    merits = {folder.path: folder.merits for folder in folders}
    unclear: dict[str, list[str]] = {}
    for step, offer in steps.items():
        for folder in folders:
            rival = folder.best(step)
            if not rival or folder.path == offer.home or rival.standing is not Standing.WORK:
                continue
            if folder.merits == merits[offer.home] and differ(rival, offer):
                unclear.setdefault(step, [offer.home]).append(folder.path)
    if unclear:
        names = tuple(dict.fromkeys(name for found in unclear.values() for name in found))
        text = _(
            "{folders} hold different work for {steps}, and nothing tells which to grade: "
            "name one of them with --folder"
        )
        listed = few([shown(name) for name in names])
        raise Ambiguous(text.format(folders=listed, steps=", ".join(unclear)), names)


def differ(one: Offer, other: Offer) -> bool:
    """Return whether two offers differ in more than white space."""
    return squeezed(one.code) != squeezed(other.code)


# --- what there is to choose from


def offers(
    root: str, entries: Sequence[Entry], contents: Contents, notes: list[str]
) -> list[Offer]:
    """Return all that may be graded as a step: files, and parts that headings make of them."""
    names = Names(root, [entry.path for entry in entries])
    called = {entry.path: names.called(entry.path) for entry in entries}
    known = {step for name in called.values() if name and not name.meant for step in name.steps}
    found: list[Offer] = []
    unreadable: list[str] = []
    for entry in entries:
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
        if len(own) == 1 and not (own <= parts.keys() and new):
            parts = {}
        for step in called.steps:
            if not (called.theory and is_blank(source.code)) and may_hold(parts, step):
                yield offer(step, called, entry, source, parts.get(step))
        parts = {step: parts[step] for step in new - own if step in parts}
    for step, part in parts.items():
        by_heading = Called((step,), entry.folder, HEADED)
        yield offer(step, by_heading, entry, source, part, len(parts))


def may_hold(parts: Mapping[str, Section], step: str) -> bool:
    """Return whether a file that is called after a step may hold it: where its parts don't name
    it, only code above the first can be it.
    """
    first = min(parts, default=step)
    return step in parts or not parts or (step < first and parts[first].has_above)


def offer(
    step: str,
    called: Called,
    entry: Entry,
    source: Source,
    part: Section | None,
    beside: int = 0,
) -> Offer:
    """Return the offer that a file, or a part of it, is."""
    code = source.code
    if part:
        code = "\n".join(part.pieces[index].text for index in part.own)
    return Offer(step, called, (entry,), code, part, source.of_the_course, beside)


def tests_alone(
    entries: Sequence[Entry], called: Mapping[str, Called | None], contents: Contents
) -> Iterator[Offer]:
    """Yield files that are called like tests, and after no step, and test a square."""
    for entry in entries:
        if called[entry.path] or not is_tests(spelling(stem_of(entry.name))):
            continue
        with contextlib.suppress(Unreadable):
            source = contents.source(entry)
            if SQUARE_TEST.search(source.code) and TEST.search(source.code):
                home, _slash, folder = entry.folder.rpartition("/")
                home = home if is_tests(spelling(folder)) else entry.folder
                how = Called(("step10",), home, HEADED, tests=True)
                yield offer("step10", how, entry, source, None)


def unread(entry: Entry, called: Called | None) -> Iterator[Offer]:
    """Yield the steps that a file which can't be read is called after."""
    if called is None or called.vague:
        return
    for step in called.steps:
        yield Offer(step, called, (entry,), "")


# --- what is said of it


def told(steps: dict[str, Offer], folders: Sequence[Folder]) -> Iterator[str]:
    """Yield what there is to say of a choice."""
    graded = list(steps.values())
    homes = list(dict.fromkeys(offer.home for offer in graded))
    if len(homes) > 1:
        by_home = {home: [o.step for o in graded if o.home == home] for home in homes}
        each = [f"{shown(home)} ({', '.join(listed)})" for home, listed in by_home.items()]
        yield _("gathered from several folders: {folders}").format(folders=few(each))
    for folder in folders:
        yield from passed_over(folder, steps)
    for folder in folders:
        if folder.is_published and folder.path in homes:
            text = _("what is graded in {folder} is {whose}")
            yield text.format(folder=shown(folder.path), whose=folder.publisher)
    for entries in dict.fromkeys(offer.entries for offer in graded):
        yield from told_of([offer for offer in graded if offer.entries == entries])


def passed_over(folder: Folder, steps: dict[str, Offer]) -> Iterator[str]:
    """Yield what is said of what a folder offers and is not graded."""
    if folder.is_published and all(offer.home != folder.path for offer in steps.values()):
        text = _("{folder} is {whose}: passed over")
        yield text.format(folder=shown(folder.path), whose=folder.publisher)
        return
    elsewhere: dict[str, list[str]] = {}
    unfilled, others = [], []
    instead = _("{file} for {taken}")
    for step, same in folder.offers.items():
        taken = steps[step]
        if same[0].home != taken.home:
            if same[0].standing is Standing.WORK and differ(same[0], taken):
                elsewhere.setdefault(taken.home, []).append(step)
            continue
        for other in same:
            told = instead.format(file=other.names, taken=taken.names)
            if other.entries == taken.entries or other.called.around:
                continue
            if other.standing is Standing.UNFILLED and other.rank[1:] < taken.rank[1:]:
                unfilled.append(told)
            elif other.standing is Standing.WORK and differ(other, taken):
                others.append(told)
    for home, too in elsewhere.items():
        text = _("{folder} has {steps} too, passed over for {other}")
        yield text.format(folder=shown(folder.path), steps=", ".join(too), other=shown(home))
    if unfilled:
        text = _("still to be filled in, and passed over: {files}")
        yield text.format(files=few(list(dict.fromkeys(unfilled))))
    if others:
        yield _("passed over: {files}").format(files=few(list(dict.fromkeys(others))))


def told_of(offers: Sequence[Offer]) -> Iterator[str]:
    """Yield what is said of how a file, or several, came to be graded as some steps."""
    first, steps = offers[0], ", ".join(offer.step for offer in offers)
    if any(offer.section for offer in offers):
        text = _("the headings in {path} tell where each step is")
        yield text.format(path=first.names)
    elif first.called.meant:
        text = _("{path} is taken for {steps}: is that what its name means?")
        yield text.format(path=first.names, steps=steps)
    elif len(first.entries) > 1:
        text = _("{steps} is made of {files}")
        yield text.format(steps=steps, files=first.names)
    elif len(offers) > 1:
        text = _("{path} is graded as each of {steps}")
        yield text.format(path=first.names, steps=steps)


def shown(folder: str) -> str:
    """Return a folder as a message shows it."""
    return f"{folder}/" if folder else "."
