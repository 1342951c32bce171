"""How the tests are shared out: among processes, so that nothing dear is made twice, and
between the quick run and the full one.
"""

import os
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

WHOLE = (
    "test_authoring",
    "test_class_course",
    "test_class_filled",
    "test_class_killed",
    "test_classroom",
    "test_pytest_door",
    "test_sandbox",
    "test_supervisor",
)
"""Modules whose tests share what takes long to make."""
STEP = re.compile(r"[\[-](step\d\d)[\]-]")
"""In an id: the step whose graded mutants a test reads."""
WAY = re.compile(r"by_the_command\[(sandbox-stranger|sandbox|partial|process)-")
"""In an id: the way in which the command is run, whose outcome on the reference is read."""


def keep_to_one_core() -> None:
    """Keep a worker of the tests, and all that it starts, to a core of its own, if it has one.

    Judge and student take turns: one that has to wake up another core waits for it.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and hasattr(os, "sched_setaffinity"):
        cores, number = sorted(os.sched_getaffinity(0)), int(worker.removeprefix("gw"))
        os.sched_setaffinity(0, cores[number : number + 1] or cores)


class Sharing(LoadScopeScheduling):
    """Gives tests that share something to one process, and all others to whichever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def together(nodeid: str) -> str:
    """Return a name that is the same for tests that share something dear."""
    path, _separator, test = nodeid.partition("::")
    module = PurePath(path).stem
    if module in WHOLE:
        return module
    shared = WAY.search(test) or STEP.search(test)
    return shared[1] if shared else nodeid


def some(cases: Iterable[Any], most: int) -> list[Any]:
    """Return cases for ``parametrize``: of the quick run so many, evenly spread."""
    given = list(cases)
    kept = {len(given) * turn // most for turn in range(most)}
    full = pytest.mark.full
    return [
        case if at in kept else pytest.param(*parts(case), marks=full)
        for at, case in enumerate(given)
    ]


def parts(case: Any) -> tuple[Any, ...]:
    """Return the arguments of a case, which are several in a tuple."""
    return case if type(case) is tuple else (case,)
