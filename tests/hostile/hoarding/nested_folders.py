"""Nest folders in the working folder as deep as it goes."""

import contextlib
import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

with contextlib.suppress(OSError):
    for _ in range(1500):
        os.mkdir("nested")
        os.chdir("nested")


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
