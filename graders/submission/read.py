"""Find and read the steps in what a student hands in: a folder, a zip or a notebook.

The submission is only read, never run, unpacked or written to.  Links that lead out of it,
what isn't a plain file, and what is too large are passed over, and the report says so.
"""

import itertools
import os
import stat
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from graders.errors import GradmarkError
from graders.submission.archive import add_members, opened
from graders.submission.assembly import assemble
from graders.submission.contents import Contents
from graders.submission.downloads import refuse_class
from graders.submission.entry import Entry
from graders.submission.naming import ending_of
from graders.submission.notebook import few
from graders.submission.pieces import Submission
from graders.submission.search import DEPTH, ENVIRONMENT, MOST_SEEN, Search, is_searched
from graders.submission.text import Unreadable, composed
from graders.words import _

MOST_INNER = 10
"""How many zips inside a submission are opened where nothing else is found."""


def read(path: Path, folder: str | None = None) -> Submission:
    """Return the submission at a path; only what lies in ``folder`` of it is graded, where one
    is given.

    Raise GradmarkError when there is none, and Ambiguous when several folders hold other work
    on the same steps and none is given.
    """
    try:
        kind = path.resolve(strict=True).stat().st_mode
    except (OSError, RuntimeError, ValueError) as error:
        reason = (
            _("there is no submission at {path}: name a folder, or . for this one")
            if isinstance(error, FileNotFoundError)
            else (_("the submission at {path} can't be opened"))
        )
        raise GradmarkError(reason.format(path=path)) from error
    path = path.resolve()
    name = composed(path.name) or "submission"
    search, contents = Search(), Contents()
    if stat.S_ISDIR(kind):
        walk(path, search)
    elif stat.S_ISREG(kind) and ending_of(path.name) == "ipynb":
        search.add(composed(path.name), path)
        refuse_broken(search.entries[0], contents)
    elif stat.S_ISREG(kind) and path.suffix.lower() == ".zip":
        try:
            add_members(opened(path), search)
        except Unreadable as error:
            raise GradmarkError(f"{path}: {error}") from error
    else:
        text = _("{path} is not a folder, a zip or a notebook: give the folder that it lies in")
        raise GradmarkError(text.format(path=path))
    refuse_class(search.top)
    return found_in(name, search, contents, folder)


def found_in(name: str, search: Search, contents: Contents, folder: str | None) -> Submission:
    """Return the submission that a search has come upon; where it holds no step, what zips in
    it hold.
    """
    within = None if folder is None else chosen(folder, search)
    notes = search.told()
    if within:
        notes.insert(0, _("only {folder}/ is graded").format(folder=within))
    asked = [inner for inner in search.zips if is_inside(within, inner.path)]
    told = open_inner(asked, search)
    submission = assemble(name, search.entries, contents, [*notes, *told], within)
    if submission.steps:
        closed = [inner.path for inner in search.zips if inner not in asked]
        if not closed:
            return submission
        text = _("not opened, since there are steps beside: {files}")
        more = (*submission.notes, text.format(files=few(closed)))
        return replace(submission, notes=more)
    notes += told + open_inner([inner for inner in search.zips if inner not in asked], search)
    if search.archives:
        text = _("only zips are opened: unpack {files}, or hand in a zip")
        notes.append(text.format(files=few(search.archives)))
    if not (search.entries or search.zips or search.archives or search.misnamed):
        text = _("there is no Python file and no notebook in it, only {files}")
        empty = _("there is nothing in it")
        notes.append(text.format(files=few(list(search.top))) if search.top else empty)
    return assemble(name, search.entries, contents, notes, within)


def is_inside(folder: str | None, path: str) -> bool:
    """Return whether a folder that is asked for is a zip, or lies in it."""
    return folder is not None and f"{folder}/".startswith(f"{path}/")


def open_inner(zips: Sequence[Entry], search: Search) -> list[str]:
    """Gather what zips inside a submission hold; return notes on them."""
    names, notes = [], []
    for inner in zips[:MOST_INNER] if search.seen <= MOST_SEEN else ():
        try:
            add_members(opened(inner), search, f"{inner.path}/")
            names.append(inner.path)
        except Unreadable as error:
            notes.append(f"{inner.path}: {error}")
    return [_("opened: {files}").format(files=few(names)), *notes] if names else notes


def chosen(folder: str, search: Search) -> str | None:
    """Return a folder of a submission as paths in it begin; None for the submission itself.

    Raise GradmarkError when it holds nothing.
    """
    within = PurePosixPath(composed(folder.replace("\\", "/"))).as_posix().strip("/")
    if within in ("", "."):
        return None
    held = [entry.path for entry in (*search.entries, *search.zips)]
    if not any(f"{path}/".startswith(f"{within}/") or is_inside(within, path) for path in held):
        text = _("--folder {folder}: there is no such folder with files in it, only {folders}")
        folders = sorted({path.rpartition("/")[0] or "." for path in held})
        raise GradmarkError(text.format(folder=folder, folders=few(folders)))
    return within


def walk(root: Path, search: Search) -> None:
    """Gather the files of a folder, those nearest to it first, without following links out."""
    ahead = deque([root])
    while ahead:
        folder = ahead.popleft()
        inside = folder.relative_to(root)
        try:
            with os.scandir(folder) as listing:
                some = itertools.islice(listing, MOST_SEEN + 1)
                found = sorted((item.name, item.is_dir(follow_symlinks=False)) for item in some)
        except OSError as error:
            text = _("{path}/ can't be looked into: {why}")
            shown = composed(inside.as_posix())
            search.notes.append(text.format(path=shown, why=error.strerror))
            continue
        if not inside.parts:
            search.top = dict.fromkeys(composed(name) for name, _folder in found)
        elif any(name == ENVIRONMENT for name, _folder in found):
            continue
        for name, is_folder in found:
            if not search.see():
                return
            if not is_folder:
                add_file(root, folder / name, search)
            elif is_searched(name) and len(inside.parts) < DEPTH:
                ahead.append(folder / name)
            elif is_searched(name):
                text = _("{path}/ lies too deep to be looked into")
                search.notes.append(text.format(path=composed((inside / name).as_posix())))


def add_file(root: Path, path: Path, search: Search) -> None:
    """Keep a file of a folder if it may matter."""
    shown = composed(path.relative_to(root).as_posix())
    if not search.wants(path.name):
        return
    try:
        target = path.resolve(strict=True)
        kind = target.stat().st_mode
    except (OSError, RuntimeError):
        search.notes.append(_("{path} is a broken link").format(path=shown))
        return
    if not stat.S_ISREG(kind) or not target.is_relative_to(root):
        text = _("{path} is not a file of the submission: passed over")
        search.notes.append(text.format(path=shown))
        return
    search.add(shown, path)


def refuse_broken(entry: Entry, contents: Contents) -> None:
    """Raise GradmarkError for a notebook by itself that can't be read."""
    try:
        contents.source(entry)
    except Unreadable as error:
        raise GradmarkError(f"{entry.path}: {error}") from error
