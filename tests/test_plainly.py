"""Plain words: what an exception means, told from what students' files really raise.

Each case edits one file, and says what is told of what comes of it.  The sentences are read as
a whole, so that what must not be said would be seen.
"""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from graders.feedback.plainly import File, lacking, plainly
from graders.feedback.raised import StudentError
from graders.wire import Line, Raised

SOURCE = """\
import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        f = self.creator
        if f is not None:
            x = f.input
            x.grad = f.backward(self.grad)
            x.backward()


class Function:
    def __call__(self, input):
        x = input.data
        y = self.forward(x)
        output = Variable(y)
        output.set_creator(self)
        self.input = input
        self.output = output
        return output

    def forward(self, x):
        raise NotImplementedError()

    def backward(self, gy):
        raise NotImplementedError()


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        x = self.input.data
        return 2 * x * gy


def play(x):
    y = Square()(Variable(x))
    y.grad = np.ones_like(x)
    y.backward()
    return y.data
"""
WORDS = tomllib.loads((Path(__file__).parent / "plain_words.toml").read_text("utf-8"))


def edited(case):
    assert case["old"] in SOURCE
    return SOURCE.replace(case["old"], case["new"])


@pytest.mark.parametrize("name", WORDS["raised"])
def test_an_exception_is_told_from_the_line_and_the_file(load, name):
    case = WORDS["raised"][name]
    came, student = load("step07.py", {"step07.py": edited(case)})
    if came.trouble:
        raised = came.trouble
    else:
        with pytest.raises(StudentError) as caught:
            student.play(np.array([1.0, 2.0]))
        raised = caught.value.raised
    assert plainly(raised, student._conversation.file) == case["due"]


@pytest.mark.parametrize("name", WORDS["unread"])
def test_a_line_that_python_cannot_read_is_told(load, name):
    case = WORDS["unread"][name]
    came, _student = load("step07.py", {"step07.py": edited(case)})
    assert plainly(came.trouble, File()) == case["due"]


def test_what_is_not_known_is_left_unsaid():
    assert plainly(Raised("ZeroDivisionError", (), "division by zero", ()), File()) == ""


def test_what_a_check_alone_asked_for_is_lacking(load):
    source = SOURCE.replace("self.grad = None", "pass")
    student = load("step07.py", {"step07.py": source})[1]
    with pytest.raises(AttributeError) as caught:
        _grad = student.Variable(1.0).grad
    raised = caught.value.raised
    assert lacking(raised) == "grad"
    with_a_line = Raised(
        raised.name, raised.bases, raised.message, (Line("a.py", 1, "f", "x"),),
        scene=raised.scene,
    )  # fmt: skip
    assert lacking(with_a_line) is None
