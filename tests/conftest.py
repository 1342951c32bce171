"""What the tests share: how they are shared out, what only the full run does, and what is
made once and read often: a sandbox, and what the suites make of each mutant.
"""

import gc
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from mutants import Mutant
from sharing import Sharing, keep_to_one_core
from test_submission import put
from xdist.remote import Producer

from graders import wire
from graders.commands.course import material
from graders.commands.selftest.command import SEEDS
from graders.commands.selftest.outcomes import Outcome, Tried, outcome
from graders.feedback.plainly import File
from graders.judge.grading import Grading
from graders.judge.remote import Conversation, Student
from graders.judge.run import Options, grade, report_on, run
from graders.judge.suites import Suites
from graders.report import Report, Step
from graders.sandbox.process import Limits
from graders.sandbox.sandbox import Sandbox, open_sandbox
from graders.submission.read import read
from graders.syllabus import DEFAULT_SEED, SYLLABUS

REFERENCE = Path(__file__).parents[1] / "reference"
LESSONS = {unit.step: (REFERENCE / f"{unit.step}.py").read_text("utf-8") for unit in SYLLABUS}
QUICK, FULL = "quick", "full"

for profile, examples in ((QUICK, 60), (FULL, 10_000)):
    hypothesis.settings.register_profile(
        profile, max_examples=examples, deadline=None  # a busy machine is no bug
    )  # fmt: skip


@dataclass(frozen=True)
class Came:
    """What came of loading a step of one file."""

    trouble: wire.Raised | wire.Left | None
    names: tuple[str, ...]
    stood_in: tuple[str, ...]
    missing: tuple[str, ...]
    ignored: tuple[str, ...]


Load = Callable[..., tuple[Came, Student]]
GradeStep = Callable[..., Step]

# --- the two runs, and how their tests are shared out


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that asks for everything."""
    parser.addoption(
        "--full",
        action="store_true",
        help="every seed, every way in, 10,000 draws and examples, and every mutation",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Share the tests out among the cores, where the command line does not say how."""
    asked = getattr(config.option, "numprocesses", 0)  # there is none with -p no:xdist
    if asked is None and not hasattr(config, "workerinput"):
        config.option.numprocesses = "auto"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    """Keep tests together that share something."""
    return Sharing(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark of what belongs to the full run known, and choose how much is drawn."""
    config.addinivalue_line("markers", "full: only with --full")
    hypothesis.settings.load_profile(FULL if config.getoption("--full") else QUICK)
    for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) == signal.SIG_IGN:  # as under nohup: commands would, too
            signal.signal(number, signal.SIG_DFL)
    keep_to_one_core()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try each ``seed``: the course's own, or all of them."""
    if "seed" in metafunc.fixturenames:
        full = metafunc.config.getoption("--full")
        metafunc.parametrize("seed", SEEDS if full else SEEDS[:1])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the full run."""
    if not config.getoption("--full"):
        left_out = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among what is there for good."""
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Tell whether this is the full run."""
    return bool(request.config.getoption("--full"))


# --- what is made once


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Give the sandbox that this machine has."""
    opened = open_sandbox(Limits())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def suites() -> Suites:
    """Give the suites, collected once."""
    return Suites()


@pytest.fixture
def grade_step(sandbox: Sandbox, suites: Suites, tmp_path: Path) -> GradeStep:
    """Give a function that grades one step of files."""

    def grade_step(step: str, files: Mapping[str, str], **more: Any) -> Step:
        how = Options(steps=frozenset({step}), **more)
        return grade(read(put(tmp_path, files)), sandbox, how, suites).steps[0]

    return grade_step


@pytest.fixture
def load(sandbox: Sandbox) -> Iterator[Load]:
    """Give a function that loads a step from texts and tells what came of it."""
    processes = []

    def load(path: str, sources: dict[str, str], root: str = "mine") -> tuple:
        process = sandbox.step()
        processes.append(process)
        talk = Conversation(process)
        modules = {name: (wire.Piece(name, text),) for name, text in sources.items()}
        request = wire.Load(path, modules.pop(path), (0,), root, modules)
        ready = talk.exchange(request)
        assert isinstance(ready, wire.Ready)
        ran, loaded = talk.exchange(wire.Run(0, 1.0)), talk.exchange(wire.Look())
        assert isinstance(ran, wire.Ran)
        assert isinstance(loaded, wire.Loaded)
        talk = Conversation(process, loaded.names, File(ready.outline))
        talk.request(wire.Begin(1))
        found = loaded.names, loaded.stood_in, loaded.missing, loaded.ignored
        return Came(ran.trouble, *found), Student(talk)

    yield load
    for process in processes:
        process.close()


class Graded:
    """What the suites make of the mutants, each graded once a seed."""

    limits = Limits(cpu=0.5)

    def __init__(self, sandbox: Sandbox, suites: Suites) -> None:
        self.sandbox = sandbox
        self.suites = suites
        self.known: dict[tuple[str, int], tuple[Report, Outcome]] = {}

    def __call__(self, mutant: Mutant, seed: int = DEFAULT_SEED) -> Report:
        """Return the report on a mutant's step."""
        return self.seen(mutant, seed)[0]

    def tried(self, mutant: Mutant, seed: int = DEFAULT_SEED) -> Tried:
        """Return what became of each check by itself, as ``selftest`` sees it."""
        return Tried(self.specimen(mutant), {seed: self.seen(mutant, seed)[1]})

    def specimen(self, mutant: Mutant) -> material.Specimen:
        """Return a mutant as a submission."""
        return material.edited(mutant, LESSONS)

    def seen(self, mutant: Mutant, seed: int) -> tuple[Report, Outcome]:
        """Return what came of grading a mutant."""
        if (mutant.name, seed) not in self.known:
            handed_in = self.specimen(mutant).submission
            how = Options(seed, frozenset({mutant.step}), limits=self.limits)
            grading = Grading(handed_in, self.sandbox, seed, self.limits)
            ran = run(grading, self.suites, how)
            report, alone = report_on(ran, how), outcome(mutant.step, ran.rows)
            self.known[mutant.name, seed] = report, alone
        return self.known[mutant.name, seed]


@pytest.fixture(scope="session")
def graded(sandbox: Sandbox, suites: Suites) -> Graded:
    """Give what the suites make of the mutants."""
    return Graded(sandbox, suites)
