"""What a class's run says on the terminal: who needs a look, then where the results are."""

import re

from graders.classroom import overview_screen
from graders.classroom.output import GRADEBOOK, OVERRIDES, OVERVIEW, RESULTS, Output
from graders.classroom.summary import Summary
from graders.renderers.plain import one_line
from graders.renderers.screen import Screen
from graders.submission.notebook import few
from graders.words import _

BARE = re.compile(r"[A-Za-z0-9_-]+")
"""A key that TOML takes without quotes."""
MOST_CHANGES = 20
"""How many changes one screen has room for."""


def show_summary(summary: Summary, output: Output, color: bool) -> None:
    """Print what came of a class."""
    for line in summary.changed[:MOST_CHANGES]:
        print(line)
    if len(summary.changed) > MOST_CHANGES:
        text = _("and {count} more: class diff tells them")
        print(text.format(count=len(summary.changed) - MOST_CHANGES))
    for student, status, why in summary.troubles:
        print(f"{one_line(student)}: {status}: {one_line(why)}")
    if summary.choices:
        print()
        print(
            _("To choose a folder, write such lines into {file}:").format(
                file=overrides(output)
            )
        )
    for student, folders in summary.choices.items():
        print(f"  [{quoted(student)}]")
        print(f"  folder = {quoted(folders[0], always=True)}")
    overview_screen.show(summary.overview, Screen(color=color))
    print()
    if summary.waiting:
        print(_("no result yet: {names}").format(names=one_line(few(list(summary.waiting)))))
    counts = ", ".join(f"{count} {status}" for status, count in sorted(summary.counts.items()))
    print(_("students: {counts}").format(counts=counts))
    text = _("written to {folder}: {names}, and for each student reports/")
    names = ", ".join((GRADEBOOK, RESULTS, OVERVIEW))
    print(text.format(folder=output.root, names=names))


def overrides(output: Output) -> str:
    """Return where the instructor's own words go."""
    return one_line(str(output.root / OVERRIDES))


def quoted(name: str, always: bool = False) -> str:
    """Return a name as TOML has it: nothing in it steers a terminal, nor CI's log."""
    if BARE.fullmatch(name) and not always:
        return name
    return '"{}"'.format("".join(map(spelt_out, name)))


def spelt_out(character: str) -> str:
    """Return a character, or TOML's escape for one that is not plainly a name's."""
    if character.isalnum() or character in " _-.,+'@()/":
        return character
    return f"\\U{ord(character):08x}"
