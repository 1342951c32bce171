"""How a class is graded: one setting for all, on which every result depends."""

import platform
from dataclasses import dataclass

import msgspec
import numpy as np
import pytest

from graders import __version__
from graders.classroom import digest
from graders.classroom.marking.course import Hints
from graders.judge.run import Options
from graders.report import Isolation

LANGUAGE = "en"


@dataclass(frozen=True)
class Setting:
    """What is the same for all submissions of a class."""

    options: Options
    isolation: Isolation
    """How far submissions are confined here."""
    course: str
    """The digest of all that gives verdicts."""
    locate: bool = False
    """Whether the lines of mistakes are looked for."""
    hints: Hints = "think"
    """What students' reports say: no result depends on it."""
    portable: bool = False

    @property
    def digest(self) -> str:
        """Return the digest of what results depend on of this, but for the course, the seed
        and the isolation.
        """
        how, limits = self.options, self.options.limits
        return digest.of_values(
            *(__version__, platform.python_version(), LANGUAGE),
            *(np.__version__, pytest.__version__, msgspec.__version__),
            None if how.steps is None else sorted(how.steps),
            *(limits.cpu, limits.wall, limits.step, limits.run),
            self.locate,
        )

    def key(self, name: str, folder: str | None, content: str) -> str:
        """Return what a result is kept under: it is the same for the same ``content``, of this
        name and folder, graded in the same way.
        """
        own = (self.course, self.options.seed, self.isolation.level, self.isolation.missing)
        return digest.of_values(name, folder, content, *own, self.digest)[:32]
