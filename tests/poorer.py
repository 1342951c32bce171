"""A machine that offers less than this one: the kernel's answers, as a container would have it.

A filter of the test's own refuses what such a machine has not; the command is run behind it.
"""

import platform
import struct
import sys

from graders.worker.call_table import IN_PART
from graders.worker.system_calls import ALLOW, ANY_BIT, EQUAL, ERRNO, NUMBER, RETURN, low

NAMESPACES, NESTED, FILTER, LANDLOCK = "namespaces", "nested", "filter", "Landlock"
NEW_SPACES = 0x7E020000
EPERM, EINVAL, ENOSYS = (ERRNO | number for number in (1, 22, 38))
CLONE, CLONE3, PRCTL = IN_PART["clone"], IN_PART["clone3"], IN_PART["prctl"]
UNSHARE, SECCOMP, RULESET = (272, 97), (317, 277), (444, 444)
PR_SET_SECCOMP = 22
RULES = {
    NAMESPACES: [
        (UNSHARE, [(RETURN, 0, 0, EPERM)]),
        (CLONE3, [(RETURN, 0, 0, ENOSYS)]),
        (
            CLONE,
            [
                low(0),
                (ANY_BIT, 0, 1, NEW_SPACES),
                (RETURN, 0, 0, EPERM),
                (RETURN, 0, 0, ALLOW),
            ],
        ),
    ],
    NESTED: [(UNSHARE, [(RETURN, 0, 0, EPERM)])],
    FILTER: [
        (SECCOMP, [(RETURN, 0, 0, ENOSYS)]),
        (
            PRCTL,
            [
                low(0),
                (EQUAL, 0, 1, PR_SET_SECCOMP),
                (RETURN, 0, 0, EINVAL),
                (RETURN, 0, 0, ALLOW),
            ],
        ),
    ],
    LANDLOCK: [(RULESET, [(RETURN, 0, 0, ENOSYS)])],
}
"""What is refused where one of these is not to be had."""
LAUNCHER = """
import ctypes, os, struct, sys
program = bytes.fromhex(sys.argv[1])
code = ctypes.create_string_buffer(program)
header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
pointer = ctypes.create_string_buffer(header)
prctl = ctypes.CDLL(None, use_errno=True).prctl
for option, *more in ((38, 1, 0), (22, 2, ctypes.addressof(pointer))):
    if prctl(option, *map(ctypes.c_ulong, (*more, 0, 0))):
        raise OSError(ctypes.get_errno(), "no filter")
os.execv(sys.argv[2], sys.argv[2:])
"""


def without(lacking: frozenset[str], line: list[str]) -> list[str]:
    """Return the command line that runs another one where these are lacking."""
    column = ["x86_64", "aarch64"].index(platform.machine())
    program = [NUMBER]
    for name in sorted(lacking):
        for numbers, rule in RULES[name]:
            program += [(EQUAL, 0, len(rule), numbers[column]), *rule]
    program.append((RETURN, 0, 0, ALLOW))
    packed = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    return [line[0], "-I", "-S", "-c", LAUNCHER, packed.hex(), *line] if lacking else line


def can_be_poorer() -> bool:
    """Return whether such a machine can be made here."""
    return sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")
