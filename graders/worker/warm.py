"""The warm process: has numpy, runs no student code, forks one process a step (POSIX).

``control`` says what it is asked for on its socket, and what it answers.
"""

import contextlib
import gc
import importlib
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from graders import wire
from graders.worker import confine, place
from graders.worker.control import (
    BUBBLEWRAP,
    CALLS,
    DROP,
    FILES,
    FORK,
    KERNEL,
    MACHINES,
    NOTHING,
    PLACE,
    PYTEST,
    SPACES,
    STARTED,
    WAIT,
)
from graders.worker.desk import preload, serve
from graders.worker.machine import stream

WIRE_FD = 901
"""High, so that junk written to the first descriptors misses the wire."""


def run(control_fd: int, confinement: str, *given: str) -> None:
    """Fork steps on demand until the judge hangs up.

    ``confinement`` is one of ``CONFINEMENTS``.  With bubblewrap, ``given`` is a descriptor of a
    ``/proc``; where the kernel restricts files here, it is those that steps may read.
    """
    worked = 0
    processes = int(given[0]) if confinement == BUBBLEWRAP else -1
    confine.drop_capabilities()
    confine.hide_memory()
    confine.die_with_parent()
    enter: Callable[[], object] = place.new_folder
    if confinement != NOTHING and works(refuse_signals):
        worked |= CALLS
    if confinement == BUBBLEWRAP:
        own = partial(place.new_spaces, processes)
        worked, enter = (worked | SPACES, own) if works(own) else (worked, enter)
        alone = partial(place.serve_alone, processes, lambda: None, 0)
        worked |= MACHINES if worked & SPACES and works(alone) else 0
    if confinement == KERNEL:
        preload(whole=True)  # these files, too, will be out of reach
        with contextlib.suppress(confine.Unavailable):
            worked |= FILES if confine.restrict_files([*given], [os.getcwd()]) else 0
            enter = partial(place.new_folder, place.around(given, os.getcwd()))
    with socket.socket(fileno=control_fd) as control:
        control.sendall(bytes([worked | STARTED]))
        preload()
        gc.freeze()  # a collection in a fork would write to, and so copy, all of this
        fork_on_demand(control, Forked(enter, worked, processes))


@dataclass(frozen=True)
class Forked:
    """What becomes of a fork of the warm process."""

    enter: Callable[[], object]
    """Moves a step's process to a place of its own."""
    worked: int
    """Which of the kernel's own means work here."""
    processes: int
    """A descriptor of a ``/proc``, or -1."""


def fork_on_demand(control: socket.socket, forked: Forked) -> None:
    """Do what is asked for on a socket, until its other end is closed."""
    children: list[int] = []
    dropped: list[int] = []
    while True:
        command, descriptors, _flags, _address = socket.recv_fds(control, 1, 2)
        dropped = [pid for pid in dropped if os.waitpid(pid, os.WNOHANG)[0] == 0]
        if command == FORK:
            children.append(os.fork())
            if children[-1] == 0:
                control.close()
                become_step(descriptors, forked.enter, forked.worked)
            close(descriptors)
        elif command == WAIT:
            number = int.from_bytes(control.recv(4), "big")
            _pid, status = os.waitpid(children[number], 0)
            control.sendall(status.to_bytes(4, "big"))
        elif command == DROP:
            dropped.append(children[int.from_bytes(control.recv(4), "big")])
        elif command == PYTEST:
            with contextlib.suppress(ImportError):  # students need it, the worker doesn't
                importlib.import_module("pytest")
            gc.freeze()
        elif command == PLACE:
            dropped.append(os.fork())
            if dropped[-1] == 0:
                control.close()
                become_place(descriptors[0], forked)
            close(descriptors)
        else:
            return


def close(descriptors: list[int]) -> None:
    """Close what a fork was made for."""
    for descriptor in descriptors:
        os.close(descriptor)


def become_place(control_fd: int, forked: Forked) -> None:
    """Turn a fresh fork into one submission's place, and never return."""
    try:
        confine.die_with_parent()
        with socket.socket(fileno=control_fd) as control:

            def serve() -> None:
                control.sendall(bytes([forked.worked | STARTED]))
                fork_on_demand(control, forked)

            place.serve_alone(forked.processes, serve, control_fd)
    finally:
        os._exit(0)


def works(confined: Callable[[], object]) -> bool:
    """Return whether a way to confine a process is to be had, tried on one made for that."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(1 if confined() is False else 0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def refuse_signals() -> bool:
    """Put the filter on; return whether it keeps this process from another."""
    confine.filter_system_calls()
    try:
        os.kill(os.getppid(), 0)
    except PermissionError:
        return True
    return False


def become_step(descriptors: list[int], enter: Callable[[], object], worked: int) -> None:
    """Turn a fresh fork into a step's process, serve it, and never return."""
    try:
        wire_fd, output_fd = descriptors
        os.dup2(output_fd, 1)
        os.dup2(output_fd, 2)
        try:
            connection = confined(wire_fd, enter, worked)
        except OSError as error:
            os.write(2, str(error).encode())
            return
        serve(connection.makefile("rb"), connection.sendall)
    finally:
        os._exit(0)


def confined(wire_fd: int, enter: Callable[[], object], worked: int) -> socket.socket:
    """Confine this process, for good, and return the wire when it is ready to be asked."""
    confine.die_with_parent()
    os.setsid()
    enter()
    number = high_descriptor()
    os.dup2(wire_fd, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.closerange(3, number)
    sys.stdout, sys.stderr = stream(1), stream(2)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    connection = socket.socket(fileno=number)
    confine.limit_resources(alone=bool(worked & SPACES))
    if worked & CALLS:
        confine.filter_system_calls()
    connection.sendall(wire.encode(wire.Answer(None)))
    return connection


def high_descriptor() -> int:
    """Return ``WIRE_FD``, or the highest that there may be here where that is lower."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    number = WIRE_FD if hard == resource.RLIM_INFINITY else min(WIRE_FD, hard - 1)
    resource.setrlimit(resource.RLIMIT_NOFILE, (number + 1, hard))
    return number
