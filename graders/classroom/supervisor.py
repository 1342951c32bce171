"""Grade what of a class is not graded yet, and keep each result the moment it is there.

The supervising process reads the names of entries and hashes bytes; of a student's files it
reads no more.  Whatever does is a fork with limits, and what that says is decoded by type.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import msgspec

from graders.classroom import digest
from graders.classroom.engine import Ended, Engine, apart
from graders.classroom.handed import Handed
from graders.classroom.judging import (
    DECODER,
    Graded,
    Judge,
    Refused,
    Said,
    Task,
)
from graders.classroom.output import Output
from graders.classroom.results import Override
from graders.classroom.setting import Setting
from graders.classroom.summary import Outcome, Summary, summarize
from graders.judge.suites import Suites
from graders.report import Report
from graders.sandbox.sandbox import Sandbox
from graders.words import _

OVERRUN = 60.0
"""By how many seconds a judge may take longer than its submission's code may."""
LOCATING = 360.0
"""By how many more where mistakes are looked for."""
SUMMARIZING = 600.0
"""How many seconds the results of all may take."""
MOST_TURNS = 3
"""How often a submission is graded that changes meanwhile."""


class Tell(Protocol):
    """Whoever is told how far it has come."""

    def begin(self, count: int, kept: int) -> None:
        """Take how many are to be graded, and of how many a result is kept already."""

    def started(self, student: str) -> None:
        """Take who is graded now."""

    def ended(self, student: str, why: str | None) -> None:
        """Take that one is done, and why it could not be graded, if it couldn't."""


@dataclass
class Supervisor:
    """Grades a class."""

    root: Path
    output: Output
    setting: Setting
    suites: Suites
    sandbox: Sandbox
    jobs: int
    overrides: Mapping[str, Override] = field(default_factory=dict)
    overrun: float = OVERRUN

    def grade(self, students: Sequence[Handed], force: bool, tell: Tell) -> list[Outcome]:
        """Grade what has no result yet, or all by ``force``; return what there is of each."""
        every = [self.outcome(handed) for handed in students]
        made = {
            outcome.handed: outcome
            for outcome in every
            if not force and self.output.has(outcome.handed, outcome.key)
        }
        ahead = [outcome for outcome in every if outcome.handed not in made]
        tell.begin(len(ahead), len(made))
        gc.collect()
        gc.freeze()  # forks share what is there
        for _turn in range(MOST_TURNS):
            ahead = self.turn(ahead, made, tell) if ahead else []
        for outcome in ahead:
            text = _("it kept changing while it was graded")
            made[outcome.handed] = replace(outcome, why=text)
        return [made[handed] for handed in students]

    def outcome(self, handed: Handed) -> Outcome:
        """Return where the result of a student's submission, as it is now, is to be found."""
        path, folder = self.root / handed.path, folder_of(handed, self.overrides)
        content = digest.of_submission(path)
        return Outcome(handed, content, self.setting.key(path.name, folder, content))

    def turn(
        self, ahead: Sequence[Outcome], made: dict[Handed, Outcome], tell: Tell
    ) -> list[Outcome]:
        """Grade submissions, and keep each result; return what has changed meanwhile."""
        judge = Judge(self.suites, self.setting)
        limit = self.setting.options.limits.run + self.overrun
        engine = Engine(judge, self.jobs, limit + LOCATING * self.setting.locate)
        due = {outcome.handed: outcome for outcome in ahead}
        changed = []
        for ended in engine.each(self.tasks(due, tell)):
            outcome = due[ended.task.handed]
            now = self.outcome(outcome.handed)
            if now != outcome:
                changed.append(now)
                continue
            result, why = result_of(ended, judge)
            if result:
                self.output.keep(outcome.handed, outcome.key, result)
            made[outcome.handed] = replace(outcome, why=why)
            tell.ended(outcome.handed.student, why)
        return changed

    def tasks(self, students: Iterable[Handed], tell: Tell) -> Iterator[Task]:
        """Yield what judges are told, each when one begins."""
        for handed in students:
            tell.started(handed.student)
            yield replace(task_of(self.root, handed, self.overrides), door=self.sandbox.door)

    def summarize(self, students: Sequence[Handed], outcomes: Sequence[Outcome]) -> Summary:
        """Write the results of the class, and return what is to be said of them."""

        def work() -> bytes:
            made = summarize(self.output, self.setting, students, outcomes, self.overrides)
            return msgspec.msgpack.encode(made)

        return msgspec.msgpack.decode(apart(work, SUMMARIZING), type=Summary)


def task_of(root: Path, handed: Handed, overrides: Mapping[str, Override]) -> Task:
    """Return what a judge is told of a submission."""
    return Task(handed, root / handed.path, folder_of(handed, overrides))


def folder_of(handed: Handed, overrides: Mapping[str, Override]) -> str | None:
    """Return the folder of a submission that the instructor has chosen, if there is one."""
    override = overrides.get(handed.student)
    return override.folder if override else None


def result_of(ended: Ended[Task], judge: Judge) -> tuple[Report | Refused | None, str | None]:
    """Return the result that a judge has come to, or else why there is none."""
    said = heard(ended)
    result = next((each for each in reversed(said) if isinstance(each, Graded | Refused)), None)
    if ended.how == "died":
        return None, ended.why
    if ended.how == "overran":
        report = judge.cut_short(said)
        return report, None if report else _("it takes too long to be read")
    if isinstance(result, Graded):
        return result.report, None
    return result, None if result else _("its judge has said nothing")


def heard(ended: Ended[Task]) -> list[Said]:
    """Return what a fork has said, as far as it is of the types that there are."""
    said = []
    for message in ended.said:
        try:
            said.append(DECODER.decode(message))
        except msgspec.MsgspecError:
            break
    return said
