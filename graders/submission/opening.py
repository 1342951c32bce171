"""Open what lies in a submission's folder, following no link that was put there since.

Between the look at a file and its opening, whoever owns it may put something else in its place:
a link to what they may not read, a pipe without end.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SAFELY = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
"""No link, and no wait for whoever may write to a pipe: as far as the system knows such."""
BY_DESCRIPTOR = os.open in os.supports_dir_fd and os.scandir in os.supports_fd


@dataclass(frozen=True)
class Place:
    """A file or a folder, by the names that lead to it from the folder that was handed in."""

    root: Path
    names: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Return it as a path."""
        return self.root.joinpath(*self.names)

    def descriptor(self) -> int:
        """Return an open descriptor, of which the caller is the owner.

        Raise OSError, for a link on the way too.  Where there are no descriptors of folders
        (Windows), the path is opened.
        """
        if not BY_DESCRIPTOR:
            return os.open(self.path, SAFELY)
        found = os.open(self.root, SAFELY)
        for name in self.names:
            try:
                inner = os.open(name, SAFELY, dir_fd=found)
            finally:
                os.close(found)
            found = inner
        return found

    def opened(self) -> BinaryIO:
        """Return the file, open for reading.  Raise OSError for what is no plain file."""
        file = os.fdopen(self.descriptor(), "rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise OSError(f"{self.path} is no plain file")
        return file
