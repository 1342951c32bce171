"""Nothing found is never a silent zero: what was looked for, and what is there instead."""

import contextlib
import io
import os
import time
import zipfile

import pytest
from test_notebook import notebook
from test_submission import CODE, put, read_files

from graders.errors import GradmarkError
from graders.submission import archive, budget, contents, search
from graders.submission import read as reading
from graders.submission.read import read


def packed(files: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"readme.md": "x"}, "there is no Python file and no notebook in it, only readme.md"),
        ({"variable.py": "x = 1"}, "is called like step01.py, or has a comment"),
        ({"mine.ipynb": notebook("# Title", CODE)}, "write one such as “# Step 3” above each"),
        ({"step01.txt": CODE}, "don't end in .py or .ipynb: step01.txt"),
        ({"step01": CODE, "a.py": ""}, "don't end in .py or .ipynb: step01"),
        ({"steps.rar": "x"}, "only zips are opened: unpack steps.rar,"),
        ({"steps.tar.gz": "x", "a.py": ""}, "only zips are opened: unpack steps.tar.gz,"),
        ({"steps.zip": "x"}, "steps.zip: it is not a zip that can be read"),
        ({"a.ipynb": "version https://git-lfs.github.com/spec/v1\n"}, "a pointer of Git LFS"),
        ({"/".join("abcdefghijklmnopqrstuvw") + "/step01.py": CODE}, "lies too deep"),
    ],
)  # fmt: skip
def test_what_is_there_instead_is_told(tmp_path, files, told):
    given = read_files(tmp_path, files)
    assert given.steps == {}
    assert any(told in note for note in given.notes), given.notes


@pytest.mark.parametrize("packing", ["folder", "zip"])
def test_a_zip_inside_is_opened_where_nothing_else_is_found(tmp_path, packing):
    inner = {"hand in/steps.zip": packed({"x/step01.py": CODE, "y.py": "z = 1"}), "a.py": ""}
    if packing == "zip":
        (tmp_path / "mine.zip").write_bytes(packed(inner))
    path = tmp_path / "mine.zip" if packing == "zip" else put(tmp_path, inner)
    given = read(path)
    assert given.steps["step01"].found_in == "hand in/steps.zip/x/step01.py"
    assert "opened: hand in/steps.zip" in given.notes
    assert "hand in/steps.zip/y.py" in given.modules


def test_a_zip_beside_steps_stays_closed(tmp_path):
    given = read_files(tmp_path, {"step01.py": CODE, "all.zip": packed({"step02.py": CODE})})
    told = "not opened, since there are steps beside: all.zip"
    assert (list(given.steps), given.notes) == (["step01"], (told,))
    given = read(tmp_path, "all.zip")
    assert given.steps["step02"].found_in == "all.zip/step02.py"
    assert given.notes == ("only all.zip/ is graded", "opened: all.zip")


def test_one_zip_in_another_is_enough(tmp_path):
    inner = packed({"b.zip": packed({"step01.py": CODE})})
    assert read_files(tmp_path, {"a.zip": inner}).steps == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_can_t_be_looked_into_is_told_of(tmp_path):
    put(tmp_path, {"mine/step01.py": CODE})
    (tmp_path / "mine").chmod(0)
    assert "mine/ can't be looked into" in read(tmp_path).notes[0]


def test_a_folder_that_goes_away_meanwhile_is_told_of(tmp_path, monkeypatch):
    put(tmp_path, {"mine/step01.py": CODE, "step02.py": CODE})
    really = os.scandir

    def refuse(path):
        if isinstance(path, int) and "step01.py" in os.listdir(path):
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(os, "scandir", refuse)
    given = read(tmp_path)
    assert list(given.steps) == ["step02"]
    assert given.notes == ("mine/ can't be looked into: Permission denied",)


# --- bounds


def test_many_files_hide_no_step(tmp_path):
    names = {f"myenv/lib/mod{n}.py": "" for n in range(search.MOST_FILES + 5)}
    given = read_files(tmp_path, names | {"z/mine/step01.py": CODE})
    assert given.steps["step01"].found_in == "z/mine/step01.py"
    assert (
        "5 of the Python files and notebooks were left out: there are too many" in given.notes
    )


def test_a_virtual_environment_is_not_looked_into(tmp_path):
    given = read_files(tmp_path, {"mine/pyvenv.cfg": "x", "mine/step01.py": CODE, "a.py": CODE})
    assert (given.steps, set(given.modules)) == ({}, {"a.py"})


def test_a_zip_with_very_many_members_is_read_as_far_as_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "MOST_SEEN", 3)
    files = {f"a/b/{n}.txt": "" for n in range(9)} | {"step01.py": CODE}
    (tmp_path / "mine.zip").write_bytes(packed(files))
    given = read(tmp_path / "mine.zip")
    assert list(given.steps) == ["step01"]
    assert "there are more than 3 files" in given.notes[0]


def test_time_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "CPU_SECONDS", -1)
    told = "looking at the files takes more than -1 seconds"
    assert read_files(tmp_path, {"step01.py": CODE}).notes[0] == told
    monkeypatch.setattr(budget.Budget, "see", lambda budget: True)
    given = read_files(tmp_path, {"step01.py": CODE})
    assert "takes more than" in (given.steps["step01"].problem or "")
    assert given.notes == ("not all was read: reading the files takes more than -1 seconds",)


@pytest.mark.skipif(os.name != "posix", reason="the clock is POSIX's")
def test_reading_that_nobody_thought_could_take_so_long_ends_all_the_same(
    tmp_path, monkeypatch
):
    def without_end(*_args):
        with contextlib.suppress(Exception):
            while True:
                pass

    monkeypatch.setattr(budget, "MOST_SECONDS", 0.05)
    monkeypatch.setattr(reading, "assemble", without_end)
    with pytest.raises(GradmarkError, match=r"takes more than 0\.05 seconds of computing"):
        read_files(tmp_path, {"step01.py": CODE})


def test_a_file_that_takes_more_memory_than_there_is_is_told_of(tmp_path, monkeypatch):
    def refuse(text):
        raise MemoryError

    monkeypatch.setattr(contents, "decode", refuse)
    given = read_files(tmp_path, {"step01.py": CODE})
    assert given.steps["step01"].problem == "it takes too much memory"


def test_files_called_after_steps_are_read_first(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "RAW_BYTES", 100)
    names = {f"apps/plot{n}.ipynb": notebook("# Plots", "x = 1") for n in range(3)}
    given = read_files(tmp_path, names | {"steps/step01.py": CODE, "steps/step02.py": CODE})
    assert [run.problem for run in given.steps.values()] == [None, None]
    assert "not all was read: the files are together larger than 0 MiB" in given.notes


@pytest.mark.parametrize("what", ["00-" * 60, "0" * 90, "1-" * 90, "step1-" * 30, "0_0to" * 30])
@pytest.mark.parametrize("where", ["name", "comment", "heading"])
def test_no_text_takes_long_to_be_looked_at(tmp_path, what, where):
    match where:
        case "name":
            files = {f"{what[:200]}.py": CODE, f"{what[:99]}/{what[:99]}1.py": CODE}
        case "comment":
            files = {"notes.py": f"# {what}\n{CODE}" * 20}
        case _:
            files = {"notes.ipynb": notebook(f"# {what}", CODE)}
    began = time.process_time()
    read_files(tmp_path, files | {"step02.py": CODE})
    assert time.process_time() - began < 2


def test_of_members_of_one_name_the_last_counts(tmp_path):
    twice = packed({"step01.py": "x = 1", "step02.py": CODE}).replace(b"step02", b"step01")
    (tmp_path / "mine.zip").write_bytes(twice)
    assert read(tmp_path / "mine.zip").steps["step01"].pieces[0].text == CODE


def test_a_zip_with_a_very_long_list_of_members_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "LIST_BYTES", 100)
    monkeypatch.setattr(archive, "END_BYTES", 200)
    (tmp_path / "mine.zip").write_bytes(packed({f"{n}.py": "" for n in range(9)}))
    with pytest.raises(GradmarkError, match="too many members"):
        read(tmp_path / "mine.zip")


def test_the_lists_of_zips_in_a_zip_are_bounded_together(tmp_path, monkeypatch):
    inner = packed({f"{n}.py": CODE for n in range(100)})
    (tmp_path / "mine.zip").write_bytes(packed({f"{n}.zip": inner for n in range(3)}))
    given = read(tmp_path / "mine.zip")
    assert "opened: 0.zip, 1.zip, 2.zip" in given.notes
    monkeypatch.setattr(budget, "LIST_BYTES", 12_000)
    monkeypatch.setattr(archive, "END_BYTES", 500)
    given = read(tmp_path / "mine.zip")
    assert {"opened: 0.zip, 1.zip", "2.zip: it has too many members"} <= {*given.notes}


# --- a class's download


@pytest.mark.parametrize(
    ("system", "names"),
    [
        ("Moodle", ["Jane Doe_12_assignsubmission_file", "Li Wei_13_assignsubmission_file"]),
        ("Moodle", [f"{w}_assignsubmission_file_step01.py" for w in ("Jane Doe_1", "Li_2")]),
        ("Canvas", ["doejane_12345_67890_step01.py", "liwei_LATE_12346_67891_step01.py"]),
        ("Gradescope", ["submission_1", "submission_metadata.yml"]),
        ("Blackboard", [f"HW_{w}_attempt_2026-01-30-20-30-10_step01.py" for w in ("a", "b")]),
        (
            "Brightspace",
            [f"397063-255736{n} - Mary Smith{n} - Sep 24, 2024 926 PM" for n in (1, 2)],
        ),
        ("Teams", ["Submitted files", "Working files"]),
    ],
)
@pytest.mark.parametrize("packing", ["folder", "zip"])
def test_a_class_s_download_is_no_submission(tmp_path, system, names, packing):
    files = {name if "." in name[-4:] else f"{name}/step01.py": CODE for name in names}
    (tmp_path / "class").mkdir()
    if packing == "zip":
        (tmp_path / "class.zip").write_bytes(packed(files))
    path = tmp_path / "class.zip" if packing == "zip" else put(tmp_path / "class", files)
    with pytest.raises(GradmarkError, match=f"this is {system}'s download of a whole class"):
        read(path)


@pytest.mark.parametrize(
    "names",
    [
        ["step01.py", "step02.py", "12_13_step03.py"],
        [f"doejane_12345_6789{n}_step0{n}.py" for n in (1, 2, 3)],
        [f"2024_{n:02}_15_step0{n}.py" for n in (1, 2, 3)],
        [f"step_{n:02}_1_work.py" for n in (1, 2, 3)],
        [f"1-{n} - step0{n}.py" for n in (1, 2, 3)],
        [f"HW_kim_attempt_2026-01-30-20-30-1{n}_step0{n}.py" for n in (1, 2)],
    ],
)
def test_one_student_s_download_is_a_submission(tmp_path, names):
    assert read_files(tmp_path, {name: CODE.replace("V", name[-4]) for name in names}).steps
