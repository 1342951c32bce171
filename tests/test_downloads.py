"""Whose submission everything in a download of a class is."""

import re

import pytest

from graders.classroom import digest
from graders.classroom.handed import alike, handed_in
from graders.classroom.layouts.layouts import LAYOUTS, NAMED, arranged, by_regex
from graders.classroom.layouts.named import once
from graders.errors import GradmarkError
from graders.options import LAYOUTS as OPTIONS
from graders.submission.downloads import refuse_class
from tests import downloads
from tests.downloads import DUE, STEPS, facts, laid_out, steps_of, work, write


def told(root):
    """Return of each student the number, email, time, lateness and how many steps there are."""
    there, found = laid_out(root)
    return there.layout.name, {
        name: (*facts(each.draft), len(steps_of(root, each))) for name, each in found.items()
    }


@pytest.mark.parametrize("name", DUE)
def test_a_download_is_told_by_its_names(tmp_path, name):
    root = write(tmp_path / "steps-submissions", getattr(downloads, name))
    assert told(root) == DUE[name]


@pytest.mark.parametrize("name", DUE)
def test_nothing_of_a_download_is_passed_over_in_silence(tmp_path, name):
    root = write(tmp_path / "steps-submissions", getattr(downloads, name))
    assert arranged(root).others == []


def test_all_layouts_can_be_named():
    assert tuple(NAMED) == OPTIONS
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)


@pytest.mark.parametrize("name", ["MOODLE_FLAT", "CANVAS", "BLACKBOARD", "GRADESCOPE", "TEAMS"])
def test_a_class_is_not_graded_as_one_submission(tmp_path, name):
    write(tmp_path, getattr(downloads, name))
    top = tmp_path / "assignment_8046601_export" if name == "GRADESCOPE" else tmp_path
    with pytest.raises(GradmarkError, match=r"a whole class: name it by itself"):
        refuse_class([path.name for path in top.iterdir()])


def test_one_students_files_are_no_class():
    refuse_class(["doejane_12345_67890_step01.py", "doejane_12345_67891_step02.py"])
    refuse_class(["anon_Ab3X9_67890_step01.py", "anon_Ab3X9_67891_step02.py"])


def test_the_newest_attempt_counts_and_the_others_are_told(tmp_path):
    write(tmp_path / "blackboard", downloads.BLACKBOARD)
    write(tmp_path / "brightspace", downloads.BRIGHTSPACE)
    _there, found = laid_out(tmp_path / "blackboard")
    assert [name for _path, name in found["jdoe"].draft.files] == list(STEPS)
    assert found["jdoe"].draft.notes == ("an earlier attempt is passed over",)
    assert found["sam_lee"].draft.notes == ()
    _there, found = laid_out(tmp_path / "brightspace")
    assert found["Mary-Ann Smith"].draft.path.endswith("926 PM")
    assert found["Mary-Ann Smith"].draft.notes == ("an earlier attempt is passed over",)


def test_attempts_of_no_date_that_can_be_told_all_stay(tmp_path):
    write(tmp_path, downloads.BRIGHTSPACE)
    students = handed_in(arranged(tmp_path).drafts)
    assert alike(students) == [f"José Núñez ({path})" for path in downloads.FRENCH]


def test_files_are_called_as_their_students_called_them(tmp_path):
    write(tmp_path, downloads.CANVAS)
    _there, found = laid_out(tmp_path)
    assert [name for _path, name in found["roejohn"].draft.files] == ["step02.py", "step01.py"]
    assert [name for _path, name in found["kimjisoo"].draft.files] == [
        "step01-1.py",
        "step01-2.py",
    ]


def test_what_was_only_typed_in_is_told(tmp_path):
    write(tmp_path, downloads.CANVAS | downloads.MOODLE)
    for name, who in (("canvas", "leesam"), ("moodle", "Typed Only")):
        _there, found = laid_out(tmp_path, NAMED[name])
        assert found[who].draft.notes == (
            "text, or a link, that was typed into the system is not read",
        )


def test_one_zip_or_notebook_is_read_as_such(tmp_path):
    (tmp_path / "doejane_12345_67890_steps.zip").write_bytes(b"no zip")
    (tmp_path / "roejohn_12346_67891_steps.ipynb").write_text("{}")
    _there, found = laid_out(tmp_path)
    assert [each.draft.path for each in found.values()] == sorted(
        path.name for path in tmp_path.iterdir()
    )
    with pytest.raises(GradmarkError, match="not a zip that can be read"):
        steps_of(tmp_path, found["doejane"])


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Sep 24, 2024 926 PM", "2024-09-24T21:26:00"),
        ("September 4, 2024 1200 AM", "2024-09-04T00:00:00"),
        ("24 September, 2024 1226 PM", "2024-09-24T12:26:00"),
        ("24 Sep 2024 2126", "2024-09-24T21:26:00"),
        ("Sep 31, 2024 926 PM", ""),
        ("24 septembre, 2024 21h26", ""),
        ("9月 24, 2024 926", ""),
    ],
)
def test_a_date_of_brightspaces_is_read_where_it_is_english(tmp_path, text, due):
    write(tmp_path, work(f"397063-2557369 - Ann Lee - {text}/"))
    assert laid_out(tmp_path)[1]["Ann Lee"].draft.time == due


def test_one_student_makes_a_class_too(tmp_path):
    write(tmp_path, work("doejane_12345_67890_"))
    assert told(tmp_path) == ("canvas", {"doejane": ("12345", "", "", False, 2)})


def test_a_layout_can_be_asked_for(tmp_path):
    write(tmp_path, downloads.MOODLE)
    there, found = laid_out(tmp_path, NAMED["folders"])
    assert there.layout.name == "folders"
    assert "Jane Doe_1234567_assignsubmission_file" in found
    with pytest.raises(GradmarkError, match="called as by --layout or --names"):
        arranged(tmp_path, NAMED["canvas"])


def test_a_regular_expression_tells_whose_each_is(tmp_path):
    files = {
        **work("2024-01-02 s100 Ann_Lee/"),
        **work("2024-01-03 s100 Ann_Lee/"),
        **work("2024-01-02T10:00 s101 Sam-"),
        "readme.txt": "",
    }
    write(tmp_path, files)
    names = re.compile(r"(?P<time>\S+) (?P<id>s\d+) (?P<student>[A-Z][A-Za-z_]+)")
    there, found = laid_out(tmp_path, by_regex(names))
    assert (there.layout.title, there.others) == ("by --names", ["readme.txt"])
    assert {name: facts(each.draft) for name, each in found.items()} == {
        "Ann_Lee": ("s100", "", "2024-01-03T00:00:00", None),
        "Sam": ("s101", "", "2024-01-02T10:00:00", None),
    }
    assert [name for _path, name in found["Sam"].draft.files] == list(STEPS)
    own = re.compile(r".* s101 (?P<student>Sam)-step0(?P<file>\d.py)")
    assert [name for _p, name in laid_out(tmp_path, by_regex(own))[1]["Sam"].draft.files] == [
        "1.py", "2.py",
    ]  # fmt: skip
    with pytest.raises(GradmarkError, match="the time of Ann_Lee is not in ISO 8601: 2024"):
        arranged(tmp_path, by_regex(re.compile(r"(?P<time>\d+)\S+ s100 (?P<student>\w+)")))


def test_one_assignment_of_several_is_named(tmp_path):
    write(tmp_path, downloads.NBGRADER | work("submitted/jdoe/ps2/"))
    with pytest.raises(GradmarkError, match=r"several assignments: .*--assignment: ps2, steps"):
        arranged(tmp_path)
    with pytest.raises(GradmarkError, match="--assignment ps3: there is none of this name"):
        arranged(tmp_path, assignment="ps3")
    with pytest.raises(GradmarkError, match="no assignment's name in what was handed in"):
        arranged(tmp_path / "submitted" / "jdoe", NAMED["folders"], assignment="ps2")
    there, found = laid_out(tmp_path, assignment="ps2")
    assert [each.path for each in there.drafts] == ["submitted/jdoe/ps2"]
    assert list(found) == ["jdoe"]


def test_the_last_version_counts_whatever_it_is_called(tmp_path):
    write(
        tmp_path,
        work("Submitted files/Ann/Steps/バージョン 9/")
        | work("Submitted files/Ann/Steps/バージョン 10/"),
    )
    (draft,) = arranged(tmp_path).drafts
    assert draft.path == "Submitted files/Ann/Steps/バージョン 10"


def test_what_nobody_handed_in_is_told(tmp_path):
    write(tmp_path, downloads.MOODLE | {"notes.txt": "", ".hidden": "", "Thumbs.db": ""})
    (tmp_path / "linked").symlink_to(tmp_path / "notes.txt")
    assert arranged(tmp_path).others == [".hidden", "linked", "notes.txt"]
    write(tmp_path, work("other student/"))
    due = "looks like Moodle's download, but for other student: .* --layout moodle or --layout"
    with pytest.raises(GradmarkError, match=due):
        arranged(tmp_path)
    assert arranged(tmp_path, NAMED["moodle"]).others[-1] == "other student"


def test_a_folder_around_all_else_is_looked_through(tmp_path):
    flat = work("Ann Lee_12_assignsubmission_file_")
    for top in ("cs1", "cs1/cs1", "cs1/assignment_77_export"):
        root = write(
            tmp_path / top.replace("/", "-"), {f"{top}/{n}": t for n, t in flat.items()}
        )
        there = arranged(root, title="CS1 (2)")
        assert (there.layout.name, len(there.drafts)) == ("moodle", 1)
        assert there.drafts[0].files[0][0].startswith(f"{top}/Ann Lee_12")
    plainly = write(tmp_path / "plain", work("cs1/ann/") | work("cs1/sam/"))
    assert [each.student for each in arranged(plainly, title="cs1").drafts] == ["ann", "sam"]


def test_two_of_a_name_are_told_apart_by_their_numbers(tmp_path):
    write(tmp_path, downloads.CANVAS)
    students = handed_in(arranged(tmp_path).drafts)
    called = [each.student for each in students if each.draft.student == "doejane"]
    assert called == ["doejane (12345)", "doejane (12347)"]
    assert alike(students) == []


def test_what_was_handed_in_has_one_digest_whatever_lies_around(tmp_path):
    one, two = write(tmp_path / "1", downloads.CANVAS), write(tmp_path / "2", downloads.CANVAS)
    (two / "other_999_99999_step01.py").write_text("more")

    def digest_of(root):
        found = laid_out(root)[1]
        return digest.of_submission(root, found["roejohn"].draft)

    before = digest_of(one)
    assert digest_of(two) == before
    (one / "roejohn_12346_67892_step02-12.py").write_text("changed")
    assert digest_of(one) != before


@pytest.mark.parametrize(
    ("names", "due"),
    [
        (["step-10.py"], ["step-10.py"]),
        (["step-1.py", "step-2-1.py"], ["step-1.py", "step-2.py"]),
        (["step1-10.py"], ["step1-10.py"]),
        (["step02-12.py", "step03.py"], ["step02.py", "step03.py"]),
        (["step01.py", "step01-1.py"], ["step01.py", "step01-1.py"]),
        (["work-3.zip"], ["work.zip"]),
        (["work-03.zip"], ["work-03.zip"]),
    ],
)
def test_a_number_that_canvas_adds_is_taken_away(names, due):
    assert once(names) == due


@pytest.mark.parametrize(
    "names", [r"(?P<student>.+?)_(?P<id>s\d)", r"(?P<student>.+?)_(?P<id>s\d)(_(?P<file>.*))?"]
)
def test_nothing_that_a_regular_expression_finds_takes_anothers_place(tmp_path, names):
    write(tmp_path, {f"{day}_s1.zip": "" for day in ("Doe", "Doe_s1")} | {"Lee_s2.py": "x = 1"})
    found = laid_out(tmp_path, by_regex(re.compile(names)))[1]
    assert [own for _path, own in found["Doe"].draft.files] == ["Doe_s1.zip", "s1.zip"]
    assert [own for _path, own in found["Lee"].draft.files] == ["Lee_s2.py"]


def test_files_that_would_be_called_alike_keep_their_names(tmp_path):
    write(tmp_path, {f"{day}_Doe_step01.py": "" for day in (1, 2)})
    (draft,) = arranged(tmp_path, by_regex(re.compile(r"\d_(?P<student>[A-Z][a-z]+)"))).drafts
    assert [own for _path, own in draft.files] == ["1_Doe_step01.py", "2_Doe_step01.py"]


def test_teams_is_told_in_other_languages(tmp_path):
    for top, version in (
        ("Gesendete Dateien", "Version "),
        ("提出済みのファイル", "バージョン"),
    ):
        root = tmp_path / top[:3]
        for number in (1, 2):
            write(root, work(f"{top}/山田 太郎/課題/{version}{number}/"))
        write(root, work("Arbeitsdateien/山田 太郎/課題/"))
        (draft,) = arranged(root).drafts
        assert draft.path == f"{top}/山田 太郎/課題/{version}2"


def test_teams_is_told_by_the_folders_own_name(tmp_path):
    root = write(tmp_path / "Submitted files", work("Ann/Steps/Version 1/"))
    there = arranged(root)
    assert (there.layout.name, there.drafts[0].path) == ("teams", "Ann/Steps/Version 1")


def test_blackboard_is_told_in_other_languages(tmp_path):
    write(tmp_path, work("Inleveren_jan.jansen@student.nl_poging_2025-03-03-23-59-59_"))
    name, found = told(tmp_path)
    due = ("Inleveren_jan.jansen@student.nl", "", "2025-03-03T23:59:59", None, 2)
    assert (name, found) == ("blackboard", {"jan.jansen@student.nl": due})


def test_who_is_in_the_table_and_not_in_the_export_is_told(tmp_path):
    write(tmp_path / "assignment_1_export", downloads.GRADESCOPE)
    found = laid_out(tmp_path / "assignment_1_export")[1]
    assert found["Not There"].draft.notes == ("its folder is missing in the export",)
