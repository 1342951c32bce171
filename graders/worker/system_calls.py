"""The filter on system calls, as a program: it lets through what is known to be harmless.

The kernel runs the program (seccomp(2), of the classic packet filter's instructions) on each
system call.  What ``call_table`` allows goes through; where arguments decide, a rule here says
which; what it refuses is EPERM, and all else is answered as if the kernel had no such call, so
that a call which a later kernel brings is shut out, and the C library does without it.

Sources of the constants: the kernel's headers, and seccomp(2), mmap(2), fcntl(2), ioctl(2).
"""

import struct

from graders.worker.call_table import ALLOWED, IN_PART, REFUSED

EPERM, EAGAIN, ENOSYS = 1, 11, 38
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
REFUSE, ABSENT = ERRNO | EPERM, ERRNO | ENOSYS
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000
CLONE_THREAD = 0x00010000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
MAP_SHARED, MAP_ANONYMOUS, MAP_HUGETLB = 0x01, 0x20, 0x40000
FUTEX_PRIVATE = 128
PAGE = 4096
SEND_FLAGS = 0xC040
"""Not to wait, not to be signalled, more to come; out of band is none of them."""
COMMANDS = {
    "madvise": (0, 4, 8, 14, 15, 16, 17, 18, 19),
    "prctl": (2, 3, 15, 16, 21, 23, 38, 39, 0x53564D41),
    "fcntl": (0, 1, 2, 3, 4, 1030, 1032, 1034),
    "getsockopt": (3, 4, 7, 8, 30, 38, 39),
    "ioctl": (0x5401, 0x802C542A, 0x5413, 0x5421, 0x541B, 0x5450, 0x5451, 0x40049409),
}
"""What these may be asked for.  Of memory: to be given back, or made of large pages; not to be
read ahead or put out of the cache, which others share.  Of a process: to read how it is
confined, to name itself, its threads and its memory, to confine itself.  Of a descriptor: to
duplicate it, its flags, a pipe's size and a memory file's seals.  Of a socket: its type, its
family, its protocol, its buffers' sizes, its last error, whether it listens.  Of a device: what
kind of terminal it is and how large, whether to wait, how much there is to read, to close it on
exec, to clone a file."""
COMMAND_AT = {"madvise": 2, "prctl": 0, "fcntl": 1, "ioctl": 1, "getsockopt": 2}
"""Which of their arguments says what."""
LOAD, EQUAL, AT_LEAST, ABOVE, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x25, 0x45, 0x06

Instruction = tuple[int, int, int, int]
"""What to do, how many instructions to skip if it holds and if not, and an operand."""
NUMBER: Instruction = (LOAD, 0, 0, 0)
ARCHITECTURE: Instruction = (LOAD, 0, 0, 4)
YES: Instruction = (RETURN, 0, 0, ALLOW)
NO: Instruction = (RETURN, 0, 0, REFUSE)


def low(argument: int) -> Instruction:
    """Load the lower half of an argument, from 0: all that the kernel sees of an int."""
    return LOAD, 0, 0, 16 + 8 * argument


def high(argument: int) -> Instruction:
    """Load the upper half of an argument."""
    return LOAD, 0, 0, 20 + 8 * argument


def build_filter(machine: str, own_pid: int) -> bytes:
    """Return the filter for a machine of ``ARCHITECTURES``, 8 bytes an instruction."""
    column = list(ARCHITECTURES).index(machine)
    known = ARCHITECTURES[machine]
    program = [ARCHITECTURE, (EQUAL, 1, 0, known), (RETURN, 0, 0, KILL), NUMBER]
    if machine == "x86_64":
        program += [(AT_LEAST, 0, 1, X32), NO]
    partly = rules(own_pid)
    for name, numbers in (ALLOWED | IN_PART | REFUSED).items():
        rule = partly[name] if name in IN_PART else [YES if name in ALLOWED else NO]
        if (number := numbers[column]) is not None:
            program += [(EQUAL, 0, len(rule), number), *rule]
    program.append((RETURN, 0, 0, ABSENT))
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)


def rules(own_pid: int) -> dict[str, list[Instruction]]:
    """Return what decides, by its arguments, on each call that is allowed in part."""
    made = {name: one_of(COMMAND_AT[name], commands) for name, commands in COMMANDS.items()}
    made["clone"] = [low(0), (ANY_BIT, 0, 1, CLONE_THREAD), YES, NO]
    made["clone3"] = [(RETURN, 0, 0, ABSENT)]  # its arguments are out of sight; clone is next
    made["kill"] = made["tgkill"] = one_of(0, (own_pid,))
    made["prlimit64"] = one_of(0, (own_pid, 0))
    made["sendto"] = [  # with no other flags, and to no address: null, in both halves
        *(low(3), (ANY_BIT, 5, 0, 0xFFFFFFFF & ~SEND_FLAGS)),
        *(low(4), (EQUAL, 0, 3, 0), high(4), (EQUAL, 0, 1, 0)),
        *(YES, NO),
    ]
    made["futex"] = [  # any other is of all who map the file: who waits is told to look again
        *(low(1), (ANY_BIT, 0, 1, FUTEX_PRIVATE), YES, (RETURN, 0, 0, ERRNO | EAGAIN)),
    ]
    made["mmap"] = [  # shared memory of no file outlives its address: one page can't be less
        *(low(3), (ANY_BIT, 7, 0, MAP_HUGETLB)),  # the machine has only so many
        *((ANY_BIT, 0, 5, MAP_ANONYMOUS), (ANY_BIT, 0, 4, MAP_SHARED)),
        *(high(1), (ABOVE, 3, 0, 0), low(1), (ABOVE, 1, 0, PAGE)),
        *(YES, NO),
    ]
    return made


def one_of(argument: int, values: tuple[int, ...]) -> list[Instruction]:
    """Allow a call of which an argument, an int, is one of these."""
    tests = [(EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)]
    return [low(argument), *tests, NO, YES]
