"""Messages: every kind there is, as a student reads it, in a snapshot to leaf through.

A snapshot holds what is said of one failure, so that another check changes none of them; a
dozen hold the whole screen.
"""

import io
import re
from pathlib import Path

import msgspec
import pytest
from mutants import MUTANTS
from refused import CLAIMS, SOURCE

from graders.checks import Declaration
from graders.feedback.layout import Beside
from graders.feedback.reproduce import reproduce
from graders.feedback.verdict import ruling_on
from graders.judge import scoring
from graders.judge.run import Options, grade
from graders.renderers import console
from graders.renderers.screen import Screen
from graders.report import Isolation, Report, Tool, Versions
from graders.sandbox.process import Limits
from graders.submission.read import read
from graders.syllabus import SYLLABUS

ROOT = Path(__file__).parents[1]
SNAPSHOTS = ROOT / "tests" / "__snapshots__" / "test_messages.ambr"
SHOWN = [mutant for mutant in MUTANTS if mutant.misconception]
MOST = 1500
"""How many characters a message may have."""

# --- one claim after another


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim(snapshot, load, name):
    student = load("step07.py", {"step07.py": SOURCE})[1]
    with pytest.raises(Exception) as caught:
        CLAIMS[name](student)
    ruling = ruling_on(caught.value)
    events = student._conversation.events
    file = Beside("step07", "step07.py")
    made = reproduce(Declaration("a title", "forward", 1), file, events, ruling)
    assert ruling.status == "failed"
    assert len(ruling.message) < MOST
    assert f"{ruling.message}\n\ntry it:\n{made}" == snapshot


# --- the one thing to fix


def first_thing(report: Report) -> str:
    """Return what a report's screen says of the one thing to fix, or to go on with."""
    file = io.StringIO()
    console.show_first(Screen(file, color=False, width=80), report, False)
    return stripped(file.getvalue())


def stripped(text: str) -> str:
    """Return a text without the blanks at the ends of its lines."""
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("mutant", SHOWN, ids=lambda mutant: mutant.name)
def test_what_is_said_of_a_misconception(snapshot, graded, mutant):
    assert first_thing(graded(mutant)) == snapshot


# --- whole screens


def screen(report: Report, every_check: bool) -> str:
    """Return a report's screen, without what differs from machine to machine.

    Checks that have been added since are left out: they change no screen.
    """
    (step,) = report.steps
    own = [check for check in step.checks if check.id.partition(".")[2] in OF_STEP_3]
    assert len(own) == len(OF_STEP_3)
    unit = next(unit for unit in SYLLABUS if unit.step == step.step)
    step = scoring.step(unit, own, step.found_in, step.load_error, step.notes)
    score, most = scoring.total([step])
    report = msgspec.structs.replace(report, steps=(step,), score=score, max_score=most)
    steady = {
        "tool": Tool("gradmark", "0.0"),
        "isolation": Isolation("sandbox"),
        "versions": Versions("3", "2"),
        "timing": {},
    }
    file = io.StringIO()
    report = msgspec.structs.replace(report, submission="mine", **steady)
    console.show(
        report, "score.json", every_check=every_check, color=False, file=file, width=80
    )
    return stripped(file.getvalue())


def reference(step: str) -> str:
    return (ROOT / "reference" / f"{step}.py").read_text("utf-8")


def template(step: str) -> str:
    return (ROOT / "student_template" / f"{step}.py").read_text("utf-8")


THIRD = reference("step03")
EXP = "return np.exp(x)"
SUBMISSIONS = {
    "all right": {"step03.py": THIRD},
    "no file": {"notes.py": ""},
    "not attempted": {"step03.py": template("step03")},
    "half done": {
        "step03.py": THIRD.replace(EXP, 'raise NotImplementedError("fill in: Exp.forward")')
    },
    "blocked": {"step03.py": THIRD.replace("class Exp(Function)", "class Exp")},
    "a name missing": {"step03.py": THIRD.replace("class Exp", "class Sinus")},
    "a name misspelt": {"step03.py": THIRD.replace("class Exp", "class Exq")},
    "an attribute misspelt": {"step03.py": THIRD.replace("self.data =", "self.date =")},
    "not Python": {"step03.py": THIRD.replace(EXP, EXP + ")")},
    "not text": {"step03.py": "\0"},
    "an exception at import": {"step03.py": THIRD.replace("class Exp", "1 / 0\n\n\nclass Exp")},
    "an exit at import": {"step03.py": THIRD.replace("class Exp", "exit()\n\n\nclass Exp")},
    "killed at import": {"step03.py": f"import os\n\nos._exit(1)\n\n{THIRD}"},
    "a loop at import": {"step03.py": f"while True: pass\n\n{THIRD}"},
    "a loop in a call": {"step03.py": THIRD.replace(EXP, "while True: pass")},
    "an exit in a call": {"step03.py": THIRD.replace(EXP, "raise SystemExit(3)")},
    "killed in a call": {"step03.py": THIRD.replace(EXP, "__import__('os').abort()")},
    "endless recursion": {"step03.py": THIRD.replace(EXP, "return self.forward(x)")},
    "printed": {"step03.py": THIRD.replace(EXP, f"print('x is', x)\n        {EXP} + 1")},
    "printed too much": {
        "step03.py": THIRD.replace(EXP, f"print('x' * 99, *'abc' * 9999)\n        {EXP} + 1")
    },
    "another name of the file": {"step 3 (2).py": THIRD.replace(EXP, "return x")},
    "an exception at the end": {"step03.py": f"{THIRD.replace(EXP, 'return x')}\n\n1 / 0\n"},
}


OF_STEP_3 = {
    "exp_is_a_function", "exp_gives_a_variable", "exp_of_a_number", "exp_of_arrays",
    "chain_at_one_half", "values_in_between_stay", "order_matters",
}  # fmt: skip
"""The checks that the screens are of."""
WHOLE = {
    "all right", "no file", "not attempted", "half done", "blocked", "a name missing",
    "not Python", "not text", "an exception at import", "killed at import",
    "another name of the file", "an exception at the end",
}  # fmt: skip
"""Submissions whose whole screen is kept."""
EVERY_CHECK = {"half done", "blocked"}
"""Those of which it lists every check."""


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_what_is_said_of_a_submission(snapshot, sandbox, suites, tmp_path, name):
    for path, text in SUBMISSIONS[name].items():
        (tmp_path / path).write_text(text, "utf-8")
    options = Options(steps=frozenset({"step03"}), limits=Limits(cpu=0.5))
    report = grade(read(tmp_path), sandbox, options, suites)
    told = screen(report, name in EVERY_CHECK) if name in WHOLE else first_thing(report)
    assert told == snapshot
    for check in report.steps[0].checks:
        assert (check.reproduce is not None) == (
            check.status in ("failed", "crashed", "timeout")
            and name != "not text"  # nothing that Python could run
        )
