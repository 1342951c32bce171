"""Which steps a save touches: no step keeps a verdict that a fresh run would change."""

from pathlib import Path

import pytest

from graders.commands.touched import EVERY, touched
from graders.submission.read import read

ROOT = Path(__file__).parents[1]
ALONE = {"step01.py": "a = 1", "step02.py": "b = 1", "step03.py": "c = 1", "step04.py": "d = 1"}


@pytest.fixture
def change(tmp_path):
    """Return a function that writes files, changes some, and tells which steps that touches."""

    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text) if text is not None else path.unlink()
        return read(tmp_path)

    def change(before, after):
        return sorted(touched(write(before), write(after)))

    return change


def test_a_file_by_itself_touches_its_own_step(change):
    assert change(ALONE, {"step02.py": "b = 2"}) == ["step02"]


def test_nothing_is_touched_where_nothing_changed(change):
    assert change(ALONE, {"score.json": "{}", "notes.txt": "x"}) == []


@pytest.mark.parametrize("text", [None, "def f(:", "\0"])
def test_a_file_gone_or_broken_touches_its_own_step(change, text):
    assert change(ALONE, {"step02.py": text}) == ["step02"]


def test_a_new_file_touches_its_own_step(change):
    assert change(ALONE, {"step07.py": "x = 1"}) == ["step07"]


def test_a_renamed_file_touches_its_own_step(change):
    assert change(ALONE, {"step02.py": None, "step_02.py": ALONE["step02.py"]}) == ["step02"]


@pytest.mark.parametrize(
    "spelling",
    ["from step01 import *", "import step01", "from .step01 import a", "from . import step01",
     "from steps.step01 import a", "def f():\n    from step01 import a"],
)  # fmt: skip
def test_who_imports_a_file_is_touched_with_it(change, spelling):
    files = ALONE | {"step02.py": spelling, "step04.py": "from step02 import *"}
    assert change(files, {"step01.py": "a = 2"}) == ["step01", "step02", "step04"]


@pytest.mark.parametrize(
    "spelling", ["import importlib", "__import__('step' + '01')", "exec('import st' 'ep01')"]
)
def test_who_may_import_anything_is_touched_by_anything(change, spelling):
    files = ALONE | {"step03.py": spelling}
    assert change(files, {"step01.py": "a = 2"}) == ["step01", "step03"]


@pytest.mark.parametrize("name", ["mine.py", "random.py", "pack/__init__.py"])
@pytest.mark.parametrize("text", ["x = 2", None])
def test_a_file_that_is_no_step_touches_all(change, name, text):
    assert change(ALONE | {name: "x = 1"}, {name: text}) == sorted(EVERY)


def test_a_package_that_imports_a_step_hands_it_on(change):
    files = {f"pack/{name}": text for name, text in ALONE.items()}
    files |= {"pack/__init__.py": "from . import step01", "pack/step03.py": "from . import x"}
    assert change(files, {"pack/step01.py": "a = 2"}) == sorted(
        ["step01", "step02", "step03", "step04"]
    )


def test_a_change_of_the_notes_touches_all(change):
    assert change(ALONE, {"other/step01.py": "x = 1"}) == sorted(EVERY)
