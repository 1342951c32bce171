"""A class in a zip: unpacked for as long as it is graded, in a process with limits."""

import contextlib
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from graders.classroom.engine import apart
from graders.errors import GradmarkError
from graders.submission.archive import UTF8, encoding_of, path_of
from graders.words import _

SECONDS = 600.0
"""How long unpacking may take."""
MOST_MEMBERS = 200_000
MOST_BYTES = 16 << 30
"""What all of it may come to."""
FILE_BYTES = 256 << 20
"""What one file may: longer ones are left out, since no more of a submission is read."""
LONGEST_NAME = 255
"""How many bytes a name may have, for all file systems."""
CHUNK = 1 << 20


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


def unpack(path: Path, folder: Path) -> list[str]:
    """Unpack a zip into an empty folder; return the names of what is left out.

    Raise GradmarkError for what is no zip, or more than there is room for.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return [name for name in unpacked(archive, folder) if name]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        text = _("{path} is not a zip that can be unpacked: {why}")
        raise GradmarkError(text.format(path=path, why=error)) from error


def unpacked(archive: zipfile.ZipFile, folder: Path) -> Iterator[str]:
    """Unpack each member; yield its name if it is left out, and nothing else of it."""
    listed = archive.infolist()
    encoding = encoding_of(info for info in listed if not info.flag_bits & UTF8)
    named = {path_of(info, encoding): info for info in listed}  # the last of a name counts
    told = sum(info.file_size for info in listed)
    if len(listed) > MOST_MEMBERS or told > min(MOST_BYTES, shutil.disk_usage(folder).free):
        text = _("it holds {count} files of {size} MiB, which is too much here")
        raise GradmarkError(text.format(count=len(listed), size=told >> 20))
    for name, info in named.items():
        parts = PurePosixPath(name).parts
        if not is_plain(parts) or stat.S_ISLNK(info.external_attr >> 16):
            yield name
        elif name.endswith("/"):
            folder.joinpath(*parts).mkdir(parents=True, exist_ok=True)
        elif info.file_size > FILE_BYTES or not written(archive, info, folder.joinpath(*parts)):
            yield name


def is_plain(parts: tuple[str, ...]) -> bool:
    """Return whether a path stays in its folder, and has names that every system takes."""
    odd = ("..", "/")
    return bool(parts) and not any(
        part in odd or "\0" in part or len(os.fsencode(part)) > LONGEST_NAME for part in parts
    )


def written(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bool:
    """Write a member; return whether it could be: it may be broken, or in a folder's place."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(info) as source, open(path, "xb") as file:
            shutil.copyfileobj(source, file, CHUNK)
    except Exception:  # what comes of a broken zip is no closed list
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        return False
    return True
