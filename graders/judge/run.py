"""Run the suites on one submission and return its report."""

import os
import platform
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import msgspec
import numpy as np
import pytest
from pluggy import PluggyTeardownRaisedWarning
from pytest_jsonreport import plugin as json_report

from graders import __version__
from graders.checks import SUITES
from graders.errors import SandboxLost
from graders.judge import scoring
from graders.judge.extent import within
from graders.judge.plugin import Grading
from graders.report import Candidate, Isolation, Level, Report, Tool, Versions
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox, demand
from graders.submission.pieces import Submission
from graders.syllabus import DEFAULT_SEED, SYLLABUS

ALONE = (
    *("-c", os.devnull, "--rootdir", ".", "--noconftest"),
    *("--import-mode=importlib", "--assert=plain"),
)
"""What keeps pytest to the suites, in whose folder it runs: no configuration but ours, and no
conftest.  It is given no path of this machine's, in which it might find signs of its own.
"""
ENDED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
"""How pytest ends when it has done its work; a step that has just been begun has no checks."""
UNUSED = (
    *("capture", "debugging", "doctest", "faulthandler", "freeze_support"),
    *("junitxml", "logging", "monkeypatch", "nose", "pastebin", "pytester_assertions"),
    *("recwarn", "setuponly", "setupplan", "skipping", "stepwise", "subtests"),
    *("threadexception", "tmpdir", "unittest", "unraisableexception"),
)
"""Pytest's own plugins that no suite needs: importing and asking them takes time."""


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


def grade(submission: Submission, sandbox: Sandbox, options: Options) -> Report:
    """Run the suites on a submission and return the report.

    Raise GradmarkError when the isolation level can't be had, KeyboardInterrupt when the
    run was stopped by hand.  The sandbox stays open.
    """
    started = time.monotonic()
    grading = run_suites(submission, sandbox, options)
    return report_on(submission, sandbox, options, grading, time.monotonic() - started)


def facts(submission: Submission, sandbox: Sandbox, options: Options) -> list[scoring.Facts]:
    """Return what became of each check by itself, before any failure is put down to another's.

    Raise as ``grade`` does.
    """
    return facts_of(run_suites(submission, sandbox, options))


def run_suites(submission: Submission, sandbox: Sandbox, options: Options) -> Grading:
    """Run the suites on a submission and return what came of it."""
    demand(options.isolation, sandbox)
    grading = Grading(
        submission, sandbox, options.seed, options.limits, options.steps, options.progress
    )
    silence = Silence()
    status = run_pytest(grading, arguments(options.steps), silence, json_report)
    if silence.fault or grading.results is None or status not in ENDED:
        reason = silence.fault or f"pytest's exit status {int(status)}"
        raise SandboxLost(f"the suites did not run: {reason}")
    return grading


def run_pytest(grading: Grading, arguments: list[str], *plugins: object) -> int:
    """Run pytest in this process and return its exit status; the steps' processes end with it.

    Raise KeyboardInterrupt when it was stopped by hand.
    """
    try:
        with clean_pytest_environment(), among_suites(), warnings.catch_warnings():
            warnings.simplefilter("ignore", PluggyTeardownRaisedWarning)  # it was interrupted
            status = pytest.main(arguments, plugins=[grading, *plugins])
    finally:
        grading.close()
    if grading.interrupted:
        raise KeyboardInterrupt
    return status


def facts_of(grading: Grading) -> list[scoring.Facts]:
    """Return the facts of a finished run."""
    assert grading.results
    found = [test["metadata"] for test in grading.results["tests"] if "metadata" in test]
    return msgspec.convert(found, list[scoring.Facts])


def arguments(steps: frozenset[str] | None) -> list[str]:
    """Return pytest's arguments: the suites alone, and no configuration but ours.

    A plugin that is named here is looked for among all that is installed: one that is needed
    had better be handed over.
    """
    chosen = [unit.step for unit in SYLLABUS if steps is None or unit.step in steps]
    return [
        *(f"test_{step}.py" for step in chosen),
        *ALONE,
        *("-p", "no:cacheprovider", "-p", "no:warnings"),
        *("--json-report", "--json-report-file=", "--json-report-omit=log"),
        "--tb=native",  # nobody reads it, and any other takes longer to make
        *(word for name in UNUSED for word in ("-p", f"no:{name}")),
    ]


class Silence:
    """Keeps pytest's own terminal reporter quiet; the renderers speak."""

    fault = ""
    """What went wrong inside pytest or while the suites were collected, if anything did."""

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Keep what went wrong instead of having it printed."""
        self.fault = excinfo.exconly()
        return True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what is wrong with the first suite that can't be collected, in a sentence."""
        if report.failed and not self.fault:
            sentence = str(report.longrepr).strip().splitlines()[-1].removeprefix("E").strip()
            named = sentence.startswith(report.nodeid)
            self.fault = sentence if named else f"{report.nodeid}: {sentence}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self) -> bool:
        """Ignore nothing of what was asked for: to look for reasons takes time."""
        return False

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Take the reporter away once it has been made."""
        config.pluginmanager.unregister(name="terminalreporter")


@contextmanager
def among_suites() -> Iterator[None]:
    """Be in the suites' folder, and come back to where this was, even if that has no name.

    Where it may not be entered, nothing was named from there, and there is no need to.
    """
    here: int | str | None = None
    with suppress(PermissionError):
        numbered = os.chdir in os.supports_fd
        here = os.open(".", getattr(os, "O_PATH", os.O_RDONLY)) if numbered else os.getcwd()
    os.chdir(SUITES)
    try:
        yield
    finally:
        if here is not None:
            os.chdir(here)
        if isinstance(here, int):
            os.close(here)


@contextmanager
def clean_pytest_environment() -> Iterator[None]:
    """Keep whatever plugins and options the surroundings ask for away from the judge."""
    asked = {name: value for name, value in os.environ.items() if name.startswith("PYTEST_")}
    for name in asked:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(asked)


def report_on(
    submission: Submission, sandbox: Sandbox, options: Options, grading: Grading, seconds: float
) -> Report:
    """Return the report on a finished run."""
    assert grading.results
    rows = facts_of(grading)
    verdicts = list(within(scoring.checks(rows)))
    steps = tuple(
        scoring.step(unit, verdicts, *grading.loading(unit.step))
        for unit in SYLLABUS
        if options.steps is None or unit.step in options.steps
    )
    score, most = scoring.total(steps)
    complete = all(check.status != "error" for check in verdicts)
    return Report(
        tool=Tool("gradmark", __version__),
        submission=submission.name,
        seed=options.seed,
        isolation=Isolation(sandbox.level, sandbox.missing),
        versions=Versions(platform.python_version(), np.__version__),
        complete=complete and len(rows) == len(grading.results["tests"]),
        score=score,
        max_score=most,
        fix_first=scoring.fix_first(steps),
        found=len(submission.steps),
        candidates=tuple(
            Candidate(each.folder, each.steps, each.graded) for each in submission.candidates
        ),
        notes=submission.notes,
        steps=steps,
        timing={"total": round(seconds, 3)},
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
