"""Start a confined process and fork steps from it (Linux).

One warm process a submission holds numpy; each step is a fork of it.  How far it is
confined is found out by trying: bubblewrap where it starts, else what the kernel gives any
program, else nothing.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from graders.errors import SandboxLost
from graders.report import Level
from graders.sandbox import bubblewrap, cgroup, interpreter
from graders.sandbox.process import START_SECONDS, kill
from graders.sandbox.starting import Starting, last_words, private_folder
from graders.words import _
from graders.worker.control import (
    BUBBLEWRAP,
    CALLS,
    CONFINEMENTS,
    DROP,
    FILES,
    FORK,
    KERNEL,
    PYTEST,
    SPACES,
    WAIT,
)
from graders.worker.scratch import remove

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


class ForkServer(Starting["ForkedStep"]):
    """The warm process and how it is confined."""

    def __init__(self, confine: str = BUBBLEWRAP) -> None:
        """Start the warm process, with this confinement or the next that works.

        Its readiness is waited for when it is first needed.  Raise SandboxLost when nothing can
        be started.
        """
        super().__init__()
        wanted = CONFINEMENTS[CONFINEMENTS.index(confine) :]
        bwraps = bubblewrap.candidates() if BUBBLEWRAP in wanted else []
        self.attempts = [(BUBBLEWRAP, path) for path in bwraps]
        self.attempts += [(name, "") for name in wanted if name != BUBBLEWRAP]
        self.folder = ""
        self.processes = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
        """What a step needs to get namespaces of its own, and does not keep."""
        self.group = cgroup.make()
        self.next: ForkedStep | None = None
        """A process that nobody has used yet."""
        self.refusals: list[str] = []
        self.ready = False
        self.worked = 0
        self.forks = 0
        try:
            self.start()
        except SandboxLost:
            os.close(self.processes)
            if self.group:
                self.group.close()
            raise

    def start(self) -> None:
        """Start the next attempt.  Raise SandboxLost when no process can be started at all."""
        try:
            self.launch(*self.attempts[0])
        except OSError as error:
            raise SandboxLost(_("no process for the steps: {why}").format(why=error)) from error

    def launch(self, confinement: str, bwrap: str) -> None:
        """Start a warm process, in a folder that nobody has been in."""
        self.forks = 0
        self.folder = private_folder()
        self.control, far = socket.socketpair()
        self.control.settimeout(START_SECONDS)
        with far:
            arguments = ["fork", str(far.fileno()), confinement]
            if confinement == BUBBLEWRAP:
                arguments += [str(self.processes)]
            if confinement == KERNEL:
                arguments += bubblewrap.readable()
            if bwrap:
                line, environment = bubblewrap.command(bwrap, arguments), {}
            else:
                line = interpreter.started(sys.executable, interpreter.python_path(), arguments)
                environment = interpreter.environment(self.folder, interpreter.searched())
            self.process = subprocess.Popen(
                self.group.line(line) if self.group else line,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd=self.folder,
                env=environment,
                pass_fds=[far.fileno(), *([self.processes] if bwrap else [])],
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait for the warm process, trying the next confinement when one doesn't start.

        Raise SandboxLost when none does.
        """
        self.refuse_useless()
        while not self.ready:
            if not self.attempts:
                raise SandboxLost("; ".join(self.refusals))
            with contextlib.suppress(OSError):
                answer = self.control.recv(1)
                self.ready = answer != b""
                self.attempts = self.attempts[: 1 if self.ready else None]
                self.worked = int.from_bytes(answer, "big")
            if not self.ready:
                self.stop()
                name, path = self.attempts.pop(0)
                self.refusals.append(f"{path or name}: {self.last_words()}")
                if self.attempts:
                    self.start()

    @property
    def level(self) -> Level:
        """Return the isolation level that was had."""
        self.wait_until_ready()
        if self.attempts[0][0] == BUBBLEWRAP:
            return "sandbox" if self.worked & CALLS else "partial"
        return "partial" if self.worked & (FILES | CALLS) else "process"

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the level lacks, by name."""
        self.wait_until_ready()
        lacking = [] if self.worked & CALLS else ["system-call filter"]
        if self.attempts[0][0] == BUBBLEWRAP:
            lacking += [] if self.worked & SPACES else ["own temporary file system a step"]
        else:
            lacking += ["own process and mount spaces", "size limit on temporary files"]
            lacking += [] if self.worked & FILES else ["file access"]
            lacking += [] if self.worked & CALLS else ["network", "other processes"]
        return tuple(lacking)

    @property
    def counted(self) -> bool:
        """Return whether all that runs in it has one limit of memory and processes together."""
        self.wait_until_ready()
        return self.group is not None and self.group.holds()

    def last_words(self) -> str:
        """Return what a process which didn't start wrote to stderr last."""
        assert self.process.stderr
        with self.process.stderr as stderr:
            printed = stderr.read().decode(errors="replace")
        return last_words(printed, f"exit status {self.process.returncode}")

    def fresh_step(self) -> "ForkedStep":
        """Return a fresh process for a step; start the warm process again if one has ended it.

        The next one is forked meanwhile, as each is like the other until it is used.
        """
        self.wait_until_ready()
        try:
            return self.fresh()
        except OSError:
            self.end()
            self.ready = False
            self.start()
            self.wait_until_ready()
        return self.fresh()

    def fresh(self) -> "ForkedStep":
        """Return the process that is there, or a new one, when it is ready to be used."""
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
        with contextlib.suppress(OSError):  # then the warm one is gone, and starts again
            self.control.sendall(PYTEST)

    def stop(self) -> None:
        """Kill the warm process and what runs in its sandbox."""
        if self.next:
            self.next.close()
            self.next = None
        self.control.close()
        if self.process.returncode is None:
            with contextlib.suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        remove(self.folder)

    def end(self) -> None:
        """Stop the warm process, whatever it may have said."""
        self.stop()
        if self.process.stderr:
            self.process.stderr.close()

    def close(self) -> None:
        """End everything that was started."""
        self.end()
        os.close(self.processes)
        if self.group:
            self.group.close()
