"""The wire: what is plain comes back as it was, and bad frames are refused."""

import functools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from graders import values, wire

DTYPES = st.sampled_from(sorted(values.DTYPES)).map(np.dtype)
INT64 = st.integers(-(2**63), 2**63 - 1)
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
ATOMS = st.none() | st.booleans() | INT64 | st.floats() | st.complex_numbers() | st.binary()
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
SCALARS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, ()).map(lambda array: array[()]))
PLAIN = st.recursive(
    ATOMS | st.text() | ARRAYS | SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


def refuse(thing: Any) -> Any:
    raise AssertionError(f"{thing!r} should not be a handle")


def over_the_wire(thing: Any) -> Any:
    frame = wire.encode(wire.Answer(values.pack(thing, refuse)))
    header, body = frame[: wire.HEADER], frame[wire.HEADER :]
    assert wire.body_length(header) == len(body)
    reply = wire.decode_reply(body)
    assert isinstance(reply, wire.Answer)
    return values.unpack(reply.value, refuse)


def same(one: Any, other: Any) -> bool:
    """Tell whether two plain values are alike to the last bit, types and NaNs included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (np.ndarray, np.generic)):
        alike = one.dtype.newbyteorder("=") == other.dtype and one.shape == other.shape
        return alike and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, complex):
        return same([one.real, one.imag], [other.real, other.imag])
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    return one == other and repr(one) == repr(other)


@given(PLAIN)
@example(-(2**63))
@example(-0.0)
@example([math.nan, (math.inf, -math.inf), {"": [complex(math.nan, 1)]}])
def test_plain_values_come_back_as_they_were(thing):
    assert same(thing, over_the_wire(thing))


@given(ARRAYS)
def test_arrays_of_any_layout_come_back_writable_and_native(array):
    for layout in (
        array.astype(array.dtype.newbyteorder(">")),
        array.T,
        np.asfortranarray(array),
        array[..., np.newaxis][::-1] if array.ndim else array,
        np.broadcast_to(array, (2, *array.shape)),
    ):
        back = over_the_wire(layout)
        assert same(np.array(layout), back)
        assert back.flags.writeable
        assert back.dtype.isnative


def test_a_scalar_is_not_a_0d_array():
    assert type(over_the_wire(np.float64(2))) is np.float64
    assert type(over_the_wire(np.array(2.0))) is np.ndarray


@given(ANY_TEXT)
@example("a\ud800b")
def test_text_keeps_what_can_be_encoded_and_escapes_lone_surrogates(text):
    assert over_the_wire(text) == text.encode("utf-8", "backslashreplace").decode()


class Number(int):
    pass


class Text(str):
    __slots__ = ()


class Items(list):
    pass


class Box(np.ndarray):
    pass


ODD = {
    "an int too large": 2**63,
    "an int too small": -(2**63) - 1,
    "a subclass of int": Number(1),
    "a subclass of str": Text("a"),
    "a subclass of list": Items([1]),
    "a subclass of ndarray": np.zeros(2).view(Box),
    "an array of objects": np.array([None, 1]),
    "an array of text": np.array(["a"]),
    "an array of dates": np.array(["2020-01-01"], "datetime64[D]"),
    "a structured array": np.zeros(2, [("a", "f8")]),
    "a date": np.datetime64("2020-01-01"),
    "a set": {1},
    "a function": len,
    "a class": int,
    "an array larger than a frame": np.zeros(wire.FRAME_LIMIT // 8 + 1),
    "a huge array of one number": np.broadcast_to(1.0, (2**40,)),
}


@pytest.mark.parametrize("thing", ODD.values(), ids=ODD.keys())
def test_what_is_not_plain_becomes_a_handle(thing):
    met = []

    def handle(met_thing: Any) -> values.Handle:
        met.append(met_thing)
        return values.Handle(7, "instance", "Odd")

    assert values.pack([thing], handle) == values.Items(
        "list", (values.Handle(7, "instance", "Odd"),)
    )
    assert met[0] is thing
    assert values.unpack(values.Handle(7, "instance", "Odd"), lambda handle: handle.number) == 7


def test_nesting_ends_in_a_handle_on_one_side_and_is_refused_on_the_other():
    circle: list[Any] = []
    circle.append(circle)
    packed = values.pack(circle, lambda thing: values.Handle(0, "instance", "list"))
    innermost = values.unpack(packed, lambda handle: "end")
    assert innermost == "end"  # it has no end: more values than may cross
    deep = functools.reduce(lambda inner, _level: [inner], range(values.DEPTH_LIMIT), [])
    packed = values.pack(deep, lambda thing: values.Handle(0, "instance", "list"))
    innermost = values.unpack(packed, lambda handle: "end")
    for _level in range(values.DEPTH_LIMIT):
        (innermost,) = innermost
    assert innermost == "end"

    with pytest.raises(wire.MalformedFrame, match="deeper"):
        values.unpack(values.Items("list", (packed,)), lambda handle: "end")


def test_a_frame_that_would_be_too_long_is_not_made():
    with pytest.raises(wire.MalformedFrame, match="longer than"):
        wire.encode(wire.Answer(values.Bytes(b"a" * wire.FRAME_LIMIT)))


@given(st.binary(min_size=wire.HEADER, max_size=wire.HEADER))
def test_an_announced_length_is_bounded(header):
    length = int.from_bytes(header, "big")
    if length <= wire.FRAME_LIMIT:
        assert wire.body_length(header) == length
    else:
        with pytest.raises(wire.MalformedFrame, match="too long"):
            wire.body_length(header)
