"""A class in a zip is unpacked whole, and nothing of it reaches anything else."""

import errno
import os
import stat
import unicodedata
import zipfile
import zlib

import pytest

from graders.classroom.layouts import unpacking
from graders.classroom.layouts.draft import Draft
from graders.classroom.layouts.unpacking import laid_out, noted
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
        {"ann/step01.py": b"", "ann/secret.py": b""},
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


@pytest.mark.parametrize(
    ("limit", "value", "left_out"),
    [
        ("FILE_BYTES", 1000, ["ann/1.py"]),
        ("MOST_BYTES", 1500, ["ann/1.py", "ann/2.py"]),
        ("MOST_MEMBERS", 1, ["ann/1.py", "ann/2.py"]),
    ],
)
def test_too_much_of_one_leaves_others_alone(pack, monkeypatch, limit, value, left_out):
    monkeypatch.setattr(unpacking, limit, value)
    files = {"ann/0.py": 1000, "ann/1.py": 1001, "ann/2.py": 900, "sam/0.py": 1000}
    found, missing = pack([(name, "0" * length) for name, length in files.items()])
    assert missing == left_out
    assert {name for name, content in found.items() if content} == files.keys() - set(left_out)
    for around in ("__MACOSX/", "source/", ""):
        more = [(f"{around}x", ""), *((f"cs1/{name}", "0" * n) for name, n in files.items())]
        assert pack(more)[1] == [f"cs1/{name}" for name in left_out]


def test_what_is_left_out_of_a_student_is_told():
    drafts = [Draft("ann", "cs1/ann"), Draft("sam", "cs1/sam")]
    ann, sam = noted(drafts, ["cs1/ann/deep/big.bin", "cs1/ann2/x.py", "elsewhere"])
    assert ann.notes == (
        "left out of the zip, since it is a link, broken or too much: cs1/ann/deep/big.bin",
    )
    assert sam == drafts[1]
    flat = Draft("ann", files=(("cs1/ann_1_step01.py", "step01.py"),))
    assert noted([flat], ["cs1/ann_1_step01.py"])[0].notes


def test_where_nothing_can_be_written_the_run_ends(tmp_path, monkeypatch):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ann/step01.py", "x = 1")

    def full(*arguments, **named):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(unpacking, "open", full, raising=False)
        with pytest.raises(GradmarkError, match="can't be unpacked: No space left on device"):
            unpack(path)
    assert unpack(path) == ({"ann/step01.py": b"x = 1"}, [])


@pytest.mark.parametrize(
    "names",
    [
        ["mal/a", "mal/a\\"],
        ["mal/é", f"mal/{unicodedata.normalize('NFD', 'é')}/"],
        ["mal/" + "a/" * 2048],
        ["mal/" + "é" * 200 + "/"],
        [f"mal/{'a' * 200}/{'b' * 200}/" * 3],
    ],
)
def test_no_name_of_one_student_keeps_others_from_being_unpacked(pack, names):
    found, _left_out = pack([*((name, "") for name in names), ("sam/step01.py", "x = 1")])
    assert found["sam/step01.py"] == b"x = 1"


def test_two_that_look_alike_stay_two(pack):
    jose = unicodedata.normalize("NFD", "José")
    found, _left_out = pack([("José/step01.py", "mine"), (f"{jose}/step01.py", "yours")])
    assert found == {"José/step01.py": b"mine", f"{jose}/step01.py": b"yours"}


def encoded(path, files):
    """Write a zip whose members' names are in an encoding that it doesn't tell."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(len(files)):
            archive.writestr(f"{number:?<{40}}"[: len(files[number])], "x = 1")
    content = path.read_bytes()
    for number, raw in enumerate(files):
        content = content.replace(f"{number:?<{40}}"[: len(raw)].encode(), raw)
    path.write_bytes(content)


def test_no_name_of_one_student_spells_others_otherwise(tmp_path):
    students = ["김민준", "이서연", "박준"]
    files = [f"{student}/step01.py".encode("cp949") for student in students]
    files.append("박준/漢字.py".encode("cp949"))
    encoded(tmp_path / "class.zip", files)
    found, _left_out = unpack(tmp_path / "class.zip")
    assert {name.partition("/")[0] for name in found} == set(students)


def test_a_member_that_lies_about_its_length_costs_no_more_than_it_says(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.bin", b"\0" * 5_000_000)
        archive.writestr("ann/step01.py", "x = 1")
    length, short = (5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(length, short))
    found, left_out = unpack(path)
    assert (found, left_out) == ({"ann/step01.py": b"x = 1", "bomb.bin": b""}, ["bomb.bin"])


def test_a_broken_member_keeps_no_other_from_being_unpacked(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ann/step01.py", "x = 1")
        archive.writestr("sam/step01.py", "x = 2")
    check = zlib.crc32(b"x = 1").to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(check, b"\0\0\0\0"))
    assert unpack(path) == (
        {"ann/step01.py": b"", "sam/step01.py": b"x = 2"},
        ["ann/step01.py"],
    )


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\5\6" + b"\xff" * 18])
def test_what_is_no_zip_is_one_sentence(tmp_path, content):
    (tmp_path / "class.zip").write_bytes(content)
    with pytest.raises(GradmarkError, match="is not a zip that can be unpacked"):
        unpack(tmp_path / "class.zip")


def test_names_that_lie_about_their_encoding_are_one_sentence(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("é.py", "x = 1")
    path.write_bytes(path.read_bytes().replace("é.py".encode(), b"\xff\xff.py"))
    with pytest.raises(GradmarkError, match="is not a zip that can be unpacked"):
        unpack(path)
