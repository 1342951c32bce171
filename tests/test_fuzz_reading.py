"""Whatever is handed in is read, or refused in a sentence: zips, notebooks, folders."""

import io
import json
import random
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from test_submission import CODE

from graders import wire
from graders.errors import GradmarkError
from graders.judge.loading import sent
from graders.submission import assembly
from graders.submission.read import read

NAMES = st.sampled_from(
    ["step01.py", "step02.ipynb", "Step 3.PY", "a.zip", "../x.py", "", "/abs.py", "a\\b.py"]
) | st.text(max_size=12)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
CODES = st.sampled_from([CODE, "", "# Step 1\n" + CODE + "\n# step 2\nx = 1\n", "\0", "x"])
TEXTS = CODES | st.text(max_size=30)
CELL = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | TEXTS,
        "source": TEXTS | st.lists(TEXTS, max_size=3) | st.none() | st.integers(),
    },
    optional={"level": st.integers(), "outputs": st.lists(st.floats(), max_size=2)},
)
NOTEBOOK = st.fixed_dictionaries({"cells": st.lists(CELL, max_size=6)}) | st.fixed_dictionaries(
    {"worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(CELL, max_size=3)}))}
)
FILES = st.dictionaries(PATHS, TEXTS.map(lambda t: t.encode("utf-8", "replace")), max_size=6)


def is_read_or_refused(path: Path) -> bool:
    """Read a submission; return whether it was one.  What was read can be sent and told."""
    try:
        found = read(path)
    except GradmarkError:
        return False
    assert len(found.notes) <= assembly.MOST_NOTES + 4
    assert all(len(note) < 2 * assembly.LONGEST_NOTE for note in found.notes)
    for run in found.steps.values():
        wire.encode(sent(found, run))
    return True


def broken(content: bytes, seed: int, changes: int) -> bytes:
    """Return bytes of which a few are others."""
    draw, made = random.Random(seed), bytearray(content)
    for _change in range(changes if made else 0):
        made[draw.randrange(len(made))] = draw.randrange(256)
    return bytes(made)


def zipped(files: dict[str, bytes], packing: int) -> bytes:
    """Return a zip, of names that can be written and are there once."""
    written = {
        name.encode("utf-8", "replace").decode().partition("\0")[0] or "x": text
        for name, text in files.items()
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as archive:
        for name, text in written.items():
            archive.writestr(name, text)
    return content.getvalue()


PACKED = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])


@given(FILES, PACKED, st.integers(0, 9), st.integers())
def test_a_zip_with_a_few_changed_bytes(files, packing, changes, seed):
    with tempfile.TemporaryDirectory() as folder:
        inner = broken(zipped(files, packing), seed, changes)
        path = Path(folder, "mine.zip")
        path.write_bytes(inner)
        is_read_or_refused(path)
        path.write_bytes(broken(zipped({"in.zip": inner}, zipfile.ZIP_DEFLATED), seed, 1))
        is_read_or_refused(path)


@given(NOTEBOOK, st.integers(0, 5), st.integers())
def test_a_notebook_with_a_few_changed_bytes(notebook: Any, changes, seed):
    content = json.dumps(notebook).encode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "step01.ipynb")
        path.write_bytes(broken(content, seed, changes))
        is_read_or_refused(path)
        assert is_read_or_refused(Path(folder))  # where a broken one is a note


@given(FILES)
def test_a_folder_of_any_names(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, *(part for part in name.split("/") if part.strip(".")))
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            except (OSError, ValueError):  # no name that this system has
                continue
        is_read_or_refused(Path(folder))
