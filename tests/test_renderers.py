"""Renderers: what a person reads, and that no student's text steers the terminal."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graders.judge import scoring
from graders.renderers import console
from graders.renderers.plain import OLD_COMMAND, STEERING, one_line, plain, visible
from graders.report import (
    Check,
    Isolation,
    Located,
    Report,
    Status,
    Step,
    Tool,
    Versions,
    with_step,
)
from graders.syllabus import SYLLABUS

ROOT = Path(__file__).parents[1]


def check(name: str, status: Status, points: int = 2, **more: Any) -> Check:
    earned = float(points) if status == "passed" else 0.0
    return Check(id=name, title=f"the check {name} does what it says", kind="forward",
                 status=status, points=earned, max_points=float(points), **more)  # fmt: skip


def report(*checks: Check, load_error: str | None = None, **more: Any) -> Report:
    names = sorted({check.id.partition(".")[0] for check in checks})
    units = [unit for unit in SYLLABUS if unit.step in names]
    steps: tuple[Step, ...] = tuple(
        scoring.step(unit, checks, f"{unit.step}.py", load_error, ("a note on the file",))
        for unit in units
    )
    plain_report = {
        "tool": Tool("gradmark", "0.0"),
        "submission": "mine",
        "seed": 1,
        "isolation": Isolation("sandbox"),
        "versions": Versions("3.11.2", "2.4.6"),
        "found": 1,
        "candidates": (),
        "complete": True,
        "score": sum(step.score for step in steps),
        "max_score": sum(step.max_score for step in steps),
        "fix_first": scoring.fix_first(steps),
        "notes": (),
        "steps": steps,
        "timing": {"total": 0.5},
    }
    return Report(**plain_report | more)


FAILED = check(
    "step06.square",
    "failed",
    message="got   array([1, 4])\ndue   array([0.5, 8])\n      2·x·gy",
    hint="what arrives from above, gy, is multiplied by the function's own derivative",
    reproduce="import numpy as np\nfrom step06 import Square\n\nprint(Square())    # due: 1",
    output="hello\n",
)
AT = Located(
    file="step06.py", line=31, last_line=31, within="Square.backward", kind="operand",
    question="is anything missing in the formula, or too much?", certain=True, mistakes=1,
    edit="-     return 2 * x\n+     return 2 * x * gy",
)  # fmt: skip


def found_in(what: Report, **places: Located) -> Report:
    """Return a report whose steps say where their mistakes are."""
    for step in what.steps:
        what = with_step(what, msgspec.structs.replace(step, located=places.get(step.step)))
    return what


REPORTS = {
    "all passed": report(check("step01.a", "passed"), check("step02.a", "passed", 10)),
    "untouched": report(
        check("step01.a", "not_attempted", message="the file is still the template"),
        check("step02.a", "not_attempted", message="Function.forward is still to be filled in"),
    ),
    "failed": report(
        check("step01.a", "passed"),
        FAILED,
        check("step06.b", "failed", message="got   1\ndue   2"),
        check("step06.c", "blocked", blocked_by="step06.square"),
        check("step06.d", "passed"),
        load_error="ZeroDivisionError: division by zero\nstep06.py:3: 1 / 0",
    ),
    "crashed": report(
        check("step03.a", "crashed", message="the process crashed", output="a\n" * 30),
        check("step04.a", "timeout", message="still computing after 2 seconds"),
    ),
    "located": found_in(
        report(FAILED, check("step03.a", "failed", message="got   1\ndue   2")),
        step06=AT,
        step03=Located(file="all.ipynb", cell=7, line=4, last_line=6, within="Exp.forward",
                       kind="value", question="is that the value?", certain=False, mistakes=1),
    ),
    "two mistakes": found_in(report(FAILED), step06=msgspec.structs.replace(AT, mistakes=2)),
    "incomplete": report(
        check("step01.a", "error", message="the grader itself failed"), complete=False,
        notes=("step03.py is a broken link",)),
}  # fmt: skip


def shown(what: Report, **how: Any) -> str:
    file = io.StringIO()
    console.show(what, "score.json", file=file, **how)
    return file.getvalue()


@pytest.mark.parametrize("every_check", [False, True], ids=["brief", "every check"])
@pytest.mark.parametrize("width", [80, 60, 40])
@pytest.mark.parametrize("name", REPORTS)
def test_the_summary_on_a_terminal(snapshot, name, width, every_check):
    text = shown(REPORTS[name], width=width, every_check=every_check)
    assert text == snapshot
    assert f"Score {REPORTS[name].score:g}/{REPORTS[name].max_score:g}" in text


HOSTILE = {
    "control codes": "\x1b[31mred\x1b]0;title\x07\r\b\x00\x9b2J",
    "markup": "[bold]no[/bold] [link=http://x]y[/link] :smile: [/]",
    "turned around": "\u202edesrever\u2066\u2069\u200b\ufeff\xad",
    "surrogates": "a\ud800b\udcffc",
    "lines of other kinds": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "tags": "\U000e0041\ue000",
}
FLOODS = {"a long line": "a" * 100_000, "many lines": "a\n" * 100_000}
FIELDS = ["message", "hint", "reproduce", "output"]
SAID = ["file", "within", "question", "edit"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("every_check", [False, True])
def test_nothing_a_student_writes_steers_the_terminal(text, every_check):
    broken = check("step01.a", "failed", **dict.fromkeys(FIELDS, text))
    hole = check("step02.a", "not_attempted", message=text)
    for what in (
        report(broken, hole, load_error=text, submission=text, notes=(text,)),
        report(hole, load_error=text),
        found_in(
            report(broken), step01=msgspec.structs.replace(AT, **dict.fromkeys(SAID, text))
        ),
    ):
        got = shown(what, width=80, every_check=every_check, color=False)
        assert all(visible(c) == c for c in got), ascii(got[:500])
        got.encode()


@pytest.mark.parametrize("text", FLOODS.values(), ids=FLOODS.keys())
def test_a_flood_in_a_message_or_the_output_is_cut(text):
    first, second = (check(f"step01.{n}", "failed", message=text, output=text) for n in "ab")
    got = shown(report(first, second, load_error=text), width=80, every_check=True)
    assert len(got.splitlines()) < 100
    assert "…" in got


def test_markup_is_shown_as_it_was_written():
    got = shown(report(check("step01.a", "failed", message=HOSTILE["markup"])), width=80)
    assert HOSTILE["markup"] in got


def test_a_name_of_several_lines_stays_on_one():
    name = "mine\n\n Score 100/100"
    got = shown(report(check("step01.a", "passed"), submission=name, notes=(name,)), width=80)
    assert "\n Score 100/100" not in got


@given(st.text(st.characters(codec=None, exclude_categories=())))
@example("\t\r\n\x7f")
def test_plain_text_has_nothing_that_steers(text):
    made = plain(text)
    assert all(c == "\n" or visible(c) == c for c in made)
    made.encode()
    assert plain(made) == made
    assert "\n" not in one_line(text)


@given(
    st.text(st.characters(exclude_categories=[*STEERING, "Zs"])).filter(
        lambda text: "::" not in text and not OLD_COMMAND.search(text)
    )
)
@example("x[::2] and A::B")
def test_visible_text_is_left_as_it_is(text):
    assert plain(text) == text


def grade(*options: str, **environment: str) -> str:
    clean = {k: v for k, v in os.environ.items() if "COLOR" not in k and "TTY" not in k}
    command = [sys.executable, str(ROOT / "grade.py"), "reference", "--step", "1", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
        env={**clean, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment})  # fmt: skip
    return done.stdout


def test_colour_is_for_terminals_or_by_force(tmp_path):
    to = ("--json", str(tmp_path / "score.json"))
    assert "\x1b" not in grade(*to)
    assert "\x1b[32m" in grade(*to, FORCE_COLOR="1")
    colour = re.compile(r"\x1b\[[\d;]*\b[349][0-7]m")
    assert not colour.search(grade(*to, FORCE_COLOR="1", NO_COLOR="1"))
    assert not colour.search(grade(*to, "--no-color", FORCE_COLOR="1"))


def test_what_was_written_before_is_carried_over_by_a_command():
    message = "Variable.__init__ (carried over from your step01.py) is still to be filled in"
    hole = check("step02.a", "not_attempted", message=message)
    told = shown(report(hole), width=80, folder="my work")
    assert "python grade.py carry 2 'my work' copies it" in told
    assert "carry" not in shown(report(hole), width=80)
    new = check("step02.a", "not_attempted", message="Square.forward is still to be filled in")
    assert "carry" not in shown(report(new), width=80, folder="mine")
