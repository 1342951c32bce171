"""Kill every process of the own group."""

import os
import signal

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

try:
    os.kill(0, signal.SIGTERM)
    print("escaped: signalled the group")
except PermissionError:
    pass


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
