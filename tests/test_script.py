"""Scripts: a record of frames becomes one that runs as it is beside the student's file."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from graders import values, wire
from graders.errors import Crashed
from graders.feedback.layout import Beside
from graders.feedback.raised import StudentError
from graders.feedback.script import script
from graders.feedback.transcript import LAST, Ending, Event

STEP = (Path(__file__).parents[1] / "reference" / "step07.py").read_text("utf-8")
TRIPLE = """
class Triple(Function):
    def forward(self, x):
        return 3 * x
"""


def run(script: str, folder: Path, name: str = "step07.py") -> subprocess.CompletedProcess:
    (folder / name).write_text(STEP, "utf-8")
    (folder / "try_it.py").write_text(script, "utf-8")
    return subprocess.run(
        [sys.executable, "-W", "error", "try_it.py"],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def student(load):
    return load("step07.py", {"step07.py": STEP})[1]


FILE = Beside("step07", "step07.py")


def script_of(student, due: str = "", file: Beside = FILE) -> str:
    made = script(student._conversation.events, file, Ending("{0}", (LAST,), due))
    assert made is not None
    return made


def square(student):
    f = student.Square()
    y = f(student.Variable(np.array([0.5, 2.0])))
    return f.backward(y.data)


def exchange_data(student):
    x = student.Variable(np.array(1.0))
    x.data = np.float32(2.5)
    return x.data


def gradient(student):
    x = student.Variable(np.array(3.0))
    y = student.Square()(x)
    y.grad = np.array(2.0)
    y.backward()
    return x.grad


def of_the_suites_own(student):
    return student.define(TRIPLE, "Triple")()(student.Variable(np.array(3.0))).data


def follow_links(student):
    y = student.Exp()(student.Square()(student.Variable(np.array(0.5))))
    return y.creator.input.creator.input.data


def not_finite(student):
    x = student.Variable(np.array([np.nan, np.inf, -np.inf]))
    return student.Square().forward(x.data)


def arguments_by_name(student):
    return student.Variable(data=(1, [2.5, None], {"a": "inf"}, b"b", -0.0)).data


@pytest.mark.parametrize(
    "talk",
    [
        square,
        exchange_data,
        gradient,
        of_the_suites_own,
        follow_links,
        not_finite,
        arguments_by_name,
    ],
    ids=lambda talk: talk.__name__,
)
@pytest.mark.parametrize("file", ["step07.py", "step 07 (2).py", "step07.final.py"])
def test_a_script_shows_the_failing_value(student, tmp_path, talk, file):
    got = talk(student)
    done = run(script_of(student, "42", Beside("step07", file)), tmp_path, file)
    assert (done.stdout, done.stderr) == (f"{got}\n", "")


def test_a_script_runs_beside_a_file_that_stops_early(student, tmp_path):
    got = gradient(student)
    made = script_of(student, "", Beside("step07", "step07.py", stops=True))
    (tmp_path / "step07.py").write_text(STEP + "\nVariable(1.0).nothing\n", "utf-8")
    done = run(made, tmp_path, "another.py")
    assert (done.returncode, done.stdout) == (0, f"{got}\n")


def test_a_script_is_what_the_book_would_write(student):
    gradient(student)
    assert script_of(student, "array(12.)").splitlines() == [
        "import numpy as np",
        "from step07 import Square, Variable",
        "",
        "x = Variable(np.array(3.0))",
        "f = Square()",
        "y = f(x)",
        "y.grad = np.array(2.0)",
        "y.backward()",
        "print(x.grad)    # due: array(12.)",
    ]


def test_a_script_repeats_what_raised(student, tmp_path):
    with pytest.raises(StudentError):
        student.Square().backward(np.array(1.0))
    done = run(script_of(student), tmp_path)
    assert done.returncode == 1
    assert "AttributeError" in done.stderr


def test_a_script_leaves_out_what_does_not_matter(student):
    unrelated = student.Exp()
    unrelated(student.Variable(np.array(9.0)))
    square(student)
    assert "Exp" not in script_of(student)
    assert "9.0" not in script_of(student)


def test_a_script_keeps_what_was_given_the_value_that_came_out(student):
    student.Variable(np.array([1.5, 2.5]))
    x = student.Variable(np.array([1.5, 2.5]))
    assert x.data[0] == 1.5
    assert script_of(student).count("Variable(np.array([1.5, 2.5]))") == 2


def test_a_value_that_came_from_the_students_code_is_not_typed_in(student):
    x = student.Variable(np.array(0.5))
    f, g = student.Square(), student.Exp()
    y = f(x)
    z = g(y)
    z.grad = np.array(1.0)
    y.grad = g.backward(z.grad)
    x.grad = f.backward(y.grad)
    assert x.grad > 1
    lines = script_of(student).splitlines()
    assert lines[-3:] == ["y.grad = g.backward(z.grad)", "x.grad = f.backward(y.grad)",
                          "print(x.grad)"]  # fmt: skip


def test_an_ending_tells_of_several_things(student):
    x = student.Variable(np.array(0.5))
    f = student.Square()
    y = f(x)
    ending = Ending("{0} is {1}", (f.input, x), "True")
    made = script(student._conversation.events, FILE, ending)
    assert made.endswith("f(x)\nprint(f.input is x)    # due: True")
    ending = Ending("np.shape({0}) == {1}", (y, np.array(2)), "")
    made = script(student._conversation.events, FILE, ending)
    assert made.endswith("\nprint(np.shape(f(x)) == np.array(2))")


def test_an_object_that_comes_again_is_called_by_its_last_name(load):
    source = "class Box:\n    kept = None\n\ndef same(box):\n    return box\n"
    student = load("step07.py", {"step07.py": source})[1]
    box = student.Box()
    assert student.same(box) is box
    assert box.kept is None
    assert script_of(student).splitlines()[-3:] == ["f = Box()", "g = same(f)", "print(g.kept)"]


def test_what_never_answered_is_the_last_line(load):
    source = "def leave():\n    raise SystemExit\n"
    student = load("step07.py", {"step07.py": source})[1]
    with pytest.raises(Crashed):
        student.leave()
    assert script_of(student, "no crash").endswith("print(leave())    # due: no crash")


def test_a_due_of_several_lines_is_left_out(student):
    square(student)
    assert "due" not in script_of(student, "one\ntwo")


def test_there_is_no_script_of_nothing_or_of_too_much(student):
    ending = Ending("{0}", (LAST,), "")
    assert script([], FILE, ending) is None
    x = student.Variable(np.array(1.0))
    for turn in range(20):
        x.data = turn
    assert x.data == 19
    assert script(student._conversation.events, FILE, ending) is None


@pytest.mark.parametrize("kind", ["tuple", "list"])
def test_objects_that_came_in_a_tuple_are_called_by_their_place(kind):
    pair = values.Items(
        kind,
        (values.Handle(1, "instance", "Variable"), values.Handle(2, "instance", "Variable")),
    )
    events = [
        Event(wire.Get(0, "two"), wire.Answer(values.Handle(3, "function", "function"))),
        Event(wire.Call(3, (), {}), wire.Answer(pair)),
        Event(wire.Get(2, "data"), wire.Answer(1.0)),
    ]
    made = script(events, FILE, Ending("{0}", (LAST,), ""))
    assert made == "from step07 import two\n\na = two()\nprint(a[1].data)"


def test_objects_that_came_in_a_dict_can_not_be_named():
    pairs = values.Pairs({"a": values.Handle(1, "instance", "Variable")})
    events = [
        Event(wire.Get(0, "both"), wire.Answer(values.Handle(2, "function", "function"))),
        Event(wire.Call(2, (), {}), wire.Answer(pairs)),
        Event(wire.Get(1, "data"), wire.Answer(1.0)),
    ]
    assert script(events, FILE, Ending("{0}", (LAST,), "")) is None
