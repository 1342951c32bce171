"""Give values that sleep when they are shown, compared or hashed: the judge does neither."""

import time

from step02 import Function, Square, Variable  # noqa: F401


class Slow:
    __repr__ = __str__ = __hash__ = __eq__ = __bool__ = __len__ = __array__ = (
        lambda *given, **named: time.sleep(60)
    )


class Exp(Function):
    def forward(self, x):
        return Slow()
