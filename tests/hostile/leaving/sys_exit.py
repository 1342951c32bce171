"""Raise SystemExit out of forward."""

import sys

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        sys.exit(0)
