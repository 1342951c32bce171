"""The walls between the folders: each contract refuses what it is there for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SMUGGLED = {
    "the worker learns of verdicts": ("worker/desk.py", "from graders.errors import Verdict"),
    "the worker uses what students need not have": ("worker/loader.py", "import libcst"),
    "the far side is reached past the sandbox": ("interrupts.py", "import graders.worker.desk"),
    "the judge loads code beside itself": ("judge/steps.py", "import graders.worker.loader"),
    "a submission is run to be read": ("submission/read.py", "import runpy"),
    "feedback asks the judge": ("feedback/script.py", "from graders.judge import remote"),
    "feedback starts a process": ("feedback/script.py", "import multiprocessing"),
    "scoring asks the worker": ("judge/scoring.py", "from graders.judge.remote import is_kin"),
    "a renderer computes": ("renderers/plain.py", "import numpy"),
    "a renderer scores": ("renderers/console.py", "from graders.judge import scoring"),
    "a suite reaches the judge": ("suites/test_step03.py", "from graders.judge import draw"),
    "a suite starts a process": ("suites/test_step03.py", "import subprocess"),
    "the answers are at hand": ("judge/run.py", "import reference.step03"),
    "a module without a floor": ("everything.py", "import os"),
}


def contracts(folder):
    """Return the finished check of the contracts on a folder."""
    line = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=60)


@pytest.fixture
def copy(tmp_path):
    """Return a copy of what the contracts are about, to change."""
    for name in ("graders", "reference"):
        unread = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unread)
    (tmp_path / "tests").mkdir()
    for name in ("pyproject.toml", "tests/walls.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_contracts_are_kept(copy):
    done = contracts(copy)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("what", SMUGGLED)
def test_what_a_wall_is_there_for_is_refused(copy, what):
    file, line = SMUGGLED[what]
    file = copy / "graders" / file
    before = file.read_text() if file.exists() else ""
    file.write_text(f"{before}\n\ndef smuggled():\n    {line}\n")
    done = contracts(copy)
    assert done.returncode == 1
    assert "BROKEN" in done.stdout


def test_every_folder_is_looked_at():
    code = {path.parent for path in (ROOT / "graders").rglob("*.py")}
    code -= {ROOT / "graders/suites/implementations/correct"}  # texts for the worker
    assert [str(folder) for folder in code if not (folder / "__init__.py").exists()] == []


def test_the_command_starts_the_sandbox_before_it_imports_what_takes_long():
    code = "import sys, graders.cli; print(*{'numpy', 'pytest', 'rich'} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("\n", "")
