"""Literals: plain data as Python makes the very same data again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from graders import values
from graders.feedback.literal import literal

DTYPES = st.sampled_from(sorted(values.DTYPES - {"complex64", "complex128"})).map(np.dtype)
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=2, max_side=3))


@given(ARRAYS | ARRAYS.map(lambda array: array.reshape(-1)[0]))
def test_a_literal_makes_the_very_same_array_or_scalar(thing):
    made = eval(literal(thing), {"np": np})
    assert type(made) is type(thing)
    assert made.dtype == thing.dtype
    assert np.array_equal(made, thing, equal_nan=thing.dtype.kind == "f")


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary())
def test_a_literal_makes_the_very_same_plain_value(thing):
    made = eval(literal(thing), {"np": np})
    assert repr(made) == repr(thing)
