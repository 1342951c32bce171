"""Have the worker tell mutants from the rest by their text (step 10)."""

import sys


def rehearse(submission, implementation, *rest):
    from graders.wire import Rehearsed

    right = "\nSquare." not in implementation and "\nVariable." not in implementation
    return Rehearsed({"test": "" if right else "AssertionError"}, ())


sys.modules["graders.worker.rehearsal"].rehearse = rehearse
