"""The folder that a class's results go to: every file in it is written whole or not at all.

class.json               the seed, drawn once
overrides.toml           what the instructor says, if anything
reports/STUDENT/KEY.json each result that was ever had, under what it depends on
results.json             a row for each student
results-1.json …         those of earlier runs
gradebook.csv            the same as a table
"""

import os
import secrets
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from graders.classroom.handed import Handed
from graders.classroom.judging import Refused
from graders.classroom.results import Override, Results
from graders.errors import GradmarkError
from graders.renderers import json_file
from graders.replace import TEMPORARY, replace
from graders.report import Report
from graders.words import _

CLASS, OVERRIDES, RESULTS, GRADEBOOK = (
    "class.json",
    "overrides.toml",
    "results.json",
    "gradebook.csv",
)

Kind = TypeVar("Kind", bound=msgspec.Struct)


class Class(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is the same for every run on a class."""

    seed: int
    schema_version: Literal[1] = 1


class Output:
    """A class's folder of results."""

    def __init__(self, root: Path, seed: int | None) -> None:
        """Make the folder, or take the one that is there with the seed that was drawn for it.

        Raise GradmarkError where it holds something else, or another seed than is asked for.
        """
        self.root = root
        try:
            root.mkdir(parents=True, exist_ok=True)
            held = any(name != OVERRIDES for name in os.listdir(root))
            if not (root / CLASS).exists():
                if held:
                    text = _("{path} holds something else: name a folder for the results")
                    raise GradmarkError(text.format(path=root))
                draw(root / CLASS, secrets.randbits(64) if seed is None else seed)
            self.seed = read(root / CLASS, Class).seed
        except OSError as error:
            text = _("the results can't be kept in {path}: {why}")
            raise GradmarkError(text.format(path=root, why=error.strerror)) from error
        if seed not in (None, self.seed):
            text = _("the results in {path} have another seed: name another folder for these")
            raise GradmarkError(text.format(path=root))

    def report(self, handed: Handed, key: str) -> Path:
        """Return where the report is kept that a student has under a key."""
        return self.root / "reports" / handed.folder / f"{key}.json"

    def refusal(self, handed: Handed, key: str) -> Path:
        """Return where it is kept why there is no report under a key."""
        return self.report(handed, key).with_suffix(".refused.json")

    def has(self, handed: Handed, key: str) -> bool:
        """Return whether there is a result under a key."""
        return self.report(handed, key).exists() or self.refusal(handed, key).exists()

    def keep(self, handed: Handed, key: str, result: Report | Refused) -> None:
        """Keep a result."""
        if isinstance(result, Report):
            path, content = self.report(handed, key), json_file.text(result).encode()
        else:
            path, content = self.refusal(handed, key), indented(result)
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, content)

    def results(self) -> Results | None:
        """Return the results that there are."""
        path = self.root / RESULTS
        return read(path, Results) if path.exists() else None

    def publish(self, results: Results, gradebook: str) -> None:
        """Write the results; other ones that are there stay beside them."""
        path, made = self.root / RESULTS, indented(results)
        if path.exists() and path.read_bytes() != made:
            number = 1
            while (old := self.root / f"results-{number}.json").exists():
                number += 1
            replace(old, path.read_bytes())
        replace(path, made)
        replace(self.root / GRADEBOOK, gradebook.encode())
        for left in self.root.glob(f"**/{TEMPORARY}*"):  # by runs that were killed
            left.unlink(missing_ok=True)


def overrides_in(root: Path) -> dict[str, Override]:
    """Return what the instructor says of students.  Raise GradmarkError for nonsense."""
    path = root / OVERRIDES
    if not path.exists():
        return {}
    try:
        said = msgspec.toml.decode(path.read_bytes(), type=dict[str, Override])
    except (OSError, msgspec.DecodeError) as error:
        raise GradmarkError(f"{path}: {error}") from error
    for student, override in said.items():
        if override.points is not None and not override.reason:
            text = _("{path}: {student} has points without a reason")
            raise GradmarkError(text.format(path=path, student=student))
    return said


def draw(path: Path, seed: int) -> None:
    """Keep a seed, unless there is one by now: it is nobody's but the instructor's."""
    beside = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(indented(Class(seed)))
        try:
            os.link(beside, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def indented(value: msgspec.Struct) -> bytes:
    """Return a value as JSON for people."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def read(path: Path, kind: type[Kind]) -> Kind:
    """Return what a file of gradmark's holds.  Raise GradmarkError for what is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.DecodeError as error:
        text = _("{path} is none of gradmark's, or of another version: {why}")
        raise GradmarkError(text.format(path=path, why=error)) from error
