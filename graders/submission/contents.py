"""What the files of a submission hold: each is read once, as far as the limits reach."""

import re
import sys
import time
from collections.abc import Mapping
from functools import cached_property
from typing import Never

from graders.submission.entry import Entry
from graders.submission.notebook import Notebook, Section, read_notebook
from graders.submission.published import digest
from graders.submission.script import Part, Script, is_code
from graders.submission.text import Unreadable, decode
from graders.syllabus import TAUGHT
from graders.wire import HOLE
from graders.words import _

RAW_BYTES = 256 << 20
KEPT_BYTES = 64 << 20
CPU_SECONDS = 10.0
"""What may be read of all files together, what their code may take in memory, and how long the
judge may compute on it."""
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
        return not any(map(is_code, self.text.split("\n")))

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
    """Reads a submission's files."""

    def __init__(self) -> None:
        self.had: dict[str, Source | str] = {}
        """What has been read, or why it can't be, by path."""
        self.cut: dict[str, Mapping[str, Section | Part]] = {}
        self.raw = RAW_BYTES
        self.kept = KEPT_BYTES
        self.stopped = ""
        """Why not all files have been read, if so."""
        self.end = time.process_time() + CPU_SECONDS

    def source(self, entry: Entry) -> Source:
        """Return what a file holds.  Raise Unreadable."""
        if entry.path not in self.had:
            try:
                source = Source(self.read(entry))
                self.kept -= 2 * sys.getsizeof(source.text)
                self.had[entry.path] = source
            except Unreadable as error:
                self.had[entry.path] = str(error)
        found = self.had[entry.path]
        if isinstance(found, str):
            raise Unreadable(found)
        return found

    def sections(self, entry: Entry) -> Mapping[str, Section | Part]:
        """Return the parts of a file that its headings, or comments, name steps for.

        Raise Unreadable.
        """
        if entry.path not in self.cut:
            self.keep_time()
            self.cut[entry.path] = self.source(entry).content.sections()
        return self.cut[entry.path]

    def keep_time(self) -> None:
        """Raise Unreadable where there is no time left."""
        if time.process_time() > self.end:
            text = _("reading the files takes more than {limit:g} seconds")
            self.stop(text.format(limit=CPU_SECONDS))

    def stop(self, why: str) -> Never:
        """Raise Unreadable, and keep why nothing more is read."""
        self.stopped = why
        raise Unreadable(why)

    def read(self, entry: Entry) -> Notebook | Script:
        """Read a file.  Raise Unreadable, also where there is no room or time left."""
        self.keep_time()
        for left, limit in ((self.raw, RAW_BYTES), (self.kept, KEPT_BYTES)):
            if left <= 0:
                text = _("the files are together larger than {limit} MiB")
                self.stop(text.format(limit=limit >> 20))
        content = entry.read()
        self.raw -= len(content)
        content = entry.whole(content)
        if content.startswith(POINTER):
            raise Unreadable(_("it is only a pointer of Git LFS: git lfs pull gets the file"))
        if entry.is_notebook:
            return read_notebook(entry.path, content)
        return Script(entry.path, decode(content))
