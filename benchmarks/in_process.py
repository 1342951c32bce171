"""The baseline: a pytest plugin that runs gradmark's suites on files imported in process.

    python -m pytest -p benchmarks.in_process --noconftest --submission FOLDER graders/suites

The same checks and the same assertions, without a sandbox, a wire or a report: the fixture
``student`` is the imported module itself.  The modules of the judge that the suites import
for their names are stood in for, so that the baseline does not pay for them either.
"""

import hashlib
import importlib
import sys
import types
from collections import namedtuple
from pathlib import Path
from typing import Any, Literal
from unittest import mock

import numpy as np
import pytest

SEED = 20190920


class Piece(namedtuple("Piece", "path text")):
    """A Python file."""

    cell = 0

    @property
    def place(self):
        """Return what Python is told that its code comes from."""
        return self.path


def is_kin(thing, of):
    """Return whether an object or a class is of a class."""
    return issubclass(thing if isinstance(thing, type) else type(thing), of)


def stand_in(name, **names):
    """Put a module with these names in the place of one of gradmark's own."""
    module = types.ModuleType(name)
    vars(module).update(names)
    sys.modules[name] = module


KINDS = Literal["forward", "backward", "agreement", "structure", "testing"]
stand_in("graders.judge.remote", Remote=object, is_kin=is_kin)
stand_in("graders.feedback.raised", StudentError=RuntimeError)
stand_in("graders.feedback.plainly", lacking=lambda raised: None)
stand_in(
    "graders.feedback.transcript",
    LAST=None,
    NOTHING=None,
    Ending=namedtuple("Ending", "expression things due"),
)
stand_in("graders.report", Kind=KINDS, Status=str, Shown=namedtuple("Shown", "text type value"))
stand_in(
    "graders.evidence",
    Defined=tuple,
    Outline=tuple,
    Scene=namedtuple("Scene", "form", defaults=[""]),
)
stand_in(
    "graders.worker.scene",
    scene=lambda error, places, trees: None,
    without_super=lambda text, error: text,
)
stand_in(
    "graders.values",
    Handle=namedtuple("Handle", "number kind name"),
    ObjectKind=str,
    sendable=lambda text, most=None: text[:most],
)
stand_in(
    "graders.wire",
    Left=namedtuple("Left", "name message"),
    Line=namedtuple("Line", "file number function source cell"),
    Ready=namedtuple("Ready", "untouched idle"),
    Piece=Piece,
    Raised=namedtuple(
        "Raised", "name bases message lines missing near scene", defaults=["", "", None]
    ),
    Rehearsed=namedtuple("Rehearsed", "tests hidden"),
    HOLE="fill in: ",
    MOST_TESTS=1000,
    UNEXPECTED="an unexpected pass",
)

from graders import assertions  # noqa: E402  # the stand-ins come first
from graders.worker.loader import Importer  # noqa: E402  # the stand-ins come first
from graders.worker.rehearsal import rehearse  # noqa: E402  # the stand-ins come first

assertions.is_class = lambda thing: isinstance(thing, type)


class Student:
    """A step's module: its names are attributes."""

    def __init__(self, module):
        self.module = module
        self.told = []

    def report(self, *things):
        """Keep what a suite's own source reports."""
        self.told.append([*things])

    def reports(self):
        """Return what has been reported, and forget it."""
        told, self.told = self.told, []
        return told

    def __getattr__(self, name):
        return getattr(self.module, name)

    def has(self, name):
        """Return whether the step has a name."""
        return hasattr(self, name)

    def define(self, source, name):
        """Run source beside the step's names and return ``name`` of it."""
        namespace = vars(self.module) | {"np": np, "sys": sys, "report": self.report}
        exec(compile(source, "<suite>", "exec", dont_inherit=True), namespace)
        return namespace[name]


class Trials:
    """The trials of a step's own tests, each made once and looked up by implementation."""

    def __init__(self, file):
        piece = Piece(file.name, file.read_text())
        self.submission = Importer(file.parent.name, file.name, {file.name: (piece,)})
        self.submission.ran.append(piece)
        self.made = {}

    def make(self, sources):
        """Run the tests on the implementations that they haven't been tried on."""
        for source in sources:
            if source not in self.made:
                with mock.patch.object(sys, "meta_path", [self.submission, *sys.meta_path]):
                    self.made[source] = Trial(*rehearse(self.submission, source))

    def on(self, source):
        """Return the trial of an implementation."""
        return self.made[source]

    def extra(self, source):
        """Return the trial of an implementation that no points depend on."""
        self.make([source])
        return self.made[source]

    def note(self, text):
        """Do without what is only said."""


class Trial:
    """What became of a step's own tests on one implementation."""

    ended = None
    holes: Any = {}

    def __init__(self, told, hidden):
        self.tests, self.hidden = sorted(told), hidden
        self.failures = {name: what for name, what in told.items() if what}
        self.passed = frozenset(told) - frozenset(self.failures)


class Draw:
    """The inputs that ``graders.judge.draw.Draw`` draws for a check."""

    def __init__(self, check):
        digest = hashlib.sha256(f"{SEED}:{check}".encode()).digest()
        self.random = np.random.default_rng(int.from_bytes(digest[:6], "big"))

    def array(self, *shape, low=0.3, high=1.9):
        """Return an array of both signs, its elements apart from one another."""
        count = int(np.prod(shape)) if shape else 3
        slots = np.linspace(low, high, count + 1)
        sizes = slots[:-1] + self.random.uniform(0.1, 0.9, count) * np.diff(slots)
        sizes = np.where(np.abs(sizes - 1) < 0.03, sizes + 0.07, sizes)
        signs = np.where(np.arange(count) % 2 == self.random.integers(2), 1, -1)
        values = self.random.permutation(np.round(sizes * signs, 3))
        return values.reshape(shape or (3,))

    def positive(self, *shape):
        """Return an array like ``array`` without the signs."""
        return np.abs(self.array(*shape))

    def number(self, low=0.3, high=1.9):
        """Return a 0-d array."""
        return self.array(1, low=low, high=high).reshape(())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the folder of steps."""
    parser.addoption("--submission", default="reference", help="the folder to import from")


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known and the steps importable."""
    config.addinivalue_line("markers", "check(declaration): what a check says of itself")
    sys.path.insert(0, config.getoption("--submission"))


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Any:
    """Give the imported step."""
    return Student(importlib.import_module(step_of(request)))


@pytest.fixture(scope="module")
def trials(request: pytest.FixtureRequest) -> Trials:
    """Give the trials of the step's own tests."""
    return Trials(Path(importlib.import_module(step_of(request)).__file__))


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Draw:
    """Give the inputs that the judge would give."""
    return Draw(f"{step_of(request)}.{request.node.name.removeprefix('test_')}")


def step_of(request: pytest.FixtureRequest) -> str:
    """Return the step that a check's suite grades."""
    return request.node.path.stem.removeprefix("test_")
