"""Plain words: what an exception usually means; tests/test_messages.py shows them all."""

import re

import pytest

from graders.feedback.plainly import lacking, meanings, plainly
from graders.wire import Line, Raised

LINE = Line("step07.py", 3, "backward", "f = self.creator")


def attribute(message: str, *lines: Line, **near: str) -> Raised:
    return Raised("AttributeError", ("AttributeError",), message, lines, **near)


@pytest.mark.parametrize(
    ("raised", "name"),
    [
        (attribute("'Variable' object has no attribute 'grad'"), "grad"),
        (attribute("'super' object has no attribute 'backward'"), "backward"),
        (attribute("'Variable' object has no attribute 'grad'", LINE), None),
        (attribute("'NoneType' object has no attribute 'grad'"), None),
        (attribute("'numpy.float64' object has no attribute 'grad'"), None),
        (attribute("something else"), None),
        (Raised("TypeError", (), "'Variable' object has no attribute 'grad'", ()), None),
    ],
)
def test_a_name_of_the_courses_is_lacking_where_only_the_check_asked_for_it(raised, name):
    assert lacking(raised) == name


def test_a_name_spelt_almost_alike_is_named_and_in_whose_code_it_stands():
    near = {"missing": "creator", "near": "creater"}
    asked = attribute("'Variable' object has no attribute 'creator'", **near)
    assert plainly(asked) == "did you mean creator where you wrote creater?"
    own = attribute("'Variable' object has no attribute 'creator'", LINE, **near)
    assert plainly(own) == "there is creater, but no creator: is one of them misspelt?"


def test_what_is_not_known_is_left_unsaid():
    assert plainly(Raised("ZeroDivisionError", (), "division by zero", ())) == ""


def test_every_meaning_has_a_snapshot():
    from test_messages import SNAPSHOTS

    told = SNAPSHOTS.read_text("utf-8")
    for _pattern, text in meanings():
        assert re.search(re.sub(r"\\\{\d\\\}", ".+", re.escape(text)), told), text
