"""The wire under attack: a rogue in a step's place costs the check that met it, and no other.

The rogue sends what a lying worker may send.  What the decoder makes of each malformed value is
tested by ``test_wire_malformed.py``; here is what becomes of the check, the next one and the
judge.
"""

import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import rogue

from graders import wire
from graders.judge import run
from graders.judge.run import Options
from graders.report import Level, Report
from graders.sandbox.process import Limits, StepProcess
from graders.sandbox.sandbox import Sandbox
from graders.submission.read import read

REFERENCE = Path(__file__).parents[1] / "reference"
LIMITS = Limits(cpu=2.0, wall=0.5)
MOST_MEMORY = 300 << 20
SENT, ENDED, SILENT = (
    "the process that ran your code sent ",
    "process",
    "no answer after 0.5 sec",
)
WAYS = {"forked": rogue.forked, "piped": rogue.plain}
PIPED_LATER = ["forked", pytest.param("piped", marks=pytest.mark.full)]
"""By pipe in the full run only."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rogues wait for signals")


def value(thing: Any) -> str:
    """Return the script that sends a value as an answer."""
    return f"say(answer({msgspec.msgpack.encode(thing)!r}))"


def body(thing: Any) -> str:
    """Return the script that sends a frame with a message of any kind."""
    return f"say(frame({msgspec.msgpack.encode(thing)!r}))"


def array(dtype: str, shape: list[Any], data: bytes) -> str:
    """Return the script that sends an array."""
    return value(["array", dtype, shape, data])


NO_REPLY = f"{SENT}a frame that is not a reply"
ATTACKS = {
    "a header cut short": ("say(b'\\0\\0'); raise SystemExit(3)", "(exit status 3)"),
    "a frame cut short": ("say(NOTHING[:-3]); raise SystemExit(0)", "(exit status 0)"),
    "a frame cut short by a kill": (
        "say(NOTHING[:-3]); os.kill(os.getpid(), 9)",
        "ended by a signal (SIGKILL)",
    ),
    "the wire closed": ("os.close(write)", "ended by a signal"),
    "a frame too long by a byte": (
        f"say(({wire.FRAME_LIMIT} + 1).to_bytes(4, 'big'))",
        f"frame of {wire.FRAME_LIMIT + 1} bytes, which is too long",
    ),
    "2 GiB announced and not sent": ("say(b'\\x80\\0\\0\\0')", "frame of 2147483648 bytes"),
    "4 GiB announced and begun": ("say(b'\\xff' * 100_000)", "frame of 4294967295 bytes"),
    "more than was announced": ("say(NOTHING + b'more')", "more than one answer"),
    "an empty frame": ("say(frame(b''))", NO_REPLY),
    "no MessagePack": ("say(frame(b'\\xc1' * 50))", NO_REPLY),
    "a pickle": ("import pickle; say(frame(pickle.dumps(print)))", NO_REPLY),
    "text that is none": ("say(answer(b'\\xa2\\xff\\xfe'))", NO_REPLY),
    "8 MB of empty maps": ("say(frame(many(8_000_000, b'\\x80')))", "which is too long"),
    "a MiB of empty maps": ("say(answer(many(1_000_000, b'\\x80')))", NO_REPLY),
    "more items than bytes": ("say(answer(b'\\xdd\\xff\\xff\\xff\\xff'))", NO_REPLY),
    "nested a bit too deep": (
        "say(answer(b'\\x93\\xa5items\\xa4list\\x91' * 17 + b'\\xc0'))",
        f"{SENT}values nested deeper than 16",
    ),
    "nested as deep as a frame holds": (
        "say(answer(b'\\x91' * 1_000_000 + b'\\xc0'))",
        NO_REPLY,
    ),
    "an unknown kind": (body(["object", 1]), NO_REPLY),
    "an unknown kind of value": (value(["object", 1]), NO_REPLY),
    "a request": (body(["get", 0, "data"]), NO_REPLY),
    "a map for a message": (body({"answer": 1}), NO_REPLY),
    "an extension": (value(msgspec.msgpack.Ext(1, b"1")), NO_REPLY),
    "a reply of the wrong kind": (
        body(["ready", False, []]),
        f"{SENT}an answer of the wrong kind",
    ),
    "a name that is too long": (body(["raised", "E" * 201, [], "", []]), NO_REPLY),
    "a NaN for a length": (array("float64", [math.nan], b""), NO_REPLY),
    "a NaN for a handle": (value(["handle", math.nan, "instance", "Variable"]), NO_REPLY),
    "a negative length": (array("float64", [-1], b"\0" * 8), NO_REPLY),
    "a negative handle": (value(["handle", -1, "instance", "Variable"]), NO_REPLY),
    "a huge length": (array("int8", [2**53], b"\0"), f"{SENT}an array of impossible shape"),
    "nothing in very many rows": (
        array("int8", [2**20, 2**20, 0], b""),
        f"{SENT}an array of impossible shape",
    ),
    "a dtype of objects": (array("object", [1], b"\0" * 8), NO_REPLY),
    "a dtype of objects, in short": (array("|O", [1], b"\0" * 8), NO_REPLY),
    "a dtype that holds objects": (array("f8,O", [1], b"\0" * 16), NO_REPLY),
    "too few bytes": (array("float64", [3], b"\0" * 16), f"{SENT}16 bytes for an array"),
    "too many bytes": (array("int8", [1], b"\0" * 8), f"{SENT}8 bytes for an array"),
    "a scalar of no bytes": (value(["scalar", "float64", b""]), f"{SENT}0 bytes for an array"),
    "a key that is no text": (value(["pairs", {1: None}]), NO_REPLY),
    "very many keys": (value(["pairs", {str(key): None for key in range(2000)}]), NO_REPLY),
    "a handle never issued": (
        value(["handle", 2, "instance", "Variable"]),
        f"{SENT}the handle 2, which was never issued",
    ),
    "two replies": ("say(NOTHING + NOTHING)", "more than one answer"),
    "replies without end": ("while True: say(NOTHING * 1000)", "more than one answer"),
}
SLOW = {
    "a byte now and then": "for byte in NOTHING * 9:\n say(bytes([byte])); time.sleep(0.1)",
    "a MiB announced and not sent": "say(b'\\0\\x10\\0\\0' + bytes(1000))",
    "nothing": "",
    "nothing but prints": "while True: os.write(2, b'a' * 65536)",
}


class OneRogue:
    """A sandbox that gives a rogue once, and real processes ever after."""

    missing: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()

    def __init__(self, sandbox: Sandbox, make: Callable[[], StepProcess]) -> None:
        self.level: Level = "process"
        self.sandbox = sandbox
        self.make = make
        self.given: StepProcess | None = None

    def step(self) -> StepProcess:
        """Give the rogue or a real process."""
        if self.given:
            return self.sandbox.step()
        self.given = self.make()
        return self.given

    def close(self) -> None:
        """Do nothing: the real sandbox is another's."""


def grade(
    sandbox: Sandbox, make: Callable[[], StepProcess], *steps: str, folder: Path = REFERENCE
) -> tuple[Report, list[list[str]]]:
    """Grade the reference with a rogue in its first process; return the statuses by step."""
    given = OneRogue(sandbox, make)
    options = Options(steps=frozenset(steps), limits=LIMITS)
    report = run.grade(read(folder), given, options)
    assert given.given
    assert not given.given.alive
    return report, [[check.status for check in step.checks] for step in report.steps]


def says(report: Report, sentence: str) -> bool:
    """Tell whether the first check's message is one sentence that holds these words."""
    message = report.steps[0].checks[0].message or ""
    return sentence in message and "\n" not in message and len(message) < 200


def each_way() -> Iterator[Any]:
    """Yield the attacks and the ways that they come; every fourth by pipe as well, or all."""
    for number, attack in enumerate(ATTACKS):
        yield pytest.param(attack, "forked")
        yield pytest.param(attack, "piped", marks=pytest.mark.full if number % 4 else ())


@pytest.mark.parametrize(("attack", "way"), list(each_way()))
def test_an_attack_costs_one_check_alone(sandbox, attack, way):
    script, sentence = ATTACKS[attack]
    report, ((first, *others),) = grade(
        sandbox, lambda: WAYS[way](rogue.AT_CALL + script), "step01"
    )
    assert says(report, sentence), report.steps[0].checks[0].message
    assert (first, set(others)) == ("crashed", {"passed"})
    assert report.complete


@pytest.mark.parametrize("way", PIPED_LATER)
@pytest.mark.parametrize("attack", SLOW)
def test_the_deadline_is_on_the_whole_answer(sandbox, attack, way):
    report, ((first, *others),) = grade(
        sandbox, lambda: WAYS[way](rogue.AT_CALL + SLOW[attack]), "step01"
    )
    assert says(report, SILENT)
    assert (first, set(others)) == ("timeout", {"passed"})


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_before_the_question_costs_one_check(sandbox, way):
    def make() -> StepProcess:
        step = WAYS[way]("signal.sigwait({signal.SIGUSR1}); say(NOTHING); hear(); say(NOTHING)")
        rogue.have_it_speak(step)
        return step

    report, ((first, *blocked), others) = grade(sandbox, make, "step01", "step02")
    assert says(report, f"{SENT}an answer before it was asked")
    assert (first, set(blocked), set(others)) == ("crashed", {"blocked"}, {"passed"})


@pytest.mark.parametrize("way", PIPED_LATER)
@pytest.mark.parametrize(
    "at", [rogue.AT_LOAD, rogue.AT_RUN, rogue.AT_LOOK], ids=["load", "run", "look"]
)
@pytest.mark.parametrize("attack", ["an unknown kind", "two replies", "the wire closed"])
def test_an_attack_at_loading_costs_that_step_alone(sandbox, attack, at, way):
    script, sentence = ATTACKS[attack]
    report, ((first, *blocked), others) = grade(
        sandbox, lambda: WAYS[way](at + script), "step01", "step02"
    )
    assert says(report, sentence)
    assert (first, set(blocked), set(others)) == ("crashed", {"blocked"}, {"passed"})


@pytest.mark.parametrize("way", PIPED_LATER)
@pytest.mark.parametrize("attack", ["a request", "a handle never issued", "a header cut short"])
def test_an_attack_where_a_check_begins_costs_that_check_alone(sandbox, attack, way):
    script, _sentence = ATTACKS[attack]
    _report, ((first, *others),) = grade(
        sandbox, lambda: WAYS[way](rogue.AT_BEGIN + script), "step01"
    )
    assert (first, set(others)) == ("crashed", {"passed"})


@pytest.mark.parametrize("way", WAYS)
def test_a_peer_that_never_reads_does_not_hold_the_judge(sandbox, tmp_path, way):
    for name in ("step01", "step02", "step03"):  # more than a socket or a pipe holds
        (tmp_path / f"{name}.py").write_text(f"# {'a' * 200_000}\nclass Variable: pass\n")
    report, ((first, *blocked),) = grade(
        sandbox, lambda: WAYS[way](""), "step01", folder=tmp_path
    )
    assert says(report, SILENT)
    assert (first, set(blocked)) == ("timeout", {"blocked"})


LARGE_ANSWERS = {
    "nothings": r"items(many(1_000_000, b'\xc0'))",
    "numbers": "items(many(110_000, NUMBER))",
    "arrays": r"items(many(50_000, b'\x94\xa5array\xa4int8\x91\x01\xc4\x01a'))",
    "pairs": r"answer(b'\x92\xa5pairs' + many(340_000, b'\x92\xc0\xc0'))",
    "handles": r"""items(b'\xdd' + (60_000).to_bytes(4, 'big') + b''.join(
        b'\x93\xa6handle\xce' + n.to_bytes(4, 'big') + b'\xa0' for n in range(1, 60_001)))""",
    "one array": r"""answer(b'\x94\xa5array\xa4int8\x91\xce\0\x0f\0\0'
        + b'\xc6\0\x0f\0\0' + bytes(983_040))""",
    "many dimensions": r"""answer(b'\x94\xa5array\xa4int8\xdc\0\x13' + b'\x02' * 19
        + b'\xc6\0\x08\0\0' + bytes(1 << 19))""",
    "wide text": r"answer(b'\xdb\0\x0f\x42\x44' + b'a' * 1_000_000 + '\U0001f600'.encode())",
}
"""Scripts of answers that fill a frame, or as much of it as a value may."""
NEVER_SHORT = "{at_call}say(THING)\nwhile True:\n hear(); say({answer})"


class AllRogues(OneRogue):
    """A sandbox of rogues alone."""

    def __init__(self, make: Callable[[], StepProcess]) -> None:
        super().__init__(self, make)

    def step(self) -> StepProcess:
        """Give a rogue."""
        return self.make()


def bombard() -> None:
    """Grade with rogues that fill frame after frame; print the peak of memory, in bytes."""
    for way, name in [*(("forked", name) for name in LARGE_ANSWERS), ("piped", "nothings")]:
        script = NEVER_SHORT.format(at_call=rogue.AT_CALL, answer=LARGE_ANSWERS[name])
        rogues = AllRogues(lambda script=script, way=way: WAYS[way](script))
        steps = None if name == "wide text" else frozenset(["step01"])
        options = Options(steps=steps, limits=Limits(run=600))
        report = run.grade(read(REFERENCE), rogues, options)
        assert (report.complete, report.score) == (True, 0), name
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM")))


@pytest.mark.full
def test_the_memory_of_the_judge_stays_small_whatever_is_sent():
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-c", "import test_wire_attack; test_wire_attack.bombard()"],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        check=True,
    )
    assert 30 << 20 < int(done.stdout) < MOST_MEMORY
