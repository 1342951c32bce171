"""The portable path: one plain subprocess a step, spoken to over pipes by threads.

Nothing here is POSIX: it serves where there is no fork or where forking is unsafe, and
anywhere when asked for, so that it is tested everywhere.
"""

import math
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import IO

from graders import values, wire
from graders.errors import Crashed, TimedOut
from graders.report import Level
from graders.sandbox import interpreter
from graders.sandbox.process import (
    OUTPUT_LIMIT,
    START_SECONDS,
    Clock,
    Limits,
    malformed,
    obituary,
    out_of_cpu,
)
from graders.sandbox.starting import Starting, last_words, private_folder
from graders.worker.control import CPU_EXIT
from graders.worker.scratch import remove

OUT_OF_CPU = {CPU_EXIT, -getattr(signal, "SIGXCPU", -CPU_EXIT)}
"""How a process ends that has used up its time: by its own watch, or else by the system's."""

LOOK_SECONDS = 1.0
"""How often the clock is looked at while nothing comes."""
FLOOD_SECONDS = 0.0005
"""How long the judge rests between two looks at what is printed beyond the limit."""


class PlainProcesses(Starting["PipedStep"]):
    """Starts each step in a plain subprocess; nothing is confined."""

    refusals: tuple[str, ...] = ()
    counted = False
    door = None
    missing: tuple[str, ...] = (
        "network",
        "files",
        "other processes",
        "memory",
        "system-call filter",
    )

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.folders = [private_folder()]  # shows at once whether there can be any

    @property
    def level(self) -> Level:
        """Return the isolation level, the lowest."""
        self.refuse_useless()
        return "process"

    def fresh_step(self) -> "PipedStep":
        """Start a process for a step, in a folder that nobody has been in."""
        self.folders.append(private_folder())
        return PipedStep(self.folders[-1], self.limits.cpu)

    def expect_pytest(self) -> None:
        """Do nothing: each process imports what it needs."""

    def close(self) -> None:
        """Remove the folders; each process is ended by itself."""
        for folder in self.folders:
            remove(folder)


class PipedStep:
    """A step's process, spoken to over its standard streams."""

    def __init__(self, folder: str, cpu: float) -> None:
        keep = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
        self.process = subprocess.Popen(
            interpreter.started(sys.executable, interpreter.python_path(), ["pipe", str(cpu)]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=keep | interpreter.environment(folder, interpreter.searched()),
            bufsize=0,
        )
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stderr
        self.stdin: IO[bytes] = self.process.stdin
        self.arrived: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.to_send: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.buffer = bytearray()
        self.printed = bytearray()
        self.alive = True
        self.begin(START_SECONDS, START_SECONDS)
        self.threads = [
            threading.Thread(target=self.pump, args=(self.process.stdout,), daemon=True),
            threading.Thread(target=self.listen, args=(self.process.stderr,), daemon=True),
            threading.Thread(target=self.write, daemon=True),
        ]
        for thread in self.threads:
            thread.start()
        self.greet()

    def greet(self) -> None:
        """Wait for the first frame.  Raise OSError when none comes: no student code ran."""
        try:
            self.receive(wire.body_length(self.receive(wire.HEADER)))
        except (EOFError, TimedOut) as error:
            why = str(error) or f"exit status {self.ended()}"
            self.close()
            raise ConnectionError(last_words(self.output(), why)) from error

    def pump(self, stream: IO[bytes]) -> None:
        """Carry what comes over the wire to the queue; an empty chunk is its end."""
        while chunk := stream.read(65536):
            self.arrived.put(chunk)
            while self.alive and self.arrived.qsize() > 2 * wire.FRAME_LIMIT // 65536:
                time.sleep(0.01)  # nobody asked for so much
        self.arrived.put(b"")

    def listen(self, stream: IO[bytes]) -> None:
        """Keep the beginning of what the step prints."""
        while chunk := stream.read(65536):
            self.printed += chunk[: max(0, OUTPUT_LIMIT + 1 - len(self.printed))]
            if len(self.printed) > OUTPUT_LIMIT:
                time.sleep(FLOOD_SECONDS)  # nobody wants the rest

    def write(self) -> None:
        """Write frames to a step that may not be reading."""
        try:
            while frame := self.to_send.get():
                self.stdin.write(frame)
        except (OSError, ValueError):
            return

    def begin(self, cpu: float, wall: float, left: float = math.inf) -> None:
        """Start the wall clock of a check; the worker watches its own CPU time."""
        self.clock = Clock(cpu, wall, left)

    def cpu_time(self) -> float:
        """Return 0: the worker alone reads its clock."""
        return 0.0

    def ask(self, frame: bytes) -> bytes:
        """Send a frame and return the body of the answer."""
        try:
            if self.buffer or not self.arrived.empty():
                raise wire.MalformedFrame("an answer before it was asked")
            self.to_send.put(frame)
            body = self.receive(wire.body_length(self.receive(wire.HEADER)))
            if self.buffer:
                raise wire.MalformedFrame("more than one answer")
            return body
        except wire.MalformedFrame as error:
            self.close()
            raise malformed(error) from error
        except TimedOut:
            self.close()
            raise
        except EOFError:
            code = self.ended()
            if code in OUT_OF_CPU:
                raise TimedOut(out_of_cpu(self.clock.cpu)) from None
            raise Crashed(obituary(code)) from None

    def receive(self, length: int) -> bytes:
        """Return exactly so many bytes.  Raise EOFError when the step hangs up before."""
        while len(self.buffer) < length:
            try:
                chunk = self.arrived.get(timeout=min(LOOK_SECONDS, self.clock.left()))
            except queue.Empty:
                continue
            if not chunk:
                self.arrived.put(chunk)
                raise EOFError
            self.buffer += chunk
        taken = bytes(self.buffer[:length])
        del self.buffer[:length]
        return taken

    def output(self) -> str:
        """Return what the step printed since it was last asked."""
        text = values.readable(self.printed, OUTPUT_LIMIT)
        self.printed.clear()
        return text

    def ended(self) -> int:
        """Return how the process ended by itself; kill it if it only hung up."""
        try:
            code = self.process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            code = -9
        self.close()
        return code

    def close(self) -> None:
        """Kill the process and end its threads."""
        if self.alive:
            self.alive = False
            self.process.kill()
            self.process.wait()
            self.to_send.put(b"")
            for thread in self.threads:
                thread.join(timeout=1)
            for stream in (self.stdin, self.process.stdout, self.process.stderr):
                if stream:
                    stream.close()
