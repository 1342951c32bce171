"""Write an answer from another thread while nothing was asked."""

import contextlib
import os
import threading
import time

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

ANSWER = b"\x00\x00\x00\x09\x92\xa6answer\xc0"


def answer():
    time.sleep(0.002)
    for descriptor in range(3, 1024):
        with contextlib.suppress(OSError):
            os.write(descriptor, ANSWER)


threading.Thread(target=answer).start()


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
