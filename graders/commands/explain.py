"""Say what a check asks and why: ``python grade.py explain CHECK``.  Nothing is run."""

import difflib
import shutil

from graders.commands.course.declared import Found, checks_of
from graders.commands.exactness import exactness
from graders.errors import GradmarkError
from graders.options import command_parser
from graders.renderers.screen import wrapped
from graders.syllabus import SYLLABUS, find_unit
from graders.words import _, ngettext

WIDTH = 96
"""How long a line may become, where the terminal is no narrower."""
LISTED = 130
"""How wide a list of checks is."""


def main(arguments: list[str]) -> int:
    """Print what the arguments ask for and return the exit status."""
    parser = command_parser("explain", _("Say what a check asks, why, and how exact it is."))
    parser.add_argument("check", nargs="?", metavar="CHECK",
        help=_("a check such as step06.square_backward, or a step to list"))  # fmt: skip
    options = parser.parse_args(arguments)
    checks = [
        check
        for unit in SYLLABUS
        if options.step is None or unit.step in options.step
        for check in checks_of(unit)
    ]
    wanted = options.check
    unit = find_unit(wanted) if wanted else None
    if wanted is None or unit:
        chosen = [check for check in checks if unit is None or check.unit == unit]
        columns = shutil.get_terminal_size((LISTED, 0)).columns  # in a pipe, a line each
        print("\n".join(row for check in chosen for row in listed(check, columns)))
    else:
        room = min(WIDTH, shutil.get_terminal_size().columns)
        print("\n".join(explained(the_one(wanted, checks), checks, room)))
    return 0


def the_one(wanted: str, checks: list[Found]) -> Found:
    """Return the check of an id or a name.  Raise GradmarkError unless there is just one."""
    found = [check for check in checks if wanted in (check.id, check.name)]
    if len(found) == 1:
        return found[0]
    if found:
        text = _("several checks are called {name}: {ids}")
        ids = ", ".join(check.id for check in found)
        raise GradmarkError(text.format(name=wanted, ids=ids))
    names = {(check.id if "." in wanted else check.name): check.id for check in checks}
    near = difflib.get_close_matches(wanted, names, n=1)
    text = _("there is no check {name}: python grade.py explain lists them all")
    if near:
        text = _("there is no check {name}: did you mean {near}?")
    raise GradmarkError(text.format(name=wanted, near=names[near[0]] if near else ""))


def listed(check: Found, room: int) -> list[str]:
    """Return a check in a list: in one line, or in two where there is no room."""
    told, title = f"{worth(check):10} {check.declared.kind:10}", check.declared.title
    if room >= LISTED:
        return [f"{check.id:36} {told} {title}"]
    return [*head(check, room), *wrapped(f"  {title}", room, 2)]


def head(check: Found, room: int) -> list[str]:
    """Return what a check is called, what it is worth and of what kind it is."""
    return wrapped(f"{check.id} · {worth(check)} · {check.declared.kind}", room, 2)


def worth(check: Found) -> str:
    """Return a check's points in words."""
    points = check.declared.points
    return ngettext("{count} point", "{count} points", points).format(count=points)


def explained(check: Found, checks: list[Found], room: int) -> list[str]:
    """Return all that can be said of a check, in lines that have so much room."""
    titles = {other.name: other.declared.title for other in checks if other.unit == check.unit}
    needs, only_if = (
        [f"{name} ({titles[name]})" if name in titles else name for name in names]
        for names in (check.declared.needs, check.declared.only_if)
    )
    rows = [
        (_("why"), [check.declared.why] if check.declared.why else []),
        (_("tolerance"), exactness(check.function)),
        (_("rests on"), needs),
        (_("tells only if"), only_if),
        (_("section"), [check.declared.section or check.unit.sections]),
    ]
    width = 2 + max(len(label) for label, texts in rows if texts)
    lines = [
        *head(check, room),
        "",
        *wrapped(f"  {check.declared.title}", room, 2),
        "",
    ]
    for label, texts in rows:
        for number, text in enumerate(texts):
            first = "  " + (label if number == 0 else "").ljust(width)
            lines += wrapped(first + text, room, len(first))
    return lines
