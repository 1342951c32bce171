"""Look into a zip without unpacking it: its members as a folder would have them."""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import IO

from graders.submission.budget import Budget
from graders.submission.entry import Entry
from graders.submission.opening import Place
from graders.submission.search import DEPTH, ENVIRONMENT, Search, is_searched
from graders.submission.text import Unreadable, composed
from graders.words import _

LONGEST_PATH = 1000
"""How many characters of a path there may be: no system gives more in a name to make one of."""
END_BYTES = 140_000
"""What is read of a zip's end, once and once more, to find the list of its members."""
UTF8 = 0x800
"""The flag of a member whose name is in UTF-8."""
ENCODINGS = (
    ("utf-8", r"(?!)"),
    ("cp932", r"[\uff61-\uff9f]"),
    ("cp949", r"[\u3400-\u9fff]"),
    ("gb18030", r"(?!)"),
)
"""What names without that flag may be in, and what shows that they are not: Korean read as
Japanese is full of half-width letters, Chinese read as Korean of ideographs."""


def opened(content: Place | Entry, budget: Budget, until: ExitStack) -> zipfile.ZipFile:
    """Return a zip, or one inside a submission.  Raise Unreadable.

    Its list of members is read whole, before the first is seen: no more than the budget has
    left for it, whatever the zip says of its length.  The file is open until ``until`` ends.
    """
    budget.demand()
    if isinstance(content, Entry):
        file: IO[bytes] = io.BytesIO(content.read(budget.spend))
    else:
        try:
            file = until.enter_context(content.opened())
        except OSError as error:
            raise Unreadable(_("it can't be opened")) from error
    counted = Counted(file, budget.listed + END_BYTES)
    try:
        return zipfile.ZipFile(counted)
    except Unreadable:
        raise
    except Exception as error:  # what comes of a broken zip is no closed list
        raise Unreadable(_("it is not a zip that can be read")) from error
    finally:
        budget.listed -= max(0, counted.count - END_BYTES)
        counted.most = math.inf


class Counted(io.BufferedIOBase):
    """A file that gives no more than so many bytes."""

    def __init__(self, file: IO[bytes], most: float) -> None:
        self.file = file
        self.most = most
        self.count = 0

    def read(self, size: int | None = -1) -> bytes:
        """Return so many bytes.  Raise Unreadable when that makes too many."""
        asked = -1 if size is None else size
        if self.most < math.inf:
            asked = int(min(asked if asked >= 0 else math.inf, self.most - self.count + 1))
        content = self.file.read(asked)
        self.count += len(content)
        if self.count > self.most:
            raise Unreadable(_("it has too many members"))
        return content

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the file."""
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place in the file."""
        return self.file.tell()

    def seekable(self) -> bool:
        """Say that it can go to any place."""
        return True


def add_members(archive: zipfile.ZipFile, search: Search, above: str = "") -> None:
    """Gather the files of a zip that a folder of the same content would have.

    ``above`` begins their paths.
    """
    listed = archive.infolist()
    encoding = encoding_of(info for info in listed if not info.flag_bits & UTF8)
    named = {path_of(info, encoding): info for info in listed}  # the last of a name counts
    environments = {
        path.rpartition("/")[0] for path in named if path.endswith(f"/{ENVIRONMENT}")
    }
    for path, info in sorted(named.items(), key=lambda each: (each[0].count("/"), each[0])):
        if not search.budget.see():
            return
        parts = PurePosixPath(path).parts
        if not parts or parts[0] == "/" or ".." in parts or len(path) > LONGEST_PATH:
            continue
        if not above:
            search.top.setdefault(parts[0])
        if path.endswith("/") or not all(map(is_searched, parts[:-1])):
            continue
        if len(parts) > DEPTH + 1:
            text = _("{path} lies too deep to be looked at")
            search.notes.append(text.format(path=path))
        elif search.wants(parts[-1]) and environments.isdisjoint(folders_of(parts)):
            search.add(above + "/".join(parts), (archive, info))


def folders_of(parts: Sequence[str]) -> Iterator[str]:
    """Yield the paths of the folders around a member."""
    return ("/".join(parts[:depth]) for depth in range(1, len(parts)))


def path_of(info: zipfile.ZipInfo, encoding: str) -> str:
    """Return a member's path, with slashes and composed."""
    return composed(decoded(info, encoding))


def decoded(info: zipfile.ZipInfo, encoding: str) -> str:
    """Return a member's path as it was written, with slashes.

    It is decoded first: the second byte of a letter may look like a backslash.
    """
    name = info.orig_filename.partition("\0")[0][: 2 * LONGEST_PATH]
    if not info.flag_bits & UTF8:
        name = raw(name).decode(encoding, "replace")
    return name.replace("\\", "/")


def encoding_of(infos: Iterable[zipfile.ZipInfo]) -> str:
    """Return what the names of members are encoded in that don't tell it."""
    names = b"\n".join(raw(info.orig_filename) for info in infos)
    possible = []
    for encoding, impossible in ENCODINGS:
        try:
            text = names.decode(encoding)
        except UnicodeError:
            continue
        if not re.search(impossible, text):
            return encoding
        possible.append(encoding)
    return possible[0] if possible else "cp437"


def raw(name: str) -> bytes:
    """Return the bytes of a name that was taken for the oldest of encodings."""
    return name.encode("cp437", "replace")
