"""Whose submission everything in a download of a class is."""

import re
from pathlib import Path

import pytest

from graders.classroom import digest, judging
from graders.classroom.handed import alike, handed_in
from graders.classroom.layouts.layouts import LAYOUTS, NAMED, arranged, by_regex
from graders.classroom.layouts.named import once
from graders.errors import GradmarkError
from graders.options import LAYOUTS as OPTIONS
from graders.submission.downloads import refuse_class
from tests import downloads
from tests.downloads import STEPS, work, write


def laid_out(root: Path, *arguments, **named):
    """Return what is found in a class's folder: its layout, and each by the student."""
    there = arranged(root, *arguments, **named)
    return there, {each.student: each for each in handed_in(there.drafts)}


def steps_of(root, handed):
    """Return which steps are found in what was handed in."""
    return sorted(judging.opened(judging.Task(handed, root)).steps)


def told(root):
    """Return of each student the number, email, time, lateness and how many steps there are."""
    there, found = laid_out(root)
    return there.layout.name, {
        name: (*facts(each.draft), len(steps_of(root, each))) for name, each in found.items()
    }


def facts(draft):
    """Return what a download says of somebody."""
    return draft.id, draft.email, draft.time, draft.late


DUE = {
    "MOODLE": (
        "moodle",
        {
            "Jane Doe": ("1234567", "", "", None, 2),
            "김민준": ("1234568", "", "", None, 2),
            "Old Form": ("1234569", "", "", None, 2),
            "Typed Only": ("1234570", "", "", None, 0),
            "Default group": ("", "", "", None, 2),
        },
    ),
    "MOODLE_FLAT": (
        "moodle",
        {
            "Jane Doe": ("1234567", "", "", None, 2),
            "O_Neill Pat": ("1234568", "", "", None, 2),
        },
    ),
    "CANVAS": (
        "canvas",
        {
            "doejane (12345)": ("12345", "", "", False, 2),
            "doejane (12347)": ("12347", "", "", False, 2),
            "roejohn": ("12346", "", "", True, 2),
            "anon_Ab3X9": ("Ab3X9", "", "", False, 2),
            "leesam": ("12348", "", "", False, 0),
            "kimjisoo": ("12349", "", "", False, 1),
        },
    ),
    "BLACKBOARD": (
        "blackboard",
        {
            "jdoe": ("jdoe", "", "2026-02-01T08:00:00", None, 2),
            "sam_lee": ("sam_lee", "", "2026-01-30T20:30:10", None, 2),
            "pat": ("pat", "", "2026-01-29T20:30:10", None, 0),
        },
    ),
    "BRIGHTSPACE": (
        "brightspace",
        {
            "Mary-Ann Smith": ("397063", "", "2024-09-24T21:26:00", None, 2),
            **{
                f"José Núñez ({name})": ("397064", "", "", None, 2) for name in downloads.FRENCH
            },
            "Kim Lee": ("397065", "", "2024-10-01T00:05:00", None, 2),
        },
    ),
    "GRADESCOPE": (
        "gradescope",
        {
            "Jane Doe (0012345)": (
                "0012345", "jane@example.edu", "2024-09-24T21:26:05-07:00", None, 2,
            ),
            '=John "Q" Roe': ("", "john@example.edu", "2024-09-24T21:26:05-07:00", None, 2),
            "Jane Doe (0012399)": (
                "0012399", "jd@example.edu", "2024-09-25T01:00:00+00:00", None, 2,
            ),
            "Not There": ("", "", "", None, 0),
        },
    ),
    "GITHUB": (
        "github",
        {"jdoe": ("jdoe", "", "", None, 2), "sam-lee": ("sam-lee", "", "", None, 2)},
    ),
    "CLASSROOM50": (
        "classroom50",
        {
            "jdoe": ("jdoe", "jane@example.edu", "2026-06-02T09:00:00+00:00", True, 2),
            "Sam-Lee": ("Sam-Lee", "", "2026-06-01T10:00:00+00:00", False, 2),
            "lee": ("lee", "", "", None, 2),
        },
    ),
    "TEAMS": (
        "teams",
        {"Jane Doe": ("", "", "", None, 2), "Sam Lee": ("", "", "", None, 2)},
    ),
    "NBGRADER": (
        "nbgrader",
        {
            "jdoe": ("jdoe", "", "2015-02-02T15:58:23.948203-08:00", None, 2),
            "lee": ("lee", "", "", None, 2),
        },
    ),
}  # fmt: skip


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


@pytest.mark.parametrize(
    "stamp",
    ["yesterday", "", "2015-02-02 15:58:23 No/Where", "2015-02-02 15:58:23 ../UTC", "1" * 999],
)
def test_a_stamp_that_is_no_time_is_none(tmp_path, stamp):
    write(tmp_path, downloads.NBGRADER | {"submitted/jdoe/steps/timestamp.txt": stamp})
    assert laid_out(tmp_path)[1]["jdoe"].draft.time == ""


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


def test_a_students_own_folder_is_no_class(tmp_path):
    inside = downloads.MOODLE | downloads.TEAMS | downloads.GRADESCOPE
    root = write(tmp_path, {f"late/{name}": text for name, text in inside.items()})
    due = "all that there is is late/, which looks like Teams's download: say --layout"
    with pytest.raises(GradmarkError, match=due):
        arranged(root, title="cs1")
    there = arranged(root, NAMED["folders"], title="cs1")
    assert [each.student for each in there.drafts] == ["late"]
    asked = arranged(root, NAMED["teams"], title="cs1")
    assert asked.drafts[0].path.startswith("late/Submitted files/")


def test_two_of_a_name_are_told_apart_by_their_numbers(tmp_path):
    write(tmp_path, downloads.CANVAS)
    students = handed_in(arranged(tmp_path).drafts)
    called = [each.student for each in students if each.draft.student == "doejane"]
    assert called == ["doejane (12345)", "doejane (12347)"]
    assert alike(students) == []


@pytest.mark.parametrize(
    "table",
    [
        "- a list",
        "submission_1: text",
        "submission_1:\n  :submitters: [1]",
        "{" * 5000,
        "\0",
        "a: b: c",
    ],
)
def test_a_table_that_is_none_is_one_sentence(tmp_path, table):
    write(tmp_path, {"submission_metadata.yml": table})
    with pytest.raises(GradmarkError, match="can't be understood"):
        arranged(tmp_path)


def test_a_table_costs_no_more_than_it_may(tmp_path):
    lines = ["x0: &x0 [a]"] + [
        f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 40)
    ]
    lines.append("submission_1:\n  :submitters:\n  - :name: *x39\n    :sid: *x39")
    write(tmp_path, {"submission_metadata.yml": "\n".join(lines), **work("submission_1/")})
    with pytest.raises(GradmarkError, match="can't be understood"):
        arranged(tmp_path)


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


def test_a_file_that_has_become_a_link_is_not_followed(tmp_path):
    write(tmp_path / "class", work("doejane_12345_67890_"))
    _there, found = laid_out(tmp_path / "class")
    file = tmp_path / "class" / "doejane_12345_67890_step01.py"
    file.rename(tmp_path / "secret.py")
    file.symlink_to(tmp_path / "secret.py")
    task = judging.Task(found["doejane"], tmp_path / "class")
    steps = judging.opened(task).steps
    assert "can't be read" in steps["step01"].problem
    assert steps["step02"].problem is None


CHOSEN = {
    "a file like Moodle's": downloads.CANVAS
    | {f"mal_999_9999{n}_x_{n}_assignsubmission_file_step01.py": "" for n in range(40)},
    "a file like Blackboard's": downloads.CANVAS
    | {f"mal_999_9999{n}_x_attempt_2026-01-30-20-30-10_{n}.py": "" for n in range(40)},
    "a file with a new line": downloads.CANVAS
    | {f"mal_999_9999{n}_step\n{n}.py": "" for n in range(40)},
}


@pytest.mark.parametrize("name", CHOSEN)
def test_no_file_of_a_student_chooses_the_layout(tmp_path, name):
    write(tmp_path, CHOSEN[name])
    there, found = laid_out(tmp_path)
    assert there.layout.name == "canvas"
    due = DUE["CANVAS"][1]
    assert {who: facts(each.draft) for who, each in found.items() if who != "mal"} == {
        who: said[:4] for who, said in due.items()
    }


@pytest.mark.parametrize("mark", ["x/timestamp.txt", ".classroom50.yaml", "x/Version 1/a.py"])
def test_no_folder_of_a_student_chooses_the_layout(tmp_path, mark):
    write(tmp_path, work("ann/") | work("mal/") | {f"mal/{mark}": "2026-01-01 10:00:00 UTC"})
    with pytest.raises(GradmarkError, match=r"but for ann: .* or --layout folders"):
        arranged(tmp_path)
    write(tmp_path, work("sam/"))
    assert sorted(laid_out(tmp_path)[1]) == ["ann", "mal", "sam"]


TWICE = {
    "moodle": (
        "Jane Doe_1234567_assignsubmission_file",
        "Jane Doe_1234567_assignsubmission_a_1239999_assignsubmission_file",
    ),
    "brightspace": (
        "397063-2557369 - Jane Doe - Sep 24, 2024 926 PM",
        "397063-2557399 - Jane Doe - Sep 24, 2030 926 PM - Sep 25, 2024 926 PM",
    ),
}


@pytest.mark.parametrize("layout", TWICE)
def test_a_name_that_can_be_read_in_two_ways_is_nobodys(tmp_path, layout):
    honest, trick = TWICE[layout]
    write(tmp_path, work(f"{honest}/") | work(f"{trick}/"))
    there, found = laid_out(tmp_path)
    assert there.layout.name == layout
    assert found["Jane Doe"].draft.path == honest
    assert found["Jane Doe"].draft.notes == ()
    with pytest.raises(GradmarkError, match="read in two ways: say whose it is by --names"):
        judging.opened(judging.Task(found[trick], tmp_path))


def test_strangers_of_a_name_are_no_attempts_of_one(tmp_path):
    for number, minute in ((397063, 10), (397099, 11)):
        write(tmp_path, work(f"{number}-2557369 - Jane Doe - Sep 24, 2024 9{minute} PM/"))
    students = handed_in(arranged(tmp_path).drafts)
    assert [each.student for each in students] == ["Jane Doe (397063)", "Jane Doe (397099)"]


def test_two_folders_of_one_student_are_both_there(tmp_path):
    for form in ("file", "file_"):
        write(tmp_path, work(f"Jane Doe_1234567_assignsubmission_{form}/"))
    assert len(handed_in(arranged(tmp_path).drafts)) == 2


def test_a_login_ends_another_and_is_its_own(tmp_path):
    table = "username,email,datetime,late\njdoe,jane@example.edu,,false\nsam,,,true\n"
    files = {"scores.csv": table, ".classroom50.yaml": ""}
    for login in ("jdoe", "mal-jdoe", "sam"):
        files |= work(f"cs1-steps-{login}/")
    write(tmp_path, files)
    assert {name: facts(each.draft) for name, each in laid_out(tmp_path)[1].items()} == {
        "jdoe": ("jdoe", "jane@example.edu", "", False),
        "mal-jdoe": ("mal-jdoe", "", "", None),
        "sam": ("sam", "", "", True),
    }


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


def test_blackboard_is_told_in_other_languages(tmp_path):
    write(tmp_path, work("Inleveren_jan.jansen@student.nl_poging_2025-03-03-23-59-59_"))
    name, found = told(tmp_path)
    due = ("jan.jansen@student.nl", "", "2025-03-03T23:59:59", None, 2)
    assert (name, found) == ("blackboard", {"jan.jansen@student.nl": due})


def test_who_is_in_the_table_and_not_in_the_export_is_told(tmp_path):
    write(tmp_path / "assignment_1_export", downloads.GRADESCOPE)
    found = laid_out(tmp_path / "assignment_1_export")[1]
    assert found["Not There"].draft.notes == ("its folder is missing in the export",)
