"""What all sandboxes begin with: a private folder, and a process or the reason for none."""

import contextlib
import os
import socket
import struct
import tempfile
import time
from pathlib import Path
from typing import Generic, TypeVar

from graders.errors import SandboxLost
from graders.sandbox.clock import awake
from graders.sandbox.process import StepProcess
from graders.words import _
from graders.worker.scratch import remove

Step = TypeVar("Step", bound=StepProcess)
OWNED = "gradmark-"
"""How private folders are called, with the number of the process that made them."""


def private_folder() -> str:
    """Return a new folder for temporary files.  Raise SandboxLost when there can't be one."""
    try:
        folder = tempfile.mkdtemp(prefix=f"{OWNED}{os.getpid()}-")
    except OSError as error:
        text = _(
            "no folder for temporary files can be made ({why}): make room there, or have "
            "TMPDIR name a folder that has some and may be written to"
        )
        raise SandboxLost(text.format(why=error)) from error
    with contextlib.suppress(OSError):
        os.chmod(folder, 0o700)  # whatever a new file's rights are here
    return folder


def remove_left(pid: int) -> None:
    """Remove the folders of a process that was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{OWNED}{pid}-*"):
        remove(str(folder))


def vouched(connection: socket.socket, most: int) -> tuple[bytes, int]:
    """Return what is sent first over a socket, and the process id of the sender, for which the
    kernel vouches (Linux).  Raise OSError when nothing comes.
    """
    space = socket.CMSG_SPACE(struct.calcsize("3i"))
    data, ancillary, *_rest = connection.recvmsg(most, space)
    if not data or not ancillary:
        raise ConnectionError(_("it ended without a word"))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
    return data, struct.unpack("3i", ancillary[0][2])[0]


def last_words(printed: str, otherwise: str) -> str:
    """Return the last line that a process which didn't start has written, if there is any."""
    return (printed.strip().splitlines() or [otherwise])[-1]


class Starting(Generic[Step]):
    """Starts steps' processes; where not even the first one starts, no other is tried."""

    def __init__(self) -> None:
        self.fault = ""
        """Why a process could not be started."""
        self.served = False
        """Whether there has been any: then what fails may be had again."""

    def step(self) -> Step:
        """Return a fresh process for a step.  Raise SandboxLost when that can't be done."""
        self.refuse_useless()
        try:
            with awake.paused():
                step = self.fresh_step()
        except (OSError, SandboxLost) as error:
            self.fault = _("no process for a step can be started: {why}").format(why=error)
            raise SandboxLost(self.fault) from error
        self.served = True
        return step

    def fresh_step(self) -> Step:
        """Return a process that nobody has used.  Raise OSError or SandboxLost."""
        raise NotImplementedError

    def refuse_useless(self) -> None:
        """Raise SandboxLost when not one process could be started."""
        if self.fault and not self.served:
            raise SandboxLost(self.fault)


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process, a fork of the one of this number, when that ends."""
    from graders.worker import confine

    confine.die_with_parent()
    if os.getppid() != parent:  # it has ended already
        os._exit(1)


def limit_cpu(seconds: float) -> None:
    """Let this process compute for no longer than so many seconds from now on (POSIX)."""
    import resource

    used = time.process_time()
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used + seconds) + 1
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
