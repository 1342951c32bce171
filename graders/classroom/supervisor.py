"""Grade what of a class is not graded yet, and keep each result the moment it is there.

The supervising process reads names of folders and files, and nothing of what is in these:
whatever does is a fork with limits, and what that says is decoded by type.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import msgspec

from graders.classroom.engine import Ended, Engine, apart
from graders.classroom.handed import Handed
from graders.classroom.judging import (
    DECODER,
    Graded,
    Judge,
    Refused,
    Result,
    Said,
    Seen,
    Task,
    seen,
)
from graders.classroom.output import Output
from graders.classroom.results import Override
from graders.classroom.setting import Setting
from graders.classroom.summary import Outcome, Summary, Summing
from graders.judge.suites import Suites
from graders.sandbox.sandbox import Sandbox
from graders.words import _

OVERRUN = 60.0
"""By how many seconds a judge may take longer than its submission's code may."""
LOCATING = 360.0
"""By how many more where mistakes are looked for."""
LOOKING = 60.0
"""How many seconds it may take to see whether one submission has changed."""
SUMMARIZING = 600.0
"""How many seconds the results of all may take."""
MOST_TURNS = 3
"""How often a submission is graded that changes meanwhile."""


class Tell(Protocol):
    """Whoever is told how far it has come."""

    def look(self, count: int) -> None:
        """Take how many are looked at, whether they have changed."""

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
    summing: Summing
    overrun: float = OVERRUN

    @property
    def overrides(self) -> Mapping[str, Override]:
        """Return what the instructor says of students."""
        return self.summing.marking.overrides

    def grade(self, students: Sequence[Handed], force: bool, tell: Tell) -> list[Outcome]:
        """Grade what has no result yet, or all by ``force``; return what there is of each."""
        gc.collect()
        gc.freeze()  # forks share what is there
        tell.look(len(students))
        made = {} if force else self.kept(students)
        ahead = [handed for handed in students if handed not in made]
        tell.begin(len(ahead), len(made))
        for _turn in range(MOST_TURNS):
            ahead = self.turn(ahead, made, tell) if ahead else []
        for handed in ahead:
            why = _("it kept changing while it was graded")
            made[handed] = Outcome(handed, "", "", refused=Refused("unreadable", why))
        return [made[handed] for handed in students]

    def kept(self, students: Sequence[Handed]) -> dict[Handed, Outcome]:
        """Return of whom there is a result for the submission as it is now."""
        found = {}
        known = filter(self.output.knows, students)
        for ended in Engine(seen, self.jobs, LOOKING).each(map(self.task, known)):
            match heard(ended):
                case [Seen(content)]:
                    outcome = self.outcome(ended.task.handed, content)
                    if self.output.has(outcome.handed, outcome.key):
                        found[outcome.handed] = outcome
        return found

    def outcome(self, handed: Handed, content: str, why: str | None = None) -> Outcome:
        """Return where the result of a student's submission of this content is to be found."""
        folder = folder_of(handed, self.overrides)
        return Outcome(handed, content, self.setting.key(handed.name, folder, content), why)

    def turn(
        self, ahead: Sequence[Handed], made: dict[Handed, Outcome], tell: Tell
    ) -> list[Handed]:
        """Grade submissions, and keep each result; return what has changed meanwhile."""
        judge = Judge(self.suites, self.setting)
        limit = self.setting.options.limits.run + self.overrun
        engine = Engine(judge, self.jobs, limit + LOCATING * self.setting.locate)
        changed = []
        for ended in engine.each(self.tasks(ahead, tell)):
            handed, said = ended.task.handed, heard(ended)
            contents = [each.content for each in said if isinstance(each, Seen)]
            if ended.how == "done" and contents and contents != 2 * contents[:1]:
                changed.append(handed)
                continue
            result, why = result_of(ended, said, judge)
            made[handed] = self.outcome(handed, contents[0] if contents else "", why)
            if result:
                self.output.keep(handed, made[handed].key, result)
            tell.ended(handed.student, why)
        return changed

    def tasks(self, students: Iterable[Handed], tell: Tell) -> Iterator[Task]:
        """Yield what judges are told, each when one begins."""
        for handed in students:
            tell.started(handed.student)
            yield replace(self.task(handed), door=self.sandbox.door)

    def task(self, handed: Handed) -> Task:
        """Return what a fork is told of a submission."""
        return task_of(self.root, handed, self.overrides)

    def summarize(self, students: Sequence[Handed], outcomes: Sequence[Outcome]) -> Summary:
        """Write the results of the class, and return what is to be said of them."""

        def work() -> bytes:
            return msgspec.msgpack.encode(self.summing.up(students, outcomes))

        return msgspec.msgpack.decode(apart(work, SUMMARIZING), type=Summary)


def task_of(root: Path, handed: Handed, overrides: Mapping[str, Override]) -> Task:
    """Return what a judge is told of a submission."""
    return Task(handed, root, folder_of(handed, overrides))


def folder_of(handed: Handed, overrides: Mapping[str, Override]) -> str | None:
    """Return the folder of a submission that the instructor has chosen, if there is one."""
    override = overrides.get(handed.student)
    return override.folder if override else None


def result_of(
    ended: Ended[Task], said: Sequence[Said], judge: Judge
) -> tuple[Result | None, str | None]:
    """Return the result that a judge has come to, or else why there is none."""
    result = next((each for each in reversed(said) if isinstance(each, Result)), None)
    if ended.how == "died":
        return None, ended.why
    if ended.how == "overran":
        report = judge.cut_short(said)
        return Graded(report) if report else None, None if report else _(
            "it takes too long to be read"
        )
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
