"""What a result depends on, in digests: what was handed in, the course, and how it is graded.

Of what was handed in no more is read than bytes.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec

import graders
from graders.classroom.layouts.draft import Draft
from graders.submission.budget import Budget
from graders.submission.entry import Entry
from graders.submission.opening import Place
from graders.submission.read import gather, walk
from graders.submission.search import Search
from graders.submission.text import composed

PACKAGE = Path(graders.__file__).parent
COMPARED = ("classroom", "same_work")
"""What of the classroom a result depends on: how code is compared."""
APART = {"classroom", "cli.py", "commands", "interrupts.py", "options.py", "output.py",
         "renderers", "__pycache__"}  # fmt: skip
"""What of the package no verdict depends on."""
CHUNK = 1 << 20
MOST_BYTES = 1 << 30
"""How many bytes of one submission are looked at."""


def of_values(*values: Any) -> str:
    """Return the digest of plain values."""
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()


def of_course() -> str:
    """Return the digest of all that gives verdicts: suites, catalogue, judge and worker."""
    made = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        inner = path.relative_to(PACKAGE)
        counts = inner.parts[0] not in APART or inner.parts[:2] == COMPARED
        if counts and path.suffix in (".py", ".mo"):
            made.update(f"{inner.as_posix()}\0".encode())
            made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


def of_submission(root: Path, draft: Draft) -> str:
    """Return the digest of what was handed in: of all that reading it may come upon, found by
    the very walk that reads it, and of no more bytes than are read.

    Raise GradmarkError where there is nothing to look into.
    """
    made = hashlib.sha256()
    search = Search(Budget())
    path = root / draft.path
    if not draft.path:
        gather(root, draft.files, search)
    elif os.path.isdir(path):
        walk(path, search)
    else:
        search.zips.append(Entry(composed(path.name), Place(path.parent, (path.name,))))
    for told in (search.top, search.archives, search.misnamed, search.told()):
        made.update(msgspec.json.encode([*told]))
    left = MOST_BYTES
    for entry in (*search.entries, *search.zips):
        made.update(msgspec.json.encode(entry.path))
        assert isinstance(entry.content, Place)
        most = MOST_BYTES if entry.content.path == path else entry.limit + 1
        left -= add_bytes(made, entry.content, min(most, left))
    return made.hexdigest()


def add_bytes(made: Any, place: Place, most: int) -> int:
    """Add the bytes of a file to a digest, no more than so many; return how many.

    Of what is longer, its length and what the system knows of its last change stand for the
    rest.
    """
    count = 0
    try:
        with place.opened() as file:
            while count < most and (chunk := file.read(min(CHUNK, most - count))):
                made.update(chunk)
                count += len(chunk)
            status = os.fstat(file.fileno())
            if status.st_size > count:
                made.update(b"%d %d %d" % (status.st_size, status.st_ino, status.st_ctime_ns))
    except OSError as error:
        made.update(type(error).__name__.encode())
    made.update(b"\0%d\0" % count)
    return count
