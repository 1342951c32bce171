"""Be the far side, in an interpreter that was started for it.

With ``fork FD …`` that is the warm process: it holds numpy, never runs student code, and forks
one process a step when asked on the socket FD.  With ``pipe SECONDS`` it is one step's process
by itself, over its standard streams, for platforms without a safe fork.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from graders import wire
from graders.worker.control import CPU_EXIT
from graders.worker.desk import preload, serve
from graders.worker.machine import stream


def main(arguments: list[str]) -> None:
    """Be the warm process or a step's process, as the first argument says."""
    os.environ.pop("LD_LIBRARY_PATH", None)  # it has served
    here = Path(__file__).resolve().parents[2]
    sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != here]
    if arguments[0] == "pipe":
        pipe(float(arguments[1]))
    else:
        from graders.worker import warm  # POSIX only

        warm.run(int(arguments[1]), *arguments[2:])


def pipe(cpu_limit: float) -> None:
    """Serve one step over the standard streams, which student code never sees."""
    read, write = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.stdout, sys.stderr = stream(1), stream(2)
    if sys.platform == "linux":
        limit_myself()
    preload()
    write.write(wire.encode(wire.Answer(None)))
    serve(read, write.write, Watch(cpu_limit).restart)


def limit_myself() -> None:
    """Set the limits and the filter that Linux has for any process, as far as they go."""
    from graders.worker import confine

    confine.limit_resources()
    with contextlib.suppress(OSError):
        confine.drop_capabilities()
        confine.hide_memory()
        confine.die_with_parent()
        confine.filter_system_calls()


class Watch:
    """Ends its own process at a limit of CPU seconds, where the judge can't read the clock.

    It holds the functions that it needs from before student code runs, which may put others in
    their place; where the system has a limit of its own, that comes a second later.
    """

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.now, self.sleep, self.leave = time.process_time, time.sleep, os._exit
        self.system_limit = cpu_limit()
        self.restart(1.0)
        threading.Thread(target=self.run, daemon=True).start()

    def restart(self, share: float) -> None:
        """Give what comes next a share of the limit, from now on."""
        self.end = self.now() + self.limit * share
        self.system_limit(int(self.end) + 2)

    def run(self) -> None:
        """Look at the clock for ever."""
        while self.now() < self.end:
            self.sleep(0.02)
        self.leave(CPU_EXIT)


def cpu_limit() -> Callable[[int], None]:
    """Return what has the system end this process at so many CPU seconds, or does nothing."""
    try:
        import resource
    except ImportError:  # Windows
        return lambda seconds: None
    kind, put = resource.RLIMIT_CPU, resource.setrlimit
    _soft, hard = resource.getrlimit(kind)
    most = sys.maxsize if hard == resource.RLIM_INFINITY else hard
    return lambda seconds: put(kind, (min(seconds, most), hard))
