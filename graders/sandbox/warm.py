"""Speak to a warm process: have it fork steps, and learn how they ended (Linux)."""

import contextlib
import os
import signal
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graders.report import Level
from graders.sandbox.process import START_SECONDS, kill
from graders.sandbox.starting import Starting
from graders.worker.control import DROP, FORK, PLACE, PYTEST, WAIT

if TYPE_CHECKING:
    from graders.sandbox.forked_step import ForkedStep


class Ended:
    """How the end of one step's process is learnt of, from the warm process that forked it."""

    def __init__(self, control: socket.socket, number: bytes) -> None:
        self.control = control
        self.number = number

    def status(self, pid: int) -> int:
        """Return the exit code of the step's process, or minus the signal that ended it.

        A process that lives on after half a second is killed; one that took the warm process
        along counts as killed.
        """
        try:
            self.control.sendall(WAIT + self.number)
            self.control.settimeout(0.5)
            try:
                status = self.control.recv(4)
            except TimeoutError:
                kill(pid)
                self.control.settimeout(START_SECONDS)
                status = self.control.recv(4)
            self.control.settimeout(START_SECONDS)
            return os.waitstatus_to_exitcode(int.from_bytes(status or b"\x09", "big"))
        except OSError:
            return -signal.SIGKILL

    def drop(self) -> None:
        """Tell that nobody will ask; the process has been killed."""
        with contextlib.suppress(OSError):  # then the warm one is gone, too
            self.control.sendall(DROP + self.number)


class Warm:
    """A warm process, by the socket that it is asked on."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.forks = 0
        self.next: ForkedStep | None = None
        """A process that nobody has used yet."""

    def fresh(self) -> "ForkedStep":
        """Return the process that is there, or a new one, when it is ready to be used.

        The next one is forked meanwhile, as each is like the other until it is used.  Raise
        OSError when the warm process is gone.
        """
        step, self.next = self.next or self.fork(), None
        try:
            step.greet()
            self.next = self.fork()
        except OSError:
            step.close()
            raise
        return step

    def fork(self) -> "ForkedStep":
        """Have a process forked.  Raise OSError when the warm process is gone."""
        from graders.sandbox.forked_step import ForkedStep  # imports numpy, once all is started

        with contextlib.ExitStack() as near_side:
            with contextlib.ExitStack() as far_side:
                near, far = socket.socketpair()
                near_side.callback(near.close)
                far_side.callback(far.close)
                read, write = os.pipe()
                near_side.callback(os.close, read)
                far_side.callback(os.close, write)
                near.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
                socket.send_fds(self.control, [FORK], [far.fileno(), write])
                ended = Ended(self.control, self.forks.to_bytes(4, "big"))
                self.forks += 1
            step = ForkedStep(ended.status, ended.drop, near, read)
            near_side.pop_all()
            return step

    def expect_pytest(self) -> None:
        """Have pytest at hand for the processes to come, if that can be had before they run."""
        with contextlib.suppress(OSError):  # then it is gone, and the next is asked again
            self.control.sendall(PYTEST)

    def place(self) -> socket.socket:
        """Have a place made for one submission; return the socket of the process there, which
        says when it is ready.  Raise OSError when the warm process is gone.
        """
        near, far = socket.socketpair()
        near.settimeout(START_SECONDS)
        near.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        with far:
            socket.send_fds(self.control, [PLACE], [far.fileno()])
        return near

    def close(self) -> None:
        """Hang up; the process that nobody has used is killed."""
        if self.next:
            self.next.close()
            self.next = None
        self.control.close()


class Forking(Starting["ForkedStep"]):
    """Has steps forked by a warm process, or by another when a step ended that."""

    warm: Warm

    def wait_until_ready(self) -> None:
        """Wait for the warm process.  Raise OSError or SandboxLost when there is none."""
        raise NotImplementedError

    def renew(self) -> None:
        """Have another warm process.  Raise SandboxLost when there can't be one."""
        raise NotImplementedError

    def fresh_step(self) -> "ForkedStep":
        """Return a fresh process for a step."""
        try:
            self.wait_until_ready()
            return self.warm.fresh()
        except OSError:
            self.renew()
            self.wait_until_ready()
        return self.warm.fresh()

    def expect_pytest(self) -> None:
        """Have pytest at hand for the processes to come, if that can be had before they run."""
        self.warm.expect_pytest()


@dataclass(frozen=True)
class Door:
    """What places for submissions are had through, from a warm process that many share.

    Whoever holds it may ask at the same time as others.
    """

    warm: Warm
    level: Level
    """How far what runs in a place is confined."""
    missing: tuple[str, ...]
