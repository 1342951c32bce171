"""The warm process: has numpy, runs no student code, forks one process a step (POSIX).

``control`` says what it is asked for on its socket, and what it answers.
"""

import contextlib
import gc
import os
import signal
import socket
import sys

from graders import wire
from graders.worker import confine
from graders.worker.control import CALLS, FILES, FORK, KERNEL, NOTHING, STARTED, WAIT
from graders.worker.desk import preload, serve
from graders.worker.machine import stream
from graders.worker.scratch import empty

WIRE_FD = 901
"""High, so that junk written to the first descriptors misses the wire."""


def run(control_fd: int, confinement: str, writable: str = "", *readable: str) -> None:
    """Fork steps on demand until the judge hangs up.

    ``confinement`` is one of ``CONFINEMENTS``: bubblewrap is there already, while the kernel
    restricts files here, to ``readable`` and ``writable``.
    """
    worked = 0
    confine.drop_capabilities()
    confine.hide_memory()
    confine.die_with_parent()
    if confinement != NOTHING:
        worked |= CALLS if calls_can_be_filtered() else 0
    if confinement == KERNEL:
        preload()  # these files, too, will be out of reach
        with contextlib.suppress(confine.Unavailable):
            worked |= FILES if confine.restrict_files([*readable], [writable]) else 0
    with socket.socket(fileno=control_fd) as control:
        control.sendall(bytes([worked | STARTED]))
        preload()
        gc.freeze()  # a collection in a fork would write to, and so copy, all of this
        children: list[int] = []
        while True:
            command, descriptors, _flags, _address = socket.recv_fds(control, 1, 2)
            if command == FORK:
                empty(".")
                children.append(os.fork())
                if children[-1] == 0:
                    control.close()
                    wire_fd, output_fd = descriptors
                    become_step(wire_fd, output_fd, filtered=bool(worked & CALLS))
                for descriptor in descriptors:
                    os.close(descriptor)
            elif command == WAIT:
                number = int.from_bytes(control.recv(4), "big")
                _pid, status = os.waitpid(children[number], 0)
                control.sendall(status.to_bytes(4, "big"))
            else:
                return


def calls_can_be_filtered() -> bool:
    """Return whether the filter works, tried on a process made for that."""
    child = os.fork()
    if child == 0:
        try:
            confine.filter_system_calls()
            os.kill(os.getppid(), 0)
        except PermissionError:  # as it should be
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def become_step(wire_fd: int, output_fd: int, filtered: bool) -> None:
    """Turn a fresh fork into a step's process, serve it, and never return."""
    confine.die_with_parent()
    os.setsid()
    os.dup2(wire_fd, WIRE_FD)
    os.dup2(output_fd, 1)
    os.dup2(output_fd, 2)
    silence = os.open(os.devnull, os.O_RDONLY)
    os.dup2(silence, 0)
    os.closerange(3, WIRE_FD)
    sys.stdout, sys.stderr = stream(1), stream(2)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    connection = socket.socket(fileno=WIRE_FD)
    confine.limit_resources()
    if filtered:
        confine.filter_system_calls()
    connection.sendall(wire.encode(wire.Answer(None)))
    try:
        serve(connection.makefile("rb"), connection.sendall)
    finally:
        os._exit(0)
