"""The folder that a class's results go to: every file in it is written whole or not at all.

class.json              the seed, drawn once, and which steps are graded
overrides.toml          what the instructor says of students, if anything
course.toml, times.csv  and of the course, and when who handed in: as they were given last
kept/STUDENT/KEY.json   each result that was ever had, under what it depends on
reports/STUDENT.txt     what the student may be told, and the same as JSON
results.json            a row for each student
results-TIME.json       those of earlier runs
gradebook.csv           the same as a table
overview.txt            what the class as a whole should be told
"""

import contextlib
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from graders.classroom.handed import Handed
from graders.classroom.judging import Result
from graders.classroom.results import Override, Results
from graders.errors import GradmarkError
from graders.renderers import json_file
from graders.replace import TEMPORARY, replace
from graders.report import Report
from graders.submission.opening import Place
from graders.words import _

CLASS, RESULTS, GRADEBOOK, OVERVIEW, KEPT = (
    "class.json",
    "results.json",
    "gradebook.csv",
    "overview.txt",
    "kept",
)
OVERRIDES, COURSE, TIMES = "overrides.toml", "course.toml", "times.csv"
"""What is the instructor's own."""


class Class(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is the same for every run on a class."""

    seed: int
    steps: tuple[str, ...] | None = None
    """Those that are graded; None for all."""
    layout: str = "folders"
    """How the download was arranged: what a student is called depends on it."""
    schema_version: Literal[1] = 1


class Output:
    """A class's folder of results."""

    def __init__(
        self,
        root: Path,
        seed: int | None,
        steps: frozenset[str] | None,
        layout: str = "folders",
    ) -> None:
        """Make the folder, or take the one that is there with the seed that was drawn for it.

        Raise GradmarkError where it holds something else, or results with another seed, of
        other steps or of another layout than are asked for.
        """
        self.root = root
        asked = None if steps is None else tuple(sorted(steps))
        try:
            root.parent.mkdir(parents=True, exist_ok=True)
            root.mkdir(mode=0o700, exist_ok=True)  # the seed is in there
            names = {name for name in os.listdir(root) if not name.startswith(TEMPORARY)}
            held = names - {OVERRIDES, COURSE, TIMES}
            if not (root / CLASS).exists():
                if held:
                    text = _("{path} holds something else: name a folder for the results")
                    raise GradmarkError(text.format(path=root))
                drawn = secrets.randbits(64) if seed is None else seed
                keep_first(root / CLASS, indented(Class(drawn, asked, layout)))
            known: Class = read(root / CLASS, Class)
            if not 0 <= known.seed < 2**64:
                text = _("{path} has no seed from 0 to 2**64 - 1")
                raise GradmarkError(text.format(path=root / CLASS))
        except OSError as error:
            is_file = root.exists() and not root.is_dir()
            why = _("that is a file") if is_file else error.strerror
            text = _("the results can't be kept in {path}: {why}")
            raise GradmarkError(text.format(path=root, why=why)) from error
        self.seed = known.seed
        if seed not in (None, self.seed):
            text = _("the results in {path} have another seed: name another folder for these")
            raise GradmarkError(text.format(path=root))
        if layout != known.layout:
            text = _("the results in {path} are of the layout {layout}: name another folder")
            raise GradmarkError(text.format(path=root, layout=known.layout))
        if asked != known.steps:
            text = _("the results in {path} are of other steps: name another folder for these")
            raise GradmarkError(text.format(path=root))

    def kept(self, handed: Handed, key: str) -> Path:
        """Return where the result is kept that a student has under a key."""
        return self.root / KEPT / handed.folder / f"{key}.json"

    def has(self, handed: Handed, key: str) -> bool:
        """Return whether there is a result under a key."""
        return self.kept(handed, key).exists()

    def keep(self, handed: Handed, key: str, result: Result) -> None:
        """Keep a result."""
        path = self.kept(handed, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, indented(result))

    def result(self, handed: Handed, key: str) -> Result:
        """Return what is kept under a key."""
        found: Result = read(self.kept(handed, key), Result)
        return found

    def knows(self, handed: Handed) -> bool:
        """Return whether anything is kept of a student, under whatever key."""
        return self.kept(handed, "").parent.exists()

    def results(self) -> Results | None:
        """Return the results that there are."""
        return results_in(self.root)

    def give(self, name: str, content: bytes) -> None:
        """Keep what the instructor gives, for runs to come."""
        try:
            renew(self.root / name, content)
        except OSError as error:
            text = _("{path} can't be written: {why}")
            told = text.format(path=self.root / name, why=error.strerror)
            raise GradmarkError(told) from error

    def hand_out(self, handed: Handed, report: Report | None, text: str) -> str:
        """Write what a student may be told, as text and as JSON; return the text's path."""
        path = self.root / "reports" / f"{handed.folder}.txt"
        path.parent.mkdir(exist_ok=True)
        renew(path, text.encode())
        if report:
            renew(path.with_suffix(".json"), json_file.text(report).encode())
        else:
            path.with_suffix(".json").unlink(missing_ok=True)
        return path.relative_to(self.root).as_posix()

    def publish(self, results: Results, gradebook: str, overview: str) -> None:
        """Write the results; other ones that are there stay beside them."""
        path, made = self.root / RESULTS, indented(results)
        before = path.read_bytes() if path.exists() else made
        if before != made:
            then = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            old = self.root / f"results-{then:%Y%m%dT%H%M%SZ}.json"
            while old.exists() and old.read_bytes() != before:
                old = old.with_stem(f"{old.stem}-")
            renew(old, before)
        renew(path, made)
        renew(self.root / GRADEBOOK, gradebook.encode("utf-8-sig"))  # else Excel guesses
        renew(self.root / OVERVIEW, overview.encode())
        current = {row.report and (self.root / row.report).stem for row in results.students}
        for path in (self.root / "reports").glob("*.*"):
            if path.stem not in current:  # of somebody who is gone, or has no report any more
                path.unlink()
        for left in self.root.glob(f"**/{TEMPORARY}*"):  # by runs that were killed
            with contextlib.suppress(OSError):
                left.unlink()


def renew(path: Path, content: bytes) -> None:
    """Write a file, unless it holds that already."""
    try:
        same = plain_file(path) == content
    except OSError:
        same = False
    if not same:
        replace(path, content)


def results_in(root: Path) -> Results | None:
    """Return the results that a folder holds, if any."""
    path = root / RESULTS
    found: Results | None = read(path, Results) if os.path.lexists(path) else None
    return found


def given_in(root: Path, name: str, given: Path | None) -> tuple[Path, bytes] | None:
    """Return what the instructor gives now, or gave last, of a kind, with where it is: nothing
    for none.  Raise GradmarkError where it can't be read.
    """
    path = given or root / name
    if given is None and not os.path.lexists(path):
        return None
    try:
        return path, plain_file(Path(os.path.realpath(path)) if given else path)
    except OSError as error:
        text = _("{path} can't be read: {why}")
        raise GradmarkError(text.format(path=path, why=error.strerror or error)) from error


def overrides_in(root: Path) -> dict[str, Override]:
    """Return what the instructor says of students.  Raise GradmarkError for nonsense."""
    path = root / OVERRIDES
    if not os.path.lexists(path):
        return {}
    try:
        text = plain_file(path).decode("utf-8-sig")
        tables = msgspec.toml.decode(text, type=dict[str, dict[str, Any]])
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError) as error:
        text = _("{path}: {why}; a name with more than letters A–Z and digits stands in quotes")
        raise GradmarkError(text.format(path=path, why=error)) from error
    return {student: said_of(student, table, path) for student, table in tables.items()}


def said_of(student: str, table: dict[str, Any], path: Path) -> Override:
    """Return what the instructor says of one student.  Raise GradmarkError for nonsense."""
    try:
        override = msgspec.convert(table, Override)
    except msgspec.ValidationError as error:
        text = _(
            "{path}: {student}: {why}; there are points, reason, folder, deadline and id, and "
            "a name with a dot stands in quotes"
        )
        raise GradmarkError(text.format(path=path, student=student, why=error)) from error
    if override.points is not None and not (override.reason or "").strip():
        text = _("{path}: {student} has points without a reason")
        raise GradmarkError(text.format(path=path, student=student))
    return override


def keep_first(path: Path, content: bytes) -> None:
    """Write a file that nobody else may read, unless there is one by now."""
    beside = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
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


def read(path: Path, kind: Any) -> Any:
    """Return what a file of gradmark's holds, as a value of that type.  Raise GradmarkError for
    what is none.
    """
    try:
        return msgspec.json.decode(plain_file(path), type=kind)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError) as error:
        text = _("{path} is none of gradmark's, or of another version ({why}): remove it")
        raise GradmarkError(text.format(path=path, why=error)) from error


def plain_file(path: Path) -> bytes:
    """Return what a file holds.  Raise OSError for what is no plain file: a pipe has no end."""
    with Place(path.parent, (path.name,)).opened() as file:
        return file.read()
