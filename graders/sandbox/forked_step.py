"""A step's process: a fork of the warm one, spoken to over a socket (Linux)."""

import contextlib
import fcntl
import math
import os
import selectors
import socket
import time
from collections.abc import Callable
from functools import partial

from graders import values, wire
from graders.errors import Crashed, TimedOut
from graders.sandbox.process import (
    OUTPUT_LIMIT,
    START_SECONDS,
    Clock,
    kill,
    lost,
    malformed,
    obituary,
)
from graders.sandbox.starting import last_words, vouched
from graders.words import _

LOOK_SECONDS = 0.05
"""How often a busy step's CPU clock is read, and what it holds is looked at."""
FLOOD_SECONDS, PIPE_BYTES = 0.004, 1 << 20
"""How often what a step prints without end is read, and how much of it may wait meanwhile."""
MOST = {b"Threads": 128, b"VmPTE": 64 << 10}
"""What a process may hold that its limits don't count: threads (those of root have no limit),
and KiB of page tables."""


class ForkedStep:
    """A step's process, spoken to over a socket; what it prints comes through a pipe."""

    def __init__(
        self,
        wait_status: Callable[[int], int],
        drop: Callable[[], object],
        connection: socket.socket,
        output: int,
    ) -> None:
        """``wait_status`` waits for a process id and returns how it ended; ``drop`` has it
        waited for by others.
        """
        self.wait_status = wait_status
        self.drop = drop
        self.connection = connection
        self.output_fd = output
        self.printed = bytearray()
        self.buffer = bytearray()
        self.alive = True
        self.pid = 0
        self.next_look = 0.0
        self.floods = False
        """Whether it prints more than is kept."""
        os.set_blocking(output, False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(output, selectors.EVENT_READ)

    def greet(self) -> None:
        """Wait for the first frame; the kernel vouches for the sender's process id.

        Raise OSError when none comes.
        """
        self.begin(START_SECONDS, START_SECONDS)
        self.connection.settimeout(START_SECONDS)
        try:
            _data, self.pid = vouched(self.connection, 64)
        except ConnectionError as error:
            raise ConnectionError(last_words(self.output(), str(error))) from error
        self.connection.setblocking(False)
        self.selector.register(self.connection, selectors.EVENT_READ)

    def begin(self, cpu: float, wall: float, left: float = math.inf) -> None:
        """Start the clocks of a check."""
        self.clock = Clock(cpu, wall, left, self.cpu_time())

    def cpu_time(self) -> float:
        """Return the CPU seconds the step's process has used, by the kernel's account."""
        try:
            return time.clock_gettime((~self.pid << 3) | 2) if self.pid else 0.0
        except OSError:  # it is gone, and its end will be noticed
            return 0.0

    def ask(self, frame: bytes) -> bytes:
        """Send a frame and return the body of the answer."""
        try:
            self.refuse_unasked()
            self.send(frame)
            header = self.receive(wire.HEADER)
            body = self.receive(wire.body_length(header))
            if self.buffer:
                raise wire.MalformedFrame("more than one answer")
            return body
        except wire.MalformedFrame as error:
            self.close()
            raise malformed(error) from error
        except EOFError:
            raise Crashed(self.post_mortem()) from None
        except (TimedOut, Crashed):
            self.close()
            raise
        except OSError as error:
            self.close()
            raise lost(error) from error

    def refuse_unasked(self) -> None:
        """Raise MalformedFrame when an answer is there before its question."""
        try:
            if self.connection.recv(1, socket.MSG_PEEK):
                raise wire.MalformedFrame("an answer before it was asked")
        except BlockingIOError:
            return
        except ConnectionError:
            pass
        raise EOFError

    def send(self, frame: bytes) -> None:
        """Send a frame to a step that may not be reading."""
        try:
            frame = frame[self.connection.send(frame) :]
        except BlockingIOError:
            pass
        except ConnectionError:
            raise EOFError from None
        if frame:
            self.send_slowly(frame)

    def send_slowly(self, frame: bytes) -> None:
        """Send what the step's buffer has no room for yet."""
        self.selector.modify(self.connection, selectors.EVENT_WRITE)
        try:
            while frame:
                if self.wait():
                    frame = frame[self.connection.send(frame) :]
        except ConnectionError:
            raise EOFError from None
        finally:
            self.selector.modify(self.connection, selectors.EVENT_READ)

    def receive(self, length: int) -> bytes:
        """Return exactly so many bytes.  Raise EOFError when the step hangs up before."""
        while len(self.buffer) < length:
            if self.wait():
                try:
                    chunk = self.connection.recv(65536)
                except ConnectionError:
                    chunk = b""
                if not chunk:
                    raise EOFError
                self.buffer += chunk
        taken = bytes(self.buffer[:length])
        del self.buffer[:length]
        return taken

    def wait(self) -> bool:
        """Wait a moment; return whether the wire is ready.  Raise TimedOut at a limit."""
        pause = FLOOD_SECONDS if self.floods else LOOK_SECONDS
        ready = self.selector.select(min(pause, self.clock.left()))
        keys = [key.fileobj for key, _events in ready]
        if self.output_fd in keys:
            self.drain()
            if len(self.printed) > OUTPUT_LIMIT:
                self.listen_less()
        elif self.floods:
            self.drain()
        if time.monotonic() > self.next_look:
            self.look()
        return self.connection in keys

    def look(self) -> None:
        """Raise TimedOut or Crashed when the process has used up its time or holds too much."""
        self.clock.look(self.cpu_time())
        try:
            with open(f"/proc/{self.pid}/status", "rb") as file:
                held = dict(line.split(b":", 1) for line in file)
        except OSError:  # it is gone, or hidden from this user
            held = {}
        for name, most in MOST.items():
            if int(held.get(name, b"0").split()[0]) > most:
                raise Crashed(_("your code makes too many threads, or maps too much memory"))
        self.next_look = time.monotonic() + LOOK_SECONDS

    def listen_less(self) -> None:
        """Read what is printed now and then only, from a larger pipe: a flood costs little."""
        with contextlib.suppress(OSError, KeyError):
            self.floods = True
            self.selector.unregister(self.output_fd)
            fcntl.fcntl(self.output_fd, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    def drain(self) -> None:
        """Read what the step printed; keep the beginning, throw the flood away."""
        try:
            for _turn in range(64):
                chunk = os.read(self.output_fd, 65536)
                if not chunk:
                    self.selector.unregister(self.output_fd)
                    return
                self.printed += chunk[: OUTPUT_LIMIT + 1 - len(self.printed)]
        except (OSError, KeyError, ValueError):  # nothing is there now, or ever
            return

    def output(self) -> str:
        """Return what the step printed since it was last asked."""
        if self.alive:
            self.drain()
        text = values.readable(self.printed, OUTPUT_LIMIT)
        self.printed.clear()
        return text

    def post_mortem(self) -> str:
        """Say how the process ended by itself, and let go of it."""
        self.drain()
        status = self.wait_status(self.pid)
        self.let_go()
        return obituary(status)

    def close(self) -> None:
        """Kill the process, without waiting for its end."""
        if self.alive:
            if self.pid:
                kill(self.pid)
            self.let_go()
            self.drop()

    def let_go(self) -> None:
        """Close this side's descriptors."""
        self.drain()
        self.alive = False
        for close in (
            self.selector.close,
            self.connection.close,
            partial(os.close, self.output_fd),
        ):
            with contextlib.suppress(OSError):
                close()
