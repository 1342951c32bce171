"""The wire: whatever a lying worker sends is decoded or refused, and nothing else happens."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graders import values, wire

pack = msgspec.msgpack.encode

MSGPACK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=16)
    | st.sampled_from(["answer", "array", "scalar", "items", "pairs", "handle", "complex"])
    | st.sampled_from(sorted(values.DTYPES)),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=20,
)


def take(body: bytes) -> Any:
    """Decode a reply and unpack its value, as the judge does."""
    reply = wire.decode_reply(body)
    if isinstance(reply, wire.Answer):
        return values.unpack(reply.value, lambda handle: handle)
    return reply


def is_refused_cleanly(body: bytes) -> bool:
    """Tell whether a body was refused; any exception but MalformedFrame passes through."""
    try:
        take(body)
    except wire.MalformedFrame:
        return True
    return False


@given(st.binary(max_size=200))
@example(b"")
@example(b"\xc1")
@example(b"\x91" * 100_000 + b"\xc0")
@example(b"\xdd\xff\xff\xff\xff")
@example(b"\xc6\xff\xff\xff\xff")
def test_random_bytes_are_no_reply(body):
    assert is_refused_cleanly(body)


@given(MSGPACK)
def test_any_message_is_decoded_or_refused(message):
    is_refused_cleanly(pack(message))
    answer = pack(["answer", message])
    plain = message is None or isinstance(message, (bool, int, float, str))
    plain = plain and not (isinstance(message, int) and message >= 2**63)
    assert not (plain and is_refused_cleanly(answer))


@given(st.data())
def test_a_reply_with_a_few_changed_bytes_is_decoded_or_refused(data):
    lines = (wire.Line("step01.py", 3, "f", "x = 1"),)
    reply = data.draw(
        st.sampled_from(
            [
                wire.Answer(values.Array("float64", (2, 1), b"\0" * 16)),
                wire.Answer(
                    values.Pairs({"a": values.Scalar("int8", b"a"), "b": values.Complex(1, 2)})
                ),
                wire.Answer(
                    values.Items("list", (values.Handle(3, "instance", "Variable"), 1.5))
                ),
                wire.Raised("ValueError", ("ValueError",), "no", lines),
                wire.Ready(untouched=True, idle=(0, 2)),
                wire.Loaded(("Variable",), ("turtle",)),
                wire.Ran(wire.Left("SystemExit", "1"), True, False, waits=3),
            ]
        )
    )
    body = bytearray(wire.encode(reply)[wire.HEADER :])
    assert not is_refused_cleanly(bytes(body))
    for _change in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    assert is_refused_cleanly(bytes(body)) or is_refused_cleanly(bytes(body) + b"\0")


def test_a_request_is_no_reply():
    assert is_refused_cleanly(wire.encode(wire.Get(0, "data"))[wire.HEADER :])


REFUSED = {
    "bytes fewer than the shape": ["array", "float64", [3], b"\0" * 16],
    "bytes more than the shape": ["array", "float64", [], b"\0" * 16],
    "a scalar with too many bytes": ["scalar", "int8", b"ab"],
    "a scalar without bytes": ["scalar", "float64", b""],
    "a negative shape": ["array", "float64", [-1], b"\0" * 8],
    "two negative lengths": ["array", "float64", [-1, -1], b"\0" * 8],
    "a huge shape": ["array", "int8", [2**62, 2**62], b"\0"],
    "a huge shape without elements": ["array", "int8", [0, 2**53, 2**53], b""],
    "very many rows of nothing": ["array", "int8", [2**20 + 1, 0], b""],
    "very many rows of rows of nothing": ["array", "int8", [2**11, 2**10, 0], b""],
    "a length past 64 bits": ["array", "int8", [2**64 - 1], b"\0"],
    "a length that is no whole number": ["array", "int8", [1.5], b"\0"],
    "too many dimensions": ["array", "int8", [1] * 9, b"\0"],
    "objects": ["array", "object", [1], b"\0" * 8],
    "text": ["array", "<U1", [1], b"\0" * 4],
    "dates": ["scalar", "datetime64[D]", b"\0" * 8],
    "big-endian": ["array", ">f8", [1], b"\0" * 8],
    "a negative handle": ["handle", -1, "instance", "Variable"],
    "a handle of no kind": ["handle", 1, "a Variable", "Variable"],
    "a handle with more to it": ["handle", 1, "instance", "Variable", 0],
    "an array with more to it": ["array", "float64", [], b"\0" * 8, None],
    "a handle without a name": ["handle", 1, "instance"],
    "a set": ["items", "set", []],
    "pairs that are no map": ["pairs", [["a", 1]]],
    "a number as a key": ["pairs", {1: 1}],
    "bytes as a key": ["pairs", {b"a": 1}],
    "too many pairs": ["pairs", {str(key): None for key in range(1001)}],
    "a bare list": [1, 2],
    "a bare map": {"a": 1},
    "an unknown tag": ["object", 1],
    "a date of MessagePack": msgspec.msgpack.Ext(-1, b"\0" * 4),
}


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED.keys())
def test_a_malformed_value_is_refused(value):
    with pytest.raises(wire.MalformedFrame):
        take(pack(["answer", value]))


def test_the_same_values_are_fine_when_they_fit():
    array = take(pack(["answer", ["array", "float64", [2, 1], b"\0" * 16]]))
    assert (array == np.zeros((2, 1))).all()
    assert take(pack(["answer", ["array", "int8", [2**20, 0], b""]])).shape == (2**20, 0)
    assert take(pack(["answer", ["array", "int8", [2**10, 2**10, 0], b""]])).ndim == 3
    assert take(pack(["answer", ["pairs", {"a": ["items", "tuple", []]}]])) == {"a": ()}


@pytest.mark.parametrize("depth", [values.DEPTH_LIMIT + 1, 200, 5000, 200_000])
def test_nesting_that_is_too_deep_is_refused(depth):
    around = b"\x93\xa5items\xa5tuple\x91"
    body = b"\x92\xa6answer" + around * depth + b"\xc0"
    with pytest.raises(wire.MalformedFrame):
        take(body)


def test_nesting_up_to_the_limit_is_taken():
    around = b"\x93\xa5items\xa4list\x91"
    assert take(b"\x92\xa6answer" + around * values.DEPTH_LIMIT + b"\xc0")
