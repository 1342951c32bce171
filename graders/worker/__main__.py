"""Be the far side: ``python -m graders.worker``.

With ``fork FD …`` that is the warm process: it holds numpy, never runs student code, and forks
one process a step when asked on the socket FD.  With ``pipe SECONDS`` it is one step's process
by itself, over its standard streams, for platforms without a safe fork.
"""

import contextlib
import os
import sys
import threading
import time
from pathlib import Path

from graders import wire
from graders.worker.control import CPU_EXIT
from graders.worker.desk import preload, serve
from graders.worker.machine import stream


def main(arguments: list[str]) -> None:
    """Be the warm process or a step's process, as the first argument says."""
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
    """Ends its own process at a limit of CPU seconds, where the judge can't read the clock."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.restart(1.0)
        threading.Thread(target=self.run, daemon=True).start()

    def restart(self, share: float) -> None:
        """Give what comes next a share of the limit, from now on."""
        self.end = time.process_time() + self.limit * share

    def run(self) -> None:
        """Look at the clock for ever."""
        while time.process_time() < self.end:
            time.sleep(0.02)
        os._exit(CPU_EXIT)


if __name__ == "__main__":
    main(sys.argv[1:])
