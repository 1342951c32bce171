"""One submission's place, had from a warm process that many submissions share (Linux).

Steps are forked there as from a warm process of its own, at a tenth of what that would take.
"""

import contextlib
import os

from graders.errors import SandboxLost
from graders.report import Level
from graders.sandbox import cgroup
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox, open_sandbox
from graders.sandbox.starting import vouched
from graders.sandbox.warm import Door, Forking, Warm
from graders.words import _


def open_place(
    door: Door | None, limits: Limits, portable: bool = False, core: int | None = None
) -> Sandbox:
    """Start what the steps of one among many submissions run in: a place behind a door, or a
    sandbox of its own where there is none.
    """
    return Placed(door, core) if door else open_sandbox(limits, portable)


class Placed(Forking):
    """A place for one submission, and the warm process in it."""

    refusals: tuple[str, ...] = ()

    def __init__(self, door: Door, core: int | None = None) -> None:
        """Ask for a place, without waiting for it; ``core`` is the one that it keeps to."""
        super().__init__()
        self.door = door
        self.core = core
        self.group = cgroup.make()
        self.ask()

    @property
    def level(self) -> Level:
        """Return how far processes are confined."""
        return self.door.level

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the level lacks, by name."""
        return self.door.missing

    @property
    def counted(self) -> bool:
        """Return whether all that runs in it has one limit of memory and processes together."""
        return self.group is not None and self.group.holds()

    def ask(self) -> None:
        """Ask for a place.  Raise SandboxLost when nobody is there to make one."""
        try:
            self.warm = Warm(self.door.warm.place())
        except OSError as error:
            raise SandboxLost(
                _("no place for a submission: {why}").format(why=error)
            ) from error
        self.ready = False

    def wait_until_ready(self) -> None:
        """Wait for the process there, and have it counted.  Raise OSError when none comes."""
        if self.ready:
            return
        _data, pid = vouched(self.warm.control, 1)
        if self.group:
            self.group.take(pid)
        if self.core is not None:
            with contextlib.suppress(OSError):
                os.sched_setaffinity(pid, {self.core})
        self.ready = True

    def renew(self) -> None:
        """Ask for another place."""
        self.warm.close()
        self.ask()

    def close(self) -> None:
        """End everything that was started."""
        self.warm.close()
        if self.group:
            self.group.close()
