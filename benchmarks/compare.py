"""Compare ``grade.py`` with plain pytest that imports the same files and runs the same checks.

    python benchmarks/compare.py [--pairs 20] [--portable]

Whole processes, one after the other in turn (A B C A B C …) after a warm-up, so that a busy
machine slows all of them alike; read the ratios, not the milliseconds.  A run in which not
every check passed ends the comparison.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GRADE = [sys.executable, "grade.py", "reference", "--json"]
PYTEST = [sys.executable, "-m", "pytest", "graders/suites", "--noconftest", "--rootdir=."]
PLUGINS = ["-p", "pytest_jsonreport.plugin", "-p", "benchmarks.in_process", "--json-report"]
LEAN = ["--assert=plain", "--capture=no", "--tb=no", "-q", "-q", "--import-mode=importlib",
        "-p", "no:cacheprovider", "-p", "no:warnings"]  # fmt: skip


def commands(folder: Path, portable: bool) -> dict[str, list[str]]:
    """Return each contender's command line; it writes its report to ``folder/NAME.json``."""
    config = folder / "pytest.ini"
    config.write_text("[pytest]\n")
    plain = [*PYTEST, "-c", str(config), "-o", f"cache_dir={folder}/cache", *PLUGINS]
    found = {
        "plain pytest": [*plain, f"--json-report-file={folder}/plain pytest.json"],
        "lean pytest": [*plain, *LEAN, f"--json-report-file={folder}/lean pytest.json"],
        "grade.py": [*GRADE, f"{folder}/grade.py.json"],
    }
    if portable:
        found["portable"] = [*GRADE, f"{folder}/portable.json", "--portable"]
    return found


def passed(report: Path) -> list[str]:
    """Return the ids of the checks that passed, by a report of grade.py's or of pytest's."""
    told = json.loads(report.read_text())
    report.unlink()  # so that no run can be taken for the one before
    if "tests" in told:
        tests = [test for test in told["tests"] if test["outcome"] == "passed"]
        return sorted(check_id(test["nodeid"]) for test in tests)
    checks = [check for step in told["steps"] for check in step["checks"]]
    assert all(check["status"] == "passed" for check in checks), "a check did not pass"
    return sorted(check["id"] for check in checks)


def check_id(node: str) -> str:
    """Return the id that grade.py gives to one of pytest's nodes."""
    file, _colons, name = node.rpartition("/")[2].partition("::")
    return f"{file.removeprefix('test_').removesuffix('.py')}.{name.removeprefix('test_')}"


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which what is set or installed besides is no matter.

    Bytecode is kept, as everywhere by default, but in a folder of its own.
    """
    ours = ("PYTHON", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    own = {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return kept | own


def run(command: list[str], report: Path) -> tuple[float, list[str]]:
    """Run a command; return its wall seconds and the ids of the checks that passed."""
    setting = environment(report.parent)
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env=setting, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout.decode()}")
    return seconds, passed(report)


def measure(pairs: int, portable: bool) -> tuple[dict[str, list[float]], int]:
    """Return each contender's wall seconds, run by run, and the number of checks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contenders = commands(folder, portable)
        times: dict[str, list[float]] = {contender: [] for contender in contenders}
        expected = None
        for turn in range(-2, pairs):
            for contender, command in contenders.items():
                seconds, checks = run(command, folder / f"{contender}.json")
                if expected not in (None, checks):
                    sys.exit(f"{contender} passed other checks: {set(expected) ^ set(checks)}")
                expected = checks
                if turn >= 0:
                    times[contender].append(seconds)
        return times, len(expected or ())


def table(times: dict[str, list[float]]) -> str:
    """Return medians, and the ratios of runs that came one after the other, as a table."""
    lines = ["| | median ms | fastest ms | ratio to plain pytest | to lean pytest |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for contender, own in times.items():
        ratios = [quartiles(own, times[base]) for base in ("plain pytest", "lean pytest")]
        middle, fastest = 1000 * statistics.median(own), 1000 * min(own)
        lines.append(f"| {contender} | {middle:.0f} | {fastest:.0f} | {' | '.join(ratios)} |")
    return "\n".join(lines)


def quartiles(own: list[float], base: list[float]) -> str:
    """Return the median ratio of pairs, with its quartiles."""
    if own is base:
        return "1"
    ratios = [a / b for a, b in zip(own, base, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=20, help="how often (default: 20)")
    parser.add_argument("--portable", action="store_true", help="with --portable, too")
    options = parser.parse_args()
    times, checks = measure(max(2, options.pairs), options.portable)
    print(f"{checks} checks, {options.pairs} runs of each in turn\n\n{table(times)}")


if __name__ == "__main__":
    main()
