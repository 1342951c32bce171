"""Which lines a check runs, and what names hold meanwhile."""

import sys

import pytest

from graders.evidence import Holds
from graders.worker import tracer
from graders.worker.tracer import Endless, Tracer

CODE = """def double(x):
    y = 2 * x
    return y


def forever():
    while True:
        pass
"""


@pytest.fixture
def traced():
    """Return the functions of a piece, and what traces it."""
    before = sys.gettrace()
    names = {}
    exec(compile(CODE, "step02.py", "exec"), names)
    yield names, Tracer({"step02.py": 3})
    sys.settrace(before)


def test_lines_and_what_names_held(traced):
    names, made = traced
    assert made.told().lines == ()
    names["double"](2)
    told = made.told()
    assert told.lines == ((3, 2), (3, 3))
    assert told.often == ()
    assert {*told.holds} == {Holds(3, 1, "x", "number"), Holds(3, 1, "y", "number")}
    assert made.told().lines == ()


def test_other_code_is_not_followed(traced):
    names, made = traced
    made.told()
    exec(compile(CODE, "another.py", "exec"), names)
    names["double"](2)
    assert made.told() == tracer.Traced(())


def test_what_never_ends_is_ended_and_its_lines_told(traced, monkeypatch):
    monkeypatch.setattr(tracer, "ENDLESS", 500)
    names, made = traced
    made.told()
    with pytest.raises(Endless):
        names["forever"]()
    monkeypatch.setattr(tracer, "OFTEN", 5)
    assert {line for _piece, line in made.told().often} == {7, 8}
