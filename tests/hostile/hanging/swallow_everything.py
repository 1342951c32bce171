"""Loop for ever, ignoring every signal and every exception."""

import contextlib
import signal

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        while True:
            with contextlib.suppress(BaseException):
                while True:
                    pass
