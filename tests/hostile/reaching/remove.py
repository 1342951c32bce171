"""Remove another's file, and move one."""

import contextlib
import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

with contextlib.suppress(OSError):
    os.unlink("/planted/other/step04.py")
    print("escaped: removed a file")
with contextlib.suppress(OSError):
    os.rename("/planted/other/step02.py", "/planted/other/escaped-TOKEN")
    print("escaped: moved a file")


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
