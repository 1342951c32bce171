"""The report on a terminal: the state, then the one thing to fix, then the score."""

import os
import re
import shlex
from collections import Counter
from pathlib import PurePosixPath
from typing import TextIO

from rich.cells import cell_len
from rich.text import Text

from graders.renderers.plain import one_line, plain
from graders.renderers.screen import NARROWEST, Screen, wrapped
from graders.report import Check, Located, Report, Status, Step
from graders.words import CARRIED_OVER, _, place

STYLES: dict[Status, str] = {
    "passed": "green",
    "failed": "red",
    "not_attempted": "dim",
    "blocked": "yellow",
    "timeout": "red",
    "crashed": "red",
    "error": "magenta",
}
BAR = 10
TITLE = 33
WIDE_ENOUGH, WITH_BAR = 60, 72
"""Columns that a step's line takes at the least, without and with a bar."""
HANGING = 19
"""Where the text on a check begins."""
TOLD = ("failed", "crashed", "timeout", "error")
"""The statuses of checks whose ids are told."""
MESSAGE_LINES = 14
"""How much of a message one screen has room for."""


def words() -> dict[Status, str]:
    """Return what each status is called."""
    return {
        "passed": _("passed"),
        "failed": _("failed"),
        "not_attempted": _("not attempted"),
        "blocked": _("blocked"),
        "timeout": _("timed out"),
        "crashed": _("crashed"),
        "error": _("grader's fault"),
    }


def show(
    report: Report,
    written_to: str,
    every_check: bool = False,
    more_hints: bool = False,
    color: bool = True,
    afresh: bool = False,
    folder: str = "",
    file: TextIO | None = None,
    width: int | None = None,
) -> None:
    """Print a report.

    ``every_check`` lists the checks of each step as well; ``more_hints`` says what to change.
    ``afresh`` clears the terminal first.  ``folder`` is what was graded, as whoever asked for
    it calls it, if it is a folder.
    """
    screen = Screen(file, color, width)
    if afresh and screen.file.isatty():
        screen.clear()
    show_header(screen, report)
    for note in report.notes:
        screen.say(one_line(note), 0, "dim")
    screen.put()
    for step in report.steps:
        show_row(screen, step)
        if step.load_error:
            text = _("did not load whole: {why}") if step.status != "not_attempted" else "{why}"
            screen.say(text.format(why=first_line(step.load_error)), 4, "dim")
        if every_check:
            for note in step.notes:
                screen.say(one_line(note), 4, "dim")
            for check in step.checks:
                show_check(screen, check, report.fix_first)
    screen.put()
    show_first(screen, report, more_hints, folder)
    show_score(screen, report, written_to)
    for step in report.steps:
        show_located(screen, step, more_hints)


def show_header(screen: Screen, report: Report) -> None:
    """Print what was graded, by what and how."""
    parts = [
        f"{report.tool.name} {report.tool.version}",
        one_line(report.submission),
        report.isolation.level,
    ]
    if report.seed is not None:
        parts.append(_("seed {seed}").format(seed=report.seed))
    rows = [parts[0]]
    for part in parts[1:]:
        if cell_len(rows[-1]) + cell_len(part) + 3 <= screen.width:
            rows[-1] += f" · {part}"
        else:
            rows.append(f"  {part}")
    for row in rows:
        screen.put(Text(row, "bold"))


def show_row(screen: Screen, step: Step) -> None:
    """Print one step's line; a narrow terminal leaves the bar out, or takes two lines."""
    ahead = Text(f" {step.label}".ljust(5))
    title = Text(step.title)
    if screen.width < WIDE_ENOUGH:
        for row in wrapped(ahead.plain + step.title, screen.width, hanging=5):
            screen.put(row)
        ahead = Text(" " * 5)
    else:
        title.truncate(TITLE, overflow="ellipsis", pad=True)
        ahead.append_text(title).append(" ")
    if screen.width >= WITH_BAR:
        filled = round(BAR * step.score / step.max_score) if step.max_score else 0
        ahead.append("█" * filled, STYLES["passed"]).append("░" * (BAR - filled), "dim")
        ahead.append(" ")
    ahead.append(f"{step.score:g}/{step.max_score:g}".rjust(6) + " ")
    by = cell_len(ahead.plain)
    for row in wrapped(state(step), screen.width - by):
        screen.put(ahead.append(row, STYLES[step.status]))
        ahead = Text(" " * by)


def state(step: Step) -> str:
    """Return a step's state in words, such as ``2 failed, 1 blocked``."""
    counts = Counter(check.status for check in step.checks)
    if not counts:
        return _("no checks yet")
    if len(counts) == 1:
        return words()[step.checks[0].status]
    order: list[Status] = ["failed", "crashed", "timeout", "error", "blocked", "not_attempted"]
    return ", ".join(
        f"{counts[status]} {words()[status]}" for status in order if counts[status]
    )


def show_check(screen: Screen, check: Check, fix_first: str | None) -> None:
    """Print one check, with its message unless that is shown below anyway."""
    word = words()[check.status]
    told = f"{word:13} {check.points:g}/{check.max_points:g}  {check.title}"
    if check.blocked_by:
        told += "  " + _("(see {check})").format(check=check.blocked_by)
    elif check.status in TOLD:
        told += f"  ({check.id})"
    by, hanging = 5, HANGING
    if screen.width < WIDE_ENOUGH:
        told, hanging = told.replace(f"{word:13}", word), by + 2
    for row in wrapped(told, max(NARROWEST, screen.width - by), hanging - by):
        line = Text(" " * by + row)
        line.highlight_regex(rf"^ *{re.escape(word)}", STYLES[check.status])
        screen.put(line)
    if check.message and check.id != fix_first and check.status != "not_attempted":
        screen.say(cut(check.message), hanging)


def show_first(screen: Screen, report: Report, more_hints: bool, folder: str = "") -> None:
    """Print the one thing to fix, or where to start."""
    for step in report.steps:
        for check in step.checks:
            if check.id == report.fix_first:
                if check.status == "not_attempted" and not report.found:
                    show_nothing(screen, report)
                elif check.status == "not_attempted":
                    show_start(screen, step, check, is_template_like(report), folder)
                else:
                    show_failure(screen, step, check, more_hints, folder)


def show_start(
    screen: Screen, step: Step, check: Check, as_in_the_template: bool, folder: str
) -> None:
    """Print where to go on: the first step that has not been attempted.

    ``as_in_the_template`` tells whether the files lie as the template has them.
    """
    text = _("Go on with step {label}: {title}")
    screen.say(text.format(label=step.label, title=step.title), 0, "bold")
    if step.found_in is None:
        text = _("There is no {step}.py yet: copy it from student_template and fill it in.")
        if not as_in_the_template:
            text = _(
                "It was not found: call its file {step}.py, or put a heading or a comment "
                "such as “# Step {number}” above it."
            )
        screen.say(text.format(step=step.step, number=step.label))
    else:
        text = _(
            'Open {file}, replace its “raise NotImplementedError("fill in: …")” lines '
            "by code of your own, and run this again."
        )
        if ".ipynb" in step.found_in:
            text = _("Write it in {file}, and run this again.")
        screen.say(text.format(file=one_line(step.found_in)))
    if step.found_in and check.message:
        screen.say(_("First: {what}.").format(what=check.message))
        if CARRIED_OVER in check.message and folder:
            text = _("{command} copies it from your earlier file.")
            screen.say(text.format(command=carry(step, folder)))
    screen.put()


def carry(step: Step, folder: str) -> str:
    """Return the command that fills a step's carried-over holes where they lie."""
    words = ["python", "grade.py", "carry", str(int(step.step.removeprefix("step")))]
    at = os.path.normpath(os.path.join(folder, PurePosixPath(step.found_in or "").parent))
    return one_line(shlex.join([*words, at]))


def show_nothing(screen: Screen, report: Report) -> None:
    """Print that no step was found, and what was looked for."""
    text = _("No step was found in {submission}")
    screen.say(text.format(submission=one_line(report.submission)), 0, "bold")
    screen.put()
    text = _(
        "Looked for: files called like step01.py or step01.ipynb, folders called like "
        "step01/, and one notebook, or Python file, with a heading or a comment such as "
        "“# Step 1” above each step. The lines at the top tell what is there instead."
    )
    screen.say(text)
    screen.put()


def is_template_like(report: Report) -> bool:
    """Return whether each step that was found is a file called as in the template."""
    named = [step.found_in == f"{step.step}.py" for step in report.steps if step.found_in]
    return bool(named) and all(named)


def show_failure(
    screen: Screen, step: Step, check: Check, more_hints: bool, folder: str
) -> None:
    """Print a failed check: what was got and due, the hint, a script to try."""
    title = check.title
    stops = step.load_error and step.load_error in (check.message or "")
    if stops:
        file, dot, _cells = one_line(step.found_in or "").partition(".ipynb")
        text = (
            _("a cell of {file} does not run to its end")
            if dot
            else _("{file} does not run to its end")
        )
        title = text.format(file=file + dot)
    text = _("Fix this first: step {label}, {title}")
    screen.say(text.format(label=step.label, title=title), 0, "bold")
    screen.put()
    if check.message:
        screen.say(cut(check.message))
        screen.put()
    if check.likely:
        screen.say(_("likely: {idea}").format(idea=check.likely), style="bold cyan")
    if check.hint:
        screen.say(_("hint: {hint}").format(hint=check.hint), style="cyan")
    if check.hint_more and more_hints:
        screen.say(check.hint_more, style="cyan")
    elif check.hint_more:
        screen.say(_("(for more: --hints more)"), style="dim")
    if not stops:
        text = _("(why this is asked: python grade.py explain {check})")
        screen.say(text.format(check=check.id), style="dim")
        screen.put()
    if check.reproduce:
        screen.say(where_to_try(step, folder))
        screen.put()
        screen.code(check.reproduce)
        screen.put()
    if check.output:
        screen.say(_("your code printed:"))
        screen.say(cut(check.output.rstrip()), 4, "dim")
        screen.put()


def where_to_try(step: Step, folder: str) -> str:
    """Say where the script under it can be run: one for a notebook says so itself.

    It is printed as it is to be pasted, without an indent.
    """
    path = PurePosixPath(one_line(step.found_in or ""))
    if path.suffix != ".py":
        return _("try it:")
    if not folder:
        return _("try it, in a file of its own beside {file}:").format(file=path.name)
    at = os.path.normpath(os.path.join(one_line(folder), path.parent))
    if at == os.curdir:
        return _("try it, in a file of its own here:")
    return _("try it, in a file of its own in {folder}:").format(folder=at)


def show_score(screen: Screen, report: Report, written_to: str) -> None:
    """Print the total and where the report went, if it went anywhere."""
    score = _("Score {score:g}/{max_score:g}")
    score = score.format(score=report.score, max_score=report.max_score)
    line = Text(f" {score}", "bold")
    if written_to:
        written = _("written to {path}").format(path=one_line(written_to))
        if cell_len(score + written) + 5 > screen.width:
            screen.put(line)
            line = Text()
        line.append(f"    {written}" if line else f" {written}", "dim")
    screen.put(line)
    if not report.complete:
        screen.say(_("incomplete through the grader's own fault"), 1, "magenta")


def add_located(step: Step, more_hints: bool, color: bool) -> None:
    """Print where the mistake of a step is, below its report."""
    show_located(Screen(color=color), step, more_hints)


def show_located(screen: Screen, step: Step, more_hints: bool) -> None:
    """Print where the mistake of a step is, and what to think about there."""
    at = step.located
    if at is None:
        return
    screen.put()
    where = place(one_line(at.file), at.cell or 0, at.line)
    if at.last_line > at.line:
        text = _("{place} to {line}")
        where = text.format(place=where, line=at.last_line)
    if at.within:
        where = f"{where} ({one_line(at.within)})"
    text = _("Look at {where}") if at.certain else _("Perhaps it is {where}")
    screen.say(text.format(where=where), 1, "bold cyan")
    screen.say(at.question, style="cyan")
    screen.say(proof(step, at), style="dim")
    if at.edit:
        screen.say(_("such as:"), style="dim")
        for line in plain(at.edit).split("\n"):
            screen.put(f"    {line}")
    elif not more_hints:
        screen.say(_("(for the edit: --hints more)"), style="dim")


def proof(step: Step, at: Located) -> str:
    """Say what was found by trying."""
    if at.mistakes > 1:
        text = _(
            "Small edits were tried: it takes {count}, one after the other, to make every "
            "check of step {label} pass, and this is where the first would be."
        )
        return text.format(count=at.mistakes, label=step.label)
    text = _("Small edits were tried: one here makes every check of step {label} pass.")
    if at.certain:
        text = _(
            "Small edits were tried: one here makes every check of step {label} pass, and "
            "none of another line does."
        )
    return text.format(label=step.label)


def cut(text: str) -> str:
    """Return the beginning of a text, as much as there is room for."""
    lines = [line if len(line) <= 500 else f"{line[:500]}…" for line in text.splitlines()]
    more = [_("… and {count} lines more").format(count=len(lines) - MESSAGE_LINES)]
    return "\n".join(lines[:MESSAGE_LINES] + (more if len(lines) > MESSAGE_LINES else []))


def first_line(text: str) -> str:
    """Return a text's first line, and a word of where it happened."""
    lines = text.splitlines()
    return lines[0][:200] + (f" ({lines[1].partition(': ')[0][:80]})" if len(lines) > 1 else "")
