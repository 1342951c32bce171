"""Announce a frame, and send half of it."""

import contextlib
import os

from step02 import Function, Square, Variable  # noqa: F401

ANSWER = b"\x00\x00\x01\x00half"


class Exp(Function):
    def forward(self, x):
        for descriptor in range(3, 1024):
            with contextlib.suppress(OSError):
                os.write(descriptor, ANSWER)
        while True:
            pass
