"""How long a report may be, and by how much the judge may grow."""

import subprocess
import sys

import msgspec
import pytest
from test_renderers import check

from graders.judge import extent
from graders.report import Shown

GROWS = """
import resource
from graders.judge.memory import ROOM, limit_memory

limit_memory()
bytearray(ROOM // 2)
print("half of it is there")
before = resource.getrlimit(resource.RLIMIT_AS)
limit_memory()
print(resource.getrlimit(resource.RLIMIT_AS) == before)
try:
    bytearray(2 * ROOM)
except MemoryError:
    print("twice as much is not")
"""


def test_a_text_is_cut_and_control_characters_without_end_are_not_kept():
    long = "a" * 20_000
    told = check("step01.a", "failed", message=long, got=Shown(text=long), output="\x01" * 9000)
    made = extent.shortened(told)
    assert len(made.message) < extent.LONGEST_TEXT + 3
    assert len(made.got.text) < extent.LONGEST_TEXT + 3
    assert len(msgspec.json.encode(made)) < 5 * 9000
    few = check("step01.a", "failed", message="m", output="\x1b[2J")
    assert extent.shortened(few) == few


def test_checks_beyond_the_length_keep_their_verdicts_without_words():
    told = [check(f"step01.{n}", "failed", message="a" * 4000, output="b") for n in range(9)]
    made = list(extent.within(told, most=20_000))
    assert [each.status for each in made] == ["failed"] * 9
    assert made[:4] == told[:4]
    assert {each.message for each in made[4:]} == {
        "left out, since the report would be too long"
    }
    assert [each.output for each in made[4:]] == [None] * 5


@pytest.mark.skipif(sys.platform != "linux", reason="there is a limit on Linux alone")
def test_the_judge_grows_by_its_room_and_no_further():
    done = subprocess.run([sys.executable, "-c", GROWS], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["half of it is there", "True", "twice as much is not"]
