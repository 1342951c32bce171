"""Nobody who hands in chooses the layout of a class, or what is another's."""

import pytest

from graders.classroom import judging
from graders.classroom.handed import handed_in
from graders.classroom.layouts.layouts import NAMED, arranged
from graders.errors import GradmarkError
from tests import downloads
from tests.downloads import DUE, facts, laid_out, work, write

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


@pytest.mark.parametrize("mark", ["x/timestamp.txt", ".classroom50.yaml"])
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
        "jdoe": ("cs1-steps-jdoe", "jane@example.edu", "", False),
        "mal-jdoe": ("cs1-steps-mal-jdoe", "", "", None),
        "sam": ("cs1-steps-sam", "", "", True),
    }


def test_a_students_own_folder_is_no_class(tmp_path):
    inside = downloads.MOODLE | downloads.TEAMS | downloads.GRADESCOPE
    root = write(tmp_path, {f"late/{name}": text for name, text in inside.items()})
    due = "all that there is is late/: if that is the class, name it, or say --layout"
    with pytest.raises(GradmarkError, match=due):
        arranged(root, title="cs1")
    there = arranged(root, NAMED["folders"], title="cs1")
    assert [each.student for each in there.drafts] == ["late"]
    asked = arranged(root, NAMED["teams"], title="cs1")
    assert asked.drafts[0].path.startswith("late/Submitted files/")


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


@pytest.mark.parametrize(
    "stamp",
    ["yesterday", "", "2015-02-02 15:58:23 No/Where", "2015-02-02 15:58:23 ../UTC", "1" * 999],
)
def test_a_stamp_that_is_no_time_is_none(tmp_path, stamp):
    write(tmp_path, downloads.NBGRADER | {"submitted/jdoe/steps/timestamp.txt": stamp})
    assert laid_out(tmp_path)[1]["jdoe"].draft.time == ""


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


FAKED = ["Bob Smith/S/Version 1/a.py", "x/timestamp.txt", ".classroom50.yaml", ".git/HEAD",
         "Submitted files/Bob/S/a.py", "submission_metadata.yml"]  # fmt: skip


@pytest.mark.parametrize("mark", FAKED)
@pytest.mark.parametrize("others", ["zips", "folders", "moodle"])
def test_nothing_in_one_students_folder_is_the_classes(tmp_path, mark, others):
    root = tmp_path / "hw-submissions"
    name = "Eve_9_assignsubmission_file" if others == "moodle" else "eve"
    write(root, work(f"{name}/") | {f"{name}/{mark}": "submission_1: {}"})
    for who in ("bob", "kim", "lee"):
        above = f"{who}_7_assignsubmission_file/" if others == "moodle" else f"{who}/"
        write(root, {f"{who}.zip": ""} if others == "zips" else work(above))
    there, found = laid_out(root)
    assert there.layout.name == ("moodle" if others == "moodle" else "folders")
    assert sorted(name.casefold() for name in found) == ["bob", "eve", "kim", "lee"]


def test_a_folder_of_zips_or_folders_alone_is_asked_about(tmp_path):
    write(tmp_path, work("cs1/jane/") | work("cs1/kim/"))
    with pytest.raises(GradmarkError, match="all that there is is cs1/: if that is the class"):
        arranged(tmp_path)
    (draft,) = arranged(tmp_path, NAMED["folders"]).drafts
    assert draft.student == "cs1"


def test_a_name_with_canvas_own_numbers_is_nobodys(tmp_path):
    write(tmp_path, work("doejane_12345_67890_") | work("doejane_12345_99999_x_5002_88888_"))
    _there, found = laid_out(tmp_path)
    assert len(found["doejane"].draft.files) == 2
    assert [each.draft.unclear != "" for each in found.values()] == [False, True, True]
    again = write(tmp_path / "again", work("doejane_12345_67890_doejane_12345_66666_"))
    assert [each.draft.unclear for each in handed_in(arranged(again).drafts)] == [""]


def test_what_a_student_is_called_by_a_number_depends_on_nobody_else(tmp_path):
    for count, logins in enumerate((["sam_lee"], ["sam_lee", "lee"])):
        root = tmp_path / str(count)
        for login in logins:
            write(root, work(f"HW_{login}_attempt_2026-01-30-20-30-10_"))
        ids = [draft.id for draft in arranged(root).drafts]
        assert ids == sorted(f"HW_{login}" for login in logins)
