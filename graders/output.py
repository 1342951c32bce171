"""What the command prints: no verdict depends on whether anybody can read it."""

import codecs
import errno
import io
import os
import select
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOOKALIKES = {
    "█": "#", "░": "-", "·": "*", "…": "...", "–": "-", "→": "->", "±": "+-", "ε": "eps",
    "²": "**2", "³": "**3", "ⁿ": "**n", "×": "x", "−": "-",
    "“": '"', "”": '"', "‘": "'", "’": "'",
}  # fmt: skip
"""What stands for characters of ours on a stream that can't show them."""
LOOKALIKE = "gradmark.lookalike"


class Lenient(io.RawIOBase):
    """Takes all that is written to it; once some of it can't be passed on, nothing more is."""

    def __init__(self, stream: Any, below: io.RawIOBase, lost: OSError | None) -> None:
        self.stream = stream
        """Which closes ``below`` when it is forgotten."""
        self.below = below
        self.lost = lost
        """Why something was not passed on."""

    def write(self, data: Any) -> int:
        """Pass bytes on, however slowly they are taken."""
        left = memoryview(data)
        try:
            while left and self.lost is None:
                taken = self.below.write(left)
                left = left[taken or 0 :]
                if not taken:  # somebody has made it not wait by itself
                    select.select([], [self.below], [])
        except OSError as error:
            self.lost = error
        return len(data)

    def writable(self) -> bool:
        """Return True."""
        return True

    def isatty(self) -> bool:
        """Return whether this is a terminal."""
        return self.below.isatty()

    def fileno(self) -> int:
        """Return the descriptor."""
        return self.below.fileno()


@contextmanager
def lenient_streams() -> Iterator[None]:
    """Let nothing that is printed meanwhile raise an OSError or a UnicodeError.

    A standard stream that is closed is opened, so that no other file takes its number.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(lenient, before)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdout, sys.stderr = before


def lenient(stream: Any) -> Any:
    """Return a stream that passes on to this one, which is None when it is closed."""
    closed = None
    if stream is None:
        stream = open(os.devnull, "w")
        closed = BrokenPipeError(errno.EPIPE, "it is closed")
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(raw, io.RawIOBase):  # something else has taken its place
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(Lenient(stream, raw, closed)),
        encoding=stream.encoding,
        errors=LOOKALIKE,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def lookalike(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that a stream can't show, and where they end."""
    assert isinstance(error, UnicodeEncodeError)
    missing = error.object[error.start : error.end]
    return "".join(LOOKALIKES.get(each, "?") for each in missing), error.end


codecs.register_error(LOOKALIKE, lookalike)


@contextmanager
def usable_size() -> Iterator[None]:
    """Leave out meanwhile what the environment calls the terminal's size, if that is none."""
    odd = {n: v for n in ("COLUMNS", "LINES") if (v := os.environ.get(n)) and not is_size(v)}
    for name in odd:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(odd)


def is_size(text: str) -> bool:
    """Return whether a text is a number of columns, or of lines, from 1."""
    return text.isascii() and text.isdecimal() and int(text[:10]) > 0


def is_stdout(path: Path) -> bool:
    """Return whether a path leads where stdout goes; devices but a terminal are left alone."""
    try:
        there, here = os.stat(path), os.fstat(1)
    except OSError:
        return False
    read = not stat.S_ISCHR(here.st_mode) or os.isatty(1) or lost() is not None
    return os.path.samestat(there, here) and read


def lost() -> OSError | None:
    """Return why something that was printed on stdout got nowhere, or None."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.lost if isinstance(raw, Lenient) else None
