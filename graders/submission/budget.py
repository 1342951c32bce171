"""What reading one submission may cost in all: it is work for a stranger, like running it.

Each part of it asks before it goes on, and what has been reached is a note.  Should a part take
longer than anybody thought, all of reading ends.
"""

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Never

from graders.errors import GradmarkError
from graders.submission.text import Unreadable
from graders.words import _

MOST_SEEN = 200_000
"""How many files and folders are looked at."""
LIST_BYTES = 8 << 20
"""How long the lists of what zips hold may be, which are read before any of it is seen."""
RAW_BYTES = 256 << 20
"""What is read of files, whether or not anything comes of it."""
KEPT_BYTES = 64 << 20
"""What the texts of files may take in memory."""
CPU_SECONDS, MOST_SECONDS = 10.0, 15.0
"""How long the judge may compute on it, and when all of it ends."""


class Budget:
    """What is left for one submission."""

    def __init__(self) -> None:
        self.seen = 0
        self.listed = LIST_BYTES
        self.raw = RAW_BYTES
        self.kept = KEPT_BYTES
        self.end = time.process_time() + CPU_SECONDS
        self.stopped: list[str] = []
        """What kept parts of the submission from being read."""

    def see(self) -> bool:
        """Count one more file or folder; return whether it may be looked at."""
        self.seen += 1
        if self.seen > MOST_SEEN:
            text = _("there are more than {most} files: the rest was not looked at")
            self.note(text.format(most=f"{MOST_SEEN:,}"))
        elif time.process_time() > self.end:
            text = _("looking at the files takes more than {limit:g} seconds")
            self.note(text.format(limit=CPU_SECONDS))
        else:
            return True
        return False

    def keep_time(self) -> None:
        """Raise Unreadable where there is no time left."""
        if time.process_time() > self.end:
            text = _("reading the files takes more than {limit:g} seconds")
            self.stop(text.format(limit=CPU_SECONDS))

    def demand(self) -> None:
        """Raise Unreadable where there is no room or time left for one more file."""
        self.keep_time()
        for left, limit in ((self.raw, RAW_BYTES), (self.kept, KEPT_BYTES)):
            if left <= 0:
                text = _("the files are together larger than {limit} MiB")
                self.stop(text.format(limit=limit >> 20))

    def spend(self, count: int) -> None:
        """Take away bytes that have been read."""
        self.raw -= count

    def stop(self, why: str) -> Never:
        """Raise Unreadable, and keep why nothing more is read."""
        self.note(_("not all was read: {why}").format(why=why))
        raise Unreadable(why)

    def note(self, text: str) -> None:
        """Keep what is to be said, once."""
        if text not in self.stopped:
            self.stopped.append(text)


class TimeUp(BaseException):
    """Reading has to end, wherever it is."""


@contextlib.contextmanager
def ended_in_time() -> Iterator[None]:
    """Raise GradmarkError should what is done inside take more CPU time than there is for it.

    It takes a system with such a clock (POSIX), and the main thread.
    """
    mine = threading.current_thread() is threading.main_thread()
    if not (mine and hasattr(signal, "setitimer")):
        yield
        return

    def end(number: int, frame: FrameType | None) -> Never:
        raise TimeUp

    before = signal.signal(signal.SIGPROF, end)
    try:
        with contextlib.suppress(OSError):  # of a system that has none to set
            signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS, 1.0)
        yield
    except TimeUp:
        text = _("reading the submission takes more than {limit:g} seconds of computing")
        raise GradmarkError(text.format(limit=MOST_SECONDS)) from None
    finally:
        with contextlib.suppress(OSError):
            signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
