"""A class in a zip is unpacked whole, and nothing of it reaches anything else."""

import stat
import zipfile
import zlib

import pytest

from graders.classroom.layouts import unpacking
from graders.classroom.layouts.unpacking import laid_out
from graders.errors import GradmarkError


@pytest.fixture
def pack(tmp_path):
    """Return a function that packs members, by name, and tells what comes of them."""

    def pack(members):
        path = tmp_path / "class.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for info, content in members:
                archive.writestr(info, content)
        return unpack(path)

    return pack


def unpack(path):
    """Return the files that a zip holds, by their paths, and what is left out of it."""
    with laid_out(path) as (folder, left_out):
        found = {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file()
        }
    assert not folder.exists()
    return found, left_out


def test_a_folder_is_taken_as_it_is(tmp_path):
    with laid_out(tmp_path) as found:
        assert found == (tmp_path, [])
    assert tmp_path.exists()


def test_all_of_a_zip_is_unpacked(pack):
    found = pack([("ann/step01.py", "x = 1"), ("ann/deep/er/", ""), ("sam.zip", "a zip")])
    assert found == ({"ann/step01.py": b"x = 1", "sam.zip": b"a zip"}, [])


@pytest.mark.parametrize(
    "name",
    ["../out.py", "/out.py", "ann/../../out.py", "..\\out.py", "x" * 256, "ann/" + "é" * 130],
)
def test_what_would_lie_elsewhere_is_left_out(pack, tmp_path, name):
    found, left_out = pack([(name, "x"), ("ann/step01.py", "x = 1")])
    assert found == {"ann/step01.py": b"x = 1"}
    assert left_out == [name.replace("\\", "/")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.zip"]


def test_a_link_is_left_out(pack):
    link = zipfile.ZipInfo("ann/secret.py")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert pack([(link, "/etc/passwd"), ("ann/step01.py", "")]) == (
        {"ann/step01.py": b""},
        ["ann/secret.py"],
    )


def test_a_file_and_a_folder_of_a_name_leave_the_others_alone(pack):
    found, left_out = pack([("ann", "a file"), ("ann/step01.py", "x"), ("sam/step01.py", "y")])
    assert found == {"ann": b"a file", "sam/step01.py": b"y"}
    assert left_out == ["ann/step01.py"]


def test_names_are_read_as_their_system_wrote_them(tmp_path):
    path = tmp_path / "class.zip"
    name = "表示太郎/step01.py"  # the second byte of 表 is a backslash's
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("?" * len(name.encode("cp932")), "x = 1")
    raw = name.encode("cp932")
    path.write_bytes(path.read_bytes().replace(b"?" * len(raw), raw))
    assert unpack(path) == ({name: b"x = 1"}, [])


def test_what_is_too_large_is_left_out_or_refused(pack, monkeypatch):
    monkeypatch.setattr(unpacking, "FILE_BYTES", 1000)
    found, left_out = pack([("ann/big.bin", "0" * 1001), ("ann/step01.py", "0" * 1000)])
    assert (list(found), left_out) == (["ann/step01.py"], ["ann/big.bin"])
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1500)
    with pytest.raises(GradmarkError, match="it holds 2 files of 0 MiB, which is too much"):
        pack([("ann/a.py", "0" * 1000), ("ann/b.py", "0" * 1000)])
    monkeypatch.setattr(unpacking, "MOST_MEMBERS", 1)
    with pytest.raises(GradmarkError, match="it holds 2 files"):
        pack([("a", ""), ("b", "")])


def test_a_member_that_lies_about_its_length_costs_no_more_than_it_says(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.bin", b"\0" * 5_000_000)
        archive.writestr("ann/step01.py", "x = 1")
    length, short = (5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(length, short))
    found, left_out = unpack(path)
    assert (found, left_out) == ({"ann/step01.py": b"x = 1"}, ["bomb.bin"])


def test_a_broken_member_keeps_no_other_from_being_unpacked(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ann/step01.py", "x = 1")
        archive.writestr("sam/step01.py", "x = 2")
    check = zlib.crc32(b"x = 1").to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(check, b"\0\0\0\0"))
    assert unpack(path) == ({"sam/step01.py": b"x = 2"}, ["ann/step01.py"])


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\5\6" + b"\xff" * 18])
def test_what_is_no_zip_is_one_sentence(tmp_path, content):
    (tmp_path / "class.zip").write_bytes(content)
    with pytest.raises(GradmarkError, match="is not a zip that can be unpacked"):
        unpack(tmp_path / "class.zip")
