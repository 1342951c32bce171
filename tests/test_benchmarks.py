"""Benchmarks: what gradmark is compared with still runs the same checks."""

import os
import subprocess
import sys
from pathlib import Path

from course import CHECKS

ROOT = Path(__file__).parents[1]


ALONE = ("-c", os.devnull, "--noconftest", "--rootdir", str(ROOT), "-p", "no:cacheprovider")


def test_the_baseline_passes_every_check_in_a_process_of_its_own():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *ALONE,
            "-p",
            "benchmarks.in_process",
            "graders/suites",
        ],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if "PYTEST" not in name},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert f"{len(CHECKS)} passed" in done.stdout
