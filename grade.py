"""Grade a submission: ``python grade.py [SUBMISSION]``; see ``--help``."""

import os
import sys

INTERRUPTED, CANNOT_START = 130, 3
OLDEST = (3, 11)


def start() -> int:
    """Run the command and return its exit status, or say what keeps this Python from it."""
    if sys.version_info < OLDEST:
        return refuse(f"this is Python {sys.version.split()[0]}, it takes 3.11 or later")
    import gc

    gc.set_threshold(100_000)  # a run is short: looking for garbage takes longer than it saves
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # more would take memory and time to be there
    try:
        from graders.cli import main

        return main()
    except ModuleNotFoundError as error:
        return refuse(f"the package {error.name} is missing: python -m pip install -e .")


def refuse(why: str) -> int:
    """Say why nothing is graded, and return the exit status."""
    sys.stderr.write(f"gradmark: nothing could be graded: {why}\n")
    return CANNOT_START


def settle() -> None:
    """Have nothing depend on the folder that this is run in, or on the language.

    A relative entry of PYTHONPATH, often an empty one, would have the judge import a student's
    files.  Names of files are UTF-8, whatever else the terminal speaks.
    """
    named = os.environ.get("PYTHONPATH", "/").split(os.pathsep)
    relative = [entry for entry in named if not os.path.isabs(entry)]
    if relative and os.path.exists("."):
        strange = {os.path.abspath(entry) for entry in relative}
        strange -= {os.path.dirname(os.path.abspath(__file__))}
        sys.path[:] = [entry for entry in sys.path if entry not in strange]
    if sys.platform == "linux" and sys.getfilesystemencoding() != "utf-8":
        os.environ.setdefault("PYTHONIOENCODING", getattr(sys.stdout, "encoding", "utf-8"))
        with open("/proc/self/cmdline", "rb") as file:  # the words as they were given
            _python, *words, _end = file.read().split(b"\0")
        line: list[str | bytes] = [sys.executable, "-X", "utf8", *words]
        os.execv(sys.executable, line)


if __name__ == "__main__":
    settle()
    import signal

    # Until the command takes charge there is nothing to tidy up; and an exception would be lost
    # where it comes up in a callback of the import system.
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda number, frame: os._exit(INTERRUPTED))
    os._exit(start())  # all is closed and written: what is left is to forget, module by module
