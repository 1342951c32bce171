"""Fork in a loop, in every way there is."""

import contextlib
import ctypes
import os
import subprocess

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

SIGCHLD = 17
CLONE, VFORK = {"x86_64": (56, 58), "aarch64": (220, -1)}.get(os.uname().machine, (-1, -1))
libc = ctypes.CDLL(None)
for _ in range(200):
    for start in (
        os.fork,
        os.forkpty,
        lambda: libc.syscall(CLONE, SIGCHLD, 0, 0, 0, 0),
        lambda: libc.syscall(VFORK),
        lambda: os.posix_spawn("/bin/true", ["true"], {}),
        lambda: subprocess.Popen(["/bin/true"]),
    ):
        with contextlib.suppress(OSError, TypeError):
            pid = start()
            if pid in (0, (0, -1)):
                os._exit(0)
            if pid != -1:
                print("escaped: started a process")


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
