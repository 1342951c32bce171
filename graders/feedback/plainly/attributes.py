"""What it means that an object lacks an attribute."""

import difflib
from collections.abc import Iterable

import numpy as np

from graders import wire
from graders.evidence import Defined, Part
from graders.feedback.plainly.file import File, at, last_line, place_of, places_of
from graders.feedback.plainly.parts import in_words
from graders.syllabus import TAUGHT
from graders.words import _

LIKENESS = 0.7
"""How much a name is to be like the one that was meant, from 0 to 1."""
MOST_CLASSES = 30
"""How many classes are looked at for one that has an attribute."""
OF_LISTS = frozenset(name for name in vars(list) if not name.startswith("_"))
ELSEWHERE = {"push": "append", "add": "append", "length": "len", "size": "len",
             "contains": "in", "delete": "remove"}  # fmt: skip
"""What other languages call what a list can do."""
EVERYWHERE = frozenset({"backward", "forward", "__call__", "__init__"})
"""What more than one class of the course has."""
BOX = frozenset({"data", "grad", "creator", "backward", "set_creator"})
"""What a Variable has."""


def meaning(raised: wire.Raised, file: File) -> str:
    """Return what an AttributeError means, or nothing."""
    scene = raised.scene
    name, of = scene.sought, scene.of
    shown = scene.parts[0].text if scene.form == "attribute" and scene.parts else ""
    if not name and shown:  # where it was to be set, Python doesn't tell
        name, of = scene.text.rpartition(".")[2], scene.parts[0]
    if not name:
        return ""
    if of.kind == "instance":
        return spelt(raised, bool(shown)) or of_an_object(raised, name, of, shown, file)
    if shown:
        return spelt(raised, True) or of_a_value(name, of, shown, file)
    return spelt(raised, False) or elsewhere(name, of.name, file) if of.kind == "class" else ""


def spelt(raised: wire.Raised, own: bool) -> str:
    """Say that something else is spelt almost alike; nothing where nothing is.

    ``own`` tells that the student's own code asks for the name.
    """
    if not raised.near:
        return ""
    if own:
        text = _("there is {near}, but no {wanted}: is one of them misspelt?")
    else:
        text = _("did you mean {wanted} where you wrote {near}?")
    return text.format(near=raised.near, wanted=raised.missing)


def of_a_value(name: str, of: Part, shown: str, file: File) -> str:
    """Say what lacks an attribute, where that is no object of the step's."""
    match of.kind:
        case "none" if shown.endswith(")"):
            text = _("{shown} gives None, which has no {name}: is a return missing there?")
        case "none":
            text = _("{shown} is None here, and None has no {name}")
        case "number" | "array" if name in BOX:
            text = _("{shown} is {kind} here, not a Variable: it has no {name}")
        case "array" | "number" if name in vars(np):
            text = _("{shown} is {kind} here, which has no {name}: numpy has one, np.{name}")
        case "array" | "number" | "text":
            text = _("{shown} is {kind} here, which has no {name}")
        case "memory":
            text = _("{shown} is the .data of an array here, no Variable: it has no {name}")
        case "list" if of.name == "tuple":
            text = _("{shown} is a tuple here: a comma at the end of a line makes one")
        case "list" if name in ELSEWHERE:
            text = _("{shown} is a {of} here, and has no {name}: Python calls it {other}")
        case "list":
            text = _("{shown} is a {of} here, which has no {name}: is an element of it meant?")
        case "function" if shown == "input":
            text = _("input is Python's own function here: the def takes nothing called input")
        case "function" if name in EVERYWHERE:
            text = _("{shown} is a function here, which has no {name}: brackets alone call it")
        case "function" | "method":
            text = _("{shown} is a function: without brackets after it, it isn't called")
        case "class" if shown.isidentifier():
            text = _("{shown} is the class; brackets make an object of it: {shown}()")
        case "class":
            text = elsewhere(name, of.name, file)
        case "module":
            text = _("{shown} has nothing called {name}")
        case _:
            return ""
    return text.format(
        shown=shown, name=name, of=of.name, kind=in_words(of), other=ELSEWHERE.get(name)
    )


def of_an_object(raised: wire.Raised, name: str, of: Part, shown: str, file: File) -> str:
    """Say why an object of the step's lacks an attribute."""
    own = [*file.methods(of.name)]
    return (
        compared(name, own)
        or of_this_def(raised, name, of.name, shown, file)
        or made_again(name, of.name, file)
        or elsewhere(name, of.name, file, shown)
        or of_a_list(name, of.name, shown)
        or of_the_file(name, of.name, shown, file)
        or begun_wrong(name, of.name, file)
        or given_later(name, of.name, file)
        or lost(name, own)
        or of_another(name, of.name, shown, file)
    )


def of_this_def(raised: wire.Raised, name: str, cls: str, shown: str, file: File) -> str:
    """Say that the function itself has a plain name of that kind, or is about to set it."""
    here = file.by_path(raised.scene.within)
    if shown != "self" or here is None:
        return ""
    if here.sets.get(name) == last_line(raised):
        text = _("self.{name} is used in the line that gives it its first value ({line})")
        return text.format(name=name, line=at(here.sets[name], here.cell))
    if name in file.attributes(cls):
        return ""
    if here.gives.get(name) == last_line(raised):
        text = _("{line} sets {name} from self.{name}: = sets what stands on its left")
        return text.format(name=name, line=at(here.gives[name], here.cell))
    if name in here.takes or name in here.gives:
        text = _(
            "{name} is a plain name in def {def_} ({line}): it is called {name}, without self."
        )
        return text.format(name=name, def_=here.name, line=place_of(here))
    return ""


def made_again(name: str, cls: str, file: File) -> str:
    """Say that a class is defined twice, where one of the two has what the object lacks."""
    same = file.named(cls, "class")[::-1]
    known = {method.name for method in file.methods(cls)} | file.attributes(cls).keys()
    if len(same) < 2 or name not in known:
        return ""
    text = _("class {cls} is defined twice ({lines}): the second takes the first one's place")
    return text.format(cls=cls, lines=places_of(same))


def of_a_list(name: str, cls: str, shown: str) -> str:
    """Say that a list's method is asked of an object."""
    if not shown or name not in OF_LISTS:
        return ""
    text = _("{shown} is a {cls} here, not a list: only a list has {name}")
    return text.format(shown=shown, cls=cls, name=name)


def of_the_file(name: str, cls: str, shown: str, file: File) -> str:
    """Say that what is asked of an object is no part of it: a class, a function, numpy's."""
    if shown == "self" and (file.named(name, within="") or name in TAUGHT):
        text = _("{name} is not part of this object: it is called {name}, without self.")
    elif shown and name in vars(np) and not file.named(name):
        text = _("{name} is numpy's: np.{name}, with numbers in its brackets")
    else:
        return ""
    return text.format(name=name)


def elsewhere(name: str, cls: str, file: File, shown: str = "") -> str:
    """Say that a method stands in another place than its class; nothing if it doesn't.

    ``shown`` is what the student's code has asked for it.
    """
    kin = {*file.ancestry(cls)}
    for method in file.named(name, "def"):
        holder = method.within.rpartition(".")[2]
        outer = file.by_path(method.within) if method.within else None
        if outer and outer.form == "def":
            text = _("def {name} ({line}) stands inside of def {outer}: indent it less")
        elif not method.within and method.takes[:1] == ("self",):
            text = _("def {name} ({line}) stands outside of class {cls}: indent it more")
        elif not outer or name in EVERYWHERE or kin & {*file.ancestry(holder)}:
            continue
        elif shown:
            text = _("{shown} is a {cls} here: {name} is a method of {outer} ({line})")
        else:
            text = _("def {name} ({line}) stands in class {outer}, not in class {cls}")
        return text.format(name=name, line=place_of(method), outer=holder, cls=cls, shown=shown)
    return ""


def begun_wrong(name: str, cls: str, file: File) -> str:
    """Say that a class sets its attributes in what Python never calls by itself; or that its
    own ``__init__`` leaves that of its base out.
    """
    makers = [method for method in file.methods(cls) if name in method.sets]
    if told := misnamed(makers, "__init__"):
        return told
    first, *bases = file.ancestry(cls)
    own = file.by_path(f"{first}.__init__")
    for base in bases:
        other = file.by_path(f"{base}.__init__")
        if own and other and name in other.sets:
            text = _("{cls} has its own __init__, so that of {base}, which sets {name}, is not "
                     "run")  # fmt: skip
            return text.format(cls=cls, base=base, name=name)
    return ""


def given_later(name: str, cls: str, file: File) -> str:
    """Say that an attribute is set by a method that need not have been called."""
    if name not in file.attributes(cls):
        return ""
    method, line = file.attributes(cls)[name]
    for each in file.methods(cls):
        if each.name == method and 0 < each.stops < each.sets.get(name, 0):
            text = _("{stop} ends {method}, so {line}, which sets {name}, is never run")
            stop = at(each.stops, each.cell)
            return text.format(name=name, method=method, line=line, stop=stop)
    if method == "__init__":
        text = _("{name} is set in __init__ ({line}), and still this {cls} has none")
    else:
        text = _(
            "{name} is set in {method} only ({line}), which has not been run for this {cls}"
        )
    return text.format(name=name, method=method, line=line, cls=cls)


def is_almost(name: str, special: str) -> bool:
    """Return whether a method is called almost as one that Python calls by itself."""
    plain, wanted = name.replace("_", "").lower(), special.strip("_")
    alike = difflib.SequenceMatcher(None, plain, wanted).ratio() >= LIKENESS
    return name != special and (alike or (plain, wanted) == ("constructor", "init"))


def misnamed(methods: Iterable[Defined], special: str) -> str:
    """Say that a method is called almost as one that Python calls by itself, or nothing."""
    for method in methods:
        if is_almost(method.name, special):
            text = _("def {name} ({line}) is not {special}, which Python calls by itself")
            return text.format(name=method.name, line=place_of(method), special=special)
    return ""


def compared(name: str, own: list[Defined]) -> str:
    """Say that a value is only compared."""
    for method in own:
        if f"self.{name}" in method.compares:
            line = at(method.compares[f"self.{name}"], method.cell)
            return _("{line} compares by ==, and sets nothing: = sets").format(line=line)
    return ""


def lost(name: str, own: list[Defined]) -> str:
    """Say that a value is given to a plain name."""
    for method in own:
        if name in method.gives:
            line = at(method.gives[name], method.cell)
            text = _("{name} ({line}) is known in {method} only: an object keeps what is put "
                     "into self")  # fmt: skip
            return text.format(name=name, line=line, method=method.name)
    return ""


def of_another(name: str, cls: str, shown: str, file: File) -> str:
    """Say that objects of another class have the attribute, or that none has."""
    others = [
        other
        for other in [*file.classes][:MOST_CLASSES]
        if name in file.attributes(other) and cls not in file.ancestry(other)
    ]
    if shown and others:
        text = _("{shown} is a {cls} here: {name} is what a {other} has")
        return text.format(shown=shown, cls=cls, name=name, other=others[0])
    if cls not in file.classes:
        return ""
    if name in {*EVERYWHERE, "set_creator"}:
        return _("no def {name} stands in class {cls}").format(cls=cls, name=name)
    return _("no method of {cls} sets {name}").format(cls=cls, name=name)
