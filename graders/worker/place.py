"""A place of its own for each step: what one leaves behind is not there for the next (Linux).

Where the kernel allows it, that is new user, mount and IPC namespaces with an empty temporary
file system over ``/tmp``, limited in bytes and in files, which ends with the step.  Elsewhere
it is a new folder.  Where many submissions share a warm process, each has besides process and
network namespaces of its own: what it starts sees nobody else's.

Sources: user_namespaces(7), mount_namespaces(7), pid_namespaces(7), tmpfs(5).
"""

import contextlib
import os
import select
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

from graders.worker import confine
from graders.worker.system_calls import PR_SET_DUMPABLE

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWUTS = 0x20000000, 0x40000000, 0x04000000
OF_A_STEP = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWIPC
OF_A_SUBMISSION = OF_A_STEP | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS
MS_NOSUID, MS_NODEV = 2, 4
ROOM = b"size=16m,nr_inodes=4096,mode=700"
"""What a step's temporary file system holds at most: bytes, and files that may be empty."""


def new_spaces(processes: int) -> None:
    """Move this process, for good, to namespaces of a step and an empty ``/tmp``.

    ``processes`` is a descriptor of a ``/proc``, which this needs and the step must not have:
    it is closed.  Further namespaces are not allowed.  Raise OSError where the kernel refuses.
    """
    unshare(OF_A_STEP, processes)
    with contextlib.suppress(OSError):  # where that is read-only, the filter alone keeps it
        write(processes, "sys/user/max_user_namespaces", "0")
    os.close(processes)
    empty_tmp()


def unshare(spaces: int, processes: int) -> None:
    """Move this process, for good, to new namespaces, which its user and group are mapped to.

    Raise OSError where the kernel refuses.
    """
    user, group = os.getuid(), os.getgid()
    confine.prctl(PR_SET_DUMPABLE, 1)  # else its own entry in there is root's
    confine.checked(confine.libc.unshare(spaces))
    write(processes, "self/setgroups", "deny")
    write(processes, "self/uid_map", f"{user} {user} 1")
    write(processes, "self/gid_map", f"{group} {group} 1")
    confine.hide_memory()


def empty_tmp() -> None:
    """Have an empty temporary file system, be in it, and lose all rights.  Raise OSError."""
    flags = MS_NOSUID | MS_NODEV
    confine.checked(confine.libc.mount(b"tmpfs", b"/tmp", b"tmpfs", flags, ROOM))
    os.chdir("/tmp")
    confine.drop_capabilities()


def serve_alone(processes: int, serve: Callable[[], object], given_up: int) -> bool:
    """Serve in namespaces of one submission, until that ends or a socket's other end is closed.

    Whoever serves is the first process there: all that was started ends with it, whatever it
    is at.  Return whether it ended by itself.  Raise OSError where the kernel refuses.
    """
    unshare(OF_A_SUBMISSION, processes)
    child = os.fork()
    if child == 0:
        try:
            confine.die_with_parent()
            empty_tmp()
            serve()
            os._exit(0)
        finally:
            os._exit(1)
    ended = select.poll()
    ended.register(os.pidfd_open(child), select.POLLIN)
    ended.register(given_up, 0)
    ended.poll()
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == 0


def write(folder: int, name: str, text: str) -> None:
    """Write to one of the kernel's files."""
    descriptor = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def new_folder(readable: Sequence[str] = ()) -> None:
    """Move this process to a new folder in the one it is in; if ``readable`` names files and
    folders, keep it from all others, for good.
    """
    here = os.path.join(os.getcwd(), os.urandom(8).hex())
    os.mkdir(here, 0o700)
    os.chdir(here)
    os.environ.update(HOME=here, TMPDIR=here)
    if readable:
        confine.restrict_files([*readable], [here])


def around(readable: Sequence[str], folder: str) -> list[str]:
    """Return few folders that hold all of these files and folders, and not ``folder``.

    Where a process has been kept to many already, few do to keep it from ``folder`` as well.
    """
    found = set()
    for path in map(Path, readable):
        outside = [part for part in (path, *path.parents) if part not in Path(folder).parents]
        found.add(str(outside[-1]))
    return sorted(found)
