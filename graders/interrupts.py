"""Being stopped from outside: by Ctrl-C, or by whoever ends the job."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")


class Interrupts:
    """Turns the signals that ask a program to stop into KeyboardInterrupt, while entered.

    One that is ignored from the start, as under ``nohup``, stays so.
    """

    def __init__(self) -> None:
        self.received: int | None = None
        """The signal that came, if one did."""
        self.holding = False
        self.before: dict[int, Any] = {}

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():
            for name in STOPPING:
                number = getattr(signal, name, None)
                if number and signal.getsignal(number) != signal.SIG_IGN:
                    self.before[number] = signal.signal(number, self.receive)
        return self

    def __exit__(self, *raised: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def receive(self, number: int, frame: FrameType | None) -> None:
        """Note a signal, and interrupt what is going on unless that is held."""
        self.received = number
        if not self.holding:
            raise KeyboardInterrupt

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let a few lines finish that must not be left half done."""
        self.holding = True
        try:
            yield
        finally:
            self.holding = False
        if self.received is not None:
            raise KeyboardInterrupt
