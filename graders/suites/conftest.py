"""pytest's own door: ``pytest graders/suites --submission PATH -k step03``."""

from pathlib import Path

import pytest

from graders.door import Door
from graders.engine import judge, submission
from graders.engine.errors import GradmarkError
from graders.engine.plugin import Grading
from graders.engine.sandbox import open_sandbox


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that name the submission and the seed."""
    parser.addoption("--submission", type=Path, help="the folder, zip or notebook to grade")
    parser.addoption(
        "--seed", type=int, default=judge.DEFAULT_SEED, help="for the inputs drawn"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Grade the submission that ``--submission`` names, unless a judge is at work already."""
    path = config.getoption("--submission")
    if path is None and config.getoption("help"):
        return
    if path is None:
        raise pytest.UsageError("name what to grade: --submission PATH")
    options = judge.Options(seed=config.getoption("--seed"))
    try:
        read = submission.read(path)
    except GradmarkError as error:
        raise pytest.UsageError(str(error)) from error
    sandbox = open_sandbox(options.limits)
    grading = Grading(read, sandbox, options.seed, options.limits)
    config.pluginmanager.register(grading)
    config.pluginmanager.register(Door(grading))
    config.add_cleanup(sandbox.close)
    config.add_cleanup(grading.close)
