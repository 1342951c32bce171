"""The wire: frames between judge and worker, plain data only.

A frame is four bytes of length (big-endian) and a MessagePack body.  Bodies are decoded
into the types below and into nothing else, so a frame of another shape is refused by the
decoder before any of it is used.  What is not plain crosses as a numbered handle.

Plain: None, bool, int (64 bits), float, complex, str, bytes, numpy arrays and scalars of
the dtypes in ``DType``, and tuples, lists and dicts of these.
"""

import math
from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args

import msgspec
import numpy as np

FRAME_LIMIT = 1 << 20
"""The longest body in bytes."""
DEPTH_LIMIT = 16
"""How deep tuples, lists and dicts may be nested."""
HEADER = 4
ATOMS = frozenset({type(None), bool, int, float, str})
"""What is the same on the wire and off it."""
HOLE = "fill in: "
"""How the message of a template's hole begins."""
MOST_NAMES = 200
MOST_TESTS = 1000

DType = Literal[
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "float32", "float64", "complex64", "complex128",
]  # fmt: skip
DTYPES = frozenset(get_args(DType))
SCALARS = frozenset(np.dtype(name).type for name in DTYPES)
Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Name = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=5000)]


class MalformedFrame(Exception):
    """A frame that breaks the rules above."""


class Complex(msgspec.Struct, frozen=True, array_like=True, tag="complex"):
    """A Python complex number."""

    real: float
    imag: float


class Bytes(msgspec.Struct, frozen=True, array_like=True, tag="bytes"):
    """A Python bytes object."""

    data: bytes


class Array(msgspec.Struct, frozen=True, array_like=True, tag="array"):
    """A numpy array, in C order and little-endian."""

    dtype: DType
    shape: Annotated[tuple[Number, ...], msgspec.Meta(max_length=32)]
    data: bytes


class Scalar(msgspec.Struct, frozen=True, array_like=True, tag="scalar"):
    """A numpy scalar, which is not a 0-d array."""

    dtype: DType
    data: bytes


class Handle(msgspec.Struct, frozen=True, array_like=True, tag="handle"):
    """An object that stays in the worker; the same number is the same object."""

    number: Number
    described: Name
    """What a message calls it, such as ``a Variable``."""


class Items(msgspec.Struct, frozen=True, array_like=True, tag="items"):
    """A tuple or a list."""

    kind: Literal["tuple", "list"]
    items: "tuple[Value, ...]"


class Pairs(msgspec.Struct, frozen=True, array_like=True, tag="pairs"):
    """A dict."""

    pairs: "tuple[tuple[Value, Value], ...]"


Value = (
    None | bool | int | float | str | Bytes | Complex | Array | Scalar | Handle | Items | Pairs
)


class Load(msgspec.Struct, frozen=True, array_like=True, tag="load"):
    """Run the step's file; answered by ``Loaded``."""

    path: str
    root: str
    """The submission folder's own name, under which its files may import each other."""
    sources: dict[str, str]


class Begin(msgspec.Struct, frozen=True, array_like=True, tag="begin"):
    """Start a check: forget all handles but the step's, seed the random generators."""

    seed: Number


class Get(msgspec.Struct, frozen=True, array_like=True, tag="get"):
    """Read an attribute."""

    target: Number
    name: str


class Put(msgspec.Struct, frozen=True, array_like=True, tag="put"):
    """Set an attribute."""

    target: Number
    name: str
    value: Value


class Call(msgspec.Struct, frozen=True, array_like=True, tag="call"):
    """Call an object."""

    target: Number
    args: tuple[Value, ...]
    kwargs: dict[str, Value]


class Define(msgspec.Struct, frozen=True, array_like=True, tag="define"):
    """Run the suite's own source where the step's names are in reach, and give a name of it."""

    source: str
    name: str


class Kin(msgspec.Struct, frozen=True, array_like=True, tag="kin"):
    """Tell whether an object, or a class, is of another class; by its real type."""

    target: Number
    of: Number


class Rehearse(msgspec.Struct, frozen=True, array_like=True, tag="rehearse"):
    """Run the step's own tests against another implementation; answered by ``Rehearsed``."""

    implementation: str


Request = Load | Begin | Get | Put | Call | Define | Kin | Rehearse


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A line of the student's code in a traceback."""

    file: Text
    number: int
    function: Name
    source: Name


class Raised(msgspec.Struct, frozen=True, array_like=True, tag="raised"):
    """The student's code raised an Exception."""

    name: Name
    bases: Annotated[tuple[Name, ...], msgspec.Meta(max_length=64)]
    """The names of the builtin classes it is of, nearest first."""
    message: Text
    lines: Annotated[tuple[Line, ...], msgspec.Meta(max_length=16)]
    missing: Name = ""
    """The name that was looked for in vain, where there is one spelt almost alike."""
    near: Name = ""
    """That other one."""


class Left(msgspec.Struct, frozen=True, array_like=True, tag="left"):
    """The student's code raised what would end a program, such as SystemExit."""

    name: Name
    message: Text


class Answer(msgspec.Struct, frozen=True, array_like=True, tag="answer"):
    """A request's result."""

    value: Value


class Loaded(msgspec.Struct, frozen=True, array_like=True, tag="loaded"):
    """What came of running a step's file."""

    names: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)]
    """Its public names."""
    untouched: bool
    """Whether every function in it is still a hole of the template."""
    trouble: Raised | Left | None
    """What ended it early, if anything did."""
    stood_in: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)]
    """Modules that are not installed and were stood in for."""
    stops: bool = False
    """Whether an exception or an exit ended it, even one below all definitions."""


class Rehearsed(msgspec.Struct, frozen=True, array_like=True, tag="rehearsed"):
    """What came of running a step's own tests."""

    tests: Annotated[dict[Name, Text], msgspec.Meta(max_length=MOST_TESTS)]
    """Each test that ran, and what went wrong in it: nothing, if it passed.  The empty name
    stands for a failure to run the file at all."""
    hidden: Annotated[tuple[Name, ...], msgspec.Meta(max_length=MOST_NAMES)]
    """Tests that were lost because their class, or function, was defined again."""


Reply = Answer | Raised | Left | Loaded | Rehearsed

_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def encode(message: Request | Reply) -> bytes:
    """Return a whole frame.  Raise MalformedFrame when it would be too long."""
    body = _encoder.encode(message)
    if len(body) > FRAME_LIMIT:
        raise MalformedFrame(f"a frame of {len(body)} bytes is longer than {FRAME_LIMIT}")
    return len(body).to_bytes(HEADER, "big") + body


def body_length(header: bytes) -> int:
    """Return the length that a header announces.  Raise MalformedFrame when it is too long."""
    length = int.from_bytes(header, "big")
    if length > FRAME_LIMIT:
        raise MalformedFrame(f"the header of a frame of {length} bytes, which is too long")
    return length


def decode_request(body: bytes) -> Request:
    """Return the request in a frame's body."""
    return _requests.decode(body)


def decode_reply(body: bytes) -> Reply:
    """Return the reply in a frame's body.  Raise MalformedFrame for anything else."""
    try:
        return _replies.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise MalformedFrame(f"a frame that is not a reply ({type(error).__name__})") from error


def pack(thing: Any, handle: Callable[[Any], Handle], depth: int = 0) -> Value:
    """Return a Python object as a wire value; what is not plain goes through ``handle``.

    Only the exact types are plain: an instance of a subclass is a handle.
    """
    kind = type(thing)
    if thing is None or kind in (bool, float):
        return thing  # type: ignore[no-any-return]  # the exact type was looked at
    if kind is bytes:
        return Bytes(thing)
    if kind is int and -(2**63) <= thing < 2**63:
        return int(thing)
    if kind is str:
        return sendable(thing)
    if kind is complex:
        return Complex(thing.real, thing.imag)
    if kind is np.ndarray and thing.dtype.name in DTYPES and thing.nbytes <= FRAME_LIMIT:
        return Array(thing.dtype.name, thing.shape, little_endian(thing))
    if kind in SCALARS:
        return Scalar(thing.dtype.name, little_endian(np.asarray(thing)))
    if depth == DEPTH_LIMIT:
        return handle(thing)
    if kind in (tuple, list):
        return Items(
            "list" if kind is list else "tuple",
            tuple(pack(item, handle, depth + 1) for item in thing),
        )
    if kind is dict:
        pairs = (
            (pack(k, handle, depth + 1), pack(v, handle, depth + 1)) for k, v in thing.items()
        )
        return Pairs(tuple(pairs))
    return handle(thing)


def unpack(value: Value, resolve: Callable[[Handle], Any], depth: int = 0) -> Any:
    """Return the Python object that a wire value stands for; handles go through ``resolve``.

    Arrays come out as fresh, writable copies.  Raise MalformedFrame when an array's bytes
    don't fit its shape, a dict's key can't be a key, or the nesting is too deep.
    """
    if depth > DEPTH_LIMIT:
        raise MalformedFrame(f"values nested deeper than {DEPTH_LIMIT}")
    if type(value) in ATOMS:  # most are, and there may be a million
        return value
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
            unpacked = [[unpack(half, resolve, depth + 1) for half in pair] for pair in pairs]
            try:
                return {key: item for key, item in unpacked}
            except TypeError as error:
                raise MalformedFrame("a dict with a key that is no key") from error


def sendable(text: str, most: int | None = None) -> str:
    """Return a text without lone surrogates, which no frame can hold, cut to a length."""
    return str(text[:most]).encode("utf-8", "backslashreplace").decode()[:most]


def little_endian(array: np.ndarray[Any, Any]) -> bytes:
    """Return an array's bytes in C order, each number little-endian."""
    return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()


def array_from(dtype: str, shape: tuple[int, ...], data: bytes) -> np.ndarray[Any, Any]:
    """Return a writable array of the native byte order.  Raise MalformedFrame on a misfit."""
    wire_type = np.dtype(dtype).newbyteorder("<")
    if math.prod(shape) * wire_type.itemsize != len(data):
        raise MalformedFrame(f"{len(data)} bytes for an array of {dtype} and shape {shape}")
    if not data and max(shape) > FRAME_LIMIT:
        raise MalformedFrame(f"an array of impossible shape {shape}")
    try:
        return np.ndarray(shape, wire_type, data).astype(dtype)
    except (ValueError, OverflowError) as error:
        raise MalformedFrame(f"an array of impossible shape {shape}") from error
