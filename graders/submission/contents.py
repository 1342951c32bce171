"""What the files of a submission hold: each is read once, as far as the limits reach."""

import re
import sys
from collections.abc import Mapping
from functools import cached_property

from graders.submission.budget import Budget
from graders.submission.entry import Entry
from graders.submission.notebook import Notebook, Section, read_notebook
from graders.submission.published import digest
from graders.submission.script import Part, Script, has_code
from graders.submission.text import Unreadable, decode
from graders.syllabus import TAUGHT
from graders.wire import HOLE
from graders.words import _

POINTER = b"version https://git-lfs.github.com/spec/"
COURSE = re.compile(rf"\b(?:{'|'.join((*TAUGHT, 'set_creator'))})\b")
"""Names of the course: work on it has at least one of them."""
DEFINED = re.compile(r"^(?:class|(?:async )?def)[ \t]+(\w+)", re.MULTILINE)
FUNCTION = re.compile(r"^[ \t]*(?:async )?def\b", re.MULTILINE)
UNFILLED = re.compile(rf"^[ \t]*raise NotImplementedError\([\"']{HOLE}", re.MULTILINE)


class Code:
    """A text of code, and what can be told of it without parsing: all found out once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def of_the_course(self) -> bool:
        """Return whether it has any of the course's names."""
        return COURSE.search(self.text) is not None

    @cached_property
    def defines(self) -> frozenset[str]:
        """Return the classes and functions that it defines."""
        return frozenset(DEFINED.findall(self.text))

    @cached_property
    def is_empty(self) -> bool:
        """Return whether there is nothing but comments."""
        return not has_code(self.text)

    @cached_property
    def is_unfilled(self) -> bool:
        """Return whether there are functions, and as many of the template's holes.

        That is to choose among files, so roughly; what it is graded as is found out from its
        syntax, in the worker.
        """
        functions = len(FUNCTION.findall(self.text))
        return 0 < functions <= len(UNFILLED.findall(self.text))

    @cached_property
    def digest(self) -> str:
        """Return what tells it from others, whatever their white space."""
        return digest(self.text)


class Source(Code):
    """One file that has been read."""

    def __init__(self, content: Notebook | Script) -> None:
        super().__init__("\n".join(piece.text for piece in content.pieces))
        self.content = content


class Contents:
    """Reads a submission's files, as far as a budget reaches."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.had: dict[str, Source | str] = {}
        """What has been read, or why it can't be, by path."""
        self.cut: dict[str, Mapping[str, Section | Part]] = {}

    def source(self, entry: Entry) -> Source:
        """Return what a file holds.  Raise Unreadable."""
        if entry.path not in self.had:
            try:
                self.budget.demand()
                source = Source(self.read(entry))
                self.budget.kept -= 2 * sum(map(sys.getsizeof, source.content.held()))
                self.had[entry.path] = source
            except Unreadable as error:
                self.had[entry.path] = str(error)
            except MemoryError:
                self.had[entry.path] = _("it takes too much memory")
        found = self.had[entry.path]
        if isinstance(found, str):
            raise Unreadable(found)
        return found

    def sections(self, entry: Entry) -> Mapping[str, Section | Part]:
        """Return the parts of a file that its headings, or comments, name steps for.

        Raise Unreadable.
        """
        if entry.path not in self.cut:
            self.budget.keep_time()
            self.cut[entry.path] = self.source(entry).content.sections()
        return self.cut[entry.path]

    def read(self, entry: Entry) -> Notebook | Script:
        """Read a file.  Raise Unreadable."""
        content = entry.read(self.budget.spend)
        if content.startswith(POINTER):
            raise Unreadable(_("it is only a pointer of Git LFS: git lfs pull gets the file"))
        if entry.is_notebook:
            return read_notebook(entry.path, content)
        return Script(entry.path, decode(content))
