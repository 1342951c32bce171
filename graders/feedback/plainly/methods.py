"""What it means that a method was left as it is, or calls itself for ever."""

import re

from graders import wire
from graders.evidence import Defined
from graders.feedback.plainly.attributes import elsewhere, spelt
from graders.feedback.plainly.file import File, at, harmless, last_line, places_of
from graders.words import _

UNBOUND = re.compile(r"(?:local )?variable '(\w+)'")


def not_implemented(raised: wire.Raised, file: File) -> str:
    """Return what a NotImplementedError means, or nothing."""
    cls, path = raised.scene.owner, raised.scene.within
    base, _dot, name = path.rpartition(".")
    if not cls or not base or cls == base or not name:
        return ""
    if file.by_path(f"{cls}.{name}"):
        if len(raised.lines) < 2:
            return ""
        caller = raised.lines[-2]
        text = _("{line} asks class {base} for its {name}, where {cls} has its own")
        line = at(caller.number, caller.cell)
        return text.format(line=line, cls=cls, name=name, base=base)
    strayed = spelt(raised, False) or elsewhere(name, cls, File(without(file, path)))
    if strayed:
        return strayed
    twice = doubled(cls, file)
    if twice:
        text = _("{cls} has no {name} of its own, but {other} twice ({lines})")
        lines = places_of(twice)
        return text.format(cls=cls, name=name, other=twice[0].name, lines=lines)
    text = _("{cls} has no {name} of its own, so that of {base} was called")
    return text.format(cls=cls, name=name, base=base)


def without(file: File, path: str) -> tuple[Defined, ...]:
    """Return what a file defines, but for one method."""
    within, _dot, name = path.rpartition(".")
    return tuple(d for d in file.outline if (d.within, d.name) != (within, name))


def doubled(cls: str, file: File) -> list[Defined]:
    """Return the definitions of a method that a class defines more than once."""
    own = [each for each in file.outline if each.form == "def" and each.within == cls]
    for each in own:
        same = [o for o in own if o.name == each.name and o.cell == each.cell and not o.guarded]
        if len(same) > 1:
            return same
    return []


@harmless
def leftover(raised: wire.Raised, file: File) -> str:
    """Say that the template's own line still stands beside a student's code, or nothing."""
    if not raised.message.startswith(wire.HOLE):
        return ""
    last, path = raised.lines[-1] if raised.lines else None, raised.scene.within
    same = [each for each in file.outline if path and each.path == path]
    if len(same) > 1:
        lines = places_of(same)
        text = _(
            "{name} is defined twice ({lines}): the second, the template's, takes its place"
        )
        return text.format(name=same[0].name, lines=lines)
    for each in file.outline:
        here = last and (each.leftover, each.cell, each.path) == (
            last.number,
            last.cell,
            path,
        )
        if here:
            text = _("{line} is the template's, and ends {name} there: delete it")
            return text.format(line=at(each.leftover, each.cell), name=each.name)
    return ""


def endless(raised: wire.Raised, file: File) -> str:
    """Say that a function calls itself for ever."""
    name = raised.scene.within.rpartition(".")[2]
    if name and len({line.function for line in raised.lines}) == 1:
        return _("{name} calls itself again and again, and never stops").format(name=name)
    return _("functions call each other again and again, and never stop")


def unbound(raised: wire.Raised, file: File) -> str:
    """Say that a local name has no value yet."""
    found = UNBOUND.search(raised.message)
    here = file.by_path(raised.scene.within)
    if not found or not here:
        return ""
    name = found[1]
    line = here.gives.get(name)
    first = last_line(raised)
    if line and line > first:
        text = _("{name} gets its value further down only ({line})")
    elif line == first:
        text = _("{name} is used in the line that gives it its first value ({line})")
    else:
        text = _("{name} gets its value in {line} only, which was not run")
    return text.format(name=name, line=at(line or here.line, here.cell))


def empty(raised: wire.Raised) -> str:
    """Say that something was taken out of a list that is empty."""
    if "pop from empty list" in raised.message:
        return _(
            "the list was empty already when it was asked for one more: an empty list is not "
            "None, but it is false"
        )
    if "index out of range" in raised.message:
        return _("the list has no element of that number: the first one has number 0")
    return ""
