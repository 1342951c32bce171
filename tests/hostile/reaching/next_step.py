"""Leave a file for the next step (which looks for it)."""

import contextlib

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

for place in (".", "/tmp", "/var/tmp", "/dev/shm"):
    with contextlib.suppress(OSError), open(f"{place}/escaped-TOKEN", "w") as file:
        file.write("from step 3")


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
