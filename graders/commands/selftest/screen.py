"""The findings on a terminal: a table of checks, then all that is wrong or left to do."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graders.commands.selftest.findings import Findings
from graders.words import _, ngettext


def show(findings: Findings) -> None:
    """Print the findings."""
    console = Console(highlight=False, soft_wrap=True)
    if findings.rows:
        console.print(table(findings))
    parts = [
        (_("left to do"), findings.unfinished),
        (_("checks refused"), findings.refused),
        (_("mutants that nobody caught"), findings.uncaught),
        (_("mutants that are not what their row says"), findings.misnamed),
        (
            _("equivalent to the reference"),
            [f"{e}\n    {e.reason}" for e in findings.equivalents],
        ),
    ]
    for title, lines in parts:
        if lines:
            console.print(Text(f"\n{title} ({len(lines)})", "bold"))
            console.print(Text("\n".join(f"  {line}" for line in lines)))
    console.print(Text(f"\n{verdict(findings)}", "green" if findings.finished else "red"))


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


def verdict(findings: Findings) -> str:
    """Say in a sentence whether the suites are airtight, and the course finished."""
    checks, left = len(findings.rows), len(findings.unfinished)
    faults = len(findings.refused) + len(findings.uncaught) + len(findings.misnamed)
    airtight = ngettext("{n} check, airtight", "{n} checks, airtight", checks).format(n=checks)
    leaky = ngettext("not airtight: {n} fault", "not airtight: {n} faults", faults)
    said = airtight if findings.airtight else leaky.format(n=faults)
    more = ngettext("{n} thing left to do", "{n} things left to do", left).format(n=left)
    return "; ".join([said] * bool(checks) + [more] * bool(left))
