"""Pytest's own door to the suites: ``python grade.py pytest SUBMISSION -k step03 -x``.

The verdict is gradmark's; pytest counts and prints.  A hole, and what rests on a check that has
failed, are skipped; a failure is told in gradmark's words, without a traceback.

Pytest runs or obeys much that lies beside a path that it is given, or in the folder that it is
started in: conftest.py, pytest.ini, the cache of its last run.  So it is given neither the
submission nor any configuration, and its cache is in the user's own folder.
"""

import hashlib
import os
import warnings
from collections.abc import Generator
from pathlib import Path
from textwrap import indent

import pytest
from pluggy import PluggyTeardownRaisedWarning

from graders.checks import declaration
from graders.errors import BELOW, INCOMPLETE, USAGE, GradmarkError
from graders.judge import scoring
from graders.judge.grading import Grading, check_id, step_of
from graders.judge.plugin import Plugin
from graders.judge.run import Options
from graders.judge.suites import ALONE, among_suites, clean_pytest_environment
from graders.renderers.plain import one_line, plain
from graders.report import Check
from graders.sandbox.sandbox import Sandbox, demand
from graders.submission.pieces import Submission
from graders.words import _

STATUSES = {
    pytest.ExitCode.INTERRUPTED: BELOW,  # by --sw, at the first failure
    pytest.ExitCode.USAGE_ERROR: USAGE,
    pytest.ExitCode.NO_TESTS_COLLECTED: USAGE,
}
"""The command's statuses for pytest's own; the others mean the same."""
LOOKING_BACK = {"--last-failed", "--lf", "--failed-first", "--ff", "--stepwise", "--sw"}
"""Options that take what failed the last time."""
INDENT = "    "
"""Before what a student may have written, so that no line of it looks like pytest's."""


def memory(path: Path, words: list[str]) -> list[str]:
    """Return the words that have pytest keep what failed in the submission at a path.

    Without a home folder there is none.  Raise GradmarkError if it is asked for then.
    """
    home = os.path.expanduser("~")
    if os.path.isabs(home):
        key = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
        return ["-o", f"cache_dir={home}/.cache/gradmark/{key}"]
    if not LOOKING_BACK.isdisjoint(words):
        raise GradmarkError(_("there is no home folder to keep failures in"))
    return ["-p", "no:cacheprovider"]


def knock(submission: Submission, sandbox: Sandbox, options: Options, words: list[str]) -> int:
    """Run the suites on a submission as pytest does, with words of pytest's own.

    Return the exit status.  Raise KeyboardInterrupt when it was stopped by hand.  The sandbox
    stays open.
    """
    demand(options.isolation, sandbox)
    door = Door(Grading(submission, sandbox, options.seed, options.limits), options.steps)
    try:
        with clean_pytest_environment(), among_suites(), warnings.catch_warnings():
            warnings.simplefilter("ignore", PluggyTeardownRaisedWarning)  # it was interrupted
            status = pytest.main([".", *ALONE, *words], plugins=[door])
    finally:
        door.grading.close()
    if door.interrupted:
        raise KeyboardInterrupt
    if door.uncollected:
        return INCOMPLETE
    return STATUSES.get(pytest.ExitCode(status), int(status))


class Door(Plugin):
    """Turns pytest's reports into gradmark's."""

    def __init__(self, grading: Grading, steps: frozenset[str] | None) -> None:
        """``steps`` selects among the steps."""
        self.grading = grading
        self.steps = steps
        self.interrupted = False
        """Whether it was stopped by hand, not by pytest itself."""
        self.facts: list[scoring.Facts] = []
        self.uncollected = False
        """Whether there is a suite that is none."""

    def pytest_report_header(self) -> str:
        """Say what is graded, how confined and with which seed."""
        parts = (
            one_line(self.grading.submission.name),
            self.grading.sandbox.level,
            _("seed {seed}").format(seed=self.grading.seed),
        )
        return f"submission: {' · '.join(parts)}"

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember a suite that can't be collected."""
        self.uncollected |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen steps' checks, each after those that it rests on: then a mistake is
        told of once.
        """
        kept = (item for item in items if self.steps is None or step_of(item) in self.steps)
        known = {check_id(item): item for item in kept}
        placed: dict[str, pytest.Item] = {}

        def place(check: str, above: tuple[str, ...] = ()) -> None:
            if check in known and check not in placed and check not in above:
                item = known[check]
                declared = declaration(item)
                for need in (*declared.needs, *declared.only_if):
                    place(f"{step_of(item)}.{need}", (*above, check))
                placed[check] = item

        for check in known:
            place(check)
        items[:] = placed.values()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Give a check's report gradmark's verdict and words."""
        report = yield
        error = call.excinfo.value if call.excinfo else None
        if call.when == "call" or (call.when == "setup" and error):
            self.facts.append(self.grading.facts(item, error))
            cause = scoring.causes_of(self.facts).get(check_id(item))
            show(report, item, scoring.verdict(self.facts[-1], cause))
        return report

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Remember that the run was stopped by hand."""
        self.interrupted = not isinstance(excinfo.value, pytest.Session.Interrupted)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the points of the checks that were run."""
        checks = scoring.checks(self.facts)
        text = _("gradmark: {score:g} of {most:g} points, checks run: {count}")
        terminalreporter.write_line(
            text.format(
                score=sum(check.points for check in checks),
                most=sum(check.max_points for check in checks),
                count=len(checks),
            )
        )


def show(report: pytest.TestReport, item: pytest.Item, check: Check) -> None:
    """Put a verdict into pytest's report; the grader's own fault stays as pytest tells it."""
    if check.status == "error":
        report.longrepr = plain(str(report.longrepr))
    if check.status in ("passed", "error"):
        return
    report.when = "call"  # what keeps a step from loading is no fault of the suite's
    if check.status == "not_attempted":
        reason = _("not attempted: {why}").format(why=one_line(check.message or ""))
    elif check.status == "blocked":
        reason = _("blocked: see {check}").format(check=check.blocked_by)
    else:
        report.outcome, report.longrepr = "failed", message(check)
        return
    report.outcome = "skipped"
    report.longrepr = (str(item.path), (item.location[1] or 0) + 1, reason)


def message(check: Check) -> str:
    """Return a failure in gradmark's words."""
    parts = [check.title, check.message or ""]
    if check.likely:
        parts.append(_("likely: {idea}").format(idea=check.likely))
    if check.hint:
        parts.append(_("hint: {hint}").format(hint=check.hint))
    if check.reproduce:
        parts.append(labelled(_("try it:"), check.reproduce))
    if check.output:
        parts.append(labelled(_("your code printed:"), check.output))
    title, *rest = (plain(part) for part in parts if part)
    return "\n\n".join([title, *(indent(part, INDENT) for part in rest)])


def labelled(label: str, text: str) -> str:
    """Return a text as a block below its label."""
    return "\n".join([label, *(f"{INDENT}{line}".rstrip() for line in text.splitlines())])
