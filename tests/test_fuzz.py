"""What a stranger may send and say, at random: the decoder, the verdicts and the renderers."""

import io
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import msgspec
import numpy as np
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from test_renderers import check, report
from test_wire_malformed import MSGPACK

from graders import values, wire
from graders.judge.run import Options, grade
from graders.renderers import console, json_file
from graders.renderers.plain import visible
from graders.report import Level, Report, Status, schema
from graders.sandbox.process import Limits
from graders.submission.read import read

fuzz = settings(suppress_health_check=list(HealthCheck))
fuzz_slowly = settings(
    fuzz,
    max_examples=fuzz.max_examples // 20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes
)
REFERENCE = Path(__file__).parents[1] / "reference"
PLAIN = (type(None), bool, int, float, complex, str, bytes, list, tuple, dict, np.ndarray)

# --- bytes that come over the wire

TAGS = st.sampled_from([
    "answer", "raised", "left", "loaded", "array", "scalar", "items", "pairs", "handle",
    "bytes", "complex", "list", "tuple", "object", "O", "f8,O", "datetime64[D]",
    *sorted(values.DTYPES),
])  # fmt: skip
ATOMS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats()
LOOSE = st.recursive(
    ATOMS | TAGS | st.text(max_size=8) | st.binary(max_size=24),
    lambda inner: (
        st.lists(inner, max_size=6) | st.tuples(TAGS, inner) | st.tuples(TAGS, inner, inner)
    ),
    max_leaves=24,
)
"""Messages that begin as real ones do."""
NUMBERS = st.integers(0, 3) | st.just(2**53)
HANDLE = st.builds(
    values.Handle, NUMBERS, st.sampled_from(get_args(values.ObjectKind)), st.text(max_size=8)
)
ARRAY = st.builds(
    values.Array, st.sampled_from(sorted(values.DTYPES)),
    st.lists(NUMBERS, max_size=3).map(tuple), st.binary(max_size=32),
)  # fmt: skip
SCALAR = st.builds(
    values.Scalar, st.sampled_from(sorted(values.DTYPES)), st.binary(max_size=16)
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | TEXTS
    | HANDLE | ARRAY | SCALAR | st.builds(values.Bytes, st.binary(max_size=8))
    | st.builds(values.Complex, st.floats(), st.floats()),
    lambda inner: st.builds(
        values.Items, st.sampled_from(("list", "tuple")), st.lists(inner, max_size=4).map(tuple)
    )
    | st.builds(values.Pairs, st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=10,
)  # fmt: skip
LINE = st.builds(wire.Line, TEXTS, st.integers(0, 99), TEXTS, TEXTS, st.integers(0, 9))
RAISED = st.builds(
    wire.Raised,
    st.sampled_from(["ValueError", "NotImplementedError", "SyntaxError", "KeyError"]) | TEXTS,
    st.lists(
        st.sampled_from(["ValueError", "TypeError", "UnicodeError", "dict", "StopIteration",
            "UnicodeDecodeError", "KeyboardInterrupt", "Exception"]), max_size=3).map(tuple),
    TEXTS | st.just("fill in: a hole") | st.just("name 'x' is not defined"),
    st.lists(LINE, max_size=2).map(tuple),
)  # fmt: skip
LEFT = st.builds(wire.Left, TEXTS, TEXTS)
READY = st.builds(
    wire.Ready, st.booleans(), st.lists(st.integers(0, 2**53), max_size=2).map(tuple)
)
RAN = st.builds(
    wire.Ran, st.none() | RAISED | LEFT, st.booleans(), st.booleans(), st.integers(0, 2**53)
)
LOADED = st.builds(
    wire.Loaded,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
)
REPLY = st.builds(wire.Answer, VALUE) | RAISED | LEFT | READY | RAN | LOADED


def take(body: bytes) -> None:
    """Take a reply in as the judge does, and see that nothing but plain data comes of it."""
    try:
        reply = wire.decode_reply(body)
        value = values.unpack(reply.value, lambda handle: None) if isinstance(
            reply, wire.Answer) else None  # fmt: skip
    except wire.MalformedFrame:
        return
    assert wire.decode_reply(wire.encode(reply)[wire.HEADER :]) == reply or "nan" in repr(reply)
    values.pack(value, lambda thing: values.Handle(0, "instance", ""))  # what is in can go out
    see(value)


def see(value: Any) -> None:
    """See that a value is of exact, plain types all through."""
    assert type(value) in PLAIN or id(type(value)) in values.SCALARS
    if isinstance(value, np.ndarray):
        assert value.dtype.name in values.DTYPES
        assert value.flags.owndata
    inner = [*value, *value.values()] if isinstance(value, dict) else value
    for item in inner if isinstance(inner, list | tuple) else ():
        see(item)


@fuzz
@given(st.binary(max_size=2000))
def test_any_bytes(body):
    take(body)


@fuzz
@given(LOOSE | MSGPACK)
def test_any_message(message):
    take(msgspec.msgpack.encode(message))
    take(msgspec.msgpack.encode(["answer", message]))


@fuzz
@given(REPLY, st.data())
def test_replies_that_were_tampered_with(reply, data):
    body = bytearray(wire.encode(reply)[wire.HEADER :])
    take(bytes(body))
    for _turn in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    take(bytes(body))


# --- a whole worker that lies


class Liar:
    """A step's process that answers whatever it is asked with what comes next."""

    def __init__(self, replies: list[wire.Reply], truths: int) -> None:
        self.replies = replies
        self.truths = truths
        self.alive = True
        self.asked = 0

    def begin(self, cpu: float, wall: float, left: float = 0.0) -> None:
        """Start a check: the first questions are answered with handles."""
        self.asked = 0

    def cpu_time(self) -> float:
        """Return how long it has computed."""
        return 0.0

    def ask(self, frame: bytes) -> bytes:
        """Answer a frame."""
        request = wire.decode_request(frame[wire.HEADER :])
        reply: wire.Reply = wire.Answer(None)
        if isinstance(request, wire.Load):
            reply = wire.Ready(untouched=False, idle=())
        elif isinstance(request, wire.Run):
            reply = wire.Ran(None, refused=False, stops=False)
        elif isinstance(request, wire.Look):
            reply = wire.Loaded(("Variable",), ())
        elif not isinstance(request, wire.Begin):
            self.asked += 1
            reply = wire.Answer(values.Handle(self.asked, "instance", "Variable"))
            if self.asked > self.truths:
                reply = self.replies[self.asked % len(self.replies)]
        return wire.encode(reply)[wire.HEADER :]

    def output(self) -> str:
        """Return what was printed."""
        return ""

    def close(self) -> None:
        """End."""
        self.alive = False


class Liars:
    """A sandbox of such processes."""

    level: Level = "process"
    missing = refusals = ()

    def __init__(self, *how: Any) -> None:
        self.how = how

    def step(self) -> Liar:
        """Return a fresh one."""
        return Liar(*self.how)

    def close(self) -> None:
        """End nothing."""


@fuzz_slowly
@example([wire.Raised("E", ("StopIteration",), "", ())], 2)
@given(st.lists(REPLY, min_size=1, max_size=4), st.integers(0, 5))
def test_whatever_a_worker_answers_every_check_has_a_verdict(replies, truths):
    options = Options(limits=Limits(run=1000, step=1000))
    found = grade(read(REFERENCE), Liars(replies, truths), options)
    verdicts = [check for step in found.steps for check in step.checks]
    assert not [check for check in verdicts if check.status == "error"]
    assert found.complete
    render(found)


# --- texts that a student wrote

NASTY = [
    "\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\r", "\b", "\0", "\x7f", "\u202e", "\u2066",
    "\u200b", "\ufeff", "\ud800", "\udcff", "\U000e0041", "\u2028", "\x85", "\x0b", "\t", "\n",
    "[bold]", "[/]", "[link=http://x]", ":smile:", "<script>", "</pre>", "]]>", "&lt;",
    '"', "'", "\\",
    "::error::", "::", "##[error]", "##vso[task.complete]",
    "=cmd()", "|", "`", "{", "%s", "漢", "e\u0301", "a" * 90,
]  # fmt: skip
ANY_CHARACTER = st.characters(codec=None, exclude_categories=())
ANY_TEXT = st.lists(
    st.sampled_from(NASTY) | st.text(ANY_CHARACTER, max_size=6), max_size=12
).map("".join)
WIRE_TEXT = ANY_TEXT.map(lambda text: values.sendable(text))
"""What can have come over the wire: no halves of characters."""
MAYBE = st.none() | WIRE_TEXT
CHECK = st.builds(
    check,
    st.sampled_from(["step01.a", "step01.b", "step06.c", "step10.d"]),
    st.sampled_from(Status.__args__),
    message=MAYBE, hint=MAYBE, hint_more=MAYBE, likely=MAYBE, reproduce=MAYBE, output=MAYBE,
)  # fmt: skip
REPORT = st.builds(
    lambda checks, more: report(*checks, **more),
    st.lists(CHECK, min_size=1, max_size=4, unique_by=lambda check: check.id),
    st.fixed_dictionaries({
        "load_error": MAYBE, "submission": WIRE_TEXT, "notes": st.lists(WIRE_TEXT).map(tuple),
        "complete": st.booleans(),
    }),
)  # fmt: skip


def is_command(line: str) -> bool:
    """Tell whether GitHub's runner would look a line up among its commands."""
    name = line.lstrip().partition("::")[2].partition("::")[0].partition(" ")[0]
    return (
        line.lstrip().startswith("::")
        and line.count("::") > 1
        and bool(re.fullmatch(r"[\w-]+", name))
    )


def render(what: Report, width: int = 80, **how: bool) -> None:
    """Render a report in every way, and see that its texts stay texts."""
    file = io.StringIO()
    console.show(what, "score.json", file=file, width=width, color=False, **how)
    shown = file.getvalue()
    assert all(visible(character) == character for character in shown)
    assert not any(map(is_command, shown.split("\n")))
    assert "##[" not in shown
    assert "##vso[" not in shown
    assert f"Score {what.score:g}/{what.max_score:g}" in shown

    text = json_file.text(what)
    assert msgspec.json.decode(text, type=Report) == what
    assert "##[" not in text
    assert "##vso[" not in text
    assert all(visible(character) == character for character in text)
    SCHEMA.validate(msgspec.json.decode(text))


SCHEMA = jsonschema.Draft202012Validator(schema())


@fuzz
@given(REPORT, st.sampled_from([40, 60, 80, 120]), st.booleans(), st.booleans())
def test_renderers(what, width, every_check, more_hints):
    render(what, width, every_check=every_check, more_hints=more_hints)


def test_every_renderer_is_tried():
    modules = {path.stem for path in Path(console.__file__).parent.glob("*.py")}
    assert modules - {"__init__", "plain", "progress", "screen"} == {"console", "json_file"}
