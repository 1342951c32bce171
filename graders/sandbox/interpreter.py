"""The Python that runs the worker: where it lies, what it needs, and how it is started."""

import contextlib
import importlib.util
import os
import sys
from pathlib import Path

GRADERS = Path(__file__).parents[1]
LIBRARIES = ("numpy", "msgspec")
TESTING = ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments")
"""What a student's step 10 may import, read-only like the rest."""
SEARCHED = "LD_LIBRARY_PATH"
"""Names folders of libraries, without which some interpreters don't start."""
SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib64")
"""Folders of libraries that are there anyhow."""
BOOT = """
import sys
end = sys.argv.index("-")
sys.path[:0], sys.argv[1:] = sys.argv[1:end], sys.argv[end + 1 :]
from graders.worker.start import main
main(sys.argv[1:])
"""


def executable() -> str:
    """Return the interpreter itself: a virtual environment's may be a copy, away from its
    libraries.
    """
    base = getattr(sys, "_base_executable", "")
    return os.path.realpath(base if os.path.isfile(base) else sys.executable)


def started(python: str, path: list[str], arguments: list[str]) -> list[str]:
    """Return the command line that runs the worker with ``arguments``: no site, no user site,
    no bytecode.  ``path`` is where it finds gradmark and the packages it may import.

    It is handed over as words, since a folder's name may hold whatever separates variables.
    """
    return [python, "-s", "-P", "-S", "-B", "-c", BOOT, *path, "-", *arguments]


def environment(folder: str, searched: list[str]) -> dict[str, str]:
    """Return the whole environment of a worker that may write to ``folder``, and whose
    interpreter finds libraries in those that are searched: nothing else of the judge's crosses.
    """
    made = {
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",  # else each thread takes 128 MiB of what may be addressed
        "LC_ALL": "C.UTF-8",
        "HOME": folder,
        "TMPDIR": folder,
    }
    return made | ({SEARCHED: os.pathsep.join(searched)} if searched else {})


def searched() -> list[str]:
    """Return the folders of libraries that the environment names beside the system's own.

    One that holds a home, gradmark, the packages or the folder in which the command runs is no
    folder of libraries, and what is not named from the root means another folder elsewhere.
    """
    named = dict.fromkeys(os.environ.get(SEARCHED, "").split(os.pathsep))
    folders = [folder for folder in named if os.path.isabs(folder) and os.path.isdir(folder)]
    if not folders:
        return []
    others = [Path(os.path.expanduser("~")), GRADERS, *package_folders()]
    with contextlib.suppress(OSError):  # it may be gone
        others.append(Path.cwd())
    system = [os.path.realpath(folder) for folder in SYSTEM]
    found = []
    for folder in folders:
        real = Path(os.path.realpath(folder))
        theirs = any(other.is_relative_to(real) for other in others)
        if not theirs and not any(real.is_relative_to(there) for there in system):
            found.append(folder)
    return found


def libraries() -> list[str]:
    """Return the folders of the system's libraries, the interpreter's and its own modules."""
    own = [os.path.join(sys.base_prefix, "lib"), str(Path(os.__file__).parents[1])]
    return list(dict.fromkeys(["/usr/lib", *own, *searched()]))


def package_folders() -> list[Path]:
    """Return the folders of the packages that the worker may import."""
    specs = (importlib.util.find_spec(name) for name in (*LIBRARIES, *TESTING))
    return [
        Path(place) for spec in specs if spec for place in spec.submodule_search_locations or ()
    ]


def python_path() -> list[str]:
    """Return where a plain worker finds these packages and gradmark's own modules."""
    return [*sorted({str(folder.parent) for folder in package_folders()}), str(GRADERS.parent)]
