"""Put a submission together: files and cells into pieces, pieces into steps."""

import contextlib

from graders.submission.entry import Entry, choose
from graders.submission.notebook import MOST_TOLD, Notebook, Section, read_notebook
from graders.submission.pieces import StepRun, Submission
from graders.submission.text import Unreadable
from graders.wire import Piece
from graders.words import _

MOST_NOTES = 40
RAW_BYTES = 256 << 20
TOTAL_BYTES = 640 << 10
"""What may be read of all notebooks, and what code is sent to the worker in all."""


def assemble(name: str, entries: list[Entry], notes: list[str]) -> Submission:
    """Find the pieces of each step, and what the steps may import."""
    found = Assembly(notes)
    called = choose(entries, notes)
    found.read_notebooks(entries, called)
    for step, entry in called.items():
        if entry.path not in found.cut:
            found.add_step(step, entry)
    found.cut_at_headings()
    if not found.steps and entries:
        notes.append(nothing_found(entries))
    for path in found.holding():
        notes += found.said[path]
    found.add_siblings(entries)
    if len(notes) > MOST_NOTES:
        text = _("… and {count} notes more")
        notes[MOST_NOTES:] = [text.format(count=len(notes) - MOST_NOTES)]
    steps = {step: found.steps[step] for step in sorted(found.steps)}
    return Submission(name, package_name(name), steps, found.modules, tuple(notes))


class Assembly:
    """A submission that is being put together from files, as far as the limits reach."""

    def __init__(self, notes: list[str]) -> None:
        self.notes = notes
        self.steps: dict[str, StepRun] = {}
        self.modules: dict[str, tuple[Piece, ...]] = {}
        self.cut: dict[str, tuple[Entry, Notebook, dict[str, Section]]] = {}
        """The notebooks whose headings name steps, by path."""
        self.notebooks: dict[str, Notebook] = {}
        """Those that have been read, by path."""
        self.said: dict[str, list[str]] = {}
        """What there is to say of each notebook, by its path."""
        self.room = TOTAL_BYTES
        self.raw = RAW_BYTES

    def read_notebooks(self, entries: list[Entry], called: dict[str, Entry]) -> None:
        """Cut notebooks at their headings: those beside the files that are called after steps,
        or all where there are none.

        One that is itself called after a step is cut where its headings name others that
        nothing else is called after.
        """
        own = {entry.path: step for step, entry in called.items()}
        folders = {entry.folder for entry in called.values()}
        unreadable: list[str] = []
        for entry in entries:
            if not entry.is_notebook or (called and entry.folder not in folders):
                continue
            try:
                notebook = self.notebook(entry)
            except Unreadable as error:
                unreadable += [] if entry.path in own else [f"{entry.path}: {error}"]
                continue
            sections = notebook.sections()
            if entry.path in own:
                sections = sections if own[entry.path] in sections else {}
                sections = sections if sections.keys() - called.keys() else {}
            if sections:
                self.cut[entry.path] = (entry, notebook, sections)
        self.notes += unreadable[:MOST_TOLD]
        if len(unreadable) > MOST_TOLD:
            text = _("{count} more notebooks can't be read")
            self.notes.append(text.format(count=len(unreadable) - MOST_TOLD))

    def add_step(self, step: str, entry: Entry) -> None:
        """Add a step that a file, or a whole notebook, is."""
        try:
            pieces = self.pieces(entry)
        except Unreadable as error:
            self.steps[step] = StepRun(entry.module, entry.path, problem=str(error))
        else:
            self.modules[entry.module] = pieces
            own = tuple(range(len(pieces)))
            self.steps[step] = StepRun(entry.module, entry.path, pieces, own)

    def cut_at_headings(self) -> None:
        """Add the steps that headings name and no file is: from the notebook with most, then
        from those beside it, or beside the files.
        """
        cut = sorted(
            self.cut.values(),
            key=lambda each: (-len(each[2]), each[0].path.count("/"), each[0].path),
        )
        files = bool(self.steps)
        for entry, notebook, sections in cut:
            new = [step for step in sections if step not in self.steps]
            if new and (files or entry.folder == cut[0][0].folder):
                text = _("the headings in {path} tell where each step is")
                self.notes.append(text.format(path=entry.path))
                self.add_sections(entry, notebook, {step: sections[step] for step in new})

    def add_sections(self, entry: Entry, notebook: Notebook, cut: dict[str, Section]) -> None:
        """Add sections of a notebook as steps."""
        problem = None
        try:
            self.taken(notebook)
        except Unreadable as error:
            problem = str(error)
        for step, section in cut.items():
            place = ", ".join(filter(None, [entry.path, section.place]))
            run = StepRun(entry.module, place, section.pieces, section.own, problem)
            self.steps[step] = run

    def holding(self) -> list[str]:
        """Return the paths of the notebooks that hold a step."""
        paths = (run.notebook for run in self.steps.values())
        return list(dict.fromkeys(path for path in paths if path))

    def add_siblings(self, entries: list[Entry]) -> None:
        """Add the other Python files, nearest to the root first, then notebooks."""
        nearest = sorted(entries, key=lambda e: (e.is_notebook, e.path.count("/"), e.path))
        steps = self.holding()
        for entry in nearest:
            if entry.module not in self.modules and entry.path not in steps:
                with contextlib.suppress(Unreadable):
                    self.modules[entry.module] = self.pieces(entry)

    def pieces(self, entry: Entry) -> tuple[Piece, ...]:
        """Return a file's text, or a notebook's code cells.  Raise Unreadable."""
        if entry.is_notebook:
            return self.taken(self.notebook(entry))
        piece = Piece(entry.path, entry.text())
        self.take([piece])
        return (piece,)

    def notebook(self, entry: Entry) -> Notebook:
        """Return a notebook, as long as there aren't too many.  Raise Unreadable."""
        if entry.path in self.notebooks:
            return self.notebooks[entry.path]
        if self.raw <= 0:
            text = _("the notebooks are together larger than {limit} MiB")
            raise Unreadable(text.format(limit=RAW_BYTES >> 20))
        content = entry.read()
        self.raw -= len(content)
        notebook = read_notebook(entry.path, entry.whole(content))
        return self.notebooks.setdefault(entry.path, notebook)

    def taken(self, notebook: Notebook) -> tuple[Piece, ...]:
        """Return a notebook's code cells, and add what they write.  Raise Unreadable."""
        self.said[notebook.path] = list(notebook.notes())
        written = [piece for pieces in notebook.written.values() for piece in pieces]
        self.take([*notebook.pieces, *written])
        for path, pieces in notebook.written.items():
            self.modules.setdefault(path, pieces)
        return tuple(notebook.pieces)

    def take(self, pieces: list[Piece]) -> None:
        """Use up the room that pieces need.  Raise Unreadable where there is none."""
        size = sum(
            len(piece.text.encode()) + 2 * len(piece.path.encode()) + 20 for piece in pieces
        )
        if size > self.room:
            text = _("the steps are together larger than {limit} KiB")
            raise Unreadable(text.format(limit=TOTAL_BYTES >> 10))
        self.room -= size


def nothing_found(entries: list[Entry]) -> str:
    """Say why no file of a submission is a step's."""
    files = [entry for entry in entries if not entry.is_notebook]
    if files:
        text = _("none of the {count} Python files is called like step01.py")
        return text.format(count=len(files))
    return _("no heading names a step: write one such as “# Step 3” above each")


def package_name(name: str) -> str:
    """Return a folder's name as a package's, or a stand-in where it can't be one."""
    stem = name.rpartition(".")[0] or name
    return stem if stem.isidentifier() else "submission"
