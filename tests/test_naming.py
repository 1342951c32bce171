"""Names: which steps a file or a folder is called after, in the ways that people name them."""

import pytest

from graders.submission.naming import Names, ending_of, stem_of
from graders.submission.versions import version

TEN = ("step01", "step02", "step03", "step04", "step06", "step07", "step08", "step09", "step10")


def meant(*paths: str, root: str = "mine") -> dict[str, tuple[str, ...]]:
    """Return the steps that each path is called after."""
    names = Names(root, paths)
    called = {path: names.called(path) for path in paths}
    return {path: name.steps for path, name in called.items() if name and name.steps}


ONE = [
    "step7.py", "step07.py", "Step_07.py", "STEP-7.PY", "step 7.py", "step.7.py", "step007.py",
    "step07_links.py", "Step 07 - Links.ipynb", "[step07] links.py", "20231234_kim_step7.py",
    "hw1_step07.py", "dl3-step7.py", "steps07.py", "step07.pyw", "step07.py.txt", "step7.ipynb",
    "step7.ipynb.json", "step07．py", "ステップ7.py", "ステップ７.ipynb",
    "第7步.py", "第七步.py",
    "7단계.py", "제7단계 링크.ipynb", "스텝7.py", "步骤7.py", "Schritt 7.py", "step_seven.py",
    "StepVII.py", "step%207.py", "Copy of step07.ipynb", "step07 (1).py", "step07-Copy1.ipynb",
    "「step07.ipynb」のコピー.ipynb", "step07/main.py", "steps/step07/work.ipynb",
    "step07/src/links.py", "week3/step7.py", "step07(5-7).py", "step07_20240503.py",
]  # fmt: skip


@pytest.mark.parametrize("path", ONE)
def test_a_file_is_called_after_one_step(path):
    assert meant(path) == {path: ("step07",)}


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("step01_03.py", TEN[:3]),
        ("step1-3.py", TEN[:3]),
        ("step_01to04.ipynb", TEN[:4]),
        ("step01_to_04.py", TEN[:4]),
        ("step1～4.ipynb", TEN[:4]),
        ("ステップ１－３.py", TEN[:3]),
        ("step2_step3.py", TEN[1:3]),
        ("step1_step10.py", TEN),
        ("step0809.py", ("step08", "step09")),
        ("step8&9.py", ("step08", "step09")),
        ("step1,2,3.py", TEN[:3]),
        ("step5-7.py", ("step06", "step07")),
        ("step05_06.py", ("step06",)),
        ("step56.py", ("step06",)),
        ("step1-60.py", TEN),
        ("step1~4/main.py", TEN[:4]),
        ("step5.py", ("step06",)),
    ],
)
def test_a_file_is_called_after_several_steps(path, steps):
    assert meant(path) == {path: steps}


@pytest.mark.parametrize(
    "path",
    [
        "step.py", "step0.py", "step11.py", "step100.py", "footstep.py", "steps.py", "ch02.py",
        "Variable.py", "01.py", "step20231004.py", "33단계.ipynb", "two_step_method.py",
    ],
)  # fmt: skip
def test_a_file_is_called_after_no_step(path):
    assert meant(path) == {}


def test_a_dash_is_a_part_where_it_can_be_no_range():
    names = Names("mine", ["step09-1.py", "step09-2.py"])
    parts = [names.called(path) for path in ("step09-1.py", "step09-2.py")]
    assert [(name.steps, name.part) for name in parts if name] == [
        (("step09",), 2),
        (("step09",), 3),
    ]
    assert meant("step1-2.py", "step2.py")["step1-2.py"] == ("step01",)
    assert meant("step01_1.py", "step04_5.py")["step04_5.py"] == ("step04",)
    assert meant("step01-10.py", "step10.py")["step01-10.py"] == TEN


@pytest.mark.parametrize(
    "form",
    ["{:02}.py", "{}_title.py", "ex{:02}.py", "課題{}.py", "HW2-{}.py", "{}th.py", "s{}.py"],
)
def test_numbers_that_count_on_are_steps(form):
    paths = [form.format(n) for n in (1, 2, 3, 4, 6, 7, 8, 9, 10)]
    assert meant(*paths) == {path: (step,) for path, step in zip(paths, TEN, strict=True)}


@pytest.mark.parametrize("form", ["chapter{}.py", "{}장.ipynb", "stage0{}.py", "{}_x/main.py"])
def test_the_stages_of_the_course_are_no_steps(form):
    assert meant(*(form.format(n) for n in range(1, 6))) == {}


@pytest.mark.parametrize(
    "paths",
    [["1.py", "2.py"], ["7.py", "8.py", "9.py"],
     ["Untitled1.py", "Untitled2.py", "Untitled3.py"],
     ["1.py", "2.py", "3.py", "step04.py"]],
)  # fmt: skip
def test_some_numbers_are_no_steps(paths):
    assert set(meant(*paths)) <= {"step04.py"}


@pytest.mark.parametrize(
    "path", ["steo07.py", "setp7.py", "stpe_07.py", "mystep07.py", "tep07.py"]
)
def test_a_slip_is_a_guess(path):
    called = Names("mine", [path]).called(path)
    assert called
    assert (called.steps, called.meant) == (("step07",), True)


@pytest.mark.parametrize("path", ["stepO7.py", "step0７.py", "step1O.py", "step0l.py"])
def test_letters_are_taken_for_digits(path):
    assert meant(path)


def test_a_folder_that_holds_other_steps_is_a_stage():
    paths = ["step1/step01.py", "step1/step02.py", "step1/helper.py"]
    assert meant(*paths) == {paths[0]: ("step01",), paths[1]: ("step02",)}


def test_a_step_s_folder_lies_in_the_step_s_home():
    names = Names("mine", ["a/step01/step01.py", "a/step02/main.py"])
    homes = [names.called(path) for path in ("a/step01/step01.py", "a/step02/main.py")]
    assert [name.home for name in homes if name] == ["a", "a"]


@pytest.mark.parametrize(
    ("name", "stem", "ending"),
    [
        ("a.py", "a", "py"), ("a.PY", "a", "py"), ("a.py.txt", "a", "py"),
        ("a.txt", "a.txt", ""), ("a.ipynb.json", "a", "ipynb"), ("a.py.py", "a", "py"),
        ("py", "py", ""), ("a.json", "a.json", ""), ("İİİ.py", "İİİ", "py"),
    ],
)  # fmt: skip
def test_what_browsers_put_after_an_ending_is_left_out(name, stem, ending):
    assert (stem_of(name), ending_of(name)) == (stem, ending)


def test_the_latest_version_is_the_least():
    assert version("v10") < version("v9") < version("v2")
    assert version("2024-05-10") < version("2024-05-03")
    assert version("step08_0510") < version("step08_0503")
    assert version("kim_20231234") == version("steps") == ()
