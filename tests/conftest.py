"""What several test modules share: one sandbox, a talk with a step loaded in it, and the
reports on mutants, each graded once.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from mutants import Mutant

from graders.engine import judge, submission, wire
from graders.engine.process import Limits
from graders.engine.remote import Conversation, Student
from graders.engine.report import Report
from graders.engine.sandbox import Sandbox, open_sandbox

hypothesis.settings.register_profile("unhurried", deadline=None)  # a busy machine is no bug
hypothesis.settings.load_profile("unhurried")

Load = Callable[..., tuple[wire.Loaded, Student]]
Graded = Callable[..., Report]
REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Give the sandbox that this machine has."""
    opened = open_sandbox(Limits())
    yield opened
    opened.close()


@pytest.fixture
def load(sandbox: Sandbox) -> Iterator[Load]:
    """Give a function that loads a step from texts and tells what came of it."""
    processes = []

    def load(path: str, sources: dict[str, str], root: str = "mine") -> tuple:
        process = sandbox.step()
        processes.append(process)
        talk = Conversation(process)
        loaded = talk.say(wire.Load(path, root, sources))
        assert isinstance(loaded, wire.Loaded)
        talk = Conversation(process, loaded.names)
        talk.request(wire.Begin(1))
        return loaded, Student(talk)

    yield load
    for process in processes:
        process.close()


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """Give a function that returns the report on a mutant's step, graded once a seed."""
    limits = Limits(cpu=1.0)
    sandbox = open_sandbox(limits)
    known: dict[tuple[str, int], Report] = {}

    def graded(mutant: Mutant, seed: int = judge.DEFAULT_SEED) -> Report:
        if (mutant.name, seed) not in known:
            folder = tmp_path_factory.mktemp(mutant.name)
            (folder / f"{mutant.step}.py").write_text(source_of(mutant), "utf-8")
            options = judge.Options(seed=seed, steps=frozenset({mutant.step}), limits=limits)
            known[mutant.name, seed] = judge.grade(submission.read(folder), sandbox, options)
        return known[mutant.name, seed]

    yield graded
    sandbox.close()


def source_of(mutant: Mutant) -> str:
    """Return a mutant's text."""
    source = (REFERENCE / f"{mutant.step}.py").read_text("utf-8")
    assert source.count(mutant.old) == 1
    return source.replace(mutant.old, mutant.new)
