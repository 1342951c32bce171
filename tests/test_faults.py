"""Every system call of the judge on a worker's things fails in turn: no check is an ``error``.

A worker can have a call fail in ways that nobody has listed.  So the calls are counted by where
they stand, and each is made to fail: the check may find its process crashed, and no other check
may notice.
"""

import errno
import os
import selectors
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graders.judge.run import Options, grade
from graders.report import Report
from graders.sandbox import forked, forked_step, warm
from graders.sandbox.forked import ForkServer
from graders.submission.read import read

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="steps are forked on Linux")

REFERENCE = Path(__file__).parents[1] / "reference"
Site = tuple[str, str, int]
"""A call: what is called, in which function, and at which line."""


class Faults:
    """Counts the calls at each site, and lets one of them fail."""

    def __init__(self, site: Site | None = None, turn: int = 1) -> None:
        """Let the call at a site fail when it is made for this time, from 1."""
        self.site = site
        self.turn = turn
        self.calls: dict[Site, int] = {}

    def called(self, name: str) -> None:
        """Count a call, and raise OSError in its stead if it is to fail."""
        frame = sys._getframe(2)
        site = name, frame.f_code.co_name, frame.f_lineno
        self.calls[site] = self.calls.get(site, 0) + 1
        if site == self.site and self.calls[site] == self.turn:
            raise OSError(errno.EIO, os.strerror(errno.EIO))


class Failing:
    """A module, or an object, with calls that are counted and may fail."""

    def __init__(self, real: Any, faults: Faults) -> None:
        self.real = real
        self.faults = faults

    def __getattr__(self, name: str) -> Any:
        there = getattr(self.real, name)
        if isinstance(there, type) or not callable(there) or name in ("fileno", "strerror"):
            return there

        def call(*args: Any, **kwargs: Any) -> Any:
            if name == "close":  # which the kernel does, whatever it says of it
                there(*args, **kwargs)
            self.faults.called(name)
            made = None if name == "close" else there(*args, **kwargs)
            if name == "socketpair":
                return tuple(Failing(end, self.faults) for end in made)
            return made

        return call

    def __enter__(self) -> "Failing":
        return self

    def __exit__(self, *raised: object) -> None:
        self.real.close()


@pytest.fixture
def graded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Faults], Report]]:
    """Give a function that grades two steps with faults."""
    server = ForkServer()
    server.wait_until_ready()
    submission = read(REFERENCE)
    options = Options(steps=frozenset({"step01", "step02"}))

    def graded(faults: Faults) -> Report:
        with monkeypatch.context() as patch:
            for module in (forked, warm):
                patch.setattr(module, "socket", Failing(socket, faults))
                patch.setattr(module, "os", Failing(os, faults))
            patch.setattr(forked_step, "os", Failing(os, faults))
            patch.setattr(forked_step, "time", Failing(time, faults))
            make = selectors.DefaultSelector
            patch.setattr(
                forked_step.selectors, "DefaultSelector", lambda: Failing(make(), faults)
            )
            if server.warm.next:
                server.warm.next.close()  # it has the faults of the run before
                server.warm.next = None
            return grade(submission, server, options)

    yield graded
    server.close()


@pytest.mark.parametrize("last", [False, pytest.param(True, marks=pytest.mark.full)])
def test_no_call_that_fails_makes_an_error(graded, last):
    untouched = Faults()
    assert {step.status for step in graded(untouched).steps} == {"passed"}
    assert len(untouched.calls) > 20
    for site, count in untouched.calls.items():
        report = graded(Faults(site, count if last else 1))
        first, second = ({check.status for check in step.checks} for step in report.steps)
        assert report.complete, site
        assert first | second <= {"passed", "crashed", "blocked"}, site
        assert first == {"passed"} or second == {"passed"}, site
