"""What can go wrong, by whose doing.

``GradmarkError`` is for the person at the keyboard: wrong usage, no such submission, a
level that can't be had.  The others end a check with a status of their own.
"""

from graders.report import Status

GRADED, BELOW, USAGE, INCOMPLETE = 0, 1, 2, 3
"""The exit statuses of the command; 130 is an interrupt."""


class GradmarkError(Exception):
    """Wrong usage or impossible wish: one clear sentence, exit status 2."""


class Verdict(Exception):
    """End a check with the status of the subclass."""

    status: Status = "error"


class TimedOut(Verdict):
    """The student's code passed its limit of time."""

    status = "timeout"


class Crashed(Verdict):
    """The student's process ended, or broke the rules of the wire."""

    status = "crashed"


class NotAttempted(Verdict):
    """The check met a hole of the template, or no file at all."""

    status = "not_attempted"


class Blocked(Verdict):
    """The check can't be run, since something it rests on is broken."""

    status = "blocked"


class Unloadable(Verdict):
    """The step's file can't be read or is not Python."""

    status = "failed"


class NotPython(Unloadable):
    """Python refuses the step's file."""


class SandboxLost(Exception):
    """The confined process that steps are forked from is gone: the grader's own fault."""
