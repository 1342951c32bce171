"""Which steps a save may have changed the verdict of: those that can reach a changed text."""

import re
from pathlib import PurePosixPath

from graders.submission.read import StepFile, Submission
from graders.syllabus import SYLLABUS

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
    return frozenset(step for step in EVERY if reach(before, step) != reach(after, step))


def shared(submission: Submission) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """Return what every step may depend on, and what the report says of the whole."""
    own = {file.path for file in submission.steps.values()}
    others = {path: text for path, text in submission.sources.items() if path not in own}
    return submission.root, submission.notes, others


def reach(submission: Submission, step: str) -> tuple[StepFile | None, dict[str, str]]:
    """Return a step's file and the texts that it may import, at first or at second hand.

    A file counts as imported where its name is a word of the text, a package's own
    ``__init__.py`` always: rather too many than one too few.
    """
    file = submission.steps.get(step)
    sources = submission.sources
    found: dict[str, str] = {}
    ahead = [path for path in sources if name(path) == "__init__"] + [file.path] if file else []
    while ahead:
        path = ahead.pop()
        if path in sources and path not in found:
            found[path] = sources[path]
            words = set(re.findall(r"\w+", sources[path]))
            anything = words & BY_ANY_NAME
            ahead += [other for other in sources if anything or name(other) in words]
    return file, found


def name(path: str) -> str:
    """Return what a file is imported as."""
    return PurePosixPath(path).stem
