"""Run what a suite defines on the far side, as if no student's code had been run before."""

import builtins
import inspect
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np

DEFINED = "<gradmark>"
"""What Python is told that such source comes from."""
KEPT = {"numpy": np, "sys": sys, "inspect": inspect}
"""What suites' own source may use besides Python's own names."""


def keeper() -> Callable[[str, dict[str, Any]], dict[str, Any]]:
    """Return a function that runs a suite's own source, as things are before any code of a
    student's has been run.

    What the source finds under ``np``, ``sys`` and Python's own names is kept from then, with
    all that is in it: a student may have put something else in the place of ``len``.
    """
    run, make, load = exec, compile, __import__
    kept = {name: copied(module) for name, module in KEPT.items()}
    here = dict(vars(builtins))

    def bring(name: str, *how: Any) -> Any:
        return kept[name] if name in kept else load(name, *how)

    def define(source: str, names: dict[str, Any]) -> dict[str, Any]:
        space = {**names, "np": kept["numpy"], "sys": kept["sys"]}
        space["__builtins__"] = {**here, "__import__": bring}
        run(make(source, DEFINED, "exec", dont_inherit=True), space)
        return space

    return define


def copied(module: types.ModuleType) -> types.ModuleType:
    """Return a module of its own with the same things in it."""
    copy = types.ModuleType(module.__name__)
    vars(copy).update(vars(module))
    return copy
