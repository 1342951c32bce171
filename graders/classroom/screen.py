"""What a class's run says on the terminal: who needs a look, then where the results are."""

from graders.classroom.output import GRADEBOOK, OVERRIDES, RESULTS, Output
from graders.classroom.summary import Summary
from graders.renderers.plain import one_line
from graders.words import _


def show_summary(summary: Summary, output: Output) -> None:
    """Print what came of a class."""
    for student, status, why in summary.troubles:
        print(f"{one_line(student)}: {status}: {one_line(why)}")
    if "ambiguous" in summary.counts:
        text = _('choose for the ambiguous in {file}: a table [STUDENT], with folder = "…"')
        print(text.format(file=output.root / OVERRIDES))
    if summary.troubles:
        print()
    counts = ", ".join(f"{count} {status}" for status, count in sorted(summary.counts.items()))
    print(_("students: {counts}").format(counts=counts))
    text = _("written to {folder}: {results}, {gradebook}, a report for each")
    print(text.format(folder=output.root, results=RESULTS, gradebook=GRADEBOOK))
