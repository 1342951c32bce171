"""The ways in which the command is tried on tricks, and who runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hostile import TRICKS, Trick
from hostile.ground import Ground, Judged, Outcome, Place

STRANGER = 54321
"""A user whom nobody knows."""
PACKAGES = str(Path(pytest.__file__).parents[1])
WAYS = {
    "sandbox": "sandbox",
    "sandbox-stranger": "sandbox",
    "partial": "partial",
    "process": "process",
}
"""Ways to run the command, and the level that each should give."""
TRIED = {
    "sandbox-stranger": ("hoarding", "looking", "reaching"),
    "partial": ("forging", "hoarding", "leaving", "looking", "reaching"),
}
"""The families of tricks that are tried some ways; the other ways all are."""
SLOWEST = "forging/a_byte_at_a_time"
"""It waits for the limit of wall time: by the command in the full run only."""
OUTWARD = {"leaving", "looking", "reaching"}
"""The families that reach or look out of the process, which is what differs by the way."""
PARTIAL = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from graders.sandbox import bubblewrap
bubblewrap.candidates = lambda: []
from graders.cli import main
sys.exit(main())
"""
WATCHER = """
import ctypes, json, os, subprocess, sys, time
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
result, user, *line = sys.argv[1:]
who = {"user": int(user), "group": int(user), "extra_groups": []} if user else {}
judge = subprocess.Popen(line, stdin=subprocess.DEVNULL, start_new_session=True, **who)
status = judge.wait()
def orphans():
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state not in "ZX":
                yield int(name), open(f"/proc/{name}/cmdline").read().replace("\\0", " ")
        except OSError:
            pass
end = time.monotonic() + 1
while (left := list(orphans())) and time.monotonic() < end:
    time.sleep(0.02)
for pid, _line in left:
    os.kill(pid, 9)
json.dump([status, [line for _pid, line in left]], open(result, "w"))
"""
"""Runs the judge, and says what processes of it lived on after its end."""


def is_tried(way: str, trick: Trick) -> bool:
    """Return whether a trick is tried a way: all of them in one sandbox, and without any.

    Who runs the command, and what else confines the process, matters to what tricks can reach,
    read and hoard; the limits, the wire and the verdicts are the same.
    """
    return trick.family in TRIED.get(way, (trick.family,))


def one_a_family(way: str) -> set[str]:
    """Return a trick of each family to be tried a way by default.

    In the sandbox that is all families, with the filter alone those that reach or look out of
    it; the other ways are left to the full run.
    """
    names: dict[str, list[str]] = {}
    for name, trick in TRICKS.items():
        if is_tried(way, trick) and name != SLOWEST:
            names.setdefault(trick.family, []).append(name)
    part = list(WAYS).index(way) / len(WAYS)
    tried = {"sandbox": names.keys(), "partial": OUTWARD}.get(way, set())
    return {names[family][int(part * len(names[family]))] for family in tried}


def try_by_command(ground: Ground, way: str, trick: Trick | None) -> Outcome:
    """Return what comes of a trick, or of the untouched reference, a way."""
    owner = STRANGER if way.endswith("stranger") else None
    return ground.try_out(trick, by_command(ground, way), owner)


def by_command(ground: Ground, way: str) -> Callable[[Place], Judged]:
    """Return a judge: the command, run a way."""

    def judge(place: Place) -> Judged:
        stranger = way.endswith("stranger")
        result = ground.base / f"{place.token}.json"
        user = str(STRANGER) if stranger else ""
        line = [sys.executable, "-I", "-S", "-c", WATCHER, str(result), user]
        done = subprocess.run(
            [*line, *command_line(ground, way, place)],
            cwd=place.cwd,
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": str(place.path / "home"),
                "TMPDIR": str(place.path / "tmp"),
                "GRADMARK_SECRET": ground.secrets["own"],
                **({"PYTHONPATH": PACKAGES} if stranger else {}),
            },
            capture_output=True,
            timeout=120,
        )
        status, processes = json.loads(result.read_text())
        return Judged(status, done.stdout.decode(), done.stderr.decode(), processes)

    return judge


def command_line(ground: Ground, way: str, place: Place) -> list[str]:
    """Return the command line of the judge."""
    python = stranger_python() if way.endswith("stranger") else sys.executable
    start = [python, str(ground.project / "grade.py")]
    if way.startswith("partial"):
        start = [python, "-P", "-c", PARTIAL, str(ground.project)]
    chosen = [word for step in place.steps for word in ("--step", step.removeprefix("step"))]
    line = [*start, str(place.submission), "--json", "-", *chosen]
    line += ["--cpu-limit", "0.4", "--wall-limit", "1"]
    return [*line, *(["--portable"] if way.startswith("process") else [])]


def stranger_python() -> str:
    """Return an interpreter that an unknown user may run.  Skip the test if there is none."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}"):
        try:
            subprocess.run(
                [python, "-c", "import numpy, msgspec, pytest, rich"],
                env={"PYTHONPATH": PACKAGES},
                check=True,
                capture_output=True,
                cwd="/",
                user=STRANGER,
                group=STRANGER,
                extra_groups=[],
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip(f"no {version} that an unknown user may run")


def untouched(ground: Ground, way: str) -> Judged:
    """Grade the untouched reference a way.  Skip the test where that way can't be gone."""
    if way.endswith("stranger") and os.getuid() != 0:
        pytest.skip("only root can become another user; the other ways ran as an ordinary one")
    judged = try_by_command(ground, way, None).judged
    if judged.status != 0:
        pytest.skip(f"the command does not work this way here: {judged.stderr[-300:]}")
    had = json.loads(judged.stdout)["isolation"]["level"]
    if had != WAYS[way]:
        pytest.skip(f"the level is {had} here")
    return judged
