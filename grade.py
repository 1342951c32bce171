"""Grade a submission: ``python grade.py [SUBMISSION]``; see ``--help``."""

import gc
import os
import signal
import sys

INTERRUPTED, CANNOT_START = 130, 3
OLDEST = (3, 11)


def start() -> int:
    """Run the command and return its exit status, or say what keeps this Python from it."""
    if sys.version_info < OLDEST:
        return refuse(f"this is Python {sys.version.split()[0]}, it takes 3.11 or later")
    gc.set_threshold(100_000)  # a run is short: looking for garbage takes longer than it saves
    try:
        from graders.cli import main

        return main()
    except ModuleNotFoundError as error:
        return refuse(f"the package {error.name} is missing: python -m pip install -e .")


def refuse(why: str) -> int:
    """Say why nothing is graded, and return the exit status."""
    sys.stderr.write(f"gradmark: nothing could be graded: {why}\n")
    return CANNOT_START


if __name__ == "__main__":
    # Until the command takes charge there is nothing to tidy up; and an exception would be lost
    # where it comes up in a callback of the import system.
    signal.signal(signal.SIGINT, lambda number, frame: os._exit(INTERRUPTED))
    os._exit(start())  # all is closed and written: what is left is to forget, module by module
