"""What student code asks of the machine that it was written on, and does not find here.

Modules of another platform get a stand-in, as packages that aren't installed do; calling pip
and changing to a folder that isn't there do nothing; the standard streams outlast whatever is
put in their place.
"""

import functools
import importlib.machinery
import io
import os
from collections.abc import Callable
from typing import Any, TextIO

from graders.worker.stand_in import StandIn

FOREIGN = {
    "asyncio.windows_events",
    "asyncio.windows_utils",
    "multiprocessing.popen_spawn_win32",
}
"""Modules that are there and can only be imported on another platform."""
WINDOWED = {"tkinter", "turtle", "turtledemo", "idlelib", "antigravity"}
"""Parts of the standard library that want a screen; they come in by editors' auto-import."""
RUNS = ("run", "call", "check_call", "check_output", "Popen", "getoutput", "getstatusoutput")
"""What of ``subprocess`` runs a program."""


class Lasting(io.BufferedWriter):
    """A buffer that stays open: ``sys.stdout = io.TextIOWrapper(sys.stdout.buffer, …)`` would
    close it when the stream that it was taken from goes, or is itself replaced so.
    """

    def close(self) -> None:
        """Only push out what has been written."""
        if not self.raw.closed:
            self.flush()


def stream(descriptor: int) -> TextIO:
    """Return a standard stream that outlasts whatever is put in its place."""
    raw = io.FileIO(descriptor, "w", closefd=False)
    return io.TextIOWrapper(Lasting(raw), encoding="utf-8", errors="backslashreplace")


@functools.cache
def is_here(module: str) -> bool:
    """Return whether a module of the standard library can be imported on this platform."""
    top = module.partition(".")[0]
    if top in WINDOWED or module in FOREIGN:
        return False
    finders = (
        importlib.machinery.BuiltinImporter,
        importlib.machinery.FrozenImporter,
        importlib.machinery.PathFinder,
    )
    return any(finder.find_spec(top) for finder in finders)


class Machine:
    """Stands between a step's code and calls that only work elsewhere."""

    def __init__(self) -> None:
        self.ignored: list[str] = []
        """The calls that did nothing."""

    def prepare(self, text: str) -> None:
        """Make ready for a piece of code: what it doesn't speak of is left alone."""
        if "chdir" in text and not hasattr(os.chdir, "__wrapped__"):
            vars(os)["chdir"] = self.forgiving(os.chdir)
        if "pip" in text and ("subprocess" in text or "system" in text):
            import subprocess

            for module, names in ((subprocess, RUNS), (os, ("system", "popen"))):
                for name in names:
                    call = vars(module)[name]
                    if not hasattr(call, "__wrapped__"):
                        vars(module)[name] = self.without_pip(call)

    def forgiving(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a call that changes the folder, or does nothing where there is none."""

        @functools.wraps(call)
        def chdir(path: Any) -> None:
            try:
                call(path)
            except OSError:
                self.ignored.append("os.chdir")

        return chdir

    def without_pip(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a call that runs a program, or does nothing where that is pip."""

        @functools.wraps(call, updated=())
        def run(command: Any, *args: Any, **kwargs: Any) -> Any:
            words = command.split() if isinstance(command, str) else [*map(str, command)]
            if not {"pip", "pip3"} & set(words):
                return call(command, *args, **kwargs)
            self.ignored.append("pip")
            return 0 if call.__name__ == "system" else StandIn("pip")

        return run
