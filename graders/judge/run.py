"""Run the suites on one submission and return its report."""

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from graders import __version__
from graders.judge import scoring
from graders.judge.extent import within
from graders.judge.grading import Grading
from graders.judge.suites import Suites
from graders.report import Candidate, Isolation, Level, Report, Tool, Versions
from graders.sandbox.clock import awake
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox, demand
from graders.submission.pieces import Submission
from graders.syllabus import DEFAULT_SEED, SYLLABUS

MOST_FOLDERS = 50
"""How many folders a report names that there were to choose from."""
OfAStep = tuple[str | None, str | None, tuple[str, ...]]
"""Where a step was found, what kept it from loading whole, and notes on it."""


@dataclass(frozen=True)
class Options:
    """How to grade."""

    seed: int = DEFAULT_SEED
    steps: frozenset[str] | None = None
    """The steps to grade, such as ``step06``; None for all."""
    isolation: Level = "process"
    """The lowest level to grade at."""
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[str], None] = lambda check: None


def grade(
    submission: Submission, sandbox: Sandbox, options: Options, suites: Suites | None = None
) -> Report:
    """Run the suites on a submission and return the report.

    ``suites`` are those of the chosen steps or of more, where they have been collected.  Raise
    GradmarkError when the isolation level can't be had, KeyboardInterrupt when the run was
    stopped by hand.  The sandbox stays open.
    """
    demand(options.isolation, sandbox)
    grading = Grading(submission, sandbox, options.seed, options.limits, options.progress)
    return report_on(run(grading, suites or Suites(options.steps), options), options)


@dataclass(frozen=True)
class Run:
    """A finished run on one submission."""

    submission: Submission
    isolation: Isolation
    rows: Sequence[scoring.Facts]
    """What became of each check by itself."""
    whole: bool = True
    """Whether of all of them."""
    loading: Mapping[str, OfAStep] = field(default_factory=dict)
    """What is to be said of each step as a whole."""
    seconds: float = 0.0


def run(grading: Grading, suites: Suites, options: Options) -> Run:
    """Run the suites on a submission."""
    rows, whole = suites.run(grading, options.steps)
    sandbox, steps = grading.sandbox, [unit.step for unit in SYLLABUS]
    return Run(
        grading.submission,
        Isolation(sandbox.level, sandbox.missing),
        rows,
        whole,
        {step: grading.loading(step) for step in steps},
        awake() - grading.started,
    )


def report_on(run: Run, options: Options) -> Report:
    """Return the report on a finished run."""
    submission = run.submission
    verdicts = list(within(scoring.checks(run.rows)))
    steps = tuple(
        scoring.step(unit, verdicts, *run.loading.get(unit.step, (None, None, ())))
        for unit in SYLLABUS
        if options.steps is None or unit.step in options.steps
    )
    score, most = scoring.total(steps)
    complete = all(check.status != "error" for check in verdicts)
    return Report(
        tool=Tool("gradmark", __version__),
        submission=submission.name,
        seed=options.seed,
        isolation=run.isolation,
        versions=Versions(platform.python_version(), np.__version__),
        complete=complete and run.whole,
        score=score,
        max_score=most,
        fix_first=scoring.fix_first(steps),
        found=len(submission.steps),
        candidates=tuple(
            Candidate(each.folder, each.steps, each.graded)
            for each in submission.candidates[:MOST_FOLDERS]
        ),
        notes=submission.notes,
        steps=steps,
        timing={"total": round(run.seconds, 3)},
    )


def merged(before: Report, after: Report) -> Report:
    """Return a later report with the steps of an earlier one that it leaves out.

    Both are complete and of one submission, which has not changed in those steps meanwhile:
    then it is the report of a run on all of them.
    """
    new = {step.step: step for step in after.steps}
    steps = tuple(new.get(step.step, step) for step in before.steps)
    score, most = scoring.total(steps)
    first = scoring.fix_first(steps)
    return msgspec.structs.replace(
        after, steps=steps, score=score, max_score=most, fix_first=first
    )
