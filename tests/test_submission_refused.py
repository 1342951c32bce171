"""Submissions: what can't be read is told in a sentence, and nothing is waited for."""

import os
import time
from pathlib import Path

import pytest
from test_submission import CODE, found, put, read_files, texts

from graders.errors import GradmarkError
from graders.submission import budget, entry, opening
from graders.submission import read as reading
from graders.submission.assembly import TOTAL_BYTES
from graders.submission.read import read


def problem(root: Path, content: bytes) -> str:
    """Return what is told of a step's file that can't be graded."""
    given = read_files(root, {"step03.py": content})
    assert "step03.py" not in texts(given)
    return given.steps["step03"].problem or ""


def test_a_binary_file_is_told_of(tmp_path):
    assert problem(tmp_path, b"\x7fELF\0\0") == "it is not text"


def test_a_file_that_is_too_large_is_told_of(tmp_path):
    text = b"#" * entry.FILE_BYTES
    assert "larger than" in problem(tmp_path, text + b"\n")
    assert read_files(tmp_path, {"step03.py": text}).steps["step03"].problem is None


def test_steps_that_are_too_large_together_are_told_of(tmp_path):
    names = ["step01.py", "step02.py", "step03.py", "step04.py"]
    given = read_files(tmp_path, dict.fromkeys(names, "#" * 200_000))
    assert [file.problem is None for file in given.steps.values()] == [True, True, True, False]
    assert sum(map(len, texts(given).values())) <= TOTAL_BYTES


def test_siblings_stop_where_the_room_ends(tmp_path):
    siblings = {f"other{n}.py": "#" * 200_000 for n in range(9)}
    given = read_files(tmp_path, {"step01.py": CODE} | siblings)
    assert texts(given)["step01.py"] == CODE
    assert len(texts(given)) == 4


def test_a_file_that_may_not_be_opened_is_told_of(tmp_path, monkeypatch):
    def refuse(*_args):
        raise PermissionError

    put(tmp_path, {"step03.py": CODE})
    monkeypatch.setattr(opening.Place, "opened", refuse)
    assert "permission denied" in read(tmp_path).steps["step03"].problem


needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes and links are POSIX's")


@needs_posix
def test_a_pipe_is_passed_over_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "step03.py")
    given = read_files(tmp_path, {"step01.py": CODE})
    assert found(given) == {"step01": "step01.py"}
    assert given.notes == ("step03.py is not a file of the submission: passed over",)


@needs_posix
@pytest.mark.parametrize("name", ["mine.zip", "mine.ipynb", "mine.py"])
def test_a_pipe_is_no_submission(tmp_path, name):
    os.mkfifo(tmp_path / name)
    with pytest.raises(GradmarkError, match="not a folder, a zip or a notebook"):
        read(tmp_path / name)


@needs_posix
def test_links_are_followed_inside_the_submission_only(tmp_path):
    put(tmp_path, {"outside/secret.py": "key = 1", "mine/real.py": CODE})
    mine = tmp_path / "mine"
    (mine / "step01.py").symlink_to("real.py")
    (mine / "step02.py").symlink_to("../outside/secret.py")
    (mine / "step03.py").symlink_to("step03.py")
    (mine / "step04.py").symlink_to("nowhere.py")
    (mine / "folder").symlink_to("../outside")
    (mine / "circle").symlink_to(".")
    given = read(mine)
    assert found(given) == {"step01": "step01.py"}
    assert texts(given) == {"step01.py": CODE, "real.py": CODE}
    told = ["not a file of the submission", "broken link", "broken link"]
    assert all(part in note for part, note in zip(told, sorted(given.notes), strict=False))
    assert len(given.notes) == 3


@needs_posix
def test_what_is_swapped_for_a_link_after_it_was_looked_at_is_not_followed(
    tmp_path, monkeypatch
):
    put(tmp_path, {"outside/step02.py": "key = 1", "outside/step03.py": "key = 2"})
    put(tmp_path / "mine", {"step01.py": CODE, "step02.py": CODE, "a/step03.py": CODE})
    mine, assemble = tmp_path / "mine", reading.assemble

    def swap_and_assemble(*args):
        (mine / "step02.py").unlink()
        (mine / "step02.py").symlink_to("../outside/step02.py")
        (mine / "a").rename(mine / "b")
        (mine / "a").symlink_to("../outside")
        (mine / "step01.py").unlink()
        os.mkfifo(mine / "step01.py")
        return assemble(*args)

    monkeypatch.setattr(reading, "assemble", swap_and_assemble)
    given = read(mine)
    assert {run.problem for run in given.steps.values()} == {"it can't be read"}
    assert len(given.steps) == 3
    assert "key" not in str(given)


@needs_posix
def test_a_submission_may_itself_be_a_link_but_not_a_circle(tmp_path):
    put(tmp_path, {"mine/step01.py": CODE})
    (tmp_path / "link").symlink_to("mine")
    (tmp_path / "loop").symlink_to("loop")
    assert read(tmp_path / "link").name == "mine"
    with pytest.raises(GradmarkError, match="can't be opened"):
        read(tmp_path / "loop")


@needs_posix
def test_names_that_are_not_utf8_can_be_sent_and_written(tmp_path):
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x83\x81"))
    try:
        put(folder, {"step01.py": CODE})
        put(Path(os.fsdecode(os.fsencode(folder) + b"/\x8e")), {"step02.py": CODE})
    except OSError:
        pytest.skip("this file system wants UTF-8")
    given = read(folder)
    assert given.name == "\\udc83\\udc81"
    assert found(given) == {"step01": "step01.py", "step02": "\\udc8e/step02.py"}
    assert all(path.encode() for path in texts(given))


def test_thousands_of_other_files_are_no_trouble(tmp_path):
    for number in range(10_000):
        (tmp_path / f"data{number}.txt").touch()
    put(tmp_path, {"step01.py": CODE})
    began = time.process_time()
    assert found(read(tmp_path)) == {"step01": "step01.py"}
    assert time.process_time() - began < 2


def test_beyond_some_number_of_files_the_rest_is_not_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "MOST_SEEN", 2)
    given = read_files(tmp_path, {"a.txt": "", "b.txt": "", "step01.py": CODE})
    assert given.steps == {}
    assert "more than 2 files" in given.notes[0]


@pytest.mark.parametrize("name", ["nowhere", "nowhere/step01.py", "a\0b"])
def test_where_there_is_no_submission_it_is_said(tmp_path, name):
    with pytest.raises(GradmarkError, match=r"no submission at|can't be opened"):
        read(tmp_path / name)


def test_a_bare_file_is_no_submission(tmp_path):
    put(tmp_path, {"step01.py": CODE})
    with pytest.raises(GradmarkError, match="give the folder that it lies in"):
        read(tmp_path / "step01.py")


def test_reading_writes_nothing(tmp_path):
    put(tmp_path, {"step01.py": CODE, "sub/step02.py": CODE, "notes.txt": "hello"})
    before = {path: path.stat() for path in [tmp_path, *tmp_path.rglob("*")]}
    read(tmp_path)
    after = {path: path.stat() for path in [tmp_path, *tmp_path.rglob("*")]}
    assert {p: (s.st_mtime_ns, s.st_ino, s.st_size) for p, s in before.items()} == {
        p: (s.st_mtime_ns, s.st_ino, s.st_size) for p, s in after.items()
    }
