"""Lessons: what an author is told of one, and that the finished ones are in order."""

import pytest
from course import SHIPPED

from graders.commands.course import demo, lesson
from graders.commands.course.checkout import LESSON, ROOT
from graders.syllabus import SYLLABUS, Unit

UNIT = Unit("step12", "12", "Adding things", "12.1, 12.2")
GOOD = '''"""Step 12: adding things (sections 12.1, 12.2).

New: add.
"""

import sys

import numpy as np


def add(x, y):
    """Return the sum of two things (section 12.1)."""
    return x + y


if __name__ == "__main__":
    print(add(1, 2))  # 3
    for x in ("a",):
        print(
            add(x, "b")
        )  # ab
'''
BEGINNING = "L should begin with “Step 12: adding things (sections 12.1, 12.2).”"
FAULTS = {
    "no beginning": ("Step 12: adding", "Adding", BEGINNING),
    "another title": ("adding things", "adding numbers", BEGINNING),
    "nothing new": (
        "New: add",
        "It adds",
        "L does not say what is new: a paragraph “New: …” in its docstring",
    ),
    "work at import": (
        "\n\nif",
        "\nx = 1\n\nif",
        "L:15 is neither import nor definition: it belongs in the demo",
    ),
    "what is not everywhere": (
        "import numpy as np",
        "import os.path, numpy, msgspec",
        "L:8 imports msgspec, which no submission can",
    ),
    "a part of what is not everywhere": (
        "import numpy as np",
        "from rich.text import Text",
        "L:8 imports rich, which no submission can",
    ),
    "no section": (
        " (section 12.1)",
        "",
        "L:11 add has no docstring that names its (section …)",
    ),
    "an exception": (
        "return x + y",
        "return x + zz",
        "L fails when it is run: NameError: name 'zz' is not defined",
    ),
    "a warning": (
        "return x + y",
        "return x + np.float64(0) / 0 + y",
        "L fails when it is run: RuntimeWarning: invalid value encountered in scalar divide",
    ),
    "another value": ("# 3", "# 4", "L:17 prints 3; the comment behind it says 4"),
    "no value": ("  # 3", "", "L:17 prints 3, and no comment behind it says so"),
    "another value of a print of several lines": (
        "# ab",
        "# ba",
        "L:19 prints ab; the comment behind it says ba",
    ),
    "a print in a loop": (
        '("a",)',
        '("a", "c")',
        "L:19 prints ab cb; the comment behind it says ab",
    ),
    "an import in a body": (
        "return x + y",
        "import msgspec\n\n    return x + y",
        "L:13 imports msgspec, which no submission can",
    ),
    "an exit": ("# 3", "# 3\n    sys.exit(2)", "L fails when it is run: SystemExit: 2"),
    "half a character": (
        "# 3",
        '# 3\n    raise ValueError("\\ud800")',
        "L fails when it is run: ValueError: ?",
    ),
    "the end of the process": (
        "# 3",
        "# 3\n    sys.modules['os']._exit(2)",
        "L fails when it is run: exit status 2",
    ),
    "much printed": (
        "print(add(1, 2))  # 3",
        'print("x" * 200)',
        f"L:17 prints {'x' * 100}…, and no comment behind it says so",
    ),
    "no end": ("return x + y", "while True: pass", "L does not end within 10 seconds"),
}
"""What to replace in a lesson, by what, and what is said then of the file."""


def told(tmp_path, text):
    """Return what is said of a lesson, of UNIT."""
    path = tmp_path / "step12.py"
    path.write_text(text, "utf-8")
    return list(lesson.faults(UNIT, text, path, "L"))


def test_a_lesson_in_order_is_not_talked_of(tmp_path):
    assert told(tmp_path, GOOD) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_one_sentence(tmp_path, monkeypatch, fault):
    monkeypatch.setattr(demo, "SECONDS", 1 if fault == "no end" else 30)
    old, new, sentence = FAULTS[fault]
    assert GOOD.count(old) == 1
    assert told(tmp_path, GOOD.replace(old, new)) == [sentence]


@pytest.mark.parametrize(
    "line",
    [
        'print("  indented  ", end="")  # indented',
        "print()",
        'print("to stderr", file=sys.stderr)',
        "print(np.eye(2))  # [[1. 0.] [0. 1.]]",
        'print("–é")  # –é',
        'sys.stdout.write("beside")',
        'print("never") if False else None  # said of nothing',
        "sys.exit()",
        'open("litter", "w").close()',
    ],
)
def test_what_a_demo_may_do(tmp_path, line, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    monkeypatch.chdir(tmp_path)
    assert told(tmp_path, f"{GOOD}    {line}\n") == []
    assert [path.name for path in tmp_path.iterdir()] == ["step12.py"]


def test_a_demo_that_is_missing_or_prints_nothing_is_told_of(tmp_path):
    without = GOOD[: GOOD.index("\n\nif")] + "\n"
    asked, silent = told(tmp_path, without)
    assert asked.startswith("L has no demo: if __name__")
    assert silent == "L prints nothing: let its demo show a known value"


@pytest.mark.parametrize(
    "unit", [u for u in SYLLABUS if u.step in SHIPPED], ids=lambda u: u.step
)
def test_the_lessons_that_there_are_are_in_order(unit):
    path = LESSON.format(step=unit.step)
    text = (ROOT / path).read_text("utf-8")
    assert list(lesson.faults(unit, text, ROOT / path, path)) == []
