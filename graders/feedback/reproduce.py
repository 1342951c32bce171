"""Choose the script that shows a failure beside the student's file.

A script of the failure's own comes first, then one of the check's, then the record of frames.
"""

from collections.abc import Sequence

from graders.checks import Declared
from graders.errors import NotPython
from graders.feedback import layout
from graders.feedback.failure import CheckFailed
from graders.feedback.raised import MissingName, StudentError
from graders.feedback.script import script
from graders.feedback.transcript import LAST, Ending, Event
from graders.feedback.verdict import taken_for_an_object
from graders.words import _


def reproduce(
    said: Declared,
    file: str,
    stops: bool,
    events: Sequence[Event] | None,
    status: str,
    error: BaseException | None,
) -> str | None:
    """Return a script for a failure, None when there is none, or none that is short.

    ``file`` is the student's, without its folder, and ``stops`` whether it ends early; there
    are no ``events`` where the file could not be loaded.
    """
    ending = ending_of(status, error)
    own = error.reproduce if isinstance(error, CheckFailed) else ""
    own = own or (said.reproduce if events is not None else "")
    try:
        if isinstance(error, MissingName):
            return layout.imported(file, ending.due, error.name)
        if own:
            return layout.beside(own, file, stops)
        if events is None:
            return layout.imported(file, ending.due) if ending.due else None
        return script(list(events), file, ending, stops)
    except Exception:  # whatever a worker answered, it must not cost a verdict
        return None


def ending_of(status: str, error: BaseException | None) -> Ending:
    """Return what the last line of a script shows of a failure."""
    match error:
        case CheckFailed():
            return error.ending
        case MissingName():
            return Ending("{0}", (), _("no error"))
        case NotPython():
            return Ending("{0}", (), _("no SyntaxError"))
        case StudentError():
            return Ending("{0}", (LAST,), _("no {error}").format(error=error.raised.name))
        case AttributeError() if taken_for_an_object(error):
            due = _("an object that has {name}").format(name=error.name)
            return Ending("{0}", (error.obj,), due)
        case _ if status == "timeout":
            return Ending("{0}", (LAST,), _("an end"))
        case _ if status == "crashed":
            return Ending("{0}", (LAST,), _("no crash"))
        case _:
            return Ending("{0}", (), "")
