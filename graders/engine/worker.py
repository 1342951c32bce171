"""The far side: runs a student's code and answers frames.  It knows nothing of verdicts.

``python -m graders.engine.worker fork FD …`` is the warm process: it holds numpy, never runs
student code, and forks one process a step when asked on the socket FD.
``python -m graders.engine.worker pipe SECONDS`` is one step's process by itself, over its
standard streams, for platforms without a safe fork.
"""

import builtins
import contextlib
import os
import random
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from graders.engine import wire
from graders.engine.loader import Submission, describe
from graders.engine.source import is_untouched
from graders.engine.stand_in import StandIn

DEFINED = "<gradmark>"
INTERACTIVE = {
    "get_ipython": lambda: StandIn("IPython"),
    "display": lambda *shown: None,
    "exit": sys.exit,
    "quit": sys.exit,
}
"""What only interactive Python defines, and files saved from it may use."""
CPU_EXIT = 124
"""The exit status of a process that stopped itself at its limit of CPU time."""


class Desk:
    """Holds one step's module and the objects that the judge has handles for."""

    def __init__(self) -> None:
        self.module = types.ModuleType("unloaded")
        self.objects: list[Any] = []
        self.numbers: dict[int, int] = {}
        self.seed = 0
        self.submission = Submission("", "", {})

    def answer(self, request: wire.Request) -> wire.Reply:
        """Carry out a request."""
        try:
            return self.carry_out(request)
        except BaseException as error:  # whatever student code raises is an answer
            return describe(error, self.submission.sources)

    def carry_out(self, request: wire.Request) -> wire.Reply:
        """Carry out a request; student code may raise anything through it."""
        match request:
            case wire.Load(path, root, sources):
                return self.load(Submission(root, path, sources))
            case wire.Begin(seed):
                self.begin(seed)
                return wire.Answer(None)
            case wire.Get(target, name):
                return self.give(getattr(self.objects[target], name))
            case wire.Put(target, name, value):
                setattr(self.objects[target], name, self.take(value))
                return wire.Answer(None)
            case wire.Call(target, args, kwargs):
                named = {name: self.take(value) for name, value in kwargs.items()}
                return self.give(self.objects[target](*map(self.take, args), **named))
            case wire.Define(source, name):
                namespace = vars(self.module) | {"np": np}
                exec(compile(source, DEFINED, "exec", dont_inherit=True), namespace)
                return self.give(namespace[name])
            case wire.Kin(target, of):
                return wire.Answer(is_kin(self.objects[target], self.objects[of]))
            case wire.Rehearse(implementation):
                from graders.engine.rehearsal import rehearse

                self.make_repeatable()
                return rehearse(self.submission, implementation, self.seed)

    def load(self, submission: Submission) -> wire.Loaded:
        """Run the step's file and say what came of it."""
        self.submission = submission
        sys.meta_path.insert(0, submission)
        sys.breakpointhook = lambda *args, **kwargs: None
        vars(builtins).update(INTERACTIVE)
        self.module = submission.load()
        return wire.Loaded(
            names=tuple(public_names(self.module))[: wire.MOST_NAMES],
            untouched=is_untouched(submission.sources[submission.path]),
            trouble=submission.troubles.get(submission.path),
            stood_in=tuple(submission.absent())[: wire.MOST_NAMES],
            stops=submission.path in submission.stopped,
        )

    def begin(self, seed: int) -> None:
        """Forget all objects but the module, whose number is 0; seed what draws at random."""
        self.objects, self.numbers = [self.module], {id(self.module): 0}
        self.seed = seed
        self.make_repeatable()

    def make_repeatable(self) -> None:
        """Seed what student code may draw at random from."""
        random.seed(self.seed)
        np.random.seed(self.seed % 2**32)

    def give(self, thing: Any) -> wire.Answer:
        """Return an answer that holds a thing, or its handle if it isn't plain."""
        return wire.Answer(wire.pack(thing, self.handle))

    def too_large(self, issued: int) -> wire.Answer:
        """Return a handle in place of an answer that no frame can hold."""
        del self.objects[issued:]
        self.numbers = {id(thing): number for number, thing in enumerate(self.objects)}
        return wire.Answer(self.handle(TooLarge()))

    def take(self, value: wire.Value) -> Any:
        """Return the object that a value of the judge's stands for."""
        return wire.unpack(value, lambda handle: self.objects[handle.number])

    def handle(self, thing: Any) -> wire.Handle:
        """Return the number of an object, the same one each time."""
        number = self.numbers.setdefault(id(thing), len(self.objects))
        if number == len(self.objects):
            self.objects.append(thing)
        return wire.Handle(number, described(thing))


def public_names(module: types.ModuleType) -> Iterator[str]:
    """Yield a module's public names as text that can be sent, whatever was made of them."""
    for name in list(vars(module)):
        if type(name) is str and not name.startswith("_"):
            yield wire.sendable(name, 100)


class TooLarge:
    """Stands for a value that is too large to look at."""


def is_kin(thing: Any, of: Any) -> bool:
    """Return whether an object or a class is of a class, by its real type's ancestry."""
    ancestry = thing if isinstance(thing, type) else type(thing)
    return any(ancestor is of for ancestor in type.__dict__["__mro__"].__get__(ancestry))


def described(thing: Any) -> str:
    """Return what a message calls an object, running none of its code."""
    if type(thing) is TooLarge:
        return "a value too large to look at"
    name = wire.sendable(type.__dict__["__name__"].__get__(type(thing)), 100)
    if isinstance(thing, type):
        return f"the class {wire.sendable(type.__dict__['__name__'].__get__(thing), 100)}"
    if type(thing) is np.ndarray:
        return f"an array of dtype {thing.dtype}"[:100]
    if issubclass(type(thing), np.ndarray):
        return f"a {name} (a subclass of ndarray)"
    return f"a {name}"


def preload() -> None:
    """Import what some steps want: before any of them runs, and after more urgent things."""
    import numpy.random  # noqa: F401

    import graders.engine.rehearsal  # noqa: F401


def serve(read: BinaryIO, write: Callable[[bytes], Any], watch: "Watch | None" = None) -> None:
    """Answer frames until the judge hangs up."""
    desk = Desk()
    while header := read.read(wire.HEADER):
        request = wire.decode_request(read.read(wire.body_length(header)))
        if watch and isinstance(request, (wire.Load, wire.Begin)):
            watch.restart()
        issued = len(desk.objects)
        reply = desk.answer(request)
        flush_output()
        try:
            write(wire.encode(reply))
        except wire.MalformedFrame:
            write(wire.encode(desk.too_large(issued)))


def flush_output() -> None:
    """Push out what was printed, so that it is there before the answer is."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # a student may have put anything in their place
            continue


class Watch:
    """Ends its own process at a limit of CPU seconds, where the judge can't read the clock."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.restart()
        threading.Thread(target=self.run, daemon=True).start()

    def restart(self) -> None:
        """Give the next check its whole limit."""
        self.end = time.process_time() + self.limit

    def run(self) -> None:
        """Look at the clock for ever."""
        while time.process_time() < self.end:
            time.sleep(0.02)
        os._exit(CPU_EXIT)


def pipe(cpu_limit: float) -> None:
    """Serve one step over the standard streams, which student code never sees."""
    read, write = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    if sys.platform == "linux":
        limit_myself()
    preload()
    write.write(wire.encode(wire.Answer(None)))
    serve(read, write.write, Watch(cpu_limit))


def limit_myself() -> None:
    """Set the limits and the filter that Linux has for any process, as far as they go."""
    from graders.engine import confine

    confine.limit_resources()
    with contextlib.suppress(OSError):
        confine.drop_capabilities()
        confine.hide_memory()
        confine.die_with_parent()
        confine.filter_system_calls()


def main(arguments: list[str]) -> None:
    """Be the warm process or a step's process, as the first argument says."""
    here = Path(__file__).resolve().parents[2]
    sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != here]
    if arguments[0] == "pipe":
        pipe(float(arguments[1]))
    else:
        from graders.engine import warm  # POSIX only

        warm.run(int(arguments[1]), *arguments[2:])


if __name__ == "__main__":
    main(sys.argv[1:])
