"""Kill the own process."""

import os
import signal

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        os.kill(os.getpid(), signal.SIGKILL)
