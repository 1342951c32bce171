"""The JSON file: written whole or not at all."""

import os
from pathlib import Path

import pytest
from test_renderers import REPORTS

from graders.errors import GradmarkError
from graders.renderers import json_file
from graders.report import to_json

REPORT = REPORTS["failed"]
HANDED_IN = Path("nowhere")


def test_the_file_is_the_report_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "score.json"
    path.write_text("old")
    json_file.write(REPORT, path, HANDED_IN)
    assert path.read_bytes() == to_json(REPORT) == json_file.text(REPORT).encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["replace", "chmod", "fdopen"])
@pytest.mark.parametrize("error", [OSError(28, "no space left"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, call, error):
    def fail(*_args, **_kwargs):
        raise error

    path = tmp_path / "score.json"
    path.write_text("old")
    monkeypatch.setattr(os, call, fail)
    told = GradmarkError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(told):
        json_file.write(REPORT, path, HANDED_IN)
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path):
    with pytest.raises(GradmarkError, match="can't be written to"):
        json_file.write(REPORT, tmp_path / "nowhere" / "score.json", HANDED_IN)


@pytest.mark.skipif(os.name != "posix", reason="pipes with names are POSIX's")
def test_a_pipe_or_device_is_written_to_and_never_replaced(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        json_file.write(REPORT, path, HANDED_IN)
        assert os.read(reader, 1 << 16) == to_json(REPORT)
    finally:
        os.close(reader)
    assert path.is_fifo()
