"""Change who may read and write another's file, and when it was written."""

import contextlib
import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

with contextlib.suppress(OSError):
    os.chmod("/planted/other/step03.py", 0o600)
    print("escaped: changed permissions")
with contextlib.suppress(OSError):
    os.utime("/planted/other/step03.py", (0, 0))
    print("escaped: changed times")


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
