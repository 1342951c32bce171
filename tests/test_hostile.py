"""Submissions that mean harm: each trick of ``hostile/``, at every level of isolation.

Whatever a submission does, there is a whole report with the verdicts that the manifest names,
the other steps are graded as ever, and nothing is left behind, changed, reached or told.

Each trick is tried in one sandbox after the others, by a judge in this process without pytest;
one of each family also by the command.  The full run tries all of them so, each way that it can
be run.
"""

import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hostile import TRICKS
from hostile.command import SLOWEST, WAYS, is_tried, one_a_family, try_by_command, untouched
from hostile.ground import REPORT_BYTES, Ground, Judged, Place, wrong_with

from graders.judge.run import Options, grade
from graders.judge.suites import Suites
from graders.renderers import console, json_file
from graders.report import Report
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox, open_sandbox
from graders.submission.read import read

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the tricks are Linux's")

LIMITS = Limits(cpu=0.25, wall=0.4)
WAITING = (SLOWEST, "hanging/in_a_property", "hanging/read_an_event")
"""Those that only wait for a limit, as others do: in the full run only."""
REACHING_ON = ("forging", "hanging", "hoarding", "leaving", "reaching")
"""The families after which another step is graded as well: the others lie or look."""


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    """Give the ground that tricks are tried on."""
    made = Ground()
    yield made
    made.close()


# --- by a judge in this process


class Shared:
    """One sandbox for all tricks, with a judge that has something to hide."""

    def __init__(self, ground: Ground, sandbox: Sandbox, suites: Suites) -> None:
        self.ground = ground
        self.sandbox = sandbox
        self.suites = suites
        self.reports: dict[str, Report] = {}
        self.untouched = self.judge(ground.plant(None))
        self.idle = len(descendants(os.getpid()))

    def judge(self, place: Place) -> Judged:
        """Grade a submission in the one sandbox."""
        trick = place.trick
        steps = place.steps if trick is None or trick.family in REACHING_ON else [trick.step]
        options = Options(steps=frozenset(steps), limits=LIMITS)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(place.cwd)
            report = grade(read(place.submission), self.sandbox, options, self.suites)
        if trick:
            self.reports[trick.name] = report
        return Judged(0, json_file.text(report), "", self.left() if trick else [])

    def left(self) -> list[str]:
        """Return the processes of this one, where there are more than in between steps."""
        end = time.monotonic() + 1
        while len(found := descendants(os.getpid())) > self.idle and time.monotonic() < end:
            time.sleep(0.02)
        return found if len(found) > self.idle else []


def descendants(pid: int) -> list[str]:
    """Return what runs below a process, at any remove."""
    parents: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent = (
                Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[:2]
            )
        except OSError:
            continue
        if state not in "ZX":
            parents.setdefault(int(parent), []).append(int(name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return list(map(str, found[1:]))


@pytest.fixture(scope="session")
def shared(ground: Ground, suites: Suites) -> Iterator[Shared]:
    """Give the one sandbox, of a judge with a secret in its environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADMARK_SECRET", ground.secrets["own"])
        sandbox = open_sandbox(LIMITS)
        yield Shared(ground, sandbox, suites)
        sandbox.close()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(each, marks=pytest.mark.full) if each in WAITING else each
        for each in TRICKS
    ],
)
def test_a_trick_comes_to_nothing(shared, name):
    trick = TRICKS[name]
    outcome = shared.ground.try_out(trick, shared.judge)
    assert wrong_with(trick, shared.sandbox.level, outcome, shared.untouched) == []
    if trick.family == "text":
        assert steers_no_terminal(shared.reports[name])


def steers_no_terminal(report: Report) -> bool:
    """Tell whether a report's summary is text, and nothing that a terminal would obey."""
    file = io.StringIO()
    console.show(report, "score.json", every_check=True, color=False, file=file)
    shown = file.getvalue()
    steering = set("\x1b\x9b\x07\b\x7f\0\r\u202e\u2066\u200f\ufeff\U000e0041")
    commands = [line for line in shown.splitlines() if line.lstrip().startswith("::")]
    return not (steering & set(shown) or commands or "##[" in shown) and (
        len(shown) < REPORT_BYTES
    )


# --- by the command


@pytest.fixture(scope="session")
def reference(ground: Ground) -> Callable[[str], Judged]:
    """Give a function that returns what the command says of the reference, run a way."""
    return cache(lambda way: untouched(ground, way))


def each_way() -> Iterator[Any]:
    """Yield the ways and the tricks that are tried so; the most in the full run only."""
    for way in WAYS:
        always = one_a_family(way)
        for name in filter(lambda name: is_tried(way, TRICKS[name]), TRICKS):
            marks = () if name in always else pytest.mark.full
            yield pytest.param(way, name, marks=marks)


@pytest.mark.parametrize(("way", "name"), list(each_way()))
def test_a_trick_comes_to_nothing_by_the_command(ground, reference, way, name):
    right = reference(way)
    outcome = try_by_command(ground, way, TRICKS[name])
    assert wrong_with(TRICKS[name], WAYS[way], outcome, right) == []


def test_every_trick_has_a_sentence():
    for trick in TRICKS.values():
        assert trick.text.startswith('"""')
        assert trick.text.count("\n") <= 40
