"""Many tasks side by side, each in a fork of this process, with limits of its own.

What the supervising process holds (pytest, the suites, numpy) every fork has without a start.
What a fork says comes back as bytes, which whoever asked decodes by type: nothing that one
does, or that is done to it, reaches another or this process.
"""

import contextlib
import os
import selectors
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from graders.errors import GradmarkError, SandboxLost
from graders.interrupts import STOPPING
from graders.judge.memory import limit_memory
from graders.sandbox.clock import Awake
from graders.sandbox.starting import end_with_parent, limit_cpu, remove_left
from graders.words import _

FORKS = hasattr(os, "fork") and sys.platform == "linux"
"""Whether there are forks that are safe."""
SIGNALS = {getattr(signal, name) for name in STOPPING if hasattr(signal, name)}
"""What asks a program to stop."""
FAILED = 1
"""How a fork ends that raised an exception."""
HEADER = 4
MOST_SAID = 8 << 20
"""How many bytes one fork may say in all."""
LOOK_SECONDS = 0.25
"""How often it is looked at whether one has overrun."""

Task = TypeVar("Task")
How = Literal["done", "overran", "died"]
Say = Callable[[bytes], None]
Work = Callable[[Task, Say, int | None], object]
"""What is done with a task: it says what came of it, and may keep to a core."""


@dataclass(frozen=True)
class Ended(Generic[Task]):
    """What came of one task."""

    task: Task
    how: How
    said: list[bytes]
    why: str = ""
    """How it died."""


@dataclass
class Running(Generic[Task]):
    """A fork that is at work on a task."""

    task: Task
    pid: int
    pipe: int
    core: int | None
    end: float
    """When it has overrun."""
    heard: bytearray = field(default_factory=bytearray)
    overran: bool = False

    def messages(self) -> list[bytes]:
        """Return all that it has said to the end."""
        found, rest = [], memoryview(bytes(self.heard))
        while len(rest) >= HEADER:
            length = int.from_bytes(rest[:HEADER], "big")
            if len(rest) < HEADER + length:
                break
            found.append(bytes(rest[HEADER : HEADER + length]))
            rest = rest[HEADER + length :]
        return found


def usable() -> list[int]:
    """Return the cores that this process may use; none where that can't be told."""
    return sorted(os.sched_getaffinity(0)) if FORKS else []


def last_words(said: list[bytes], code: int) -> str:
    """Return why a fork died: what it has said last, if that was an exception."""
    if code == FAILED and said:
        return said.pop().decode(errors="replace")
    return _("its process ended with status {code}").format(code=code)


class Engine(Generic[Task]):
    """Does tasks, so many at a time."""

    def __init__(self, work: Work[Task], jobs: int, seconds: float) -> None:
        """``seconds`` are what one task may take, of wall time as of CPU."""
        self.work = work
        self.jobs = jobs
        self.seconds = seconds
        self.now = Awake()
        """When this process was stopped, as by Ctrl-Z, so were those that it supervises."""
        self.running: dict[int, Running[Task]] = {}
        self.cores = usable() if len(usable()) >= jobs else []
        """What each fork has one of for itself, where there are enough."""

    def each(self, tasks: Iterable[Task]) -> Iterator[Ended[Task]]:
        """Yield what came of each task, as it comes.

        A task whose fork died is tried once more, alone, after all others.  All forks end with
        the iterator, whatever they are at.
        """
        if not FORKS:
            yield from map(self.here, tasks)
            return
        died: list[Task] = []
        for ended in self.side_by_side(tasks, self.jobs):
            if ended.how == "died":
                died.append(ended.task)
            else:
                yield ended
        yield from self.side_by_side(died, 1)

    def side_by_side(self, tasks: Iterable[Task], jobs: int) -> Iterator[Ended[Task]]:
        """Yield what came of each task, of which so many are done at a time."""
        ahead, left = iter(tasks), True
        with selectors.DefaultSelector() as selector:
            try:
                while left or self.running:
                    while left and len(self.running) < jobs:
                        left = self.start_next(ahead, selector)
                    if not self.running:
                        return
                    for key, _events in selector.select(LOOK_SECONDS):
                        if ended := self.hear(self.running[key.fd], selector):
                            yield ended
                    now = self.now()
                    for running in self.running.values():
                        if now > running.end and not running.overran:
                            running.overran = True
                            os.kill(running.pid, signal.SIGKILL)
            finally:
                self.close()

    def start_next(self, ahead: Iterator[Task], selector: selectors.BaseSelector) -> bool:
        """Start the next task; return whether there was one."""
        for task in ahead:
            selector.register(self.start(task).pipe, selectors.EVENT_READ)
            return True
        return False

    def start(self, task: Task) -> Running[Task]:
        """Fork for a task.

        A signal to stop waits meanwhile: an exception around a fork would be lost.
        """
        taken = {running.core for running in self.running.values()}
        core = next((core for core in self.cores if core not in taken), None)
        read, write = os.pipe()
        parent, before = os.getpid(), signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            pid = os.fork()
            if pid == 0:
                try:
                    for other in (read, *self.running):
                        os.close(other)
                    self.be(task, write, core, parent)
                finally:
                    os._exit(FAILED)
            os.close(write)
            end = self.now() + self.seconds
            self.running[read] = Running(task, pid, read, core, end)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return self.running[read]

    def be(self, task: Task, write: int, core: int | None, parent: int) -> None:
        """Do a task, in a fork, and end."""
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # who supervises ends it
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        end_with_parent(parent)
        limit_memory()
        limit_cpu(self.seconds)
        if core is not None:
            with contextlib.suppress(OSError):
                os.sched_setaffinity(0, {core})
        with os.fdopen(write, "wb") as pipe:

            def say(message: bytes) -> None:
                pipe.write(len(message).to_bytes(HEADER, "big") + message)
                pipe.flush()

            try:
                self.work(task, say, core)
            except BaseException as error:
                kind = "" if isinstance(error, SandboxLost) else f"{type(error).__name__}: "
                say(f"{kind}{error}".encode(errors="replace"))
                os._exit(FAILED)
        os._exit(0)

    def hear(
        self, running: Running[Task], selector: selectors.BaseSelector
    ) -> Ended[Task] | None:
        """Take what a fork says; return what came of its task once it has hung up."""
        chunk = os.read(running.pipe, 1 << 16)
        running.heard += chunk
        if chunk and len(running.heard) <= MOST_SAID:
            return None
        if chunk:
            os.kill(running.pid, signal.SIGKILL)
        selector.unregister(running.pipe)
        del self.running[running.pipe]
        os.close(running.pipe)
        _pid, status = os.waitpid(running.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            remove_left(running.pid)
        said = running.messages()
        if code == 0:
            return Ended(running.task, "done", said)
        if running.overran or code == -signal.SIGXCPU:
            return Ended(running.task, "overran", said)
        return Ended(running.task, "died", said, last_words(said, code))

    def here(self, task: Task) -> Ended[Task]:
        """Do a task in this process, where there are no safe forks."""
        said: list[bytes] = []
        try:
            self.work(task, said.append, None)
        except Exception as error:
            return Ended(task, "died", said, f"{type(error).__name__}: {error}")
        return Ended(task, "done", said)

    def close(self) -> None:
        """End all forks."""
        for running in self.running.values():
            with contextlib.suppress(OSError):
                os.kill(running.pid, signal.SIGKILL)
            os.close(running.pipe)
            os.waitpid(running.pid, 0)
            remove_left(running.pid)
        self.running.clear()


def apart(work: Callable[[], bytes], seconds: float) -> bytes:
    """Return what a piece of work makes, done in a process of its own with limits.

    Raise the GradmarkError that it raises, or one for its OSError; SandboxLost where it comes
    to no end.
    """

    def do(_task: None, say: Say, _core: int | None) -> None:
        try:
            say(b"+" + work())
        except GradmarkError as error:
            say(b"-" + str(error).encode())
        except OSError as error:
            why = f"{error.filename}: {error.strerror}"
            say(b"-" + why.encode(errors="replace"))

    (ended,) = Engine[None](do, 1, seconds).each([None])
    if ended.how != "done":
        raise SandboxLost(ended.why or _("it takes more time than there is"))
    (said,) = ended.said
    if said[:1] == b"-":
        raise GradmarkError(said[1:].decode())
    return said[1:]
