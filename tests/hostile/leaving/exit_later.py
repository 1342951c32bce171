"""End the process from another thread, between two checks or in one."""

import os
import threading

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

threading.Timer(0.01, os._exit, [0]).start()


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
