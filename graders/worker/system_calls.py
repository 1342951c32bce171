"""The filter on system calls, as a program: what it refuses, by name, on each architecture.

The kernel runs the program (seccomp(2), of the classic packet filter's instructions) on each
system call.  Refused are all that make, signal or look into another process, execute, open a
socket or address one, hold memory that no limit counts, or change what is not a file's content.

Source of the numbers: the kernel's tables of system calls.
"""

import struct

EPERM, ENOSYS = 1, 38
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
CLONE_THREAD = 0x00010000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4

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
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
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
    "syslog": (103, 116),
    "inotify_init": (253, None),
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
    "truncate": (76, 45),
    "mknod": (133, None),
    "mknodat": (259, 33),
}
CLONE, CLONE3, KILL_CALL, TGKILL, PRLIMIT, PRCTL = (
    (56, 220), (435, 435), (62, 129), (234, 131), (302, 261), (157, 167),
)  # fmt: skip
SENDTO, FCNTL, IOCTL = (44, 206), (72, 25), (16, 29)
REFUSED_COMMANDS = {
    PRCTL: (PR_SET_DUMPABLE, PR_SET_PDEATHSIG),
    FCNTL: (8, 15),
    IOCTL: (0x8901, 0x8902),
}
"""What would undo the hiding, or make another process the owner of a descriptor, whom the
kernel then signals."""
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, SECOND_ARGUMENT, FIFTH_ARGUMENT = 0, 4, 16, 24, 48
"""Offsets in the kernel's ``seccomp_data``; arguments are 8 bytes each, the low half first."""
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
X32 = 0x40000000


Instruction = tuple[int, int, int, int]
"""What to do, how many instructions to skip if it holds and if not, and an operand."""
REFUSE, ABSENT = ERRNO | EPERM, ERRNO | ENOSYS


def build_filter(machine: str, own_pid: int) -> bytes:
    """Return the filter for a machine of ``ARCHITECTURES``, 8 bytes an instruction."""
    column = list(ARCHITECTURES).index(machine)
    program: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        program += [(AT_LEAST, 0, 1, X32), (RETURN, 0, 0, REFUSE)]
    for numbers in CALLS.values():
        number = numbers[column]
        if number is not None:
            program += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    program += [(EQUAL, 0, 1, CLONE3[column]), (RETURN, 0, 0, ABSENT)]  # glibc tries clone next
    for call, rule in rules(own_pid).items():
        program += [(EQUAL, 0, len(rule), call[column]), *rule]
    program.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)


def rules(own_pid: int) -> dict[tuple[int, int], list[Instruction]]:
    """Return what decides, by its arguments, on each call that is refused in part."""
    decided: list[Instruction] = [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    first = (LOAD, 0, 0, FIRST_ARGUMENT)
    made: dict[tuple[int, int], list[Instruction]] = {}
    made[CLONE] = [first, (ANY_BIT, 0, 1, CLONE_THREAD), *decided]
    for call in (KILL_CALL, TGKILL, PRLIMIT):
        own = 0 if call is PRLIMIT else own_pid
        made[call] = [first, (EQUAL, 1, 0, own_pid), (EQUAL, 0, 1, own), *decided]
    for call, commands in REFUSED_COMMANDS.items():
        where = FIRST_ARGUMENT if call is PRCTL else SECOND_ARGUMENT
        tests = [(EQUAL, 1, 0, commands[0]), (EQUAL, 0, 1, commands[1])]
        made[call] = [(LOAD, 0, 0, where), *tests, *reversed(decided)]
    made[SENDTO] = [  # an address is refused: only null, in both halves, is none
        (LOAD, 0, 0, FIFTH_ARGUMENT),
        (EQUAL, 0, 3, 0),
        (LOAD, 0, 0, FIFTH_ARGUMENT + 4),
        (EQUAL, 0, 1, 0),
        *decided,
    ]
    return made
