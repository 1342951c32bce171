"""Beginners' mistakes: thousands that operators make, and what their first screens may say.

What is due of each mistake by itself is in ``plain_words.toml``.  Here are the laws: whatever
is typed, nothing is the grader's own fault, no word of its insides is used, and an exception is
told by what it comes of.
"""

import re

import pytest
from beginners import Typed, typed
from sharing import some

from graders.judge.run import Options, grade
from graders.report import Check, Step
from graders.sandbox.process import Limits
from graders.submission.read import read

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
EVERY = [*typed()]


def first_thing(step: Step, fix_first: str | None) -> Check | None:
    """Return the check that a screen shows."""
    return next((check for check in step.checks if check.id == fix_first), None)


@pytest.mark.parametrize("mistake", some(EVERY, 30), ids=str)
def test_what_is_said_of_a_mistake(sandbox, tmp_path, mistake: Typed):
    (tmp_path / f"{mistake.step}.py").write_text(mistake.text, "utf-8")
    options = Options(steps=frozenset({mistake.step}), limits=Limits(cpu=0.5))
    report = grade(read(tmp_path), sandbox, options)
    assert report.complete
    shown = first_thing(report.steps[0], report.fix_first)
    if shown is None:
        return
    told = shown.message or ""
    assert not INSIDE.search(" ".join(filter(None, [told, shown.hint, shown.likely])))
    raised = "your code raised" in told or "Error: " in told.split("\n")[0]
    if raised:
        assert not re.match(r"(?:step\d\d\.py:|$)", told.split("\n")[-1])
        assert shown.hint is None or shown.misconception
        due = SAID.get(mistake.operator, "")
        assert re.search(due, told)


def test_there_are_as_many_as_one_could_read():
    assert len(EVERY) >= 1500
    assert {mistake.step for mistake in EVERY} == {
        *(f"step{number:02d}" for number in (1, 2, 3, 4, 6, 7, 8, 9, 10))
    }
