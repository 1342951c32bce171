"""The report: the one frozen value that a run of the grader ends in.

Renderers read it and compute nothing.  The JSON Schema is made from these types, so
the file and its description can't drift apart.
"""

from typing import Annotated, Any, Literal

import msgspec

Status = Literal["passed", "failed", "not_attempted", "blocked", "timeout", "crashed", "error"]
Kind = Literal["forward", "backward", "agreement", "structure", "testing"]
Level = Literal["sandbox", "partial", "process"]
Points = Annotated[float, msgspec.Meta(ge=0)]


class Shown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that was got or due."""

    text: str
    """As the message shows it."""
    type: str | None = None
    """The name of its type, such as ``ndarray`` or ``Variable``; None for mere words."""
    value: bool | int | float | str | list[Any] | None = None
    """The value itself, where it is short and JSON can hold it."""


class Check(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The verdict on one check: one behaviour of one step."""

    id: str
    title: str
    kind: Kind
    status: Status
    points: Points
    max_points: Points
    message: str | None = None
    """What was got and what was due, or what happened; None when the check passed."""
    got: Shown | None = None
    """What was got, where the check compared something."""
    due: Shown | None = None
    """What was due."""
    hint: str | None = None
    """What to think about, and where in the course."""
    hint_more: str | None = None
    """What to change, where the mistake has a name."""
    misconception: str | None = None
    """The id of the wrong idea that this likely comes from."""
    likely: str | None = None
    """That idea in a few words."""
    blocked_by: str | None = None
    """The id of the check that this one rests on."""
    reproduce: str | None = None
    """A short script to run beside the student's file."""
    output: str | None = None
    """What the student's code printed during the check."""


class Located(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a step's first mistake is, found by trying small edits of the student's code."""

    file: str
    """Relative to the submission."""
    cell: int | None = None
    """The notebook's cell that it is in."""
    line: int
    """Of what is missing, the first line of the function that lacks it."""
    last_line: int
    """The same, unless several lines may be the wrong one: those up to this."""
    within: str | None = None
    """The function, such as ``Square.backward``."""
    kind: str
    """What the likeliest of the edits is about, such as ``brackets``."""
    question: str
    """What to think about there."""
    certain: bool
    """Whether an edit of no other line, of all that were tried, makes every check pass."""
    mistakes: int
    """How many edits that takes, one after the other."""
    edit: str | None = None
    """The first of the edits, as lines with ``-`` and ``+``; only where it was asked for."""


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The verdicts on one step of the course."""

    step: str
    label: str
    title: str
    score: Points
    max_score: Points
    status: Status
    found_in: str | None
    """The file it was read from, relative to the submission."""
    load_error: str | None
    notes: tuple[str, ...]
    """What the grader did to load the file: names stood in for, files passed over.  In step 10
    also which wrong implementations the student's tests don't notice."""
    checks: tuple[Check, ...]
    located: Located | None = None
    """Where the first mistake is, if that was looked for and found."""


class Tool(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The program that graded."""

    name: str
    version: str


class Isolation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the student's code was confined, and what was missing."""

    level: Level
    missing: tuple[str, ...] = ()


class Versions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ran the student's code."""

    python: str
    numpy: str


class Candidate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of the submission that holds steps."""

    folder: str
    """Relative to the submission; ``.`` for itself."""
    steps: tuple[str, ...]
    graded: tuple[str, ...]
    """Those of them that were graded; of the others, another folder's were."""


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The result of grading one submission."""

    schema_version: Literal[1] = 1
    tool: Tool
    submission: str
    seed: Annotated[int, msgspec.Meta(ge=0)] | None
    """What the random inputs were drawn from; None where that is kept from the student."""
    isolation: Isolation
    versions: Versions
    complete: bool
    """False when a check ended in the grader's own fault."""
    score: Points
    max_score: Points
    fix_first: str | None
    """The id of the check to look at first; None when everything passed."""
    found: Annotated[int, msgspec.Meta(ge=0)]
    """How many steps of the course were found in the submission, untouched ones as well."""
    candidates: tuple[Candidate, ...]
    """The folders that were to choose from, the best first."""
    notes: tuple[str, ...]
    """What the grader passed over in the submission as a whole."""
    steps: tuple[Step, ...]
    timing: dict[str, float]
    """Seconds of wall time; the only part that differs from run to run."""


def with_step(report: Report, step: Step) -> Report:
    """Return a report with another verdict on one of its steps, worth as much."""
    steps = tuple(step if each.step == step.step else each for each in report.steps)
    return msgspec.structs.replace(report, steps=steps)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a report."""
    described = msgspec.json.schema(Report)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | described


def to_json(report: Report) -> bytes:
    """Return a report as indented JSON that ends in a newline."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
