"""Run a lesson's demo in a process of its own, and tell what each of its prints has printed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

UTF_8 = {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}
SECONDS = 10
"""How long a demo may take."""
WATCH = """
import builtins, io, json, runpy, sys

_driver, lesson, told = sys.argv
prints, error, own = {}, None, print

def watched(*words, **options):
    if options.get("file") in (None, sys.stdout):
        text = io.StringIO()
        own(*words, **{**options, "file": text})
        line = sys._getframe(1).f_lineno
        prints[line] = (prints.get(line, "") + text.getvalue())[:10_000]
    own(*words, **options)

builtins.print, sys.argv = watched, [lesson]
try:
    runpy.run_path(lesson, run_name="__main__")
except SystemExit as end:
    error = f"SystemExit: {end.code}" if end.code else None
except BaseException as raised:
    error = f"{type(raised).__name__}: {raised}"
whole = json.dumps({"prints": prints, "error": error}, ensure_ascii=False)
with open(told, "wb") as file:
    file.write(whole.encode("utf-8", "replace"))  # half a character is none
"""
"""Runs the lesson, and writes down what each line of it prints."""


@dataclass(frozen=True)
class Played:
    """What came of a demo."""

    prints: Mapping[int, str]
    """What was printed, by the number of the line that the print begins on."""
    error: str | None
    """What ended it before its time."""


def played(path: Path) -> Played | None:
    """Return what came of a lesson's demo; None where it did not end in time."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        line = [sys.executable, "-W", "error", "-c", WATCH, str(path.resolve()), str(told)]
        nothing = subprocess.DEVNULL
        try:
            done = subprocess.run(
                line, cwd=folder, env=os.environ | UTF_8, timeout=SECONDS,
                stdin=nothing, stdout=nothing, stderr=nothing,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return None
        if not told.exists():
            return Played({}, f"exit status {done.returncode}")
        return msgspec.json.decode(told.read_bytes(), type=Played)
