"""Fork, once; a bomb would be the same in a loop."""

import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

try:
    if os.fork() == 0:
        os._exit(0)
    print("escaped: forked")
except OSError:
    pass


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
