"""Compute for ever when the message of an exception is asked for."""

from step02 import Function, Square, Variable  # noqa: F401


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


class Exp(Function):
    def forward(self, x):
        raise Endless
