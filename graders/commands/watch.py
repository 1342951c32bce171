"""Grade a submission again at every save: ``python grade.py --watch``."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Never, Protocol

from graders.commands.touched import EVERY, touched
from graders.errors import GradmarkError
from graders.interrupts import Interrupts
from graders.judge.run import Options, grade, merged
from graders.judge.suites import Suites
from graders.renderers.plain import one_line, plain
from graders.report import Report
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import Submission
from graders.submission.read import read
from graders.words import _

QUIET = 20
"""Milliseconds without a further change that end a burst of saves."""
LONGEST = 500
"""Milliseconds after which a burst is graded though it goes on."""
LOOK = 50
"""Milliseconds between two looks at whether what is watched is still the same folder."""


class Tell(Protocol):
    """Whoever is told what comes of watching."""

    def report(self, report: Report, news: str) -> None:
        """Take a report, and a line on what is new in it."""

    def searched(
        self, report: Report, submission: Submission, sandbox: Sandbox, news: str
    ) -> Report:
        """Return a report to which something may have been added."""

    def trouble(self, why: str) -> None:
        """Take why nothing can be graded just now."""


def follow(
    path: Path,
    folder: str | None,
    how: Options,
    start: Callable[[], Sandbox],
    tell: Tell,
    interrupts: Interrupts,
) -> Never:
    """Grade the submission at a path, or a folder in it, and what a save touches again, until
    interrupted.

    Every report comes from a sandbox of its own, which has been started before it is needed.
    """
    read(path, folder)  # one that is not there from the start is a mistake in the command
    graded: tuple[Submission, Report] | None = None
    bursts = saves(path)
    with interrupts.held():
        sandbox = start()
    try:
        suites = Suites(how.steps)  # while the sandbox starts
        while True:
            next(bursts)
            try:
                now = read(path, folder)
            except GradmarkError as error:  # half-written, or about to come back
                tell.trouble(plain(str(error)))
                graded = None
                continue
            steps = to_grade(graded, now, how)
            if graded and not steps:
                graded = now, graded[1]
                continue
            new = grade(now, sandbox, replace(how, steps=steps), suites)
            report = merged(graded[1], new) if graded else new
            changed = news(graded[1] if graded else None, new)
            tell.report(report, changed)
            graded = now, tell.searched(report, now, sandbox, changed)
            with interrupts.held():
                sandbox.close()
                sandbox = start()
    finally:
        with interrupts.held():
            sandbox.close()


def to_grade(
    graded: tuple[Submission, Report] | None, now: Submission, how: Options
) -> frozenset[str]:
    """Return the steps to grade: after an incomplete report all, if any."""
    chosen = EVERY if how.steps is None else how.steps
    if graded is None:
        return chosen
    before, report = graded
    steps = touched(before, now) & chosen
    return chosen if steps and not report.complete else steps


def news(before: Report | None, new: Report) -> str:
    """Return a line on what a save has changed."""
    if before is None:
        text = _("watching {name}: what you save is graded again; Ctrl-C ends this")
        return text.format(name=one_line(new.submission))
    had = {step.step: step.score for step in before.steps}
    changed = _("step {label}: {before:g} → {after:g}")
    changes = [
        changed.format(label=step.label, before=had[step.step], after=step.score)
        for step in new.steps
        if had[step.step] != step.score
    ]
    same = [_("step {label}").format(label=step.label) for step in new.steps]
    return ", ".join(changes) or _("as before: {steps}").format(steps=", ".join(same))


def saves(path: Path) -> Iterator[None]:
    """Yield once what there is to watch is being watched, then after each burst of saves.

    A file is watched through its folder, since editors save by renaming.  A folder that goes
    away is told of and waited for.
    """
    is_folder = path.is_dir()
    folder = path.resolve() if is_folder else path.resolve().parent
    while True:
        known = identity(folder)
        yield from changes_in(folder, is_folder, known)
        if identity(folder) is None:
            yield
        while identity(folder) is None:
            time.sleep(LOOK / 1000)


def changes_in(folder: Path, recursive: bool, known: tuple[int, int] | None) -> Iterator[None]:
    """Yield at once and after each burst of changes, until another folder takes its place."""
    try:
        from watchfiles import watch
    except ImportError as error:
        text = _("watching needs the extra “watch”: pip install 'gradmark[watch]'")
        raise GradmarkError(text) from error
    watcher = watch(
        folder,
        watch_filter=None,
        recursive=recursive,
        step=QUIET,
        debounce=LONGEST,
        rust_timeout=LOOK,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    first = True
    try:
        for changes in watcher:
            if identity(folder) != known:
                return
            if first or changes:
                yield
            first = False
    except (OSError, RuntimeError) as error:
        text = _("{path} can't be watched: {why}")
        raise GradmarkError(text.format(path=folder, why=error)) from error


def identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another of the same name; None when there is none."""
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino
