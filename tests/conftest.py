"""What several test modules share: one sandbox, and a talk with a step loaded in it."""

from collections.abc import Callable, Iterator

import hypothesis
import pytest

from graders.engine import wire
from graders.engine.process import Limits
from graders.engine.remote import Conversation, Student
from graders.engine.sandbox import Sandbox, open_sandbox

hypothesis.settings.register_profile("unhurried", deadline=None)  # a busy machine is no bug
hypothesis.settings.load_profile("unhurried")

Load = Callable[..., tuple[wire.Loaded, Student]]


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
