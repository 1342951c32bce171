"""Confine the calling process for good, with what the Linux kernel gives any program.

``filter_system_calls`` (seccomp) leaves a process its own memory, files and threads: no other
process can be made, signalled or looked into, nothing executed, no socket opened.
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

PR_SET_DUMPABLE, PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 4, 1, 22, 38
PR_CAPBSET_DROP = 24
CAPABILITIES_VERSION = 0x20080522
SECCOMP_MODE_FILTER = 2
EPERM, ENOSYS = 1, 38
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
CLONE_THREAD = 0x00010000

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CALLS = {  # by name: numbers on x86_64 and aarch64; None where there is no such call
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "tkill": (200, 130),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "open_by_handle_at": (304, 265),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
    "sched_setaffinity": (203, 122),
    "setpriority": (141, 140),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "mknod": (133, None),
    "mknodat": (259, 33),
}
CLONE, CLONE3, KILL_CALL, TGKILL, PRLIMIT, PRCTL = (
    (56, 220), (435, 435), (62, 129), (234, 131), (302, 261), (157, 167),
)  # fmt: skip
FCNTL, IOCTL = (72, 25), (16, 29)
OWNERS = {FCNTL: (8, 15), IOCTL: (0x8901, 0x8902)}
"""What makes another process the owner of a descriptor, whom the kernel then signals."""
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, SECOND_ARGUMENT = 0, 4, 16, 24
"""Offsets in the kernel's ``seccomp_data``; arguments are 8 bytes each."""
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
X32 = 0x40000000

RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
READ_ACCESS = 0b1101  # execute (for shared libraries), read a file, read a folder
WRITE_ACCESS = 0x77BE  # all but execute and to make devices, of the first three versions
HANDLED = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}


LIMITS = {
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_CPU: 90,
    resource.RLIMIT_FSIZE: 16 << 20,
    resource.RLIMIT_NOFILE: 1024,
    resource.RLIMIT_NPROC: 4096,
    resource.RLIMIT_CORE: 0,
}
"""What one step's process may use: bytes of memory, seconds of CPU, bytes a file, open files,
processes of its user on this machine (root has no such limit), bytes of a core dump."""


class Unavailable(OSError):
    """The kernel does not offer it."""


libc = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, *arguments: int) -> None:
    """Set something of this process's own.  Raise Unavailable when the kernel refuses."""
    filled = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    if libc.prctl(option, *filled) != 0:
        raise Unavailable(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


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
    if libc.capset(header, none) != 0:
        raise Unavailable(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def filter_system_calls() -> None:
    """Refuse the calls in ``CALLS``, new processes, and signals to other processes, for good.

    Raise Unavailable on another architecture or when the kernel has no seccomp.
    """
    program = build_filter(platform.machine(), os.getpid())
    code = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    pointer = ctypes.create_string_buffer(header)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(pointer))


def limit_resources() -> None:
    """Lower this process's limits to ``LIMITS``, where they aren't lower already."""
    for limit, most in LIMITS.items():
        _soft, hard = resource.getrlimit(limit)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (most, most))


def build_filter(machine: str, own_pid: int) -> bytes:
    """Return the filter as a program of the kernel's packet filter, 8 bytes an instruction."""
    if machine not in ARCHITECTURES:
        raise Unavailable(ENOSYS, f"no table of system calls for {machine}")
    column = list(ARCHITECTURES).index(machine)
    refuse, absent = ERRNO | EPERM, ERRNO | ENOSYS
    program = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        program += [(AT_LEAST, 0, 1, X32), (RETURN, 0, 0, refuse)]
    for numbers in CALLS.values():
        number = numbers[column]
        if number is not None:
            program += [(EQUAL, 0, 1, number), (RETURN, 0, 0, refuse)]
    program += [(EQUAL, 0, 1, CLONE3[column]), (RETURN, 0, 0, absent)]  # glibc tries clone next
    program += [
        (EQUAL, 0, 4, CLONE[column]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (ANY_BIT, 0, 1, CLONE_THREAD),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, refuse),
    ]
    for call in (KILL_CALL, TGKILL, PRLIMIT):
        program += [
            (EQUAL, 0, 5, call[column]),
            (LOAD, 0, 0, FIRST_ARGUMENT),
            (EQUAL, 1, 0, own_pid),
            (EQUAL, 0, 1, 0 if call is PRLIMIT else own_pid),
            (RETURN, 0, 0, ALLOW),
            (RETURN, 0, 0, refuse),
        ]
    program += [
        (EQUAL, 0, 4, PRCTL[column]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (EQUAL, 1, 0, PR_SET_DUMPABLE),
        (EQUAL, 0, 1, PR_SET_PDEATHSIG),
        (RETURN, 0, 0, refuse),
    ]
    for call, commands in OWNERS.items():
        program += [
            (EQUAL, 0, 5, call[column]),
            (LOAD, 0, 0, SECOND_ARGUMENT),
            (EQUAL, 1, 0, commands[0]),
            (EQUAL, 0, 1, commands[1]),
            (RETURN, 0, 0, refuse),
            (RETURN, 0, 0, ALLOW),
        ]
    program.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)


def restrict_files(readable: list[str], writable: list[str]) -> None:
    """Leave this process only these files and folders, and no TCP, for good.

    Raise Unavailable when the kernel has no Landlock.
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
        if libc.syscall(RESTRICT_SELF, ruleset, ctypes.c_uint(0)) != 0:
            raise Unavailable(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(ruleset)


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
