"""Choose what is graded where a submission holds a step more than once.

Work wins over an untouched template, and over what is published; then the folder that isn't
called like an old one, then the one with most steps worked on, then the shallowest.
"""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from graders.errors import GradmarkError
from graders.submission.contents import Contents
from graders.submission.entry import Entry
from graders.submission.folders import Folder, ranked
from graders.submission.notebook import few
from graders.submission.offers import Offer, Standing, differ, offers
from graders.submission.passed_over import shown, told
from graders.words import _


class Ambiguous(GradmarkError):
    """Several folders hold a step, and nothing tells which is meant."""

    def __init__(self, why: str, folders: tuple[str, ...]) -> None:
        text = _("{why}: choose one, such as --folder {name}")
        super().__init__(text.format(why=why, name=shlex.quote(folders[0])))
        self.why = why
        self.folders = folders


@dataclass(frozen=True)
class Choice:
    """What is graded, and the folders that there were to choose from, the best first."""

    steps: dict[str, Offer]
    folders: tuple[Folder, ...]


def choose(root: str, entries: Sequence[Entry], contents: Contents, notes: list[str]) -> Choice:
    """Return what is to be graded of a submission.

    ``root`` is its own name.  Raise Ambiguous where nothing tells.
    """
    found = offers(root, entries, contents, notes)
    folders = ranked([each for each in found if not each.is_doubtful] or found)
    mine = students(folders)
    known = {step for folder in mine for step in folder.offers}
    steps = {step: first_of(step, mine) for step in sorted(known)}
    refuse_rivals(steps, mine)
    if steps:
        notes += told(steps, folders)
    return Choice(steps, tuple(folders))


def students(folders: Sequence[Folder]) -> Sequence[Folder]:
    """Return the folders that may be a student's work.

    Gradmark's reference is passed over for anything else, even a template; a copy of the
    book's files, which many type out as they are, for work in another folder.
    """
    others = [folder for folder in folders if not folder.is_own]
    theirs = [folder for folder in others if not folder.publisher]
    if any(folder.is_worked_on for folder in theirs):
        return theirs
    return others or folders


def first_of(step: str, folders: Sequence[Folder]) -> Offer:
    """Return what is graded as a step: work before anything else, from the best folder."""
    best = [offer for folder in folders if (offer := folder.best(step))]
    return min(best, key=lambda offer: offer.standing)


def refuse_rivals(steps: dict[str, Offer], folders: Sequence[Folder]) -> None:
    """Raise Ambiguous where another folder is as good, and has other work for a step."""
    merits = {folder.path: folder.merits for folder in folders}
    unclear: dict[str, list[str]] = {}
    for step, offer in steps.items():
        for folder in folders if not offer.called.tests else ():
            rival = folder.best(step)
            if not rival or folder.path == offer.home or rival.standing is not Standing.WORK:
                continue
            if folder.merits == merits[offer.home] and differ(rival, offer):
                unclear.setdefault(step, [offer.home]).append(folder.path)
    if unclear:
        names = tuple(dict.fromkeys(name for found in unclear.values() for name in found))
        text = _("{folders} hold different work on the same steps ({steps})")
        listed, steps_listed = few([shown(name) for name in names]), few(list(unclear))
        raise Ambiguous(text.format(folders=listed, steps=steps_listed), names)
