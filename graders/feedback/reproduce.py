"""Choose the script that shows a failure beside the student's file.

A script of the failure's own comes first, then one of the check's, then the record of frames.
"""

from collections.abc import Sequence

from graders.checks import Declaration
from graders.feedback.layout import Beside
from graders.feedback.script import script
from graders.feedback.transcript import Event
from graders.feedback.verdict import Ruling


def reproduce(
    declared: Declaration, file: Beside, events: Sequence[Event] | None, ruling: Ruling
) -> str | None:
    """Return a script for a failure, None when there is none, or none that is short.

    There are no ``events`` where the file could not be loaded.
    """
    due = ruling.ending.due
    own = ruling.reproduce or (declared.reproduce if events is not None else "")
    try:
        if ruling.undefined:
            return file.import_alone(due, ruling.undefined)
        if own:
            return file.run(own)
        if events is None:
            return file.import_alone(due) if due and not file.is_notebook else None
        return script(list(events), file, ruling.ending)
    except Exception:  # whatever a worker answered, it must not cost a verdict
        return None
