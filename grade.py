"""Grade a submission: ``python grade.py [SUBMISSION]``; see ``--help``."""

import gc
import os
import sys

if __name__ == "__main__":
    gc.set_threshold(100_000)  # a run is short: looking for garbage takes longer than it saves
    try:
        from graders.cli import main

        status = main()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(
            status
        )  # all is closed and written: what is left is to forget, module by module
    except KeyboardInterrupt:  # before the command could take charge
        sys.exit(130)
