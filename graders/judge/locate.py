"""Have a report say where the mistakes are that can be found by trying."""

from collections.abc import Callable, Iterator

import msgspec

from graders.evidence import MOST_EDITS
from graders.feedback.located import located
from graders.judge.repair import MOST_LATE, Search
from graders.judge.scoring import BROKEN
from graders.report import Located, Report, Step
from graders.sandbox.sandbox import Sandbox
from graders.submission.pieces import Submission
from graders.words import _

MOST_TRIED = 3 * MOST_EDITS
"""How many edits are tried in one run, whatever the number of steps."""


def locate(
    report: Report,
    submission: Submission,
    sandbox: Sandbox,
    more: bool = False,
    progress: Callable[[str], None] = lambda what: None,
) -> Iterator[Step]:
    """Yield each step whose mistake is found, as it says where that is.

    The step of the check to look at first comes first.  ``more`` asks for the edits that were
    found, ``progress`` is told what is being tried.  No point is changed by it, and nothing
    that goes wrong here costs one.
    """
    assert report.seed is not None, "a report that keeps its seed back is not the judge's"
    left, patience = MOST_TRIED, MOST_LATE
    first = (report.fix_first or "").partition(".")[0]
    unknown = [step for step in report.steps if step.located is None]
    broken = [step for step in unknown if any(c.status in BROKEN for c in step.checks)]
    for step in sorted(broken, key=lambda step: step.step != first):
        most = min(left, MOST_EDITS)
        search = Search(submission, sandbox, report.seed, step.step, most, patience=patience)
        progress(_("step {label}: trying small edits").format(label=step.label))
        found = mended(search, step, more)
        left, patience = left - search.tried, max(0, patience - search.late)
        if found:
            yield msgspec.structs.replace(step, located=found)


def mended(search: Search, step: Step, more: bool) -> Located | None:
    """Return where the mistake of a step is, if it can be found."""
    passed = frozenset(check.id for check in step.checks if check.status == "passed")
    broken = frozenset(check.id for check in step.checks if check.status in BROKEN)
    try:
        repair = search.find(passed, broken)
    except Exception:  # whatever a submission brings about here, the report is made
        return None
    if not repair:
        return None
    pieces = search.submission.steps[step.step].pieces
    return located(repair.edits, repair.certain, repair.mistakes, pieces, more)
