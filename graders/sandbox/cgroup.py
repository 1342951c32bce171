"""One control group of the kernel's around a sandbox: its memory and its processes together.

It counts what limits on one process don't: sockets, page tables, temporary files, threads.  It
can be had where groups beside or below this process's own may be made: by root on most
machines, by users where systemd delegates (in a desktop session or ``systemd-run --user
--scope``), seldom in containers.  Where it can't, there is none, and nothing is said.

Sources: cgroups(7), and the kernel's documentation of both versions.
"""

import contextlib
import os
import re
import time
from pathlib import Path

SHELL = "/bin/sh"
"""What enters a group and goes on as another program."""
NAMED = "gradmark-"
"""What groups are called, with the number of the process that made them."""
MOUNTED = Path("/sys/fs/cgroup")
MEMORY = 1536 << 20
"""Bytes for a warm process and the steps forked from it, of which two live at a time."""
PROCESSES = 512
LIMITS = {
    "memory": {
        "memory.max": MEMORY,
        "memory.swap.max": 0,
        "memory.limit_in_bytes": MEMORY,
    },
    "pids": {"pids.max": PROCESSES},
}
"""What is written to the files that there are, of the second version and the first."""


class Group:
    """A control group, as one folder or, in the first version, one a controller."""

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders

    def line(self, command: list[str]) -> list[str]:
        """Return the command line that enters the group, if it can, and goes on as another.

        It has to enter by itself: a process that is put there from outside may have started
        others before.
        """
        enter = [f'echo $$ > "${at}" 2> /dev/null' for at in range(1, len(self.folders) + 1)]
        text = "; ".join([*enter, f"shift {len(self.folders)}", 'exec "$@"'])
        files = [f"{folder}/cgroup.procs" for folder in self.folders]
        return [SHELL, "-c", text, "sh", *files, *command]

    def take(self, pid: int) -> None:
        """Put a process into the group, before it starts others, unless it is gone."""
        for folder in self.folders:
            with contextlib.suppress(OSError):
                (folder / "cgroup.procs").write_text(str(pid), "ascii")

    def holds(self) -> bool:
        """Return whether processes are in it."""
        return all((folder / "cgroup.procs").read_text("ascii") for folder in self.folders)

    def close(self) -> None:
        """Remove the group; what was in it has been killed, and may take a moment to go."""
        end = time.monotonic() + 1
        for folder in self.folders:
            while folder.exists() and time.monotonic() < end:
                try:
                    folder.rmdir()
                except OSError:
                    time.sleep(0.001)


def make() -> Group | None:
    """Return a new group with limits, or None where it can't be had."""
    if not os.access(SHELL, os.X_OK):
        return None
    name = f"{NAMED}{os.getpid()}-{os.urandom(8).hex()}"
    group = Group([])
    with contextlib.suppress(OSError):
        for controllers, parent in parents(Path("/proc/self/cgroup").read_text("utf-8")):
            sweep(parent)
            group.folders.append(parent / name)
            group.folders[-1].mkdir()
            if all([limited(group.folders[-1], which) for which in controllers]):
                continue
            break
        else:
            if group.folders:
                return group
    group.close()
    return None


def sweep(parent: Path) -> None:
    """Remove the empty groups whose maker was killed: nobody else would."""
    for folder in parent.glob(f"{NAMED}*-*"):
        maker = folder.name.removeprefix(NAMED).partition("-")[0]
        if not Path("/proc", maker).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def parents(own: str) -> list[tuple[list[str], Path]]:
    """Return the folders to make a group in, each with the controllers that it has.

    ``own`` is what the kernel says of this process's groups.  A group that holds processes
    can't share out what it has, so that of the second version is made beside it.
    """
    of = dict(re.findall(r"(?m)^\d+:([^:]*):(.*)$", own))
    if (MOUNTED / "cgroup.controllers").exists():
        beside = MOUNTED / of.get("", "/").strip("/")
        return [([*LIMITS], beside if beside == MOUNTED else beside.parent)]
    found = []
    for controllers, path in of.items():
        mine = [name for name in controllers.split(",") if name in LIMITS]
        if mine:
            found.append((mine, MOUNTED / controllers / path.strip("/")))
    return found


def limited(folder: Path, controller: str) -> bool:
    """Set a group's limits for a controller; return whether it has any."""
    there = [(folder / name, most) for name, most in LIMITS[controller].items()]
    there = [(file, most) for file, most in there if file.exists()]
    for file, most in there:
        file.write_text(str(most), "ascii")
    return bool(there)
