"""One file of a submission: where it is, and how much of it may be read."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from graders.submission.naming import ending_of, spelling, stem_of
from graders.submission.opening import Place
from graders.submission.text import Unreadable
from graders.words import _

FILE_BYTES = 256 << 10
NOTEBOOK_BYTES = 32 << 20
"""What may be read of one file, or of one notebook: plots make it large."""
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How a zip may be packed: these unpack no more at a time than is asked for."""
CHUNK = 1 << 20


@dataclass(frozen=True)
class Entry:
    """A file that may be read: from a folder or from a zip."""

    path: str
    """Relative to the submission, with slashes."""
    content: Place | tuple[zipfile.ZipFile, zipfile.ZipInfo]

    @property
    def name(self) -> str:
        """Return its name in its folder."""
        return self.path.rpartition("/")[2]

    @property
    def title(self) -> str:
        """Return its name without its ending, in one spelling."""
        return spelling(stem_of(self.name))

    @property
    def is_notebook(self) -> bool:
        """Return whether it is a notebook by its name."""
        return ending_of(self.name) == "ipynb"

    @property
    def folder(self) -> str:
        """Return the folder that it lies in, relative to the submission."""
        return self.path.rpartition("/")[0]

    @property
    def module(self) -> str:
        """Return the path that it is imported by."""
        stem = self.path[: len(self.path) - len(self.name)] + stem_of(self.name)
        return f"{stem}.py"

    @property
    def limit(self) -> int:
        """Return how many bytes may be read of it."""
        is_script = ending_of(self.name).startswith("py")
        return FILE_BYTES if is_script else NOTEBOOK_BYTES

    def read(self, spend: Callable[[int], None]) -> bytes:
        """Return the file's bytes.  Raise Unreadable, also where there are too many.

        ``spend`` is told of the bytes that are read, also of a file which then proves broken.
        """
        content = bytearray()
        try:
            with self.opened() as file:
                while len(content) <= self.limit and (chunk := file.read(CHUNK)):
                    content += chunk
                    spend(len(chunk))
        except PermissionError as error:
            raise Unreadable(_("it can't be opened: permission denied")) from error
        except Unreadable:
            raise
        except Exception as error:  # what comes of a broken zip is no closed list
            raise Unreadable(_("it can't be read")) from error
        if len(content) > self.limit:
            text = _("it is larger than {limit} KiB")
            raise Unreadable(text.format(limit=self.limit >> 10))
        return bytes(content)

    def opened(self) -> IO[bytes]:
        """Return the file, open for reading.  Raise Unreadable, OSError and whatever zipfile
        raises.
        """
        if isinstance(self.content, Place):
            return self.content.opened()
        archive, info = self.content
        if info.compress_type not in BOUNDED:
            raise Unreadable(_("it is packed in a way that is not read here"))
        return archive.open(info)
