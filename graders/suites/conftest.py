"""pytest's own door: ``pytest graders/suites --submission PATH -k step03``."""

from pathlib import Path

import pytest

from graders.errors import GradmarkError
from graders.judge.door import Door
from graders.judge.plugin import Grading
from graders.judge.run import Options
from graders.sandbox.sandbox import open_sandbox
from graders.submission.read import read
from graders.syllabus import DEFAULT_SEED


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that name the submission and the seed."""
    parser.addoption("--submission", type=Path, help="the folder, zip or notebook to grade")
    parser.addoption("--seed", type=int, default=DEFAULT_SEED, help="for the inputs drawn")


def pytest_configure(config: pytest.Config) -> None:
    """Grade the submission that ``--submission`` names, unless a judge is at work already."""
    path = config.getoption("--submission")
    if path is None and config.getoption("help"):
        return
    if path is None:
        raise pytest.UsageError("name what to grade: --submission PATH")
    options = Options(seed=config.getoption("--seed"))
    try:
        handed_in = read(path)
    except GradmarkError as error:
        raise pytest.UsageError(str(error)) from error
    sandbox = open_sandbox(options.limits)
    grading = Grading(handed_in, sandbox, options.seed, options.limits)
    config.pluginmanager.register(grading)
    config.pluginmanager.register(Door(grading))
    config.add_cleanup(sandbox.close)
    config.add_cleanup(grading.close)
