"""What lies in a class's folder, by name and kind: nothing in it is opened."""

import itertools
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from graders.errors import GradmarkError
from graders.submission.naming import ending_of
from graders.submission.text import composed
from graders.words import _

NOISE = {"__MACOSX", "__pycache__"}
"""Folders that programs make."""
SYSTEMS = re.compile(
    r"\.DS_Store$|\._|\.git(?:ignore|attributes|hub|keep)?$|\.classroom50\.yaml$|Thumbs\.db$|desktop\.ini$"
)
"""What lies there that nobody wonders about."""

COMPANIONS = {
    *("submission_metadata.yml", "scores.csv", "index.html", "Working files", "Arbeitsdateien"),
    *("source", "release", "autograded", "feedback", "gradebook.db", "nbgrader_config.py"),
}
"""What systems put beside what was handed in."""
MOST_INNER = 10_000
"""How much of an inner folder is listed: it may be a student's."""


@dataclass(frozen=True)
class Listing:
    """The folders and files in a folder, sorted; others are links, pipes and hidden ones."""

    root: Path
    folders: tuple[str, ...]
    files: tuple[str, ...]
    others: tuple[str, ...]
    title: str
    """What it is called, where it comes out of a zip."""

    @classmethod
    def of(cls, root: Path, most: int | None = None) -> "Listing":
        """Return what lies in a folder, no more than so much.  Raise OSError."""
        folders, files, others = [], [], []
        with os.scandir(root) as listing:
            entries = itertools.islice(listing, most)
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name in NOISE or SYSTEMS.match(entry.name):
                    continue
                if entry.name.startswith("."):
                    others.append(entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif entry.is_file(follow_symlinks=False):
                    files.append(entry.name)
                else:
                    others.append(entry.name)
        return cls(root, tuple(folders), tuple(files), tuple(others), root.name)

    def at(self, name: str) -> "Listing":
        """Return what lies in a folder of it; nothing where that can't be looked into."""
        try:
            return Listing.of(self.root / name, MOST_INNER)
        except OSError:
            return Listing(self.root / name, (), (), (), name)

    def holds(self, folder: str) -> bool:
        """Return whether there is anything in a folder of it."""
        try:
            with os.scandir(self.root / folder) as listing:
                return any(True for _entry in listing)
        except OSError:
            return False

    def inner(self) -> Iterator["Listing"]:
        """Yield what lies in each folder of it."""
        return map(self.at, self.folders)

    def has(self, *names: str) -> bool:
        """Return whether there is something of this name, or path, hidden or not."""
        return os.path.lexists(self.root.joinpath(*names))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of folders and files."""
        return (*self.folders, *self.files)

    @property
    def lone(self) -> str:
        """Return the folder that is all there is, if one is."""
        return self.folders[0] if len(self.names) == len(self.folders) == 1 else ""

    @cached_property
    def works(self) -> list[str]:
        """Return what may be a student's work, or a part of it: Python files as well, and
        folders that hold something; nothing that a system puts there.
        """
        every = (*filter(self.holds, self.folders), *filter(is_work, self.files))
        return [name for name in every if name not in COMPANIONS]

    @property
    def scripts(self) -> list[str]:
        """Return the Python files."""
        return [file for file in self.files if ending_of(file) == "py"]

    @cached_property
    def submissions(self) -> list[str]:
        """Return what may be a student's whole work: folders, zips and notebooks."""
        return [*self.folders, *filter(is_whole, self.files)]


def is_work(file: str) -> bool:
    """Return whether a file may be a part of a student's work."""
    return is_whole(file) or bool(ending_of(file))


def is_whole(file: str) -> bool:
    """Return whether a file may be a student's whole work: a zip or a notebook."""
    return file.lower().endswith(".zip") or ending_of(file) == "ipynb"


def looked_into(root: Path, title: str | None = None) -> Listing:
    """Return what lies in a class's folder.  Raise GradmarkError where nobody can look."""
    try:
        return replace(Listing.of(root), title=title or root.name)
    except OSError as error:
        text = _("the class's folder {path} can't be looked into: {why}")
        raise GradmarkError(text.format(path=root, why=error.strerror)) from error


def common_start(names: Collection[str], mark: str) -> str:
    """Return what all names begin with, to the last such mark in it."""
    least, most = min(names, default=""), max(names, default="")
    pairs = enumerate(zip(least, most, strict=False))
    length = next((place for place, (one, other) in pairs if one != other), len(least))
    return least[: least.rfind(mark, 0, length) + 1]


def stem(name: str, is_folder: bool) -> str:
    """Return what an entry calls its student: its own name, a file's without the ending."""
    return composed(name if is_folder else name.rpartition(".")[0])
