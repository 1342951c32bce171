"""Tell where the time of ``grade.py reference`` goes.

    python benchmarks/breakdown.py [--runs 15] [PATH]

Runs the command whole, in processes of their own, with a stopwatch that charges every moment
to one phase.  The clock starts before the process does and stops when it has ended.
"""

import argparse
import json
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from compare import environment
from stopwatch import Stopwatch

ROOT = Path(__file__).resolve().parents[1]
PHASES = {
    "interpreter": "start the interpreter",
    "command": "import the command, read arguments and submission",
    "start": "start the sandbox's process, without waiting for it",
    "numpy": "import numpy, while the sandbox starts",
    "pytest": "import pytest, likewise",
    "msgspec": "import msgspec, likewise",
    "judge": "import the judge's own modules",
    "ready": "wait for the sandbox to be ready",
    "collect": "pytest: configure, collect the suites",
    "load": "fork and load the nine steps",
    "frames": "frames: calls, attributes (all but the next)",
    "rehearse": "frames: the students' tests in step 10",
    "checks": "pytest: run the checks, without the frames",
    "score": "score, write score.json",
    "close": "end the sandbox",
    "rich": "import rich",
    "render": "print the summary",
    "exit": "end the interpreter",
}


def child(since: float, told: Path, arguments: list[str]) -> None:
    """Be grade.py under a stopwatch."""
    watch = Stopwatch("interpreter", since)
    watch.switch("command")
    sys.path.insert(0, str(ROOT))
    from graders import cli

    really_open = cli.open_sandbox

    def open_sandbox(*args, **kwargs):
        watch.switch("start")
        sandbox = really_open(*args, **kwargs)
        for module in ("numpy", "pytest", "msgspec"):
            watch.switch(module)
            __import__(module)
        watch.switch("judge")
        hook_judge(watch, type(sandbox))
        return sandbox

    def show(*args, **kwargs):
        watch.switch("rich")
        from graders.renderers import console  # noqa: F401  # for the time it takes

        watch.switch("render")
        really_show(*args, **kwargs)

    def main():
        status = really_main()
        watch.switch("exit")
        told.write_text(json.dumps([watch.spent, watch.counts, watch.since]))
        return status

    really_main, really_show = cli.main, cli.show
    cli.main, cli.show, cli.open_sandbox = main, show, open_sandbox
    sys.argv = ["grade.py", *arguments]
    runpy.run_path(str(ROOT / "grade.py"), run_name="__main__")


def hook_judge(watch: Stopwatch, sandbox: type) -> None:
    """Import the judge and put its parts under the stopwatch."""
    from graders import wire
    from graders.judge import grading, remote, run, suites

    def kind(talk, request):
        return watch.phase if isinstance(request, wire.Load) else named(request)

    def named(request):
        return "rehearse" if isinstance(request, wire.Rehearse) else "frames"

    watch.wrap(run, "grade", "ready", after="score")
    watch.wrap(run, "demand", "ready", after="collect")
    watch.wrap(run, "report_on", "score")
    watch.wrap(suites.Suites, "__init__", "collect", after="checks")
    watch.wrap(grading.Grading, "load", "load")
    watch.wrap(remote.Conversation, "exchange", kind)
    watch.wrap(sandbox, "close", "close", after="score")


def measure(runs: int, arguments: list[str]) -> tuple[dict[str, float], dict[str, int]]:
    """Return each phase's median milliseconds, and how many times it was entered."""
    spent: dict[str, list[float]] = {phase: [] for phase in PHASES}
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        line = [*arguments, "--json", f"{folder}/score.json"]
        for run in range(-2, runs):
            setting = environment(Path(folder))
            since = time.perf_counter()
            own = [sys.executable, __file__, "--child", repr(since), str(told), *line]
            subprocess.run(own, cwd=ROOT, env=setting, stdout=subprocess.PIPE, check=True)
            ended = time.perf_counter()
            phases, counts, last = json.loads(told.read_text())
            phases["exit"] = ended - last
            for phase in PHASES if run >= 0 else ():
                spent[phase].append(1000 * phases.get(phase, 0.0))
    return {phase: statistics.median(times) for phase, times in spent.items()}, counts


def main() -> None:
    """Measure and print, or be the process that is measured."""
    if sys.argv[1:2] == ["--child"]:
        child(float(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="how often (default: 15)")
    parser.add_argument("path", nargs="?", default="reference", help="what to grade")
    options = parser.parse_args()
    spent, counts = measure(max(1, options.runs), [options.path])
    whole = sum(spent.values())
    print(f"| {options.runs} runs | ms | share | times |\n| --- | ---: | ---: | ---: |")
    for phase, text in PHASES.items():
        times = counts.get(phase, "")
        print(f"| {text} | {spent[phase]:.1f} | {spent[phase] / whole:.0%} | {times} |")
    print(f"| together | {whole:.0f} | | |")


if __name__ == "__main__":
    main()
