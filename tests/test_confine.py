"""The filter on system calls, run as the kernel runs it: what is refused, and what is not."""

import re
import struct
from pathlib import Path

import pytest

from graders.worker import confine, system_calls
from graders.worker.call_table import ALLOWED, IN_PART, REFUSED
from graders.worker.system_calls import ABSENT, ALLOW, ARCHITECTURES, KILL, REFUSE, X32

OWN = 4321
"""The process id that the filter is built for."""
ALONE = 0x11  # clone's flags for a process: the signal of its end
THREAD = 0x3D0F00  # what the C library makes threads with
LARGE = 1 << 32
"""What a 64-bit argument may hold beyond the half that a comparison sees."""
MACHINES = pytest.mark.parametrize("machine", ARCHITECTURES)
NEWER = 450
"""From which number on the installed headers may not know a call."""
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
            system_calls.ABOVE: loaded > operand,
            system_calls.ANY_BIT: loaded & operand != 0,
        }[code]
        at += if_so if holds else if_not
    raise AssertionError("the filter did not end")


def number_of(call, machine):
    """Return the number of a call."""
    return (ALLOWED | IN_PART | REFUSED)[call][[*ARCHITECTURES].index(machine)]


@MACHINES
@pytest.mark.parametrize(("table", "due"), [(ALLOWED, ALLOW), (REFUSED, REFUSE)])
def test_each_call_of_a_table_is_answered_as_that_says(machine, table, due):
    for call in table:
        if (number := number_of(call, machine)) is not None:
            assert run(machine, number) == due, call


@MACHINES
def test_what_is_in_no_table_is_answered_as_if_there_were_no_such_call(machine):
    known = {number_of(call, machine) for call in ALLOWED | IN_PART | REFUSED}
    for number in {*range(1000), 2**16, X32 - 1} - known:
        assert run(machine, number) == ABSENT, number


def test_each_call_is_in_one_table_and_those_in_part_have_a_rule():
    assert len(ALLOWED | IN_PART | REFUSED) == len(ALLOWED) + len(IN_PART) + len(REFUSED)
    assert {*system_calls.rules(OWN)} == {*IN_PART}


@MACHINES
def test_another_architecture_is_killed_and_the_other_table_refused(machine):
    for architecture in (0, 0x40000003, *ARCHITECTURES.values()):
        if architecture != ARCHITECTURES[machine]:
            assert run(machine, 0, architecture=architecture) == KILL
    if machine == "x86_64":
        assert {run(machine, X32 | number) for number in (0, 57, 520, 547)} == {REFUSE}


@MACHINES
def test_threads_can_be_made_and_processes_can_not(machine):
    clone = number_of("clone", machine)
    assert run(machine, clone, THREAD) == ALLOW
    for flags in (0, ALONE, ALONE | 0x10000000, LARGE * 0x10000):
        assert run(machine, clone, flags) == REFUSE
    assert run(machine, number_of("clone3", machine), THREAD) == ABSENT


@MACHINES
@pytest.mark.parametrize("call", ["kill", "tgkill"])
def test_only_its_own_process_can_be_signalled(machine, call):
    number = number_of(call, machine)
    assert run(machine, number, OWN, 9) == ALLOW
    for pid in (0, 1, OWN - 1, OWN + 1, 2**32 - 1, 2**32 - OWN, 2**64 - 1):
        assert run(machine, number, pid, 9) == REFUSE


@MACHINES
def test_only_its_own_limits_can_be_set(machine):
    number = number_of("prlimit64", machine)
    assert {run(machine, number, pid) for pid in (0, OWN)} == {ALLOW}
    assert {run(machine, number, pid) for pid in (1, OWN + 1, 2**32 - 1)} == {REFUSE}


@MACHINES
def test_it_stays_hidden_and_tied_to_its_parent(machine):
    number = number_of("prctl", machine)
    others = (1, 4, 22, 24, 36, 47, 72, 78, 999, LARGE | 4)
    assert {run(machine, number, option) for option in others} == {REFUSE}
    assert {run(machine, number, option) for option in (15, 16, 23, 38)} == {ALLOW}


@MACHINES
@pytest.mark.parametrize(
    ("call", "refused", "allowed"),
    [
        # locks, owners, leases, watches, a pipe's size, seals, hints
        ("fcntl", (6, 7, 8, 10, 15, 37, 1024, 1026, 1031, 1033, 1036, LARGE | 8), (1, 3, 1030)),
        # owners, what is typed in, flags of a file, versions
        (
            "ioctl",
            (0x8901, 0x8902, 0x5412, 0x40086602, 0x40087602),
            (0x5401, 0x541B),
        ),
    ],
)
def test_a_descriptor_is_asked_for_nothing_that_reaches_further(
    machine, call, refused, allowed
):
    number = number_of(call, machine)
    assert {run(machine, number, 3, command) for command in refused} == {REFUSE}
    assert {run(machine, number, 3, command) for command in allowed} == {ALLOW}


@MACHINES
def test_what_one_counter_numbers_for_all_can_not_be_made(machine):
    for call in ("socketpair", "pipe2", "sysinfo", "memfd_create", "getrusage", "statfs"):
        assert run(machine, number_of(call, machine), 1, 1) == REFUSE


@MACHINES
def test_a_wait_is_among_threads_of_one_process(machine):
    number = number_of("futex", machine)
    again = 0x00050000 | 11
    assert {run(machine, number, 0, op | 128) for op in (0, 1, 9, 256)} == {ALLOW}
    assert {run(machine, number, 0, op) for op in (0, 1, 9, 256)} == {again}


@MACHINES
def test_advice_on_memory_touches_no_cache(machine):
    number = number_of("madvise", machine)
    assert {run(machine, number, 0, 4096, advice) for advice in (4, 14)} == {ALLOW}
    assert {run(machine, number, 0, 4096, advice) for advice in (3, 20, 21, 25)} == {REFUSE}
    mapping = number_of("mmap", machine)
    assert run(machine, mapping, 0, 4096, 3, 0x22) == ALLOW
    assert run(machine, mapping, 0, 4096, 3, 0x22 | 0x40000) == REFUSE


@MACHINES
def test_a_socket_shows_little(machine):
    number = number_of("getsockopt", machine)
    assert {run(machine, number, 3, 1, option) for option in (3, 4, 39)} == {ALLOW}
    assert {run(machine, number, 3, 1, option) for option in (17, 59, 77)} == {REFUSE}


@MACHINES
def test_shared_memory_of_no_file_is_a_page_at_most(machine):
    number = number_of("mmap", machine)
    private, shared, validated, anonymous = 0x02, 0x01, 0x03, 0x20
    for kind in (shared, validated):
        assert run(machine, number, 0, 4096, 3, kind | anonymous) == ALLOW
        for length in (4097, 1 << 20, LARGE, LARGE | 1):
            assert run(machine, number, 0, length, 3, kind | anonymous) == REFUSE
        assert run(machine, number, 0, LARGE, 3, kind) == ALLOW
    assert run(machine, number, 0, LARGE, 3, private | anonymous) == ALLOW


@MACHINES
def test_what_is_sent_goes_to_the_other_end_and_to_no_address(machine):
    number = number_of("sendto", machine)
    assert run(machine, number, 3, 4096, 10, 0, 0, 0) == ALLOW
    assert run(machine, number, 3, 4096, 10, 0, 0, 16) == ALLOW
    for address in (1, 0x7FFF00000000, LARGE - 1):
        assert run(machine, number, 3, 4096, 10, 0, address, 16) == REFUSE
    for flags, due in ((0x4040, ALLOW), (0x8000, ALLOW), (1, REFUSE), (0x20000000, REFUSE)):
        assert run(machine, number, 3, 4096, 10, flags, 0, 0) == due


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
    table.setdefault("newfstatat", table.get("fstatat"))
    for name, numbers in (ALLOWED | IN_PART | REFUSED).items():
        if name in table or max(number or 0 for number in numbers) < NEWER:
            assert number_of(name, machine) == table.get(name), name


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
