"""What student code asks of the machine that it was written on costs nothing here."""

import sys

import pytest

TEXT = """
class Variable:
    def __init__(self, data):
        self.data = data
        print(data)
"""


def made(load, head: str):
    """Return what came of loading a step that begins so."""
    loaded, student = load("step01.py", {"step01.py": f"{head}\n{TEXT}"})
    assert loaded.trouble is None
    assert student.Variable(2.5).data == 2.5
    return loaded


UTF8 = """\
import io, sys
sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
sys.stderr = io.TextIOWrapper(sys.stderr.buffer, encoding="utf-8")
"""


@pytest.mark.parametrize(
    "head",
    [
        UTF8,
        UTF8 * 3,
        "import codecs, sys\nsys.stdout = codecs.getwriter('utf-8')(sys.stdout.buffer)",
        "import codecs, sys\nsys.stdout = codecs.getwriter('utf-8')(sys.stdout.detach())",
        "import sys\nsys.stdout.reconfigure(encoding='utf-8')",
    ],
)
def test_streams_outlast_what_is_put_in_their_place(load, head):
    made(load, head)


def test_streams_are_wrapped_by_each_file_anew(load):
    files = {f"step0{n}.py": UTF8 + TEXT for n in (1, 2)}
    files["step03.py"] = f"{UTF8}from step01 import *\nimport step02\nprint('ü')\n"
    loaded, student = load("step03.py", files)
    assert loaded.trouble is None
    assert student.Variable(1.5).data == 1.5


@pytest.mark.parametrize(
    ("head", "absent"),
    [
        ("import winsound\nwinsound.Beep(1000, 10)", "winsound"),
        ("import msvcrt", "msvcrt"),
        ("from asyncio.windows_events import NULL", "asyncio.windows_events"),
        ("from turtle import forward", "turtle"),
        ("from tkinter import *", "tkinter"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="these modules are Windows'")
def test_modules_of_another_platform_are_stood_in_for(load, head, absent):
    assert made(load, head).stood_in == (absent,)


def test_pythons_own_library_finds_out_what_platform_this_is(load):
    loaded = made(load, "import subprocess, asyncio\nassert not subprocess._mswindows")
    assert loaded.stood_in == ()


def test_a_module_of_another_platform_may_be_asked_for_in_vain(load):
    made(
        load,
        "try:\n    import msvcrt\nexcept ImportError:\n    msvcrt = None\nassert not msvcrt",
    )


@pytest.mark.parametrize(
    ("head", "ignored"),
    [
        ("import os\nos.chdir('/content/drive/MyDrive')", "os.chdir"),
        ("from os import chdir\nchdir('C:/Users/me')", "os.chdir"),
        ("import subprocess, sys\nsubprocess.run(['python', '-m', 'pip'])", "pip"),
        ("import subprocess\nsubprocess.run('pip install numpy', shell=True)", "pip"),
        ("import os\nassert os.system('pip install -q numpy') == 0", "pip"),
    ],
)  # fmt: skip
def test_calls_for_the_students_own_machine_do_nothing_and_are_noted(load, head, ignored):
    assert made(load, head).ignored == (ignored,)


def test_other_folders_can_be_changed_to(load):
    assert made(load, "import os\nos.chdir('/')\nassert os.getcwd() == '/'").ignored == ()
