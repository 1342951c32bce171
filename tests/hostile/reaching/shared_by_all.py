"""Meet others at what the kernel has once for all: waits on a library's pages, what is in the
cache and who threw it out, large pages, a file system's free blocks, the numbers of mounts.
"""

import contextlib
import ctypes
import mmap
import os

import numpy as np
from step02 import Function, Square, Variable  # noqa: F401

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
FUTEX, WAKE, STATX, MADVISE = 202, 1, 332, 28
with open(os.__file__, "rb") as file:
    for flags in (mmap.MAP_SHARED, mmap.MAP_PRIVATE):
        at = libc.mmap(None, 4096, mmap.PROT_READ, flags, file.fileno(), 0)
        if libc.syscall(FUTEX, ctypes.c_void_p(at), WAKE, 1, None, None, 0) >= 0:
            print("escaped: woke others who wait on a file")
        for advice in (3, 20, 21):
            if libc.madvise(ctypes.c_void_p(at), 4096, advice) == 0:
                print("escaped: advised on what all have cached:", advice)
if libc.syscall(STATX, -100, b"/tmp", 0, 0x4000, ctypes.create_string_buffer(256)) == 0:
    print("escaped: a mount's number")
with contextlib.suppress(OSError):
    print("escaped: free blocks", os.statvfs(os.__file__).f_bfree)
if libc.getrusage(0, ctypes.create_string_buffer(256)) == 0:
    print("escaped: what was read from disk")
large = libc.mmap(None, 2 << 20, 3, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000, -1, 0)
if large != ctypes.c_void_p(-1).value or ctypes.get_errno() != 1:
    print("escaped: asked for a large page, and was told", ctypes.get_errno())


class Exp(Function):
    def forward(self, x):
        return np.exp(x)
