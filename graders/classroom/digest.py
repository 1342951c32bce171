"""What a result depends on, in digests: what was handed in, the course, and how it is graded.

Of what was handed in no more is read than bytes.
"""

import hashlib
import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

import graders
from graders.submission.budget import MOST_SEEN, Budget
from graders.submission.opening import Place
from graders.submission.read import listed
from graders.submission.search import DEPTH, Search, is_searched

PACKAGE = Path(graders.__file__).parent
APART = {"classroom", "cli.py", "commands", "interrupts.py", "options.py", "output.py",
         "renderers", "__pycache__"}  # fmt: skip
"""What of the package no verdict depends on."""
CHUNK = 1 << 20
FILE, FOLDER, LINK = "file", "folder", "link"
MOST_BYTES = 256 << 20
"""How many bytes of one submission count: no more are ever read."""


def of_values(*values: Any) -> str:
    """Return the digest of plain values."""
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()


def of_course() -> str:
    """Return the digest of all that gives verdicts: suites, catalogue, judge and worker."""
    made = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        inner = path.relative_to(PACKAGE)
        if inner.parts[0] not in APART and path.suffix in (".py", ".mo"):
            made.update(f"{inner.as_posix()}\0".encode())
            made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


def of_submission(path: Path) -> str:
    """Return the digest of what was handed in: the names of all files that are looked at, and
    the bytes of those that may be read.

    No link is followed.  What can't be opened counts as such.
    """
    made = hashlib.sha256()
    left = MOST_BYTES
    for place, kind in everything(path):
        name = "/".join(place.names).encode(errors="surrogateescape")
        made.update(b"%b\0%b\0" % (name, kind.encode()))
        if kind == LINK:
            made.update(leads_to(place))
        elif kind == FILE and Search(Budget()).wants(place.names[-1]):
            left -= add_bytes(made, place, left)
    return made.hexdigest()


def everything(path: Path) -> Iterator[tuple[Place, str]]:
    """Yield what lies at and below a path, the nearest first, and of which kind it is."""
    top = Place(path.parent, (path.name,))
    if not os.path.isdir(path):
        yield top, FILE
        return
    ahead, seen = deque([top]), 0
    while ahead and seen <= MOST_SEEN:
        folder = ahead.popleft()
        try:
            found = sorted(listed(folder), key=lambda item: item.name)
        except OSError as error:
            yield folder, type(error).__name__
            continue
        seen += len(found)
        for item in found:
            inner = Place(folder.root, (*folder.names, item.name))
            kind = FOLDER if item.is_folder else FILE if item.is_plain else LINK
            yield inner, kind
            if item.is_folder and is_searched(item.name) and len(folder.names) <= DEPTH:
                ahead.append(inner)


def leads_to(place: Place) -> bytes:
    """Return where a link leads; nothing for what is none."""
    try:
        return os.readlink(os.fsencode(place.path))
    except OSError:
        return b""


def add_bytes(made: Any, place: Place, most: int) -> int:
    """Add the bytes of a file to a digest, no more than so many; return how many."""
    count = 0
    try:
        with place.opened() as file:
            while count < most and (chunk := file.read(min(CHUNK, most - count))):
                made.update(chunk)
                count += len(chunk)
    except OSError as error:
        made.update(type(error).__name__.encode())
    made.update(b"\0%d\0" % count)
    return count
