"""Hostile submissions: what each tries, and what must come of it.

Each ``FAMILY/NAME.py`` is the text of one step's file.  In it ``/planted`` stands for a folder
with things to find or spoil, ``PORT`` for that of a server, ``TOKEN`` for a name of the run's
own.  A trick that succeeds prints a line that begins with ``escaped``.
"""

from dataclasses import dataclass
from pathlib import Path

from hostile.manifest import EXTRA, PASSES, STEPS, THROUGH, VERDICTS

HERE = Path(__file__).parent
STATUSES = {
    "passed": "p",
    "failed": "f",
    "crashed": "c",
    "timeout": "t",
    "blocked": "b",
    "not_attempted": "n",
}
"""The letter of each status; there is none for the grader's own fault."""


@dataclass(frozen=True)
class Trick:
    """One hostile submission."""

    name: str
    """Family and name, as in ``leaving/abort``."""
    text: str
    """Its step's file."""
    step: str
    causes: str
    """Statuses, a letter each, of which its step must come to one at least."""
    others: str
    """Statuses that its step may come to besides."""
    most: float
    """The most points that its step may earn; below zero, how many of all are lost at least."""
    extra: dict[str, str]
    """Other files of the submission, by path."""
    through: frozenset[str]
    """The levels at which it may get through."""

    @property
    def family(self) -> str:
        """Return the folder that it lies in, such as ``leaving``."""
        return self.name.partition("/")[0]


def read(path: Path) -> Trick:
    """Return the trick in a file, with what the manifest says of it."""
    name = path.relative_to(HERE).with_suffix("").as_posix()
    letters, most = VERDICTS.get(name, PASSES)
    causes, _bar, others = letters.partition("|")
    return Trick(
        name=name,
        text=path.read_text(),
        step=STEPS.get(name, "step03"),
        causes=causes,
        others=others,
        most=most,
        extra=EXTRA.get(name, {}),
        through=THROUGH.get(name, frozenset()),
    )


TRICKS = {trick.name: trick for trick in map(read, sorted(HERE.glob("*/*.py")))}
assert TRICKS.keys() >= VERDICTS.keys() | STEPS.keys() | THROUGH.keys() | EXTRA.keys()
