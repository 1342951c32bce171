"""Write into the submission and beside it, the home folder and the project."""

import contextlib

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

for place in ("submission", "other", "home", "cwd", "project"):
    with contextlib.suppress(OSError), open(f"/planted/{place}/escaped-TOKEN", "w"):
        print("escaped: wrote into", place)


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
