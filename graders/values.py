"""What may cross between judge and worker: plain data, and handles for all else.

Plain: None, bool, int (64 bits), float, complex, str, bytes, numpy arrays and scalars of
the dtypes in ``DType``, and tuples, lists and dicts (with keys of text) of these.

Whatever a frame holds, to take it apart costs no more than its bytes: what could stand for more
(an empty array of a huge shape, keys that all have one hash) can't be said.
"""

import math
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args

import msgspec
import numpy as np

FRAME_LIMIT = 1 << 20
"""The longest body in bytes."""
DEPTH_LIMIT = 16
"""How deep tuples, lists and dicts may be nested."""
AXES_LIMIT = 8
"""How many axes an array may have."""
PAIRS_LIMIT = 1000
"""How many pairs a dict may have."""
VALUES_LIMIT = 10_000
"""How many values there may be in tuples, lists and dicts, one in the other."""
ATOMS = frozenset({type(None), bool, int, float, str})
"""What is the same on the wire and off it."""

DType = Literal[
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "float32", "float64", "complex64", "complex128",
]  # fmt: skip
DTYPES = frozenset(get_args(DType))
SCALARS = frozenset(id(np.dtype(name).type) for name in DTYPES)
"""The types of numpy's scalars, by identity: a class may say that it is equal to any other."""
ObjectKind = Literal[
    "instance", "class", "function", "method", "module", "array", "array subclass", "absent",
    "too large",
]  # fmt: skip
"""What a handle stands for.  An array crosses as itself, but for an odd dtype or great size."""
Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Name = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=5000)]
CUT_ADDRESS = re.compile(r"0x[0-9a-fA-F]*\Z")
"""What may be left of an address where a text was cut: it would differ from run to run."""


class MalformedFrame(Exception):
    """A frame that breaks the rules above."""


class Sent(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A part of a frame; one that has more or less to it is refused."""


class Complex(Sent, frozen=True, tag="complex"):
    """A Python complex number."""

    real: float
    imag: float


class Bytes(Sent, frozen=True, tag="bytes"):
    """A Python bytes object."""

    data: bytes


class Array(Sent, frozen=True, tag="array"):
    """A numpy array, in C order and little-endian."""

    dtype: DType
    shape: Annotated[tuple[Number, ...], msgspec.Meta(max_length=AXES_LIMIT)]
    data: bytes


class Scalar(Sent, frozen=True, tag="scalar"):
    """A numpy scalar, which is not a 0-d array."""

    dtype: DType
    data: bytes


class Handle(Sent, frozen=True, tag="handle"):
    """An object that stays in the worker; the same number is the same object."""

    number: Number
    kind: ObjectKind
    name: Name
    """A class's own; of an array its dtype's; else that of its class, if there is one."""


class Items(Sent, frozen=True, tag="items"):
    """A tuple or a list."""

    kind: Literal["tuple", "list"]
    items: "tuple[Value, ...]"


class Pairs(Sent, frozen=True, tag="pairs"):
    """A dict."""

    pairs: "Annotated[dict[Text, Value], msgspec.Meta(max_length=PAIRS_LIMIT)]"


Value = (
    None
    | bool
    | Whole
    | float
    | str
    | Bytes
    | Complex
    | Array
    | Scalar
    | Handle
    | Items
    | Pairs
)


def pack(thing: Any, handle: Callable[[Any], Handle], depth: int = 0) -> Value:
    """Return a Python object as a wire value; what is not plain goes through ``handle``.

    Only the exact types are plain: an instance of a subclass is a handle.
    """
    kind = type(thing)
    if depth == 0 and (kind is tuple or kind is list or kind is dict) and are_many(thing):
        return handle(thing)
    if thing is None or kind is bool or kind is float:
        return thing  # type: ignore[no-any-return]  # the exact type was looked at
    if kind is bytes:
        return Bytes(thing)
    if kind is int and -(2**63) <= thing < 2**63:
        return int(thing)
    if kind is str:
        return sendable(thing)
    if kind is complex:
        return Complex(thing.real, thing.imag)
    if kind is np.ndarray and thing.dtype.name in DTYPES and is_small(thing):
        return Array(thing.dtype.name, thing.shape, little_endian(thing))
    if id(kind) in SCALARS:
        return Scalar(thing.dtype.name, little_endian(np.asarray(thing)))
    if depth == DEPTH_LIMIT:
        return handle(thing)
    if kind is tuple or kind is list:
        return Items(
            "list" if kind is list else "tuple",
            tuple(pack(item, handle, depth + 1) for item in thing),
        )
    if kind is dict and len(thing) <= PAIRS_LIMIT and all(type(key) is str for key in thing):
        items = thing.items()
        return Pairs({sendable(k, 5000): pack(v, handle, depth + 1) for k, v in items})
    return handle(thing)


def unpack(value: Value, resolve: Callable[[Handle], Any], depth: int = 0) -> Any:
    """Return the Python object that a wire value stands for; handles go through ``resolve``.

    Arrays come out as fresh, writable copies.  Raise MalformedFrame when an array's bytes
    don't fit its shape, the values are too many, or the nesting is too deep.
    """
    if type(value) in ATOMS:
        return value
    if depth == 0 and are_many(value):
        raise MalformedFrame(f"more than {VALUES_LIMIT} values in one another")
    if depth == DEPTH_LIMIT and isinstance(value, Items | Pairs):
        raise MalformedFrame(f"values nested deeper than {DEPTH_LIMIT}")
    match value:
        case Handle():
            return resolve(value)
        case Array(dtype, shape, data):
            return array_from(dtype, shape, data)
        case Scalar(dtype, data):
            return array_from(dtype, (), data)[()]
        case Bytes(data):
            return data
        case Complex(real, imag):
            return complex(real, imag)
        case Items(kind, items):
            made = [unpack(item, resolve, depth + 1) for item in items]
            return made if kind == "list" else tuple(made)
        case Pairs(pairs):
            return {key: unpack(item, resolve, depth + 1) for key, item in pairs.items()}


def are_many(thing: Any) -> bool:
    """Return whether there are more values in one, off the wire or on it, than one may hold."""
    ahead, count = [thing], 0
    while ahead and count <= VALUES_LIMIT:
        count += 1
        inner = ahead.pop()
        kind = type(inner)
        if kind is tuple or kind is list:
            ahead += inner
        elif kind is dict:
            ahead += inner.values()
        elif kind is Items:
            ahead += inner.items
        elif kind is Pairs:
            ahead += inner.pairs.values()
    return count > VALUES_LIMIT


def sendable(text: str, most: int | None = None) -> str:
    """Return a text without lone surrogates, which no frame can hold, cut to a length.

    None of the text's own code is run, should it be of a subclass of ``str``.
    """
    text = "".join((text,))[: None if most is None else most + 1]
    text = text.encode("utf-8", "backslashreplace").decode()
    whole = most is None or len(text) <= most
    return text if whole else CUT_ADDRESS.sub("", text[:most])


def readable(data: bytes | bytearray, most: int) -> str:
    """Return what bytes say in UTF-8, cut to a number of bytes as ``sendable`` cuts a text."""
    text = data[:most].decode("utf-8", "replace")
    return text if len(data) <= most else CUT_ADDRESS.sub("", text)


def is_small(array: np.ndarray[Any, Any]) -> bool:
    """Return whether a frame can hold an array."""
    few = array.ndim <= AXES_LIMIT and room(array.shape) <= FRAME_LIMIT
    return few and array.nbytes <= FRAME_LIMIT


def room(shape: tuple[int, ...]) -> int:
    """Return how many elements a shape has, or would if no axis were empty: what an empty array
    costs those who ask for its axes one by one.
    """
    return math.prod(max(1, length) for length in shape)


def little_endian(array: np.ndarray[Any, Any]) -> bytes:
    """Return an array's bytes in C order, each number little-endian."""
    return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()


def array_from(dtype: str, shape: tuple[int, ...], data: bytes) -> np.ndarray[Any, Any]:
    """Return a writable array of the native byte order.  Raise MalformedFrame on a misfit."""
    wire_type = np.dtype(dtype).newbyteorder("<")
    if room(shape) > FRAME_LIMIT:
        raise MalformedFrame(f"an array of impossible shape {shape}")
    if math.prod(shape) * wire_type.itemsize != len(data):
        raise MalformedFrame(f"{len(data)} bytes for an array of {dtype} and shape {shape}")
    return np.ndarray(shape, wire_type, data).astype(dtype)
