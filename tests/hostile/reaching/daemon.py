"""Leave a daemon behind."""

import contextlib
import os
import time

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

with contextlib.suppress(OSError):
    if os.fork() == 0:
        os.setsid()
        time.sleep(30)
        os._exit(0)
    print("escaped: left a daemon")


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
