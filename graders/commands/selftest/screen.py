"""The findings on a terminal: a table of checks, then whatever is not airtight."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graders.commands.selftest.findings import Findings
from graders.words import _, ngettext


def show(findings: Findings) -> None:
    """Print the findings."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(table(findings))
    parts = [
        (_("checks refused"), findings.refused),
        (_("mutants that nobody caught"), findings.uncaught),
        (_("misconceptions not named, or named wrongly"), findings.misnamed),
        (
            _("equivalent to the reference"),
            [f"{e}\n    {e.reason}" for e in findings.equivalents],
        ),
    ]
    for title, lines in parts:
        if lines:
            console.print(Text(f"\n{title} ({len(lines)})", "bold"))
            console.print(Text("\n".join(f"  {line}" for line in lines)))
    console.print(Text(f"\n{verdict(findings)}", "green" if findings.airtight else "red"))


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
    """Say in a sentence whether the suites are airtight."""
    checks = len(findings.rows)
    faults = len(findings.refused) + len(findings.uncaught) + len(findings.misnamed)
    if findings.airtight:
        text = ngettext("{n} check, airtight", "{n} checks, airtight", checks)
        return text.format(n=checks)
    text = ngettext("not airtight: {n} fault", "not airtight: {n} faults", faults)
    return text.format(n=faults)
