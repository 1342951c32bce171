"""Confine the calling process for good, with what the Linux kernel gives any program.

``filter_system_calls`` (seccomp) leaves a process its own memory, files and threads, and what
is known to work with these alone: no other process can be made, signalled or looked into,
nothing executed, no socket opened, no file's rights changed.
``restrict_files`` (Landlock) leaves it the named files and folders.  Both work without rights
and in containers; neither can be undone.  Everything goes through ctypes: the two interfaces
are five system calls, and the libraries for them are young or need one of the system's.

Sources: seccomp(2), landlock(7), and the kernel's tables of system calls.
"""

import contextlib
import ctypes
import os
import platform
import resource
import struct
from errno import ENOSYS

from graders.worker.system_calls import (
    ARCHITECTURES,
    PR_SET_DUMPABLE,
    PR_SET_PDEATHSIG,
    build_filter,
)

PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 22, 24, 38
CAPABILITIES_VERSION = 0x20080522
SECCOMP_MODE_FILTER = 2
RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
READ_ACCESS = 0b1101  # execute (for shared libraries), read a file, read a folder
WRITE_ACCESS = 0x77BE  # all but execute and to make devices, of the first three versions
HANDLED = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
TRUNCATION_COVERED = 3
"""The first version of Landlock that keeps a process from emptying files it may only read."""
LIMITS = {
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_CPU: 90,
    resource.RLIMIT_FSIZE: 16 << 20,
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_NPROC: 4096,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_SIGPENDING: 256,
    resource.RLIMIT_MEMLOCK: 64 << 10,
}
"""What one step's process may use: bytes of memory, seconds of CPU, bytes a file, open files,
processes of its user on this machine (root has no such limit), bytes of a core dump, signals
that wait for its user, bytes that are never swapped."""
OWN_THREADS = 128
"""How many threads it may have where they are counted apart from its user's other processes."""


class Unavailable(OSError):
    """The kernel does not offer it."""


libc = ctypes.CDLL(None, use_errno=True)


def checked(result: int) -> None:
    """Raise Unavailable when a call of the C library's came to nothing."""
    if result != 0:
        raise Unavailable(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def prctl(option: int, *arguments: int) -> None:
    """Set something of this process's own.  Raise Unavailable when the kernel refuses."""
    filled = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    checked(libc.prctl(option, *filled))


def hide_memory() -> None:
    """Make this process's memory and descriptors unreadable for others of its user."""
    prctl(PR_SET_DUMPABLE, 0)


def die_with_parent(signal: int = 9) -> None:
    """Have the kernel end this process when the thread that made it ends."""
    prctl(PR_SET_PDEATHSIG, signal)


def drop_capabilities() -> None:
    """Give up the rights that root has beyond other users, for good."""
    with contextlib.suppress(OSError):  # of numbers that this kernel doesn't know, or no right
        for capability in range(64):
            prctl(PR_CAPBSET_DROP, capability)
    header, none = struct.pack("Ii", CAPABILITIES_VERSION, 0), bytes(24)
    checked(libc.capset(header, none))


def filter_system_calls() -> None:
    """Refuse all but what ``system_calls`` lets through, for good.

    Raise Unavailable on another architecture or when the kernel has no seccomp.
    """
    if platform.machine() not in ARCHITECTURES:
        raise Unavailable(ENOSYS, f"no table of system calls for {platform.machine()}")
    program = build_filter(platform.machine(), os.getpid())
    code = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    pointer = ctypes.create_string_buffer(header)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(pointer))


def limit_resources(alone: bool = False) -> None:
    """Lower this process's limits to ``LIMITS``, where they aren't lower already.

    ``alone`` tells that it is in a user namespace of its own.
    """
    own = {resource.RLIMIT_NPROC: OWN_THREADS} if alone else {}
    for limit, most in (LIMITS | own).items():
        _soft, hard = resource.getrlimit(limit)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (most, most))


def restrict_files(readable: list[str], writable: list[str]) -> bool:
    """Leave this process only these files and folders, and no TCP, for good.

    Return whether that is whole: an old Landlock lets a process empty files it may read.  Raise
    Unavailable when the kernel has none.
    """
    version = libc.syscall(RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if version < 1:
        raise Unavailable(ctypes.get_errno(), "the kernel has no Landlock")
    handled = HANDLED[min(version, 5)]
    network = 0b11 if version >= 4 else 0
    scoped = 0b11 if version >= 6 else 0
    attributes = struct.pack("QQQ", handled, network, scoped)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = libc.syscall(RULESET, attributes, ctypes.c_size_t(size), ctypes.c_uint(0))
    if ruleset < 0:
        raise Unavailable(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    try:
        for access, paths in ((READ_ACCESS, readable), (WRITE_ACCESS, writable)):
            for path in paths:
                allow(ruleset, path, access & handled)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        checked(libc.syscall(RESTRICT_SELF, ruleset, ctypes.c_uint(0)))
    finally:
        os.close(ruleset)
    return bool(version >= TRUNCATION_COVERED)


def allow(ruleset: int, path: str, access: int) -> None:
    """Add a file or folder to a ruleset; what isn't there needs no rule."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        files_only = access if os.path.isdir(path) else access & 0b100000000000111
        rule = struct.pack("=Qi", files_only, descriptor)
        if libc.syscall(ADD_RULE, ruleset, ctypes.c_uint(1), rule, ctypes.c_uint(0)) != 0:
            raise Unavailable(ctypes.get_errno(), f"no rule for {path}")
    finally:
        os.close(descriptor)
