"""Work shared out among processes, and handed back in order."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from graders.errors import SandboxLost
from graders.words import _

Task = TypeVar("Task")
Result = TypeVar("Result")
MOST = 8
"""How many processes are started at most."""


def shared_out(
    work: Callable[[Iterable[Task]], Iterator[Result]], tasks: Sequence[Task]
) -> Iterator[Result]:
    """Yield what ``work`` makes of each task, in order, as it comes.

    Raise whatever it raises, SandboxLost when a process ends before its time.  The processes
    end with the iterator, whatever they are at.
    """
    count = min(MOST, os.cpu_count() or 1, len(tasks))
    with started(count, work) as pipes:
        for number, pipe in enumerate(pipes):
            pipe.send(tasks[number::count])
        for number in range(len(tasks)):
            yield received(pipes[number % count])


def received(pipe: Connection) -> Any:
    """Return what a process hands back."""
    try:
        result = pipe.recv()
    except EOFError:
        raise SandboxLost(_("a process of the selftest ended before its time")) from None
    if isinstance(result, Exception):
        raise result
    return result


@contextmanager
def started(count: int, work: Callable[[Any], Any]) -> Iterator[list[Connection]]:
    """Start processes, give the pipes to them, and end them."""
    context = get_context("spawn")
    pipes = [context.Pipe() for _number in range(count)]
    processes = [context.Process(target=serve, args=(work, far)) for _near, far in pipes]
    try:
        with interrupts_deferred():  # and kept from the processes: they are ended from here
            for process in processes:
                process.start()
        for _near, far in pipes:
            far.close()
        yield [near for near, _far in pipes]
    finally:
        for process in processes:
            if process.pid:
                process.terminate()
                process.join()


def serve(work: Callable[[Any], Any], pipe: Connection) -> None:
    """Do, in a process of its own, the tasks that come through a pipe."""
    try:
        for result in work(pipe.recv()):
            pipe.send(result)
    except Exception as error:
        pipe.send(error)


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Let Ctrl-C wait for a moment; processes started meanwhile never hear of it.

    They inherit the mask, which keeps it from this thread alone: another thread may take the
    signal, and then the handler is called.  Windows has no masks: there they hear of it, too.
    """
    received: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: received.append(number))
    try:
        with interrupts_masked():
            yield
    finally:
        signal.signal(signal.SIGINT, handler)
    if received:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def interrupts_masked() -> Iterator[None]:
    """Keep Ctrl-C from this thread, where there are masks."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it later would lift the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
