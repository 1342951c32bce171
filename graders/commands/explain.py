"""Say what a check asks and why: ``python grade.py explain CHECK``.  Nothing is run."""

import difflib
import shutil
import textwrap

from graders.commands.course.declared import Found, checks_of
from graders.commands.exactness import exactness
from graders.errors import GradmarkError
from graders.options import command_parser
from graders.syllabus import SYLLABUS, find_unit
from graders.words import _, ngettext

WIDTH = 96
"""How long a line may become, where the terminal is no narrower."""


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
        print("\n".join(map(line, chosen)))
    else:
        print(explained(the_one(wanted, checks), checks))
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


def line(check: Found) -> str:
    """Return one line of a list of checks."""
    return f"{check.id:36} {worth(check):10} {check.declared.kind:10} {check.declared.title}"


def worth(check: Found) -> str:
    """Return a check's points in words."""
    points = check.declared.points
    return ngettext("{count} point", "{count} points", points).format(count=points)


def explained(check: Found, checks: list[Found]) -> str:
    """Return all that can be said of a check."""
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
    room = min(WIDTH, shutil.get_terminal_size().columns)
    lines = [
        f"{check.id} · {worth(check)} · {check.declared.kind}",
        "",
        f"  {check.declared.title}",
        "",
    ]
    for label, texts in rows:
        for number, text in enumerate(texts):
            first = "  " + (label if number == 0 else "").ljust(width)
            lines += textwrap.wrap(text, room, initial_indent=first,
                subsequent_indent=" " * len(first), break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines)
