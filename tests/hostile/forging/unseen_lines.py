"""Raise from lines of files that nobody handed in, with names without end."""

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

from graders import wire

LINES = (wire.Line("\\" * 1000, 1, "f" * 200, "\x01" * 200),) * 16
real = wire.encode


def encode(reply):
    told = wire.Raised("ValueError", ("ValueError", "Exception"), "\x01" * 5000, LINES)
    return real(told if type(reply) is wire.Answer and reply.value is not None else reply)


wire.encode = encode


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
