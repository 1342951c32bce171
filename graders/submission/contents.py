"""What the files of a submission hold: each is read once, as far as the limits reach."""

import re
import time
from functools import cached_property
from typing import Never

from graders.submission.entry import Entry
from graders.submission.notebook import Notebook, Section, read_notebook
from graders.submission.script import Script
from graders.submission.text import Unreadable, decode
from graders.wire import HOLE
from graders.words import _

RAW_BYTES = 256 << 20
CPU_SECONDS = 10.0
"""What may be read of all files together, and how long the judge may compute on it."""
POINTER = b"version https://git-lfs.github.com/spec/"
COURSE = re.compile(
    r"\b(?:Variable|Function|Square|Exp|numerical_diff|as_array|set_creator|square|exp)\b"
)
"""Names of the course: work on it has at least one of them."""
DEFINED = re.compile(r"^(?:class|(?:async )?def)[ \t]+(\w+)", re.MULTILINE)
FUNCTION = re.compile(r"^[ \t]*(?:async )?def\b", re.MULTILINE)
UNFILLED = re.compile(rf"^[ \t]*raise NotImplementedError\([\"']{HOLE}", re.MULTILINE)


class Source:
    """One file that has been read: its code, and its parts."""

    def __init__(self, content: Notebook | Script) -> None:
        self.content = content

    @cached_property
    def code(self) -> str:
        """Return all its code."""
        return "\n".join(piece.text for piece in self.content.pieces)

    @cached_property
    def of_the_course(self) -> bool:
        """Return whether its code has any of the course's names."""
        return COURSE.search(self.code) is not None


class Contents:
    """Reads a submission's files."""

    def __init__(self) -> None:
        self.had: dict[str, Source | Unreadable] = {}
        self.cut: dict[str, dict[str, Section]] = {}
        self.raw = RAW_BYTES
        self.stopped = ""
        """Why not all files have been read, if so."""
        self.end = time.process_time() + CPU_SECONDS

    def source(self, entry: Entry) -> Source:
        """Return what a file holds.  Raise Unreadable."""
        if entry.path not in self.had:
            try:
                self.had[entry.path] = Source(self.read(entry))
            except Unreadable as error:
                self.had[entry.path] = error
        found = self.had[entry.path]
        if isinstance(found, Unreadable):
            raise found
        return found

    def sections(self, entry: Entry) -> dict[str, Section]:
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
        if self.raw <= 0:
            text = _("the files are together larger than {limit} MiB")
            self.stop(text.format(limit=RAW_BYTES >> 20))
        content = entry.read()
        self.raw -= len(content)
        content = entry.whole(content)
        if content.startswith(POINTER):
            raise Unreadable(
                _("it is not here, only a pointer of Git LFS: git lfs pull gets it")
            )
        if entry.is_notebook:
            return read_notebook(entry.path, content)
        return Script(entry.path, decode(content))


def is_unfilled(code: str) -> bool:
    """Return whether there are functions, and as many of the template's holes: to choose among
    files, so roughly; what it is graded as is found out from its syntax, in the worker.
    """
    return 0 < len(FUNCTION.findall(code)) <= len(UNFILLED.findall(code))


def is_blank(code: str) -> bool:
    """Return whether there is nothing but comments."""
    return not any(
        line.strip() and not line.lstrip().startswith("#") for line in code.split("\n")
    )


def squeezed(code: str) -> str:
    """Return a text without white space: files that differ in nothing else are equal."""
    return "".join(code.split())
