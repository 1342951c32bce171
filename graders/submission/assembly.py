"""Put a submission together: files and cells into pieces, pieces into steps."""

import contextlib
from collections.abc import Sequence

from graders.submission.choice import choose
from graders.submission.contents import Contents, Source
from graders.submission.entry import Entry
from graders.submission.nothing import nothing_found
from graders.submission.offers import Offer
from graders.submission.pieces import Candidate, StepRun, Submission
from graders.submission.text import Unreadable, cut
from graders.wire import Piece
from graders.words import _

MOST_NOTES, LONGEST_NOTE, MOST_CANDIDATES = 20, 600, 50
"""How many notes there are, of how many characters, and how many folders are told of."""
TOTAL_BYTES = 640 << 10
"""What code is sent to the worker in all."""
TOOL = "graders/cli.py"
"""What tells, beside ``grade.py``, that a folder is a copy of gradmark ..."""
PARTS = ("graders", "tests", "benchmarks", "docs")
"""... with these parts."""


def assemble(
    name: str,
    entries: Sequence[Entry],
    contents: Contents,
    notes: list[str],
    folder: str | None = None,
) -> Submission:
    """Find the pieces of each step, and what the steps may import.

    Only what lies in ``folder`` is graded, where one is given.
    """
    entries = without_tool(entries)
    eligible = [entry for entry in entries if is_within(entry.path, folder)]
    choice = choose(name, eligible, contents, notes)
    found = Assembly(contents)
    for step, offer in choice.steps.items():
        found.add(step, offer)
    homes = {offer.home for offer in choice.steps.values()}
    copies = {
        entry.path
        for each in choice.folders
        if each.publisher and each.path not in homes
        for same in each.offers.values()
        for entry in same[0].entries
    }
    others = [entry for entry in entries if entry.path not in copies]
    if not choice.steps:
        notes += nothing_found(eligible, contents)
    notes += found.notes()
    found.add_siblings(others)
    told = (cut(note, LONGEST_NOTE) for note in notes)  # paths may be of any length
    notes = [*contents.budget.stopped, *told]
    if len(notes) > MOST_NOTES:
        text = _("… and {count} notes more")
        notes[MOST_NOTES:] = [text.format(count=len(notes) - MOST_NOTES)]
    candidates = tuple(
        Candidate(
            each.path or ".",
            tuple(sorted(each.offers)),
            tuple(step for step, offer in choice.steps.items() if offer.home == each.path),
        )
        for each in choice.folders[:MOST_CANDIDATES]
    )
    return Submission(
        name, package_name(name), found.steps, found.modules, tuple(notes), candidates
    )


class Assembly:
    """A submission that is being put together from files, as far as the limits reach."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.steps: dict[str, StepRun] = {}
        self.modules: dict[str, tuple[Piece, ...]] = {}
        self.taken: dict[str, Source] = {}
        """The files whose code is sent, by path."""
        self.room = TOTAL_BYTES

    def add(self, step: str, offer: Offer) -> None:
        """Add a step that a file, a part of one, or several files are."""
        first, place = offer.entries[0], offer.names
        try:
            pieces = tuple(
                piece for entry in offer.entries for piece in self.take(entry).content.pieces
            )
            for entry in offer.entries[1:]:  # which stay importable beside the step
                self.use_room(entry)
        except Unreadable as error:
            self.steps[step] = StepRun(first.module, place, problem=str(error))
            return
        own = tuple(range(len(pieces)))
        if offer.section:
            place = ", ".join(filter(None, [place, offer.section.place]))
            pieces, own = offer.section.pieces, offer.section.own
        also = tuple(entry.module for entry in offer.entries[1:])
        self.steps[step] = StepRun(first.module, place, pieces, own, also=also)
        if not (offer.section and first.is_notebook):
            self.add_modules(offer.entries)

    def add_modules(self, entries: Sequence[Entry]) -> None:
        """Have files be imported.  Raise Unreadable."""
        for entry in entries:
            self.modules.setdefault(entry.module, tuple(self.take(entry).content.pieces))

    def add_siblings(self, entries: Sequence[Entry]) -> None:
        """Add the other Python files, nearest to the root first, then notebooks."""
        nearest = sorted(entries, key=lambda e: (e.is_notebook, e.path.count("/"), e.path))
        for entry in nearest:
            if entry.module not in self.modules and entry.path not in self.taken:
                with contextlib.suppress(Unreadable):
                    self.add_modules([entry])

    def notes(self) -> list[str]:
        """Return what there is to say of the files that hold a step."""
        return [note for source in self.taken.values() for note in source.content.notes()]

    def take(self, entry: Entry) -> Source:
        """Return a file that is sent, with what it writes.  Raise Unreadable."""
        source = self.contents.source(entry)
        if entry.path not in self.taken:
            self.use_room(entry)
            self.taken[entry.path] = source
            for path, pieces in source.content.written.items():
                self.modules.setdefault(path, pieces)
        return source

    def use_room(self, entry: Entry) -> None:
        """Use up the room that a file needs.  Raise Unreadable where there is none."""
        content = self.contents.source(entry).content
        pieces = [*content.pieces, *(p for run in content.written.values() for p in run)]
        size = sum(len(p.text.encode()) + 2 * len(p.path.encode()) + 20 for p in pieces)
        size += sum(len(path.encode()) + 20 for path in content.written)
        if size > self.room:
            text = _("the steps are together larger than {limit} KiB")
            raise Unreadable(text.format(limit=TOTAL_BYTES >> 10))
        self.room -= size


def is_within(path: str, folder: str | None) -> bool:
    """Return whether a file lies in a folder, where one is given."""
    return folder is None or path.startswith(f"{folder}/")


def without_tool(entries: Sequence[Entry]) -> list[Entry]:
    """Return files but for those that are parts of a copy of gradmark: nobody works there."""
    paths = {entry.path for entry in entries}
    roots = [p.removesuffix(TOOL) for p in paths if p.endswith(TOOL)]
    roots = [root for root in roots if not root[-1:].strip("/") and f"{root}grade.py" in paths]
    parts = tuple(f"{root}{part}/" for root in roots for part in PARTS)
    return [entry for entry in entries if not entry.path.startswith(parts)]


def package_name(name: str) -> str:
    """Return a folder's name as a package's, or a stand-in where it can't be one."""
    stem = name.rpartition(".")[0] or name
    return stem if stem.isidentifier() else "submission"
