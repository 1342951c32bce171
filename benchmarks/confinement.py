"""Tell what confining a submission costs: bubblewrap, the kernel's own means, and nothing.

    python benchmarks/confinement.py [--runs 15] [PATH]

One process that has everything imported grades the same submission through the judge again
and again, each time in a fresh sandbox of another kind, in turn (A B C A B C …).  ``more`` and
``ratio`` are medians over the rounds, each against the plain process of the same round.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graders.judge.run import Options, grade  # noqa: E402  # the path comes first
from graders.sandbox.forked import ForkServer  # noqa: E402  # the path comes first
from graders.submission.read import read  # noqa: E402  # the path comes first
from graders.worker.control import CONFINEMENTS  # noqa: E402  # the path comes first

PARTS = ("whole submission", "start until ready", "one step's process")


def once(confinement: str, path: Path) -> tuple[str, list[float]]:
    """Grade once; return the level that was had and the milliseconds of each part."""
    began = time.perf_counter()
    sandbox = ForkServer(confinement)
    try:
        sandbox.wait_until_ready()
        ready = time.perf_counter()
        used = sandbox.attempts[0][0]
        report = grade(read(path), sandbox, Options())
        graded = time.perf_counter()
        sandbox.step().close()
        forked = time.perf_counter()
    finally:
        sandbox.close()
    closing = time.perf_counter() - forked
    if used != confinement or not report.complete or report.score != report.max_score:
        sys.exit(f"{confinement}: had {used}, score {report.score} of {report.max_score}")
    parts = (graded - began + closing, ready - began, forked - graded)
    return report.isolation.level, [1000 * seconds for seconds in parts]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="how often (default: 15)")
    parser.add_argument("path", nargs="?", type=Path, default=ROOT / "reference")
    options = parser.parse_args()
    times: dict[str, list[list[float]]] = {name: [] for name in CONFINEMENTS}
    levels = {}
    for run in range(-1, max(1, options.runs)):
        for name in CONFINEMENTS:
            levels[name], parts = once(name, options.path)
            if run >= 0:
                times[name].append(parts)
    print(f"| ms, medians of {options.runs} | level | {' | '.join(PARTS)} | more | ratio |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name, own in times.items():
        middles = [f"{statistics.median(part):.1f}" for part in zip(*own, strict=True)]
        pairs = [*zip(own, times[CONFINEMENTS[-1]], strict=True)]
        more = statistics.median(mine[0] - plain[0] for mine, plain in pairs)
        ratio = statistics.median(mine[0] / plain[0] for mine, plain in pairs)
        middles += [f"{more:.1f}", f"{ratio:.2f}"]
        print(f"| {name} | {levels[name]} | {' | '.join(middles)} |")


if __name__ == "__main__":
    main()
