"""What it means that a name is not defined."""

import re
import unittest

import numpy as np

from graders import wire
from graders.evidence import Defined
from graders.feedback.plainly.attributes import spelt
from graders.feedback.plainly.file import File, at, harmless, last_line, place_of, places_of
from graders.syllabus import TAUGHT
from graders.words import _

OTHERWISE = {"true": "True", "false": "False", "none": "None", "null": "None", "nil": "None",
             "this": "self", "NotImplementError": "NotImplementedError"}  # fmt: skip
"""What other languages, and hasty fingers, call it."""
NUMPY = ("np", "numpy")
MODULES = frozenset({"math", "unittest", "random", "copy", "sys", "os", "time", "pytest"})
"""What else a file of the course may have to import."""


ASSERTIONS = frozenset(name for name in dir(unittest.TestCase) if name.startswith("assert"))


def meaning(raised: wire.Raised, file: File) -> str:
    """Return what a NameError means, or nothing."""
    name, here = raised.scene.sought, file.by_path(raised.scene.within)
    if not name:
        return ""
    if re.fullmatch(r"e\d+", name):
        return _("a number such as 1e-4 is written in one piece: 1-{name} subtracts").format(
            name=name
        )
    if name in OTHERWISE:
        return _("Python's word for {name} is {due}").format(name=name, due=OTHERWISE[name])
    return (
        of_imports(name, file)
        or only_compared(name, here)
        or of_the_class(name, raised, here, file)
        or nested(name, file)
        or spelt(raised, True)
        or below(name, raised, file)
        or of_the_def(name, here)
        or of_others(name, here, file)
    )


def of_imports(name: str, file: File) -> str:
    """Say what is wrong with an import, where a module's name is missing."""
    if name not in MODULES.union(NUMPY):
        return ""
    brought = [each for each in file.outline if each.form == "import"]
    for each in brought:
        if each.name == name and each.within == "if":
            text = _("{name} is imported under an if ({line}), which is not run here")
            return text.format(name=name, line=place_of(each))
        if each.name == name and each.within:
            text = _("{name} is imported inside of {within} ({line}), and known only there")
            return text.format(name=name, within=each.within, line=place_of(each))
        if name in NUMPY and each.takes == ("numpy",):
            text = _("numpy is called {other} here ({line}), not {name}")
            return text.format(other=each.name, line=place_of(each), name=name)
    if name in NUMPY:
        return _("numpy has not been imported: the file needs its import numpy as np")
    return _("{name} has not been imported").format(name=name)


def only_compared(name: str, here: Defined | None) -> str:
    """Say that a function compares a name by ==, and never gives it a value."""
    if here is None or name not in here.compares or name in here.gives:
        return ""
    line = at(here.compares[name], here.cell)
    return _("{line} compares {name} by ==, and sets nothing: = sets").format(
        line=line, name=name
    )


def of_the_class(name: str, raised: wire.Raised, here: Defined | None, file: File) -> str:
    """Say that a name is known through ``self`` only, unless it is first put there further
    down: then it is the plain name that has no value.
    """
    cls = file.class_of(raised.scene.within)
    if not cls:
        return ""
    if name == "self" and here:
        text = _("def {def_} ({line}) takes no self: it comes first among the arguments")
        return text.format(def_=here.name, line=place_of(here))
    line = last_line(raised)
    known = {method.name for method in file.methods(cls)} | file.attributes(cls).keys()
    known |= ASSERTIONS
    later = here is not None and here.sets.get(name, 0) > line
    if name in known and not later and not (here and here.unused):
        return _("{name} belongs to the object: here it is self.{name}").format(name=name)
    return ""


@harmless
def hidden(name: str, file: File) -> str:
    """Say why a file's own name is not to be had: it stands inside of something, or a second
    one took its place.
    """
    if inside := nested(name, file, methods=True):
        return inside
    tops = [each for each in file.outline if each.form in ("class", "def") and not each.within]
    for each in tops:
        same = [other for other in tops if other.name == each.name]
        if not file.named(name) and len(same) > 1 and each.name in TAUGHT:
            lines = places_of(same)
            text = _(
                "{name} is defined twice ({lines}): the second takes the first one's place"
            )
            return text.format(name=each.name, lines=lines)
    return ""


@harmless
def alone(file: File) -> str:
    """Say that a file defines a single thing; nothing if it has more, or brings more in."""
    made = [each for each in file.outline if each.form in ("class", "def") and not each.within]
    every = [each for each in file.outline if each.form == "import" and each.name == "*"]
    if len(made) != 1 or every:
        return ""
    text = _("the file defines {name} ({line}) and nothing else")
    return text.format(name=made[0].name, line=place_of(made[0]))


def nested(name: str, file: File, methods: bool = False) -> str:
    """Say that a class or function stands inside of another.

    ``methods`` tells whether a method counts, which is known through its object.
    """
    found = [each for each in file.named(name) if each.form in ("class", "def")]
    if not found or any(not each.within for each in found):
        return ""
    outer = file.by_path(found[0].within)
    if not methods and found[0].form == "def" and outer and outer.form == "class":
        return ""
    text = _("{name} stands inside of {outer} ({line}): indent it less")
    return text.format(name=name, outer=found[0].within, line=place_of(found[0]))


def below(name: str, raised: wire.Raised, file: File) -> str:
    """Say that a name is defined further down than it is used."""
    found = [each for each in file.named(name, within="") if each.form != "import"]
    first = raised.lines[-1] if raised.scene.within == "<module>" else None
    if found and first and first.cell == found[-1].cell and first.number < found[-1].line:
        text = _("{name} is defined further down ({line}) than it is needed")
        return text.format(name=name, line=place_of(found[-1]))
    return ""


def of_the_def(name: str, here: Defined | None) -> str:
    """Say what a function calls the argument that it never reads."""
    if here and len(here.unused) == 1:
        text = _("def {def_} ({line}) never uses its argument {other}: is that what {name} is?")
        return text.format(def_=here.name, line=place_of(here), other=here.unused[0], name=name)
    return ""


def of_others(name: str, here: Defined | None, file: File) -> str:
    """Say that nothing gives a name its value where it is used."""
    made = [each for each in file.outline if each.form == "def"]
    others = [each for each in made if name in each.gives or name in each.takes]
    if name in vars(np) and not others:
        return _("{name} is not Python's own: numpy's is np.{name}").format(name=name)
    if here and (others or here.takes[1:]):
        text = _("def {def_} ({line}) takes {takes}, and gives {name} no value")
        takes = ", ".join(each for each in here.takes if each != "self") or _("nothing")
        return text.format(def_=here.name, line=place_of(here), takes=takes, name=name)
    for each in others:
        line = at(each.gives.get(name, each.line), each.cell)
        text = _("{name} is known in {def_} only ({line})")
        return text.format(name=name, def_=each.path, line=line)
    if name in TAUGHT:
        text = _("your file has no {name}: each step's file holds all that it uses")
        return text.format(name=name)
    return _("nothing in your file is called {name}").format(name=name)
