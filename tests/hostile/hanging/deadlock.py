"""Wait for a lock that two threads hold against each other."""

import threading

from step02 import Function, Square, Variable  # noqa: F401


class Exp(Function):
    def forward(self, x):
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()
