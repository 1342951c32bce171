"""The filter on system calls, run as the kernel runs it: what is refused, and what is not."""

import re
import struct
from pathlib import Path

import pytest

from graders.worker import confine, system_calls
from graders.worker.system_calls import ALLOW, ARCHITECTURES, CALLS, ERRNO, KILL, X32

OWN = 4321
"""The process id that the filter is built for."""
REFUSED, ABSENT = ERRNO | 1, ERRNO | 38
ALONE = 0x11  # clone's flags for a process: the signal of its end
THREAD = 0x3D0F00  # what the C library makes threads with
LARGE = 1 << 32
"""What a 64-bit argument may hold beyond the half that a comparison sees."""
MACHINES = pytest.mark.parametrize("machine", ARCHITECTURES)
PARTLY = {
    "clone": system_calls.CLONE,
    "clone3": system_calls.CLONE3,
    "kill": system_calls.KILL_CALL,
    "tgkill": system_calls.TGKILL,
    "prlimit64": system_calls.PRLIMIT,
    "prctl": system_calls.PRCTL,
    "sendto": system_calls.SENDTO,
    "fcntl": system_calls.FCNTL,
    "ioctl": system_calls.IOCTL,
}
"""The calls of which some uses are refused."""
HEADERS = {
    "x86_64": ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h",),
    "aarch64": ("/usr/include/asm-generic/unistd.h",),
}


def run(machine, number, *arguments, architecture=None):
    """Return what the filter says of a call, running it as the kernel does."""
    program = [*struct.iter_unpack("HBBI", system_calls.build_filter(machine, OWN))]
    seen = struct.pack(
        "=iIQ6Q",
        number,
        ARCHITECTURES[machine] if architecture is None else architecture,
        0,
        *(*arguments, 0, 0, 0, 0, 0, 0)[:6],
    )
    at, loaded = 0, 0
    for _step in range(len(program)):
        code, if_so, if_not, operand = program[at]
        at += 1
        if code == system_calls.RETURN:
            return operand
        if code == system_calls.LOAD:
            (loaded,) = struct.unpack_from("=I", seen, operand)
            continue
        holds = {
            system_calls.EQUAL: loaded == operand,
            system_calls.AT_LEAST: loaded >= operand,
            system_calls.ANY_BIT: loaded & operand != 0,
        }[code]
        at += if_so if holds else if_not
    raise AssertionError("the filter did not end")


def number_of(call, machine):
    """Return the number of a call given by its name in CALLS or by its two numbers."""
    return (CALLS[call] if isinstance(call, str) else call)[[*ARCHITECTURES].index(machine)]


@MACHINES
@pytest.mark.parametrize("call", CALLS)
def test_a_named_call_is_refused(machine, call):
    number = number_of(call, machine)
    if number is not None:
        assert run(machine, number) == REFUSED


@MACHINES
def test_what_is_not_named_is_allowed(machine):
    named = {number_of(call, machine) for call in CALLS}
    partly = {number_of(call, machine) for call in PARTLY.values()}
    for number in set(range(470)) - named - partly:
        assert run(machine, number) == ALLOW, number


@MACHINES
def test_another_architecture_is_killed_and_the_other_table_refused(machine):
    for architecture in (0, 0x40000003, *ARCHITECTURES.values()):
        if architecture != ARCHITECTURES[machine]:
            assert run(machine, 0, architecture=architecture) == KILL
    if machine == "x86_64":
        assert {run(machine, X32 | number) for number in (0, 57, 520, 547)} == {REFUSED}


@MACHINES
def test_threads_can_be_made_and_processes_can_not(machine):
    clone = number_of(PARTLY["clone"], machine)
    assert run(machine, clone, THREAD) == ALLOW
    for flags in (0, ALONE, ALONE | 0x10000000, LARGE * 0x10000):
        assert run(machine, clone, flags) == REFUSED
    assert run(machine, number_of(PARTLY["clone3"], machine), THREAD) == ABSENT


@MACHINES
@pytest.mark.parametrize("call", ["kill", "tgkill"])
def test_only_its_own_process_can_be_signalled(machine, call):
    number = number_of(PARTLY[call], machine)
    assert run(machine, number, OWN, 9) == ALLOW
    for pid in (0, 1, OWN - 1, OWN + 1, 2**32 - 1, 2**32 - OWN, 2**64 - 1):
        assert run(machine, number, pid, 9) == REFUSED


@MACHINES
def test_only_its_own_limits_can_be_set(machine):
    number = number_of(PARTLY["prlimit64"], machine)
    assert {run(machine, number, pid) for pid in (0, OWN)} == {ALLOW}
    assert {run(machine, number, pid) for pid in (1, OWN + 1, 2**32 - 1)} == {REFUSED}


@MACHINES
def test_it_stays_hidden_and_tied_to_its_parent(machine):
    number = number_of(PARTLY["prctl"], machine)
    assert {run(machine, number, option) for option in (1, 4, LARGE | 4)} == {REFUSED}
    assert {run(machine, number, option) for option in (15, 16, 22, 38)} == {ALLOW}


@MACHINES
@pytest.mark.parametrize(
    ("call", "refused", "allowed"),
    [
        ("fcntl", (8, 15, LARGE | 8), (1, 2, 3, 4, 1030)),
        ("ioctl", (0x8901, 0x8902), (0x5401, 0x541B)),
    ],
)
def test_nobody_else_can_be_named_owner_of_a_descriptor(machine, call, refused, allowed):
    number = number_of(PARTLY[call], machine)
    assert {run(machine, number, 3, command) for command in refused} == {REFUSED}
    assert {run(machine, number, 3, command) for command in allowed} == {ALLOW}


@MACHINES
def test_what_is_sent_goes_to_the_other_end_and_to_no_address(machine):
    number = number_of(PARTLY["sendto"], machine)
    assert run(machine, number, 3, 4096, 10, 0, 0, 0) == ALLOW
    assert run(machine, number, 3, 4096, 10, 0, 0, 16) == ALLOW
    for address in (1, 0x7FFF00000000, LARGE - 1):
        assert run(machine, number, 3, 4096, 10, 0, address, 16) == REFUSED


@MACHINES
def test_the_numbers_are_those_of_the_kernels_headers(machine):
    found = [Path(path) for path in HEADERS[machine] if Path(path).exists()]
    if not found:
        pytest.skip("the kernel's headers for this architecture are not installed")
    text = "\n".join(path.read_text() for path in found)
    table = {
        name: int(number)
        for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)
    }
    newer = {"fchmodat2": 452}
    for name, numbers in (CALLS | PARTLY).items():
        due = table.get(name, newer.get(name))
        assert number_of(numbers, machine) == due, name


def test_no_filter_on_a_machine_without_a_table(monkeypatch):
    monkeypatch.setattr(confine.platform, "machine", lambda: "riscv64")
    with pytest.raises(confine.Unavailable, match="riscv64"):
        confine.filter_system_calls()


@pytest.mark.parametrize(("version", "whole"), [(1, False), (2, False), (3, True), (7, True)])
def test_files_are_kept_whole_only_by_a_landlock_that_knows_of_emptying(
    monkeypatch, version, whole
):
    class Kernel:
        """Answers as a kernel with that version of Landlock does, and does nothing."""

        @staticmethod
        def syscall(number, *arguments):
            asks = number == confine.RULESET and arguments[0] is None
            return version if asks else confine.os.open("/dev/null", 0) if (
                number == confine.RULESET) else 0  # fmt: skip

        @staticmethod
        def prctl(*arguments):
            return 0

    monkeypatch.setattr(confine, "libc", Kernel)
    assert confine.restrict_files(["/usr"], ["/tmp"]) is whole


def test_without_landlock_files_can_not_be_kept(monkeypatch):
    class Kernel:
        """Answers as a kernel without Landlock does."""

        @staticmethod
        def syscall(*arguments):
            return -1

    monkeypatch.setattr(confine, "libc", Kernel)
    with pytest.raises(confine.Unavailable, match="no Landlock"):
        confine.restrict_files(["/usr"], ["/tmp"])
