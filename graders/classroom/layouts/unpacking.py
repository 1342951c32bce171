"""A class in a zip: unpacked for as long as it is graded, in a process with limits."""

import contextlib
import os
import stat
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

import msgspec

from graders.classroom.engine import apart
from graders.classroom.layouts.draft import Draft
from graders.classroom.layouts.listing import COMPANIONS, NOISE
from graders.errors import GradmarkError
from graders.submission.archive import LONGEST_PATH, UTF8, decoded, encoding_of
from graders.submission.notebook import few
from graders.submission.text import composed
from graders.words import _

SECONDS = 600.0
"""How long unpacking may take."""
MOST_MEMBERS = 50_000
MOST_BYTES = 4 << 30
"""How much of one student is unpacked."""
FILE_BYTES = 256 << 20
"""What one file may have: no more of a submission is read."""
LONGEST_NAME = 255
"""How many bytes a name may have, for all file systems."""
CHUNK = 1 << 20
IN_THE_WAY = (FileExistsError, IsADirectoryError, NotADirectoryError)
"""What comes of two members of one name: one of them can't be had."""


@contextlib.contextmanager
def laid_out(path: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield the folder that a class lies in, and what of a zip is left out.

    Raise GradmarkError for what is neither a folder nor a zip that can be unpacked.
    """
    if not path.is_file():
        yield path, []
        return
    with tempfile.TemporaryDirectory(prefix="gradmark-class-") as folder:
        left_out = apart(lambda: msgspec.msgpack.encode(unpack(path, Path(folder))), SECONDS)
        yield Path(folder), msgspec.msgpack.decode(left_out, type=list[str])


def noted(drafts: Sequence[Draft], left_out: Iterable[str]) -> list[Draft]:
    """Return what was handed in, with a note on what of it is left out of the zip."""
    missing: dict[str, list[str]] = {}
    for draft in drafts:
        for path in (draft.path, *dict(draft.files)):
            missing[composed(path)] = []
    for name in left_out:
        for path in map(str, (PurePosixPath(name), *PurePosixPath(name).parents)):
            if path in missing:
                missing[path].append(name)
    text = _("left out of the zip, since it is a link, broken or too much: {names}")
    found = []
    for draft in drafts:
        paths = (draft.path, *dict(draft.files))
        names = [name for path in paths for name in missing[composed(path)]]
        notes = (text.format(names=few(names)),) if names else ()
        found.append(replace(draft, notes=(*draft.notes, *notes)))
    return found


def unpack(path: Path, folder: Path) -> list[str]:
    """Unpack a zip into an empty folder; return the names of what is left out.

    Raise GradmarkError for what is no zip, or more than there is room for.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return list(unpacked(archive, folder))
    except OSError as error:
        text = _("{path} can't be unpacked: {why}")
        raise GradmarkError(text.format(path=path, why=error.strerror)) from error
    except Exception as error:  # what comes of a broken zip is no closed list
        text = _("{path} is not a zip that can be unpacked: {why}")
        raise GradmarkError(text.format(path=path, why=error)) from error


def unpacked(archive: zipfile.ZipFile, folder: Path) -> Iterator[str]:
    """Unpack each member, and yield the names of those that are left out.

    What is wrong with one, or too much of one student, leaves those of others alone; its place
    stays, so that nobody vanishes.  Names are written as they came, so that two that look alike
    stay two.  Raise OSError where the system can't write.
    """
    owners = Owners(archive.infolist())
    for info, name in owners.named():
        parts = PurePosixPath(name).parts
        path = folder.joinpath(*parts)
        if not is_plain(name):
            yield composed(name)
        elif name.endswith("/") or not parts:
            if not make(path):
                yield composed(name)
        elif stat.S_ISLNK(info.external_attr >> 16) or not owners.has_room(info, name):
            if make(path.parent) and owners.members[owners.of(name)] <= MOST_MEMBERS:
                path.touch()
            yield composed(name)
        elif not written(archive, info, path):
            yield composed(name)


class Owners:
    """Whose each member of a zip is: what lies at its top, or in a folder around all."""

    def __init__(self, listed: Sequence[zipfile.ZipInfo]) -> None:
        self.listed = listed
        names = [PurePosixPath(info.orig_filename.replace("\\", "/")).parts for info in listed]
        beside = {*NOISE, *COMPANIONS}
        paths = [parts for parts in names if parts and parts[0] not in beside]
        self.depth = 1
        while len({parts[: self.depth] for parts in paths if len(parts) > self.depth}) == 1:
            self.depth += 1
        self.members: Counter[str] = Counter()
        self.bytes: Counter[str] = Counter()

    def of(self, name: str) -> str:
        """Return whose a member of this name is."""
        return "/".join(name.split("/", self.depth)[: self.depth])

    def named(self) -> Iterator[tuple[zipfile.ZipInfo, str]]:
        """Yield each member with its name.

        What names are encoded in, where they don't tell, each student's tell for themselves,
        but for what they are called: that all tell together, each with one vote.
        """
        groups: dict[str, list[zipfile.ZipInfo]] = {}
        for info in self.listed:
            groups.setdefault(self.of(info.orig_filename), []).append(info)
        votes = Counter(
            encoding
            for members in groups.values()
            if (encoding := encoding_of(untold(members))) != "utf-8"
        )
        common = votes.most_common(1)[0][0] if votes else "utf-8"
        for members in groups.values():
            own = encoding_of(untold(members))
            for info in members:
                head, inner = self.of(decoded(info, common)), decoded(info, own)
                rest = inner.split("/", self.depth)[self.depth :]
                yield info, "/".join([head, *rest])

    def has_room(self, info: zipfile.ZipInfo, name: str) -> bool:
        """Return whether there may be one more member of whose it is, and count it."""
        owner = self.of(name)
        self.members[owner] += 1
        self.bytes[owner] += info.file_size
        few = self.members[owner] <= MOST_MEMBERS and self.bytes[owner] <= MOST_BYTES
        return few and info.file_size <= FILE_BYTES


def untold(members: Sequence[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    """Yield the members whose names don't tell what they are encoded in."""
    return (info for info in members if not info.flag_bits & UTF8)


def is_plain(name: str) -> bool:
    """Return whether a name stays in its folder, and is one that every system takes."""
    parts = PurePosixPath(name).parts
    odd = ("..", "/")
    sound = not any(part in odd or len(os.fsencode(part)) > LONGEST_NAME for part in parts)
    return sound and len(name) <= LONGEST_PATH


def make(path: Path) -> bool:
    """Make a folder; return whether there is no file in its place.  Raise OSError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except IN_THE_WAY:
        return False
    return True


def written(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bool:
    """Write a member; return whether it could be: it may be broken, or have no place.

    Raise OSError where the system can't write: others would be missing, too.
    """
    if not make(path.parent):
        return False
    try:
        with open(path, "xb") as file:
            for chunk in chunks(archive, info):
                file.write(chunk)
    except IN_THE_WAY:
        return False
    except Broken:
        path.write_bytes(b"")
        return False
    return True


class Broken(Exception):
    """A member that can't be read."""


def chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a member.  Raise Broken."""
    try:
        with archive.open(info) as source:
            while chunk := source.read(CHUNK):
                yield chunk
    except Exception as error:  # what comes of a broken zip is no closed list
        raise Broken from error
