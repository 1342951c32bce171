"""Grade a submission: ``python grade.py [SUBMISSION]``; see ``--help``."""

import sys

if __name__ == "__main__":
    try:
        from graders.cli import main

        sys.exit(main())
    except KeyboardInterrupt:  # before the command could take charge
        sys.exit(130)
