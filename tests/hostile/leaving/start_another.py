"""Start another program."""

import subprocess

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        try:
            subprocess.run(["/bin/sh", "-c", ":"], check=False)
            print("escaped: ran a shell")
        except OSError:
            return np.exp(x)
