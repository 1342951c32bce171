"""Which steps a save may have changed the verdict of: those that can reach a changed text."""

import re
from pathlib import PurePosixPath

from graders.submission.pieces import StepRun, Submission
from graders.syllabus import SYLLABUS
from graders.wire import Piece

BY_ANY_NAME = {"importlib", "__import__", "pkgutil", "runpy", "exec", "eval"}
"""Words of a file that may import others without spelling out their names."""
EVERY = frozenset(unit.step for unit in SYLLABUS)


def touched(before: Submission, after: Submission) -> frozenset[str]:
    """Return the steps that have to be graded again.

    What isn't a step's own file (a package of the student's, a file called like a module of
    Python's) may be reached in ways that its name doesn't tell: any change there touches all.
    """
    if shared(before) != shared(after):
        return EVERY
    steps = frozenset(step for step in EVERY if reach(before, step) != reach(after, step))
    return steps if steps or before.notes == after.notes else EVERY


def shared(submission: Submission) -> tuple[str, dict[str, tuple[Piece, ...]]]:
    """Return what every step may depend on."""
    own = {run.path for run in submission.steps.values()}
    others = {path: code for path, code in submission.modules.items() if path not in own}
    return submission.root, others


def reach(submission: Submission, step: str) -> tuple[StepRun | None, dict[str, str]]:
    """Return a step and the texts that it may import, at first or at second hand.

    A file counts as imported where its name is a word of the text, a package's own
    ``__init__.py`` always: rather too many than one too few.
    """
    run = submission.steps.get(step)
    sources = {path: text_of(code) for path, code in submission.modules.items()}
    sources |= {run.path: text_of(run.pieces)} if run else {}
    found: dict[str, str] = {}
    ahead = [path for path in sources if name(path) == "__init__"] + [run.path] if run else []
    while ahead:
        path = ahead.pop()
        if path in sources and path not in found:
            found[path] = sources[path]
            words = set(re.findall(r"\w+", sources[path]))
            anything = words & BY_ANY_NAME
            ahead += [other for other in sources if anything or name(other) in words]
    return run, found


def text_of(pieces: tuple[Piece, ...]) -> str:
    """Return the text of pieces as one."""
    return "\n".join(piece.text for piece in pieces)


def name(path: str) -> str:
    """Return what a file is imported as."""
    return PurePosixPath(path).stem
