"""The roll of a class: who has handed in, what is said of it, and whom a run is about."""

import argparse
import difflib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.classroom.handed import Handed, alike, handed_in, number_of
from graders.classroom.layouts.layouts import NAMED, PLAIN, Arranged, Layout, arranged, by_regex
from graders.classroom.layouts.unpacking import noted
from graders.classroom.output import CLASS, KEPT
from graders.classroom.results import Override, Results
from graders.errors import GradmarkError
from graders.renderers.plain import one_line
from graders.submission.notebook import few
from graders.submission.text import composed
from graders.words import _


@dataclass(frozen=True)
class Roll:
    """Who has handed in."""

    root: Path
    """The class's folder."""
    title: str
    """What the class is called: as its folder, or zip."""
    layout: Layout
    students: list[Handed]


def called(root: Path, left_out: Sequence[str], options: argparse.Namespace) -> Roll:
    """Return who has handed in, in a folder that something of a zip may be left out of; say
    what the folder is taken for.  Raise GradmarkError where nobody has, or that is unclear.
    """
    if (root / CLASS).is_file() and (root / KEPT).is_dir():
        text = _("{path} holds the results of a class: name what was handed in")
        raise GradmarkError(text.format(path=options.folder))
    title = options.folder.resolve().stem if options.folder.is_file() else root.name
    try:
        there = arranged(root, layout_of(options), options.assignment, title)
    except GradmarkError as error:
        told = str(error).replace(str(root), str(options.folder))
        raise GradmarkError(told) from error
    roll = Roll(root, title, there.layout, handed_in(noted(there.drafts, left_out)))
    text = _("layout: {title}; students: {count}")
    print(text.format(title=there.layout.title, count=len(roll.students)))
    for line in said_of(roll, there, left_out):
        print(one_line(line), file=sys.stderr)
    return roll


def layout_of(options: argparse.Namespace) -> Layout | None:
    """Return the layout that the options ask for; None where it is to be told."""
    if options.names is not None:
        return by_regex(options.names)
    return NAMED[options.layout] if options.layout else None


def said_of(roll: Roll, there: Arranged, left_out: Sequence[str]) -> Iterator[str]:
    """Yield what in the class's folder needs a look."""
    students = roll.students
    lone = students[0].draft.path if len(students) == 1 and there.layout is PLAIN else ""
    if lone and (roll.root / lone).is_dir():
        yield _("all that there is is one folder: if that is the class, name it")
    if left_out:
        text = _("left out of the zip, since it is a link, broken or too much: {names}")
        yield text.format(names=few(left_out))
    if there.others:
        text = _("passed over, since each submission is a folder, a zip or a notebook: {names}")
        if there.layout is not PLAIN:
            text = _("passed over, since it is not called as by {title}: {names}")
        yield text.format(title=there.layout.title, names=few(there.others))
    for note in dict.fromkeys(note for handed in students for note in handed.draft.notes):
        names = [handed.student for handed in students if note in handed.draft.notes]
        yield f"{note}: {few(names)}"
    if names := alike(students):
        text = _("more than one submission of a name, each graded by itself: {names}")
        yield text.format(names=few(names))


def only(names: Sequence[str] | None, students: Sequence[Handed]) -> list[Handed]:
    """Return the students of these names, or all.  Raise GradmarkError for an unknown one."""
    known = {handed.student: handed for handed in students}
    names = names and [composed(name) for name in names]
    for name in names or ():
        if name not in known:
            (near,) = difflib.get_close_matches(name, known, 1, 0)
            text = _("--only {name}: there is no such student; did you mean {near}?")
            raise GradmarkError(text.format(name=name, near=near))
    return [handed for handed in students if names is None or handed.student in names]


def refuse_inside(output: Path, folder: Path) -> None:
    """Raise GradmarkError for results that would lie among the submissions."""
    if Path(os.path.realpath(output)).is_relative_to(os.path.realpath(folder)):
        text = _("--output {output} lies in what is to be graded: name a folder elsewhere")
        raise GradmarkError(text.format(output=output))


def refuse_unknown(
    overrides: Mapping[str, Override], students: Sequence[Handed], before: Results | None
) -> None:
    """Raise GradmarkError where the instructor speaks of somebody who isn't there, or who may
    be another by now: people can change what they are called.
    """
    known = {handed.student: handed for handed in students}
    rows = {row.student: row for row in before.students} if before else {}
    for student, override in overrides.items():
        handed, row = known.get(student), rows.get(student)
        if handed is None:
            same = [each.student for each in students if row and row.has_id_of(each)]
            (near,) = same or difflib.get_close_matches(student, known, 1, 0)
            text = _("overrides.toml names {student}, who handed in nothing: is it {near}?")
            raise GradmarkError(text.format(student=student, near=near))
        now = number_of(handed.draft)
        was = override.id or (number_of(row) if row else "")
        if was and was != now:
            text = _(
                "overrides.toml: {student} was {was}, and is another now: write id = {now}"
            )
            told = text.format(student=student, was=was, now=json.dumps(now))
            raise GradmarkError(told)
