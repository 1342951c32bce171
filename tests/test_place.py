"""Places for steps: what is kept in reach around a folder, and how folders are got rid of."""

import os

import pytest

from graders.worker.place import around
from graders.worker.scratch import remove


@pytest.mark.parametrize(
    ("readable", "folder", "due"),
    [
        (["/usr/lib/python3", "/usr/lib64", "/etc/ld.so.cache"], "/tmp/own", ["/etc", "/usr"]),
        (["/tmp/venv/lib/numpy", "/usr/lib"], "/tmp/own", ["/tmp/venv", "/usr"]),
        (["/tmp/a/venv", "/tmp/a/b"], "/tmp/a/own", ["/tmp/a/b", "/tmp/a/venv"]),
    ],
)
def test_few_folders_hold_what_is_readable_and_not_the_steps_own(readable, folder, due):
    assert around(readable, folder) == due


def test_a_deep_chain_beside_many_files_is_removed_whole(tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    for number in range(3000):
        (place / f"file{number}").touch()
    for _level in range(1500):
        os.mkdir("x", dir_fd=(descriptor := os.open(place, os.O_RDONLY)))
        os.close(descriptor)
        os.rename(place / "x", place / "y") if not (place / "y").exists() else deepen(place)
    (place / "locked").mkdir(0o000)
    remove(str(place))
    assert not place.exists()


def deepen(place):
    """Put the chain of folders one folder deeper."""
    os.rename(place / "y", place / "x" / "y")
    os.rename(place / "x", place / "y")
