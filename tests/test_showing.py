"""Showing: values are told apart, in line and in bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from graders.feedback.showing import LONGEST, kind_of, mismatch, pair, shown

FLOATS = hnp.arrays("float64", hnp.array_shapes(max_dims=2, max_side=4))
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()


@given(FLOATS, st.randoms())
def test_elements_of_arrays_of_one_shape_are_in_line(array, random):
    other = array.copy()
    other.flat[random.randrange(array.size)] = 12345.678
    got, due = pair(array, other)
    if array.size <= 8:
        assert [i for i, c in enumerate(got) if c == ","] == [
            i for i, c in enumerate(due) if c == ","
        ]


@given(PLAIN | FLOATS | st.lists(PLAIN))
def test_a_value_is_never_long(thing):
    assert len(shown(thing)) <= LONGEST + len("array( … )")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_never_looks_like_an_integer(number):
    assert type(eval(shown(number))) is float
    assert type(eval(shown(np.array(number)), {"array": lambda x: x})) is float


@pytest.mark.parametrize(
    ("thing", "text"),
    [
        (None, "None"),
        (True, "a truth value"),
        (1.5, "a number (float)"),
        (np.float32(1), "a number (np.float32)"),
        (np.zeros(2), "an array"),
        (np.array(["a"]), "an array of str32"),
        ({1, 2}, "{1, 2}"),
    ],
)
def test_the_kind_of_a_value_in_words(thing, text):
    assert kind_of(thing) == text
    assert mismatch(thing, "x").startswith(f"{text} came back where x was due")


def test_an_array_of_many_short_axes_is_abridged_before_it_is_written():
    assert shown(np.zeros((4,) * 9, "int8")) == "array([0, 0, ..., 0, 0])"
