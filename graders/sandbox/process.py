"""A step's process as the judge sees it: ask, with limits, and be told what went wrong."""

import contextlib
import math
import os
import signal
from dataclasses import dataclass
from typing import Protocol

from graders.errors import Crashed, TimedOut
from graders.sandbox.clock import awake
from graders.words import _

START_SECONDS = 30.0
OUTPUT_LIMIT = 10_000
"""How many bytes of what a check prints are kept."""


@dataclass(frozen=True)
class Limits:
    """Seconds that student code may take: of CPU a check, of wall time a check, step, run."""

    cpu: float = 2.0
    wall: float = 10.0
    step: float = 20.0
    run: float = 120.0


class StepProcess(Protocol):
    """One process that holds one loaded step."""

    alive: bool

    def begin(self, cpu: float, wall: float, left: float = math.inf) -> None:
        """Start the clocks of a check, in seconds from now; ``left`` are the step's own."""

    def cpu_time(self) -> float:
        """Return the CPU seconds that it has used, or 0 where that can't be told."""

    def ask(self, frame: bytes) -> bytes:
        """Send a frame and return the body of the answer.

        Raise TimedOut or Crashed, after which the process is gone.
        """

    def output(self) -> str:
        """Return what the step printed since it was last asked."""

    def close(self) -> None:
        """End the process."""


class Clock:
    """The two limits of a check: wall time counts from the start, CPU time from a reading."""

    def __init__(
        self, cpu: float, wall: float, left: float = math.inf, cpu_now: float = 0.0
    ) -> None:
        self.cpu, self.wall, self.step_left = cpu, wall, left
        self.cpu_end = cpu_now + cpu
        self.wall_end = awake() + min(wall, left)

    def left(self) -> float:
        """Return the seconds of wall time left.  Raise TimedOut when there are none."""
        left = self.wall_end - awake()
        if left <= 0:
            raise TimedOut(
                out_of_step() if self.step_left < self.wall else out_of_wall(self.wall)
            )
        return left

    def look(self, cpu_now: float) -> None:
        """Raise TimedOut when the CPU time is used up."""
        if cpu_now > self.cpu_end:
            raise TimedOut(out_of_cpu(self.cpu))


def out_of_wall(seconds: float) -> str:
    """Say that nothing came back in time."""
    text = _("no answer after {seconds:g} seconds: does it wait, sleep or read input?")
    return text.format(seconds=seconds)


def out_of_step() -> str:
    """Say that a step has used up its time."""
    return _("the time that a step may take is used up")


def out_of_cpu(seconds: float) -> str:
    """Say that the computation took too long."""
    text = _(
        "still computing after {seconds:g} seconds of CPU time: is there a loop without end?"
    )
    return text.format(seconds=seconds)


def malformed(error: Exception) -> Crashed:
    """Return the verdict on a worker that broke the rules of the wire."""
    return Crashed(_("the process that ran your code sent {what}").format(what=error))


def lost(error: OSError) -> Crashed:
    """Return the verdict on a worker that the system let nobody speak to any more."""
    text = _("the process that ran your code can't be spoken to any more: {why}")
    return Crashed(text.format(why=error.strerror or type(error).__name__))


def obituary(code: int) -> str:
    """Say how a process ended by itself, from its exit code or minus its signal."""
    if code >= 0:
        return _("your code ended the whole process (exit status {code})").format(code=code)
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    if name in ("SIGSEGV", "SIGBUS"):
        return _("the process crashed ({name}): is there a recursion without end?").format(
            name=name
        )
    return _("the process was ended by a signal ({name})").format(name=name)


def kill(pid: int) -> None:
    """Kill a process that may be gone already (POSIX)."""
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)
