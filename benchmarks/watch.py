"""Tell how long a save waits for its verdict under --watch.

    python benchmarks/watch.py [--saves 20] [--step 6] [--portable]

A copy of the reference is watched in a terminal of its own (a pty).  One step is saved over and
over, wrong and right in turn; the clock runs from just before the file is written until the
terminal has been sent the whole new summary, its last line included.  Between saves is a pause,
as there is between a person's: the next sandbox is started in it.
"""

import argparse
import os
import pty
import re
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAUSE = 1.0
MISTAKES = {
    "1": ("self.data = data", "self.data = 2 * data"),
    "6": ("return 2 * x * gy", "return 2 * x"),
    "10": (
        "self.assertEqual(x.grad, np.array(6.0))",
        "self.assertEqual(x.grad, np.array(7.0))",
    ),
}


def read_until(terminal: int, text: str) -> tuple[str, float]:
    """Return what a terminal is sent until a text has come, and when that was."""
    sent = ""
    while not (text in sent and sent.endswith("\n")):
        if not select.select([terminal], [], [], 60)[0]:
            sys.exit(f"no {text!r} within a minute of {sent!r}")
        sent += os.read(terminal, 65536).decode(errors="replace")
    return sent, time.perf_counter()


def measure(folder: Path, options: argparse.Namespace) -> list[float]:
    """Watch a folder, save in turn, and return the milliseconds of each save."""
    old, new = MISTAKES[options.step]
    file = folder / f"step{options.step:0>2}.py"
    right = file.read_text()
    if old not in right:
        sys.exit(f"{file.name} has no {old!r}")
    terminal, far = pty.openpty()
    score = folder.parent / "score.json"
    line = [
        sys.executable,
        str(ROOT / "grade.py"),
        "--watch",
        str(folder),
        "--json",
        str(score),
    ]
    line += ["--portable"] if options.portable else []
    process = subprocess.Popen(line, stdin=far, stdout=far, stderr=far)
    os.close(far)
    times = []
    try:
        read_until(terminal, "Ctrl-C ends this")
        for number in range(-2, options.saves):
            time.sleep(PAUSE)
            text = right if number % 2 else right.replace(old, new)
            began = time.perf_counter()
            file.write_text(text)
            shown, ended = read_until(terminal, "graded again")
            if not re.search("graded again: [^,\n]*points", shown):
                sys.exit(f"more than one step was graded again: {shown!r}")
            if ("Fix this first" in shown) != (text != right):
                sys.exit("the verdict shown is not of what was saved")
            if number >= 0:
                times.append(1000 * (ended - began))
    finally:
        process.terminate()
        process.wait()
        os.close(terminal)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--saves", type=int, default=20, help="how often (default: 20)")
    parser.add_argument("--step", choices=MISTAKES, default="6", help="which (default: 6)")
    parser.add_argument("--portable", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        folder = Path(shutil.copytree(ROOT / "reference", Path(room, "steps")))
        times = sorted(measure(folder, options))
    middle = statistics.median(times)
    print(
        f"step {options.step}: median {middle:.0f} ms, "
        f"from {times[0]:.0f} to {times[-1]:.0f}, {len(times)} saves"
    )


if __name__ == "__main__":
    main()
