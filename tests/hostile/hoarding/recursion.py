"""Recurse without end, having lifted the limit."""

import sys

from step02 import Function, Square, Variable  # noqa: F401

sys.setrecursionlimit(10**9)


class Exp(Function):
    def forward(self, x):
        return self.forward(x)
