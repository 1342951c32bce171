"""The private folder that steps may write to, and how to be rid of what they left there."""

import contextlib
import os


def remove(folder: str) -> None:
    """Remove a folder and all that it holds, however deep it is nested and whatever its rights.

    What lies in a folder of it is moved up first, so that no path grows long; each entry is
    looked at once.  What can't be moved or removed stays.
    """
    moved, token = 0, os.urandom(8).hex()
    ahead = [folder]
    with contextlib.suppress(OSError):
        if os.path.islink(folder):  # whoever ran in it may have put one in its place
            os.unlink(folder)
            return
        os.chmod(folder, 0o700)
    while ahead:
        inner = ahead.pop()
        with contextlib.suppress(OSError):
            for entry in list(os.scandir(inner)):
                with contextlib.suppress(OSError):
                    if not entry.is_dir(follow_symlinks=False):
                        os.unlink(entry.path)
                        continue
                    os.chmod(entry.path, 0o700)  # else it could not be moved
                    if inner == folder:
                        ahead.append(entry.path)
                        continue
                    moved += 1
                    ahead.append(f"{folder}/moved-{token}-{moved}")
                    os.rename(entry.path, ahead[-1])
            if inner != folder:
                os.rmdir(inner)
    with contextlib.suppress(OSError):
        os.rmdir(folder)
