"""Submissions in a zip: read in place, as the folder in it would be."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from test_submission import texts

from graders.errors import GradmarkError
from graders.submission import entry
from graders.submission.read import read

CODE = "class Variable:\n    pass\n"


def pack(path: Path, files: dict[str, str], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.zip"


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_is_read_like_a_folder(path, how):
    given = read(pack(path, {"me/step1.py": CODE, "me/other.py": "x = 1\n"}, how))
    assert (given.name, given.root) == ("mine.zip", "mine")
    assert given.steps["step01"].path == "me/step1.py"
    assert texts(given) == {"me/step1.py": CODE, "me/other.py": "x = 1\n"}
    assert [file.name for file in path.parent.iterdir()] == ["mine.zip"]


@pytest.mark.parametrize(
    "name",
    [
        "../step01.py",
        "a/../../step01.py",
        "/step01.py",
        "..\\step01.py",
        "__MACOSX/step01.py",
        "a/.git/step01.py",
        "/".join("abcdefghijklmnopqrstuv") + "/step01.py",
        "step01.py/",
    ],
)
def test_odd_names_in_a_zip_are_passed_over(path, name):
    given = read(pack(path, {name: CODE, "step02.py": CODE}))
    assert list(texts(given)) == ["step02.py"]


def test_a_member_without_a_name_is_passed_over(path):
    packed = bytearray(pack(path, {"step02.py": CODE, "xy": ""}).read_bytes())
    entry = packed.rindex(b"PK\x01\x02")
    packed[entry + 28 : entry + 32] = b"\x00\x00\x02\x00"  # its name becomes an extra field
    path.write_bytes(packed)
    assert list(texts(read(path))) == ["step02.py"]


def test_backslashes_in_a_zip_are_folders(path):
    given = read(pack(path, {"me\\step01.py": CODE}))
    assert texts(given) == {"me/step01.py": CODE}


def test_a_member_that_unpacks_to_very_much_is_too_large(path):
    pack(path, {"step01.py": "#" * (1 << 26)})
    assert path.stat().st_size < entry.FILE_BYTES
    assert "larger than" in read(path).steps["step01"].problem


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_unpack_without_bound_are_not_read(path, how):
    given = read(pack(path, {"step01.py": "#" * (1 << 22), "other.py": CODE}, how))
    assert "packed in a way" in given.steps["step01"].problem
    assert texts(given) == {}


def test_a_member_that_is_encrypted_is_told_of(path):
    content = bytearray(pack(path, {"step01.py": CODE, "step02.py": CODE}).read_bytes())
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    given = read(path)
    assert given.steps["step01"].problem == "it can't be read"
    assert texts(given) == {"step02.py": CODE}


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\3\4" + b"\0" * 40, CODE.encode()])
def test_what_is_no_zip_is_told_of(path, content):
    path.write_bytes(content)
    with pytest.raises(GradmarkError, match="not a zip that can be read"):
        read(path)


def test_a_damaged_zip_is_read_as_far_as_it_goes_or_told_of(path):
    files = {f"me/step0{n}.py": CODE * 20 + str(n) for n in (1, 2, 3)}
    whole = pack(path, files).read_bytes()
    dice = random.Random(1)
    problems = set()
    for _turn in range(400):
        damaged = io.BytesIO(whole)
        for _change in range(dice.randint(1, 3)):
            damaged.seek(dice.randrange(len(whole)))
            damaged.write(bytes([dice.randrange(256)]))
        path.write_bytes(damaged.getvalue()[: dice.choice([None, dice.randrange(len(whole))])])
        try:
            given = read(path)
        except GradmarkError as error:
            problems.add(str(error)[-20:])
        else:
            problems |= {file.problem for file in given.steps.values()}
    assert {None, "it can't be read", "zip that can be read"} <= problems
