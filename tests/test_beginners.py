"""Beginners' mistakes: thousands that operators make, and what their first screens say.

Some hundred have their due sentence in ``beginners/due.toml``, which was read beside each.  For
all there are laws: whatever is typed, nothing is the grader's own fault, no word of its insides
is used, an exception is told by what it comes of, and what costs no points has a reason.
"""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from beginners import Typed, typed
from conftest import LESSONS
from sharing import some

from graders.judge.run import Options, grade
from graders.report import Check, Step
from graders.sandbox.process import Limits
from graders.submission.read import read
from graders.syllabus import SYLLABUS

SAID = {
    "drops_colon": "a colon is missing",
    "drops_closing_bracket": "never closed|not closed|still open|comma|closes nothing",
    "drops_self_in_def": "where is self|takes no self",
    "adds_brackets": "Brackets after it call it|lacks|only makes",
    "adds_self": "self",
    "full_width": "is another character",
    "template_left": "is the template's",
    "shadows_a_builtin": "never uses its argument|Python's own|nothing called|gives",
    "drops_np": "numpy|gives a Variable|no Variable",
}
"""What has to be said where an exception comes of a mistake that an operator made."""
INSIDE = re.compile(r"\b(?:Triple|Cube|Bare|Gives|StandIn|Lettered|Watched|Handle|Remote)\b")
"""Words that students have never seen."""
SAME = {
    "duplicates_a_line": "done twice, it comes to the same",
    "swaps_lines": "neither of the two lines rests on the other",
    "compares_otherwise": "f != None is as good as f is not None, unless f is an array",
    "shadows_a_builtin": "the argument is never read",
    "trailing_comma": "x, y = f.input, f.output, takes two apart like any pair",
    "adds_data": "numpy takes the .data of an array for the array",
    "literal_for_a_parameter": "np.array of an array is an equal one",
}
"""Why a mistake in what a step teaches costs nothing there."""
EVERY = [*typed()]
DUE = tomllib.loads((Path(__file__).parent / "beginners" / "due.toml").read_text("utf-8"))


def due(mistake: Typed) -> dict[str, str] | None:
    """Return what is due of a mistake, if that was read."""
    return DUE[mistake.step].get(str(mistake).partition("-")[2])


@pytest.mark.parametrize(
    "mistake",
    [
        *some(filter(due, EVERY), 200),
        *(pytest.param(each, marks=pytest.mark.full) for each in EVERY if not due(each)),
    ],
    ids=str,
)
def test_what_is_said_of_a_mistake(sandbox, suites, tmp_path, mistake: Typed):
    (tmp_path / f"{mistake.step}.py").write_text(mistake.text, "utf-8")
    options = Options(steps=frozenset({mistake.step}), limits=Limits(cpu=0.25))
    report = grade(read(tmp_path), sandbox, options, suites)
    assert report.complete
    wanted, shown = due(mistake), first_thing(report.steps[0], report.fix_first)
    if shown is None:
        assert reason(mistake)
        assert wanted is None
        return
    told = shown.message or ""
    assert not INSIDE.search(" ".join(filter(None, [told, shown.hint, shown.likely])))
    if "your code raised" in told or "Error: " in told.split("\n")[0]:
        assert not re.match(r"(?:step\d\d\.py:|$)", told.split("\n")[-1])
        assert shown.hint is None or shown.misconception
        assert re.search(SAID.get(mistake.operator, ""), told)
    if wanted:
        assert wanted["says"] in told
        assert wanted.get("idea") == shown.misconception


def first_thing(step: Step, fix_first: str | None) -> Check | None:
    """Return the check that a screen shows."""
    return next((check for check in step.checks if check.id == fix_first), None)


def reason(mistake: Typed) -> str:
    """Return why a mistake costs no points, or nothing."""
    path = function_at(mistake)
    if mistake.step == "step10":
        tests = path.startswith("SquareTest")
        return "another test notices as much" if tests else "tests are graded on other code"
    new = next(unit.new for unit in SYLLABUS if unit.step == mistake.step)
    if path not in new or re.search(r"self\.gr\w+ = None|grad = None", line_of(mistake)):
        return "it is carried over: the step that teaches it grades it"
    return SAME.get(mistake.operator, "")


def function_at(mistake: Typed) -> str:
    """Return the function of the lesson that a mistake is in, such as ``Square.forward``."""
    found = ""
    for node in ast.parse(LESSONS[mistake.step]).body:
        inner = node.body if isinstance(node, ast.ClassDef) else []
        for each in (node, *inner):
            named = isinstance(each, ast.ClassDef | ast.FunctionDef)
            if named and each.lineno <= mistake.line <= (each.end_lineno or 0):
                found = each.name if each is node else f"{found}.{each.name}"
    return found


def line_of(mistake: Typed) -> str:
    """Return the line of the lesson that a mistake is in."""
    return LESSONS[mistake.step].split("\n")[mistake.line - 1]


def test_there_are_as_many_as_one_could_read():
    assert len(EVERY) >= 1500
    names = Counter(map(str, EVERY))
    assert set(names.values()) == {1}
    known = {f"{step}-{rest}" for step, table in DUE.items() for rest in table}
    assert len(known) >= 300
    assert known <= {*names}
    assert {*DUE} == {mistake.step for mistake in EVERY} == {*LESSONS}
