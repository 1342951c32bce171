"""Write a file whole or not at all."""

import os
import stat
import tempfile
from errno import EACCES, EBUSY, ELOOP, EPERM, EROFS, EXDEV
from pathlib import Path

STAYS = {EACCES, EBUSY, EPERM, EROFS, EXDEV}
"""Why a file can't be replaced that may be written to: it is a mount, its folder is fixed."""


def replace(path: Path, content: bytes, mode: int) -> None:
    """Write a file beside its place, then rename it; leave nothing behind on failure."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_through(path: Path, content: bytes) -> None:
    """Write to what a path leads to: links are followed, and stay.

    A file by itself is replaced whole, and keeps its rights.  What can't be replaced is written
    into: a device, a pipe, a file that is mounted, has other names or is fixed in its folder.
    """
    real = Path(os.path.realpath(path))
    if os.path.islink(real):
        raise OSError(ELOOP, os.strerror(ELOOP))
    there = os.stat(path) if os.path.exists(path) else None
    if path.is_relative_to("/dev") or (there and not stat.S_ISREG(there.st_mode)):
        path.write_bytes(content)
        return
    try:
        if there is None or there.st_nlink == 1:
            return replace(real, content, stat.S_IMODE(there.st_mode) if there else 0o644)
    except OSError as error:
        if there is None or error.errno not in STAYS:
            raise
    with open(real, "r+b") as file:
        if hasattr(os, "posix_fallocate"):  # that it lacks room shows before a byte is changed
            os.posix_fallocate(file.fileno(), 0, len(content))
        file.write(content)
        file.truncate()
