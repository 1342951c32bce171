"""Find and read the steps in what a student hands in: a folder, a zip or a notebook.

The submission is only read, never run, unpacked or written to.  Links that lead out of it,
what isn't a plain file, and what is too large are passed over, and the report says so.
"""

import itertools
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from graders.errors import GradmarkError
from graders.submission.archive import add_members, opened
from graders.submission.assembly import assemble
from graders.submission.budget import MOST_SEEN, Budget, ended_in_time
from graders.submission.contents import Contents
from graders.submission.downloads import refuse_class
from graders.submission.entry import Entry
from graders.submission.naming import ending_of
from graders.submission.notebook import few
from graders.submission.opening import BY_DESCRIPTOR, Place
from graders.submission.pieces import Submission
from graders.submission.search import DEPTH, ENVIRONMENT, Search, is_searched
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
    with ended_in_time(), ExitStack() as until:
        return found_at(path.resolve(), kind, folder, until)


def read_files(
    root: Path, files: Iterable[tuple[str, str]], name: str, folder: str | None = None
) -> Submission:
    """Return the submission that files of a folder make, under the names that are given with
    them, as ``read`` does.
    """
    with ended_in_time(), ExitStack() as until:
        search = Search(Budget())
        gather(root, files, search)
        return found_in(name, search, Contents(search.budget), folder, until)


def gather(root: Path, files: Iterable[tuple[str, str]], search: Search) -> None:
    """Gather files of a folder that may matter, each under the name that is given with it."""
    for file, name in files:
        if not search.budget.see():
            return
        search.top.setdefault(name)
        if search.wants(name):
            search.add(name, Place(root, PurePosixPath(file).parts))


def found_at(path: Path, kind: int, folder: str | None, until: ExitStack) -> Submission:
    """Return the submission at a path, of which the kind is known; zips are open until then."""
    name, itself = composed(path.name) or "submission", Place(path.parent, (path.name,))
    search = Search(Budget())
    contents = Contents(search.budget)
    if stat.S_ISDIR(kind):
        walk(path, search)
    elif stat.S_ISREG(kind) and ending_of(path.name) == "ipynb":
        search.add(composed(path.name), itself)
        refuse_broken(search.entries[0], contents)
    elif stat.S_ISREG(kind) and path.suffix.lower() == ".zip":
        try:
            add_members(opened(itself, search.budget, until), search)
        except Unreadable as error:
            raise GradmarkError(f"{path}: {error}") from error
    else:
        text = _("{path} is not a folder, a zip or a notebook: give the folder that it lies in")
        raise GradmarkError(text.format(path=path))
    refuse_class(search.top)
    return found_in(name, search, contents, folder, until)


def found_in(
    name: str, search: Search, contents: Contents, folder: str | None, until: ExitStack
) -> Submission:
    """Return the submission that a search has come upon; where it holds no step, what zips in
    it hold.
    """
    within = None if folder is None else chosen(folder, search)
    notes = search.told()
    if within:
        notes.insert(0, _("only {folder}/ is graded").format(folder=within))
    asked = [inner for inner in search.zips if is_inside(within, inner.path)]
    told = open_inner(asked, search, until)
    submission = assemble(name, search.entries, contents, [*notes, *told], within)
    if submission.steps:
        closed = [inner.path for inner in search.zips if inner not in asked]
        if not closed:
            return submission
        text = _("not opened, since there are steps beside: {files}")
        more = (*submission.notes, text.format(files=few(closed)))
        return replace(submission, notes=more)
    others = [inner for inner in search.zips if inner not in asked]
    notes += told + open_inner(others, search, until)
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


def open_inner(zips: Sequence[Entry], search: Search, until: ExitStack) -> list[str]:
    """Gather what zips inside a submission hold; return notes on them."""
    names, notes = [], []
    for inner in zips[:MOST_INNER]:
        try:
            add_members(opened(inner, search.budget, until), search, f"{inner.path}/")
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
    ahead = deque([Place(root)])
    while ahead:
        folder = ahead.popleft()
        try:
            found = sorted(listed(folder), key=lambda item: item.name)
        except OSError as error:
            text = _("{path}/ can't be looked into: {why}")
            if not folder.names:
                told = text.format(path=root, why=error.strerror)
                raise GradmarkError(told) from error
            search.notes.append(text.format(path=shown(folder), why=error.strerror))
            continue
        if not folder.names:
            search.top = dict.fromkeys(composed(item.name) for item in found)
        elif any(item.name == ENVIRONMENT for item in found):
            continue
        for item in found:
            if not search.budget.see():
                return
            inner = Place(root, (*folder.names, item.name))
            if not item.is_folder:
                add_file(inner, item.is_plain, search)
            elif is_searched(item.name) and len(folder.names) < DEPTH:
                ahead.append(inner)
            elif is_searched(item.name):
                text = _("{path}/ lies too deep to be looked into")
                search.notes.append(text.format(path=shown(inner)))


@dataclass(frozen=True)
class Item:
    """What a folder says of one thing in it, without opening that."""

    name: str
    is_folder: bool
    is_plain: bool


def listed(folder: Place) -> Iterator[Item]:
    """Yield what lies in a folder, up to more than is looked at.  Raise OSError."""
    inside = folder.descriptor() if BY_DESCRIPTOR else None
    try:
        with os.scandir(folder.path if inside is None else inside) as listing:
            for item in itertools.islice(listing, MOST_SEEN + 1):
                is_folder = item.is_dir(follow_symlinks=False)
                yield Item(item.name, is_folder, item.is_file(follow_symlinks=False))
    finally:
        if inside is not None:
            os.close(inside)


def add_file(place: Place, is_plain: bool, search: Search) -> None:
    """Keep a file of a folder if it may matter; of a link into the folder what it leads to."""
    if not search.wants(place.names[-1]):
        return
    target = place
    if not is_plain:
        try:
            found = place.path.resolve(strict=True)
            is_plain = stat.S_ISREG(found.stat().st_mode) and found.is_relative_to(place.root)
        except (OSError, RuntimeError):
            search.notes.append(_("{path} is a broken link").format(path=shown(place)))
            return
        if not is_plain:
            text = _("{path} is not a file of the submission: passed over")
            search.notes.append(text.format(path=shown(place)))
            return
        target = Place(place.root, found.relative_to(place.root).parts)
    search.add(shown(place), target)


def shown(place: Place) -> str:
    """Return the path of a file or a folder as it can be sent and written."""
    return composed("/".join(place.names) or ".")


def refuse_broken(entry: Entry, contents: Contents) -> None:
    """Raise GradmarkError for a notebook by itself that can't be read."""
    try:
        contents.source(entry)
    except Unreadable as error:
        raise GradmarkError(f"{entry.path}: {error}") from error
