"""The report on a terminal: the state, then the one thing to fix, then the score."""

import sys
from collections import Counter
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graders.renderers.plain import one_line, plain
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
    file: TextIO | None = None,
    width: int | None = None,
) -> None:
    """Print a report.

    ``every_check`` lists the checks of each step as well; ``more_hints`` says what to change.
    ``afresh`` clears the terminal first.
    """
    console = Screen(
        file=file or sys.stdout, no_color=not color or None, highlight=False, width=width
    )
    if afresh and console.file.isatty():
        console.clear()
    console.print(header(report), soft_wrap=True)
    for note in report.notes:
        console.print(Text(one_line(note), "dim"))
    console.print()
    for step in report.steps:
        console.print(row(step, console.width))
        if step.load_error:
            text = _("did not load whole: {why}") if step.status != "not_attempted" else "{why}"
            say(console, text.format(why=first_line(step.load_error)), 4, "dim")
        if every_check:
            for note in step.notes:
                say(console, one_line(note), 4, "dim")
            for check in step.checks:
                show_check(console, check, report.fix_first)
    console.print()
    show_first(console, report, more_hints)
    show_score(console, report, written_to)
    for step in report.steps:
        show_located(console, step, more_hints)


class Screen(Console):
    """A console that leaves it to the command what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError instead of ending the program."""
        raise BrokenPipeError


def header(report: Report) -> Text:
    """Return the line that says what was graded, by what and how."""
    parts = [
        f"{report.tool.name} {report.tool.version}",
        one_line(report.submission),
        report.isolation.level,
        _("seed {seed}").format(seed=report.seed),
    ]
    return Text(" · ".join(parts), "bold")


def row(step: Step, width: int) -> Table:
    """Return one step's line; a narrow terminal leaves the bar out."""
    line = Table.grid(padding=(0, 1), expand=False)
    line.add_column(width=4)
    line.add_column(width=max(12, min(33, width - (46 if width >= 72 else 34))), no_wrap=True)
    cells: list[Text] = [Text(f" {step.label}"), Text(step.title)]
    if width >= 72:
        line.add_column(width=BAR)
        filled = round(BAR * step.score / step.max_score) if step.max_score else 0
        cells.append(Text("█" * filled, STYLES["passed"]).append("░" * (BAR - filled), "dim"))
    line.add_column(width=6, justify="right")
    line.add_column()
    cells += [
        Text(f"{step.score:g}/{step.max_score:g}"),
        Text(state(step), STYLES[step.status]),
    ]
    line.add_row(*cells)
    return line


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


def show_check(console: Console, check: Check, fix_first: str | None) -> None:
    """Print one check, with its message unless that is shown below anyway."""
    line = Text("     ")
    line.append(f"{words()[check.status]:13} ", STYLES[check.status])
    line.append(f"{check.points:g}/{check.max_points:g}  {check.title}")
    if check.blocked_by:
        line.append("  " + _("(see {check})").format(check=check.blocked_by), "dim")
    console.print(line, soft_wrap=True)
    if check.message and check.id != fix_first and check.status != "not_attempted":
        say(console, cut(check.message), 19)


def show_first(console: Console, report: Report, more_hints: bool) -> None:
    """Print the one thing to fix, or where to start."""
    for step in report.steps:
        for check in step.checks:
            if check.id == report.fix_first:
                if check.status == "not_attempted" and not report.found:
                    show_nothing(console, report)
                elif check.status == "not_attempted":
                    show_start(console, step, check, is_template_like(report))
                else:
                    show_failure(console, step, check, more_hints)


def show_start(console: Console, step: Step, check: Check, as_in_the_template: bool) -> None:
    """Print where to go on: the first step that has not been attempted.

    ``as_in_the_template`` tells whether the files lie as the template has them.
    """
    console.print(Text(_("Go on with step {label}: {title}").format(
        label=step.label, title=step.title), "bold"))  # fmt: skip
    if step.found_in is None:
        text = _("There is no {step}.py yet: copy it from student_template and fill it in.")
        if not as_in_the_template:
            text = _(
                "It was not found: call its file {step}.py, or put a heading or a comment "
                "such as “# Step {number}” above it."
            )
        say(console, text.format(step=step.step, number=step.label))
    else:
        text = _(
            'Open {file}, replace its “raise NotImplementedError("fill in: …")” lines '
            "by code of your own, and run this again."
        )
        if ".ipynb" in step.found_in:
            text = _("Write it in {file}, and run this again.")
        say(console, text.format(file=one_line(step.found_in)))
    if step.found_in and check.message:
        say(console, _("First: {what}.").format(what=check.message))
        if CARRIED_OVER in check.message:
            text = _("python grade.py carry {number} copies it from your earlier file.")
            say(console, text.format(number=int(step.step.removeprefix("step"))))
    console.print()


def show_nothing(console: Console, report: Report) -> None:
    """Print that no step was found, and what was looked for."""
    text = _("No step was found in {submission}")
    console.print(Text(text.format(submission=one_line(report.submission)), "bold"))
    console.print()
    text = _(
        "Looked for: files called like step01.py or step01.ipynb, folders called like "
        "step01/, and one notebook, or Python file, with a heading or a comment such as "
        "“# Step 1” above each step. The lines at the top tell what is there instead."
    )
    say(console, text)
    console.print()


def is_template_like(report: Report) -> bool:
    """Return whether each step that was found is a file called as in the template."""
    named = [step.found_in == f"{step.step}.py" for step in report.steps if step.found_in]
    return bool(named) and all(named)


def show_failure(console: Console, step: Step, check: Check, more_hints: bool) -> None:
    """Print a failed check: what was got and due, the hint, a script to try."""
    title = check.title
    if step.load_error and step.load_error in (check.message or ""):
        file, dot, _cells = one_line(step.found_in or "").partition(".ipynb")
        text = (
            _("a cell of {file} does not run to its end")
            if dot
            else _("{file} does not run to its end")
        )
        title = text.format(file=file + dot)
    text = _("Fix this first: step {label}, {title}")
    console.print(Text(text.format(label=step.label, title=title), "bold"))
    console.print()
    if check.message:
        say(console, cut(check.message))
        console.print()
    if check.likely:
        say(console, _("likely: {idea}").format(idea=check.likely), style="bold cyan")
    if check.hint:
        say(console, _("hint: {hint}").format(hint=check.hint), style="cyan")
        if check.hint_more and more_hints:
            say(console, check.hint_more, style="cyan")
        elif check.hint_more:
            say(console, _("(for more: --hints more)"), style="dim")
        console.print()
    if check.reproduce:
        say(console, _("try it:"))
        code = "\n".join(f"    {line}".rstrip() for line in plain(check.reproduce).splitlines())
        console.print(Text(code), soft_wrap=True)
        console.print()
    if check.output:
        say(console, _("your code printed:"))
        say(console, cut(check.output.rstrip()), 4, "dim")
        console.print()


def show_score(console: Console, report: Report, written_to: str) -> None:
    """Print the total and where the report went."""
    score = _("Score {score:g}/{max_score:g}")
    line = Text(" " + score.format(score=report.score, max_score=report.max_score), "bold")
    line.append("    " + _("written to {path}").format(path=one_line(written_to)), "dim")
    console.print(line, soft_wrap=True)
    if not report.complete:
        console.print(Text(" " + _("incomplete through the grader's own fault"), "magenta"))


def add_located(step: Step, more_hints: bool, color: bool) -> None:
    """Print where the mistake of a step is, below its report."""
    console = Screen(file=sys.stdout, no_color=not color or None, highlight=False)
    show_located(console, step, more_hints)


def show_located(console: Console, step: Step, more_hints: bool) -> None:
    """Print where the mistake of a step is, and what to think about there."""
    at = step.located
    if at is None:
        return
    console.print()
    where = place(one_line(at.file), at.cell or 0, at.line)
    if at.last_line > at.line:
        text = _("{place} to {line}")
        where = text.format(place=where, line=at.last_line)
    if at.within:
        where = f"{where} ({one_line(at.within)})"
    text = _("Look at {where}") if at.certain else _("Perhaps it is {where}")
    say(console, text.format(where=where), 1, "bold cyan")
    say(console, at.question, style="cyan")
    say(console, proof(step, at), style="dim")
    if at.edit:
        say(console, _("such as:"), style="dim")
        console.print(Text("\n".join(f"    {line}" for line in plain(at.edit).splitlines())),
                      soft_wrap=True)  # fmt: skip
    elif not more_hints:
        say(console, _("(for the edit: --hints more)"), style="dim")


def proof(step: Step, at: Located) -> str:
    """Say what was found by trying."""
    if at.mistakes > 1:
        text = _(
            "There are {count} mistakes in step {label}, and this is one of them: small edits "
            "were tried, and so many make every check pass."
        )
        return text.format(count=at.mistakes, label=step.label)
    text = _("Small edits were tried: one here makes every check of step {label} pass.")
    if at.certain:
        text = _(
            "Small edits were tried: no other line makes every check of step {label} pass."
        )
    return text.format(label=step.label)


def say(console: Console, text: str, by: int = 2, style: str = "") -> None:
    """Print a text as a block that wraps within the terminal."""
    for line in Text(plain(text), style).wrap(console, max(20, console.width - by)):
        line.rstrip()
        console.print(Text(" " * by).append_text(line), soft_wrap=True)


def cut(text: str) -> str:
    """Return the beginning of a text, as much as there is room for."""
    lines = [line if len(line) <= 500 else f"{line[:500]}…" for line in text.splitlines()]
    more = [_("… and {count} lines more").format(count=len(lines) - MESSAGE_LINES)]
    return "\n".join(lines[:MESSAGE_LINES] + (more if len(lines) > MESSAGE_LINES else []))


def first_line(text: str) -> str:
    """Return a text's first line, and a word of where it happened."""
    lines = text.splitlines()
    return lines[0][:200] + (f" ({lines[1].partition(': ')[0][:80]})" if len(lines) > 1 else "")
