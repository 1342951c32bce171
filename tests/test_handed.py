"""Whose submission each entry of a class's folder is."""

import os
import sys
import unicodedata

import pytest

from graders.classroom.handed import alike, handed_in
from graders.classroom.layouts.layouts import arranged
from graders.errors import GradmarkError


def students(folder, *names):
    """Return what was handed in as folders, or files that end in .zip or .ipynb."""
    for name in names:
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        if path.lower().endswith((b".zip", b".ipynb", b".py", b".rar")):
            with open(path, "wb"):
                continue
        os.mkdir(path)
    return handed_in(arranged(folder).drafts)


def test_each_is_called_as_its_entry(tmp_path):
    made = students(tmp_path, "Ann Lee", "b.zip", "c.IPYNB", "env", "김민준")
    assert [each.student for each in made] == ["Ann Lee", "b", "c", "env", "김민준"]
    assert [each.folder for each in made] == ["Ann Lee", "b", "c", "env", "김민준"]


def test_nobody_is_called_like_two(tmp_path):
    composed = unicodedata.normalize("NFC", "José")
    apart = unicodedata.normalize("NFD", "José")
    names = ["a", "a.zip", "a.zip.zip", composed, apart]
    if sys.platform == "linux":
        names += [os.fsdecode(b"\xff"), r"\udcff"]
    made = students(tmp_path, *names)
    assert len(made) == len(names)
    assert len({each.student for each in made}) == len(names)
    assert len({each.folder.casefold() for each in made}) == len(names)
    assert {each.draft.path for each in made} == set(names)
    for each in made:
        each.student.encode()
        each.shown.encode()
    assert set(alike(made)) >= {"a (a)", "a (a.zip)"}


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "NUL.txt",
        "x" * 250,
        "\U00020000" * 62,
        "a\nb",
        "-rf",
        "[b]",
        "\x1b[31m",
        " ",
    ],
)
def test_a_folder_for_each_is_safe_everywhere(tmp_path, name):
    (made,) = students(tmp_path, name)
    assert len(made.folder.encode()) < 200
    assert made.folder.strip(". ") == made.folder
    assert not set(made.folder) & set('\n\x1b/\\:*?"<>|[]')
    assert made.folder.casefold().partition(".")[0] not in ("con", "nul")


def test_names_that_differ_in_case_have_folders_that_differ_more(tmp_path):
    made = students(tmp_path, "Ann", "ann", "a_b", "a?b")
    assert len({each.folder.casefold() for each in made}) == 4


def test_nobody_can_choose_anothers_folder(tmp_path):
    (made,) = students(tmp_path, "O'Brien")
    again = students(tmp_path, made.folder, made.folder.upper())
    assert len({each.folder.casefold() for each in again}) == 3


def test_what_is_nobodys_is_told(tmp_path):
    students(tmp_path, "ann", "step01.py", "x.rar", ".hidden", "__MACOSX", ".git", ".DS_Store")
    os.symlink(tmp_path / "ann", tmp_path / "linked")
    there = arranged(tmp_path)
    assert [each.student for each in there.drafts] == ["ann"]
    assert there.others == [".hidden", "linked", "step01.py", "x.rar"]
    assert alike(handed_in(there.drafts)) == []


def test_where_there_is_nobody_that_is_said(tmp_path):
    with pytest.raises(GradmarkError, match="there is no submission in"):
        arranged(tmp_path)
    with pytest.raises(GradmarkError, match="can't be looked into"):
        arranged(tmp_path / "nowhere")
