"""Match a pattern that backtracks for ever."""

import re

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        re.match(r"(a+)+$", "a" * 60 + "b")
