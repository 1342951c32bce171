"""Write a file whole or not at all."""

import contextlib
import os
import stat
import tempfile
from errno import EACCES, EBUSY, EDQUOT, EFBIG, ELOOP, ENOSPC, EPERM, EROFS, EXDEV
from pathlib import Path

STAYS = {EACCES, EBUSY, EDQUOT, ENOSPC, EPERM, EROFS, EXDEV}
"""Why a file can't be replaced that may be written to: it is a mount, its folder is fixed or
has no room for another.
"""
MOST_LINKS = 40
TEMPORARY = ".gradmark-"
"""How a file is called at first that takes the place of another."""


def replace(path: Path, content: bytes) -> None:
    """Write a file beside its place, then rename it; leave nothing behind on failure.

    It has the rights of the file that is there, or those of any new one.
    """
    mode = rights(path)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        with contextlib.suppress(OSError):  # not every file system has such rights
            os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_through(path: Path, content: bytes) -> None:
    """Write to what a path leads to: links are followed, and stay.

    A file by itself is replaced whole, and keeps its rights.  What can't be replaced is written
    into: a device, a pipe, an open file's number, a file that is mounted, has other names,
    is another's or is fixed in its folder.
    """
    real = led_to(path)
    there = os.stat(real) if os.path.exists(real) else None
    if os.path.islink(real) or (there and not stat.S_ISREG(there.st_mode)):
        real.write_bytes(content)
        return
    if there and not os.access(real, os.W_OK):
        raise OSError(EACCES, os.strerror(EACCES))
    try:
        if there is None or (there.st_nlink == 1 and there.st_uid == own_user()):
            return replace(real, content)
    except OSError as error:
        if there is None or error.errno not in STAYS:
            raise
    with open(real, "r+b") as file:
        reserve(file.fileno(), len(content))
        file.write(content)
        file.truncate()


def rights(path: Path) -> int:
    """Return the rights of a file, or those that a new one has by this process's mask."""
    try:
        status = os.lstat(path)
    except OSError:
        status = None
    if status and stat.S_ISREG(status.st_mode):
        return stat.S_IMODE(status.st_mode)
    os.umask(mask := os.umask(0o077))
    return 0o666 & ~mask


def reserve(descriptor: int, length: int) -> None:
    """Have room for a file's bytes before one is changed.  Raise OSError for none."""
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, 0, length)
        except OSError as error:
            if error.errno in (EDQUOT, EFBIG, ENOSPC):
                raise


def own_user() -> int:
    """Return this user's number, or 0 where there is none."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def led_to(path: Path) -> Path:
    """Return what a path leads to by links, as far as those say so: a process's own only look
    like links.  Raise OSError when they go round.
    """
    for _turn in range(MOST_LINKS):
        if not os.path.islink(path) or is_in_proc(path.parent):
            return path
        path = path.parent / os.readlink(path)
    raise OSError(ELOOP, os.strerror(ELOOP))


def is_in_proc(folder: Path) -> bool:
    """Return whether a folder is one that the kernel shows processes in."""
    try:
        return os.stat(folder).st_dev == os.stat("/proc").st_dev
    except OSError:
        return False
