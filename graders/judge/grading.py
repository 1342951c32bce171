"""One submission being graded: what became of each check."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from graders.checks import declaration
from graders.feedback.layout import Beside
from graders.feedback.reproduce import reproduce
from graders.feedback.showing import steady
from graders.feedback.verdict import Ruling, ruling_on
from graders.judge.extent import shortened
from graders.judge.loaded import Loaded
from graders.judge.remote import Conversation
from graders.judge.scoring import BROKEN, Facts
from graders.judge.steps import Steps
from graders.misconceptions import Misconception, Seen, diagnose
from graders.report import Check
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import Submission
from graders.values import Handle
from graders.words import _


class Grading(Steps):
    """One submission being graded, with the processes that it needs."""

    def __init__(
        self,
        submission: Submission,
        sandbox: Sandbox,
        seed: int,
        limits: Limits,
        progress: Callable[[str], None] = lambda check: None,
    ) -> None:
        """``progress`` is told of each finished check."""
        super().__init__(submission, sandbox, seed, limits)
        self.progress = progress

    def facts(self, item: pytest.Item, error: BaseException | None) -> Facts:
        """Return what became of a check."""
        step, check, declared = step_of(item), check_id(item), declaration(item)
        state, talk = self.states[step], item.stash.get(CONVERSATION, None)
        ruling = ruling_on(error, state.file)
        if ruling.status == "timeout":
            self.ran_out(state, check)
        if ruling.undefined:
            state.told.append(ruling.undefined)
        message, unread = self.told(ruling, state.loaded)
        met = ruling.status in BROKEN and talk is not None and not (ruling.undefined or unread)
        seen = replace(ruling.seen, outline=state.file.outline)
        idea = diagnosis(step, check, seen) if met else None
        compared = met and ruling.seen.claim and not ruling.explained
        hint = declared.hint if compared else None
        output = talk.process.output() if talk else ""
        output = state.trials.printed if state.trials else output
        found = Check(
            id=check,
            title=declared.title,
            kind=declared.kind,
            status=ruling.status,
            points=0.0,
            max_points=float(declared.points),
            message=message,
            got=ruling.got,
            due=ruling.due,
            hint=idea.hint if idea else hint,
            hint_more=idea.more if idea else None,
            misconception=idea.id if idea else None,
            likely=idea.title if idea else None,
            blocked_by=ruling.blocked_by,
            output=output or None,
        )
        found = shortened(msgspec.convert(steady(msgspec.to_builtins(found)), Check))
        script = self.reproduce(item, ruling) if ruling.status in BROKEN else None
        if talk:
            del item.stash[CONVERSATION]  # it may hold much, and the run is long
        return Facts(
            check=msgspec.structs.replace(found, reproduce=script),
            needs=tuple(f"{step}.{name}" for name in declared.needs),
            only_if=tuple(f"{step}.{name}" for name in declared.only_if),
            missing=ruling.missing,
            misspelt=ruling.undefined in state.meant,
        )

    def told(self, ruling: Ruling, loaded: Loaded | None) -> tuple[str | None, bool]:
        """Return the message on a check, and whether code of the step could not be read at all:
        then a failure may have no other reason.
        """
        message = ruling.message
        if loaded and (absent := wanting(ruling, loaded.stood_in)):
            message = f"{message}\n{absent}"
        if loaded and ruling.undefined and (why := loaded.cause_of(ruling.undefined)):
            return _("{why}\nso {missing}").format(why=why, missing=message), False
        if loaded and ruling.status == "failed" and (why := loaded.unread()):
            return f"{why}\n{message}", True
        return message, False

    def reproduce(self, item: pytest.Item, ruling: Ruling) -> str | None:
        """Return a script that shows a failure beside the student's file."""
        step, talk = step_of(item), item.stash.get(CONVERSATION, None)
        loaded = self.states[step].loaded
        run = self.submission.steps[step]
        name = (run.notebook or run.path).rpartition("/")[2]
        cell = run.pieces[-1].cell if run.pieces else 0
        lent = {name: lent.module for name, lent in loaded.lent.items()} if loaded else {}
        stops = bool(loaded and loaded.stops)
        file = Beside(step, name, stops, cell, lent, self.states[step].meant)
        return reproduce(declaration(item), file, talk.events if talk else None, ruling)


COMPUTING = frozenset({
    "torch", "tensorflow", "jax", "cupy", "sympy", "scipy", "autograd", "keras", "dezero",
})  # fmt: skip
"""Packages that somebody may compute with instead of numpy."""
CONVERSATION = pytest.StashKey[Conversation]()


def diagnosis(step: str, check: str, seen: Seen) -> Misconception | None:
    """Return the idea that a failure likely comes from, if the catalogue knows one."""
    try:
        return diagnose(step, check.removeprefix(f"{step}."), seen)
    except Exception:  # whatever a worker answered, it must not cost a verdict
        return None


def wanting(ruling: Ruling, absent: tuple[str, ...]) -> str:
    """Say that a package isn't installed that a failure may come of, or nothing."""
    if ruling.status != "failed":
        return ""
    seen = ruling.seen
    stood_in = isinstance(seen.got, Handle) and seen.got.kind == "absent"
    used = stood_in or any(part.kind == "absent" for part in seen.scene.parts)
    named = [name for name in absent if used or name.partition(".")[0] in COMPUTING]
    text = _("{names} isn't installed here: this step is numpy's")
    return text.format(names=", ".join(named)) if named else ""


def step_of(item: pytest.Item) -> str:
    """Return the step that a check's suite grades, from the suite's file name."""
    return item.path.stem.removeprefix("test_")


def check_id(item: pytest.Item) -> str:
    """Return a check's id, such as ``step06.square_backward``."""
    return f"{step_of(item)}.{item.name.removeprefix('test_')}"
