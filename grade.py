"""Grade a submission: ``python grade.py [SUBMISSION]``; see ``--help``."""

import gc
import os
import signal
import sys

INTERRUPTED = 130

if __name__ == "__main__":
    # Until the command takes charge there is nothing to tidy up; and an exception would be lost
    # where it comes up in a callback of the import system.
    signal.signal(signal.SIGINT, lambda number, frame: os._exit(INTERRUPTED))
    gc.set_threshold(100_000)  # a run is short: looking for garbage takes longer than it saves
    from graders.cli import main

    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # all is closed and written: what is left is to forget, module by module
