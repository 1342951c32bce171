"""Write 60 MB into /tmp."""

import contextlib

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

with contextlib.suppress(OSError), open("/tmp/escaped-TOKEN", "wb") as file:
    for _ in range(60):
        file.write(bytes(1 << 20))
    file.flush()
    print("escaped: wrote 60 MB")


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
