"""Transcripts: a failed check's script runs as it is beside the student's file."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from graders.engine import transcript, wire
from graders.engine.remote import StudentError
from graders.engine.transcript import Event

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


def script_of(student, due: str = "", module: str = "step07") -> str:
    made = transcript.script(student._conversation.events, module, due)
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
@pytest.mark.parametrize("module", ["step07", "step 07 (2)"])
def test_a_script_shows_the_failing_value(student, tmp_path, talk, module):
    got = talk(student)
    done = run(script_of(student, "42", module), tmp_path, f"{module}.py")
    assert (done.stdout, done.stderr) == (f"{got}\n", "")


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


def test_a_file_that_can_not_be_imported_has_no_script(student):
    square(student)
    assert transcript.script(student._conversation.events, "step07.final", "") is None


def test_a_due_of_several_lines_is_left_out(student):
    square(student)
    assert "due" not in script_of(student, "one\ntwo")


def test_there_is_no_script_of_nothing_or_of_too_much(student):
    assert transcript.script([], "step07", "") is None
    f, x = student.Square(), student.Variable(np.array(1.0))
    for _turn in range(20):
        x = f(x)
    assert transcript.script(student._conversation.events, "step07", "") is None


def test_objects_that_came_in_a_tuple_have_no_name_but_do_no_harm():
    pair = wire.Items("tuple", (wire.Handle(1, "a Variable"), wire.Handle(2, "a Variable")))
    events = [
        Event(wire.Get(0, "two"), wire.Answer(wire.Handle(3, "a function"))),
        Event(wire.Call(3, (), {}), wire.Answer(pair)),
        Event(wire.Get(2, "data"), wire.Answer(1.0)),
    ]
    made = transcript.script(events, "step07", "")
    assert made is None or "two" in made


DTYPES = st.sampled_from(sorted(wire.DTYPES - {"complex64", "complex128"})).map(np.dtype)
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=2, max_side=3))


@given(ARRAYS | ARRAYS.map(lambda array: array.reshape(-1)[0]))
def test_a_literal_makes_the_very_same_array_or_scalar(thing):
    made = eval(transcript.literal(thing), {"np": np})
    assert type(made) is type(thing)
    assert made.dtype == thing.dtype
    assert np.array_equal(made, thing, equal_nan=thing.dtype.kind == "f")


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary())
def test_a_literal_makes_the_very_same_plain_value(thing):
    made = eval(transcript.literal(thing), {"np": np})
    assert repr(made) == repr(thing)
