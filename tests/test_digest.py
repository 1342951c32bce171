"""A submission's digest changes with all that can change its verdict, and with nothing else."""

import os
import shutil
import zipfile

import pytest

from graders.classroom import digest
from graders.classroom.layouts.draft import Draft
from graders.submission.read import read

STEP = "step01.py"


@pytest.fixture
def folder(tmp_path):
    """Return a submission: a step, a note, a zip."""
    made = tmp_path / "work"
    made.mkdir()
    (made / STEP).write_text("x = 1\n")
    (made / "notes.md").write_text("none of the steps")
    return made


def of(path):
    """Return the digest of a folder or a file that was handed in."""
    return digest.of_submission(path.parent, Draft("somebody", path.name))


def changed(folder, change):
    """Tell whether a change alters the digest."""
    before = of(folder)
    change()
    return of(folder) != before


def test_it_is_the_same_of_the_same(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    os.utime(copy / STEP, (1, 1))
    assert of(folder) == of(copy)


def test_it_changes_with_a_file(folder):
    assert changed(folder, lambda: (folder / STEP).write_text("x = 2\n"))
    assert changed(folder, lambda: (folder / "step02.py").touch())
    assert changed(folder, lambda: (folder / STEP).rename(folder / "step03.py"))


def test_it_does_not_change_with_what_is_not_read(folder):
    assert not changed(folder, lambda: (folder / "notes.md").write_text("other words"))
    (folder / ".git").mkdir()
    assert not changed(folder, lambda: (folder / ".git" / STEP).write_text("x = 3"))


@pytest.mark.parametrize("target", [".hidden/s.py", "answer.txt", "__pycache__/step01.py"])
def test_it_changes_with_what_a_link_leads_to(folder, target):
    (folder / target).parent.mkdir(exist_ok=True)
    (folder / target).write_text("x = 1\n")
    (folder / STEP).unlink()
    os.symlink(folder / target, folder / STEP)
    assert read(folder).steps["step01"].pieces[0].text == "x = 1\n"
    assert changed(folder, lambda: (folder / target).write_text("x = 2\n"))


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.ipynb", "a.py"])
def test_a_large_file_keeps_no_other_from_counting(folder, name):
    with open(folder / name, "wb") as file:
        file.truncate(2 << 30)
    assert changed(folder, lambda: (folder / STEP).write_text("x = 2\n"))


def test_it_changes_with_the_end_of_a_large_zip(tmp_path):
    path = tmp_path / "work.zip"

    def pack(text):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("film.mp4", bytes(3 << 20))
            archive.writestr(STEP, text)

    pack("x = 1")
    assert changed(path, lambda: pack("x = 2"))


def test_beyond_what_is_looked_at_the_last_change_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(digest, "MOST_BYTES", 1000)
    path = tmp_path / "work.zip"
    path.write_bytes(bytes(5000) + b"1")
    assert changed(path, lambda: path.write_bytes(bytes(5000) + b"2"))


def test_what_waits_for_ever_is_not_opened(folder):
    os.mkfifo(folder / "step02.py")
    os.symlink("/dev/zero", folder / "step03.py")
    assert of(folder)


def test_the_course_counts_without_what_only_shows(tmp_path, monkeypatch):
    copy = shutil.copytree(digest.PACKAGE, tmp_path / "graders")
    monkeypatch.setattr(digest, "PACKAGE", copy)
    before = digest.of_course()
    (copy / "renderers" / "screen.py").write_text("# other")
    (copy / "classroom" / "command.py").write_text("# other")
    assert digest.of_course() == before
    (copy / "suites" / "test_step01.py").write_text("# other")
    assert digest.of_course() != before
