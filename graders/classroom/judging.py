"""One submission's judge, in a fork of its own: read it, run the suites, tell the verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec
import pytest

from graders.checks import declaration
from graders.classroom import digest
from graders.classroom.engine import Say
from graders.classroom.handed import Handed
from graders.classroom.same_work.shape import Code, code_of
from graders.classroom.setting import Setting
from graders.errors import GradmarkError, SandboxLost
from graders.judge.grading import Grading, check_id
from graders.judge.locate import locate
from graders.judge.run import Run, report_on, run
from graders.judge.scoring import Facts
from graders.judge.suites import Suites
from graders.report import Check, Report, with_step
from graders.sandbox.placed import open_place
from graders.sandbox.warm import Door
from graders.submission import published
from graders.submission.choice import Ambiguous
from graders.submission.pieces import Candidate, StepRun, Submission
from graders.submission.read import read, read_files
from graders.submission.text import cut
from graders.words import _

MOST_FOLDERS, LONGEST_FOLDER = 20, 200
"""How many folders are named that there are to choose from, and how long their names may be."""


class Seen(msgspec.Struct, frozen=True, tag=True):
    """The digest of a submission as it is now: said before it is read, and when all is done."""

    content: str


class Opened(msgspec.Struct, frozen=True, tag=True):
    """What was found in a submission, before any of it runs."""

    name: str
    found: dict[str, str]
    """Where each step is."""
    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...]


class Checked(msgspec.Struct, frozen=True, tag=True):
    """What became of one check."""

    facts: Facts


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why a submission can't be graded, by its own doing."""

    status: Literal["ambiguous", "unreadable"]
    why: str
    folders: tuple[str, ...] = ()
    """Those that there are to choose from."""


class Graded(msgspec.Struct, frozen=True, tag=True):
    """The report on a submission, and what its code is like."""

    report: Report
    code: Code = Code()
    reference: tuple[str, ...] = ()
    """The steps whose code is that of gradmark's own solution."""


Result = Graded | Refused
"""What is kept of a submission."""
Said = Seen | Opened | Checked | Result
DECODER = msgspec.msgpack.Decoder(Said)


@dataclass(frozen=True)
class Task:
    """One submission to be graded."""

    handed: Handed
    root: Path
    """The class's folder."""
    folder: str | None = None
    """The folder in it, where somebody has chosen."""
    door: Door | None = None
    """What a place is had through; where there is none, its judge starts a sandbox."""


def seen(task: Task, say: Say, core: int | None = None) -> None:
    """Say the digest of a submission."""
    try:
        refuse_links(task)
        tell(say, Seen(digest.of_submission(task.root, task.handed.draft)))
    except GradmarkError as error:
        tell(say, Seen(digest.of_values(str(error))))


def refuse_links(task: Task) -> None:
    """Raise GradmarkError for what has become a link since the class's folder was looked at."""
    path = task.root
    for name in PurePosixPath(task.handed.draft.path).parts:
        path /= name
        if path.is_symlink():
            raise GradmarkError(_("{path} is a link").format(path=path))


def opened(task: Task) -> Submission:
    """Return the submission as it is read.  Raise GradmarkError, and Ambiguous."""
    draft = task.handed.draft
    if draft.unclear:
        raise GradmarkError(draft.unclear)
    refuse_links(task)
    if draft.path:
        return read(task.root / draft.path, task.folder)
    return read_files(task.root, draft.files, task.handed.name, task.folder)


def look(task: Task, say: Say, core: int | None = None) -> Submission | None:
    """Read a submission, and say what was found; return it if it can be graded."""
    try:
        found = opened(task)
    except Ambiguous as error:
        tell(say, Refused("ambiguous", error.why, listed(error.folders)))
        return None
    except GradmarkError as error:
        handed = task.handed
        why = str(error).replace(f"{task.root / handed.draft.path}", handed.shown)
        chosen = why.startswith("--folder")
        why = why.replace("--folder", "folder =", 1) if chosen else why
        tell(say, Refused("ambiguous" if chosen else "unreadable", why))
        return None
    where = {step: run.found_in for step, run in found.steps.items()}
    tell(say, Opened(found.name, where, found.candidates[:MOST_FOLDERS], found.notes))
    return found


def listed(folders: Sequence[str]) -> tuple[str, ...]:
    """Return folders to choose from, as many and as long as anybody reads."""
    return tuple(cut(folder, LONGEST_FOLDER) for folder in folders[:MOST_FOLDERS])


def tell(say: Say, said: Said) -> None:
    """Say something as bytes."""
    say(msgspec.msgpack.encode(said))


@dataclass(frozen=True)
class Judge:
    """Grades one submission."""

    suites: Suites
    setting: Setting

    def __call__(self, task: Task, say: Say, core: int | None) -> None:
        """Grade a submission and say what came of it."""
        seen(task, say)
        if handed_in := look(task, say):
            report = self.report(handed_in, task, say, core)
            tell(say, Graded(report, code_of(handed_in), reference(handed_in)))
            refuse_incomplete(report)
        seen(task, say)

    def report(self, handed_in: Submission, task: Task, say: Say, core: int | None) -> Report:
        """Return the report on a submission, and say what becomes of each check meanwhile."""
        options, portable = self.setting.options, self.setting.portable
        sandbox = open_place(task.door, options.limits, portable, core)
        try:
            grading = Telling(handed_in, sandbox, options.seed, options.limits)
            grading.say = say
            report = report_on(run(grading, self.suites, options), options)
            if self.setting.locate:
                for step in locate(report, handed_in, sandbox, more=True):
                    report = with_step(report, step)
        finally:
            sandbox.close()
        return report

    def cut_short(self, said: Sequence[Said]) -> Report | None:
        """Return the report on a submission whose judge has overrun: what is left ran out of
        time.  None where it has not even been read.
        """
        opened = next((each for each in said if isinstance(each, Opened)), None)
        if opened is None:
            return None
        runs = {step: StepRun(where, where) for step, where in opened.found.items()}
        notes = (*opened.notes, _("its grading was ended: what is left has timed out"))
        handed_in = Submission(opened.name, "", runs, {}, notes, opened.candidates)
        options = self.setting.options
        rows = [each.facts for each in said if isinstance(each, Checked)]
        had = {facts.id for facts in rows}
        every = self.suites.checks(options.steps)
        rows += [late(item) for item in every if check_id(item) not in had]
        loading = {step: (where, None, ()) for step, where in opened.found.items()}
        ran = Run(handed_in, self.setting.isolation, rows, loading=loading)
        return report_on(ran, options)


def reference(submission: Submission) -> tuple[str, ...]:
    """Return the steps of a submission whose code is that of gradmark's own solution."""
    texts = {step: [piece.text for piece in run.mine] for step, run in submission.steps.items()}
    return tuple(
        step for step, each in texts.items() if published.digest("".join(each)) in published.OWN
    )


def refuse_incomplete(report: Report) -> None:
    """Raise SandboxLost where a check could not be run through the grader's own fault."""
    if not report.complete:
        checks = (check for step in report.steps for check in step.checks)
        told = (f"{check.id}: {check.message}" for check in checks if check.status == "error")
        raise SandboxLost(next(told, _("not all checks were run")))


class Telling(Grading):
    """Grading that says what became of each check as soon as that is known."""

    say: Say

    def facts(self, item: pytest.Item, error: BaseException | None) -> Facts:
        """Return what became of a check, and say it."""
        found = super().facts(item, error)
        tell(self.say, Checked(found))
        return found


def late(item: pytest.Item) -> Facts:
    """Return what became of a check that its judge did not come to."""
    declared = declaration(item)
    return Facts(
        check=Check(
            id=check_id(item),
            title=declared.title,
            kind=declared.kind,
            status="timeout",
            points=0.0,
            max_points=float(declared.points),
            message=_("the time that a submission may take is used up"),
        )
    )
