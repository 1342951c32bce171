"""Look into a zip without unpacking it: its members as a folder would have them."""

import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from graders.submission.entry import BROKEN_ZIP, Entry
from graders.submission.search import DEPTH, ENVIRONMENT, Search, is_searched
from graders.submission.text import Unreadable, composed
from graders.words import _

LONGEST_PATH = 1000
END_BYTES, LIST_BYTES = 66_000, 16 << 20
"""Where a zip tells how long its list of members is, from its end, and how long that may be."""
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


def opened(content: Path | Entry) -> zipfile.ZipFile:
    """Return a zip, or one inside a submission.  Raise Unreadable."""
    try:
        if isinstance(content, Path):
            with open(content, "rb") as file:
                refuse_long_list(file)
            return zipfile.ZipFile(content)
        packed = io.BytesIO(content.whole(content.read()))
        refuse_long_list(packed)
        return zipfile.ZipFile(packed)
    except (OSError, ValueError, *BROKEN_ZIP) as error:
        raise Unreadable(_("it is not a zip that can be read")) from error


def refuse_long_list(file: BinaryIO) -> None:
    """Raise Unreadable for a zip whose list of members is longer than any student's: it would
    be read whole before the first of them is seen.
    """
    file.seek(0, os.SEEK_END)
    file.seek(-min(file.tell(), END_BYTES), os.SEEK_END)
    end = file.read()
    at = end.rfind(b"PK\5\6")
    if at >= 0 and int.from_bytes(end[at + 12 : at + 16], "little") > LIST_BYTES:
        raise Unreadable(_("it has too many members"))


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
        if not search.see():
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
    """Return a member's path, with slashes.

    It is decoded first: the second byte of a letter may look like a backslash.
    """
    name = info.orig_filename.partition("\0")[0]
    if not info.flag_bits & UTF8:
        name = raw(name).decode(encoding, "replace")
    return composed(name).replace("\\", "/")


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
