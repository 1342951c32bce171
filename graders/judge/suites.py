"""The suites, collected once, to be run on one submission after another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from _pytest.config import _prepareconfig  # all that pytest.main does before it runs
from pytest_jsonreport import plugin as json_report

from graders.checks import SUITES
from graders.errors import SandboxLost
from graders.judge.grading import Grading, step_of
from graders.judge.plugin import Plugin
from graders.judge.scoring import Facts
from graders.syllabus import SYLLABUS
from graders.words import _

ALONE = (
    *("-c", os.devnull, "--rootdir", ".", "--noconftest"),
    *("--import-mode=importlib", "--assert=plain"),
)
"""What keeps pytest to the suites, in whose folder it runs: no configuration but ours, and no
conftest.  It is given no path of this machine's, in which it might find signs of its own.
"""
UNUSED = (
    *("capture", "debugging", "doctest", "faulthandler", "freeze_support"),
    *("junitxml", "logging", "monkeypatch", "nose", "pastebin", "pytester_assertions"),
    *("recwarn", "setuponly", "setupplan", "skipping", "stepwise", "subtests"),
    *("threadexception", "tmpdir", "unittest", "unraisableexception"),
)
"""Pytest's own plugins that no suite needs: importing and asking them takes time."""


class Suites:
    """Pytest's session on the suites, which is held open: to start it takes longer than to run
    a step's checks.
    """

    def __init__(self, steps: frozenset[str] | None = None) -> None:
        """Collect the suites of the chosen steps, or all.

        Raise SandboxLost where one can't be.
        """
        self.plugin, silence = Plugin(), Silence()
        with clean_pytest_environment(), among_suites():
            plugins = [self.plugin, silence, json_report]
            self.config = _prepareconfig(arguments(steps), plugins)
            self.session = pytest.Session.from_config(self.config)
            self.session.exitstatus = pytest.ExitCode.OK
            self.config.pluginmanager.add_hookspecs(json_report.Hooks)
            self.config.hook.pytest_configure.call_historic(kwargs={"config": self.config})
            self.config.hook.pytest_sessionstart(session=self.session)
            try:
                self.session.perform_collect()
            except pytest.UsageError as error:
                raise not_run(silence.fault or str(error)) from error
        if silence.fault:
            raise not_run(silence.fault)

    def checks(self, steps: frozenset[str] | None = None) -> list[pytest.Item]:
        """Return the checks of some steps, or all, in order."""
        every = self.session.items
        return [item for item in every if steps is None or step_of(item) in steps]

    def run(
        self, grading: Grading, steps: frozenset[str] | None = None
    ) -> tuple[list[Facts], bool]:
        """Run the checks on a submission, of some steps or all; return the facts of each, and
        whether of all.

        The steps' processes end with it.  Raise KeyboardInterrupt when it was stopped by hand,
        SandboxLost when pytest itself fails.
        """
        self.plugin.grading = grading
        results = Results(self.config)
        results.pytest_sessionstart(self.session)
        self.config.pluginmanager.register(results)
        protocol = self.config.hook.pytest_runtest_protocol
        try:
            for item, following in pairwise([*self.checks(steps), None]):
                protocol(item=item, nextitem=following)
        except (Exception, pytest.fail.Exception) as error:
            raise not_run(f"{type(error).__name__}: {error}") from error
        finally:
            grading.close()
            self.config.hook.pytest_sessionfinish(
                session=self.session, exitstatus=self.session.exitstatus
            )
            self.config.pluginmanager.unregister(results)
        tests = results.report["tests"]
        found = [test["metadata"] for test in tests if "metadata" in test]
        return msgspec.convert(found, list[Facts]), len(found) == len(tests)


def not_run(why: str) -> SandboxLost:
    """Return what to raise where the suites can't be run."""
    return SandboxLost(_("the suites did not run: {why}").format(why=why))


class Results(json_report.JSONReport):  # type: ignore[misc]  # it has no types
    """The raw results of one run."""

    report: dict[str, Any]
    pytest_addhooks = None
    """Hooks are made known once."""


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
        *("--json-report-file=", "--json-report-omit=log"),
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
