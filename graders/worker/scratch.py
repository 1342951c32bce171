"""The private folder that steps may write to, and how to be rid of what they left there."""

import contextlib
import os


def empty(folder: str) -> None:
    """Remove all that a folder holds, however deep it is nested and whatever its rights.

    What lies in a folder of it is moved up first, so that no path grows long.
    """
    moved, token = 0, os.urandom(8).hex()
    with contextlib.suppress(OSError):  # what can't be moved or removed stays
        while folders := [
            e.path for e in os.scandir(folder) if e.is_dir(follow_symlinks=False)
        ]:
            for inner in folders:
                os.chmod(inner, 0o700)
                for entry in os.listdir(inner):
                    moved += 1
                    os.rename(f"{inner}/{entry}", f"{folder}/moved-{token}-{moved}")
                os.rmdir(inner)
    for name in os.listdir(folder):
        with contextlib.suppress(OSError):
            os.unlink(f"{folder}/{name}")


def remove(folder: str) -> None:
    """Remove a folder and all that it holds."""
    empty(folder)
    with contextlib.suppress(OSError):
        os.rmdir(folder)
