"""The JSON file: written whole or not at all."""

import errno
import os
import stat
import tempfile
from pathlib import Path

import pytest
from test_renderers import REPORTS

from graders.errors import GradmarkError
from graders.renderers import json_file
from graders.replace import STAYS, write_through
from graders.report import to_json

REPORT = REPORTS["failed"]
HANDED_IN = Path("nowhere")


def test_the_file_is_the_report_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "score.json"
    path.write_text("old")
    json_file.write(REPORT, path, HANDED_IN)
    assert path.read_bytes() == to_json(REPORT) == json_file.text(REPORT).encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["replace", "fdopen"])
@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, "the disk is broken"), KeyboardInterrupt()]
)
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


@pytest.mark.parametrize("call", ["replace", "chmod"])
@pytest.mark.parametrize("number", sorted(STAYS))
def test_what_keeps_a_file_from_being_replaced_keeps_no_report_from_it(
    tmp_path, monkeypatch, call, number
):
    def fail(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    path = tmp_path / "score.json"
    path.write_text("old")
    monkeypatch.setattr(os, call, fail)
    json_file.write(REPORT, path, HANDED_IN)
    monkeypatch.undo()
    assert path.read_bytes() == to_json(REPORT)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_without_room_for_the_report_stays_as_it_is(tmp_path, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "score.json"
    path.write_text("old")
    monkeypatch.setattr(tempfile, "mkstemp", fail)
    monkeypatch.setattr(os, "posix_fallocate", fail)
    with pytest.raises(GradmarkError, match="No space left"):
        json_file.write(REPORT, path, HANDED_IN)
    assert path.read_text() == "old"


@pytest.mark.skipif(not hasattr(os, "umask"), reason="a mask of rights is POSIX's")
@pytest.mark.parametrize(("mask", "due"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_rights_that_its_user_wants_and_an_old_one_its_own(
    tmp_path, mask, due
):
    new, old = tmp_path / "new.json", tmp_path / "old.json"
    old.write_text("old")
    old.chmod(0o640)
    before = os.umask(mask)
    try:
        json_file.write(REPORT, new, HANDED_IN)
        json_file.write(REPORT, old, tmp_path)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, old)] == [due, 0o640]


def test_a_file_of_another_name_is_still_one(tmp_path):
    (tmp_path / "one").write_text("longer than what comes")
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    write_through(tmp_path / "one", b"new")
    assert (tmp_path / "two").read_bytes() == b"new"


def test_a_file_that_may_not_be_written_to_stays(tmp_path, monkeypatch):
    (tmp_path / "fixed").write_text("old")
    monkeypatch.setattr(os, "access", lambda path, how: False)
    with pytest.raises(PermissionError):
        write_through(tmp_path / "fixed", b"new")
    assert (tmp_path / "fixed").read_text() == "old"


def test_a_name_may_be_as_long_as_any(tmp_path):
    path = tmp_path / ("x" * 255)
    json_file.write(REPORT, path, HANDED_IN)
    assert path.read_bytes() == to_json(REPORT)


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
