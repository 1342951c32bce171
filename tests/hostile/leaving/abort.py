"""Abort as a failed C assertion does."""

import os

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        os.abort()
