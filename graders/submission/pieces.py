"""A submission as it has been read: pieces, and the steps that they make."""

from dataclasses import dataclass

from graders.wire import Piece


@dataclass(frozen=True)
class StepRun:
    """What was found of one step: pieces, to be run one by one in one namespace."""

    path: str
    """What it is imported as, relative to the submission and with slashes."""
    found_in: str
    """Where it is, for people: a file, or a notebook and which of its cells are the step's."""
    pieces: tuple[Piece, ...] = ()
    own: tuple[int, ...] = ()
    """Which pieces are its own, by index; the others are cells of earlier steps."""
    problem: str | None = None
    """Why it can't be graded, in a sentence."""
    also: tuple[str, ...] = ()
    """What the other files that it is made of are imported as."""

    @property
    def mine(self) -> frozenset[Piece]:
        """Return the pieces that are its own."""
        return frozenset(self.pieces[index] for index in self.own)

    @property
    def notebook(self) -> str | None:
        """Return the notebook that it is in."""
        return self.pieces[-1].path if self.pieces and self.pieces[-1].cell else None


@dataclass(frozen=True)
class Candidate:
    """A folder that holds steps."""

    folder: str
    """Relative to the submission; ``.`` for itself."""
    steps: tuple[str, ...]
    graded: tuple[str, ...]
    """Those of them that are graded."""


@dataclass(frozen=True)
class Submission:
    """What a student handed in, as text."""

    name: str
    root: str
    """The folder's own name as a package: some steps import through it."""
    steps: dict[str, StepRun]
    modules: dict[str, tuple[Piece, ...]]
    """Every file that steps may import, by the path that it is imported by."""
    notes: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    """The folders that were to choose from, the best first."""
