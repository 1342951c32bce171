"""The judge's own limit of memory: what it is handed can't make it use up the machine's."""

import contextlib
import os
import sys
from pathlib import Path

ROOM = 1 << 30
"""By how many bytes the judge may grow: a run takes a tenth of that."""


def limit_memory() -> None:
    """Let this process grow by no more than ``ROOM`` from now on: then it raises MemoryError.

    It is counted from what there is now, since libraries of arithmetic reserve some for every
    core.  A lower limit stays.  There is none where the system can't tell (all but Linux), or
    lets nobody set one.
    """
    if sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + ROOM
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if all(limit == resource.RLIM_INFINITY or limit > most for limit in (soft, hard)):
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
