"""The findings on a terminal: a table of checks, then all that is wrong or left to do."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graders.commands.selftest.findings import Findings
from graders.renderers.plain import plain
from graders.words import _, ngettext


def show_left(left: Sequence[str]) -> None:
    """Print what is left to do."""
    show_parts(terminal(), [(_("left to do"), left)])


def show(findings: Findings, left: Sequence[str]) -> None:
    """Print the findings, and how they come out beside what is left to do."""
    console = terminal()
    if findings.rows:
        console.print(table(findings))
    parts = [
        (_("checks refused"), findings.refused),
        (_("mutants that nobody caught"), findings.uncaught),
        (_("mutants that are not what their row says"), findings.misnamed),
        (
            _("equivalent to the reference"),
            [f"{e}\n    {e.reason}" for e in findings.equivalents],
        ),
    ]
    show_parts(console, parts)
    good = findings.airtight and not left
    console.print(Text(f"\n{verdict(findings, len(left))}", "green" if good else "red"))


def terminal() -> Console:
    """Return what to print on."""
    return Console(highlight=False, soft_wrap=True)


def show_parts(console: Console, parts: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Print lists of sentences, each below its title."""
    for title, lines in parts:
        if lines:
            console.print(Text(f"\n{title} ({len(lines)})", "bold"))
            console.print(Text(plain("\n".join(f"  {line}" for line in lines))))


def table(findings: Findings) -> Table:
    """Return the table of checks."""
    made = Table(box=None, header_style="bold", pad_edge=False)
    made.add_column(_("check"), no_wrap=True)
    made.add_column(_("kind"))
    for title in (_("caught"), _("caught alone"), _("false alarms")):
        made.add_column(title, justify="right", width=6)
    for row in findings.rows:
        counts = (row.caught, row.alone, row.alarms)
        made.add_row(row.check, row.kind, *(str(len(names)) for names in counts))
    return made


def verdict(findings: Findings, left: int) -> str:
    """Say in a sentence whether the suites are airtight, and the course finished."""
    checks = len(findings.rows)
    faults = len(findings.refused) + len(findings.uncaught) + len(findings.misnamed)
    airtight = ngettext("{n} check, airtight", "{n} checks, airtight", checks).format(n=checks)
    leaky = ngettext("not airtight: {n} fault", "not airtight: {n} faults", faults)
    said = airtight if findings.airtight else leaky.format(n=faults)
    more = ngettext("{n} thing left to do", "{n} things left to do", left).format(n=left)
    return "; ".join([said] * bool(checks) + [more] * bool(left))
