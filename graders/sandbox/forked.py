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

from graders.errors import SandboxLost
from graders.report import Level
from graders.sandbox import bubblewrap, cgroup, interpreter
from graders.sandbox.process import START_SECONDS
from graders.sandbox.starting import last_words, private_folder
from graders.sandbox.warm import Door, Forking, Warm
from graders.words import _
from graders.worker.control import (
    BUBBLEWRAP,
    CALLS,
    CONFINEMENTS,
    FILES,
    KERNEL,
    MACHINES,
    SPACES,
)
from graders.worker.scratch import remove


class ForkServer(Forking):
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
        self.refusals: list[str] = []
        self.ready = False
        self.worked = 0
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
        self.folder = private_folder()
        near, far = socket.socketpair()
        near.settimeout(START_SECONDS)
        self.warm = Warm(near)
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
                answer = self.warm.control.recv(1)
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
    def door(self) -> Door | None:
        """Return what places for many submissions are had through, if they can be had here.

        The warm process is started again if it has ended.
        """
        if self.ready and self.process.poll() is not None:
            self.renew()
        level = self.level
        return Door(self.warm, level, self.missing) if self.worked & MACHINES else None

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

    def renew(self) -> None:
        """Start the warm process again."""
        self.end()
        self.ready = False
        self.start()

    def stop(self) -> None:
        """Kill the warm process and what runs in its sandbox."""
        self.warm.close()
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
