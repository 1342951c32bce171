"""What it means that something was called with too much or too little, or can't be called."""

import re

from graders import wire
from graders.evidence import Defined, Part, Scene
from graders.feedback.plainly.attributes import elsewhere, misnamed
from graders.feedback.plainly.file import File, place_of
from graders.feedback.plainly.parts import in_words
from graders.words import _

TOO_MANY = re.compile(
    r"([\w.<>]+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d{1,4}) w"
)
TOO_FEW = re.compile(r"([\w.<>]+)\(\) missing \d+ required (?:\S+ )?arguments?: (.+)")
NO_ARGUMENTS = re.compile(r"(\w+)\(\) takes no arguments")
UNKNOWN_KEYWORD = re.compile(r"([\w.<>]+)\(\) got an unexpected keyword argument '(\w+)'")
NOT_CALLABLE = re.compile(r"'([\w.]+)' object is not callable")
INIT_RETURNS = re.compile(r"__init__\(\) should return None")


def meaning(raised: wire.Raised, file: File) -> str:
    """Return what a TypeError means that comes of a call, or nothing."""
    scene, message = raised.scene, raised.message
    if found := TOO_MANY.match(message):
        return too_many(scene, defined(found[1], file), int(found[3]), file)
    if found := TOO_FEW.match(message):
        return too_few(scene, found[1], found[2], file)
    found = UNKNOWN_KEYWORD.match(message)
    if found and (called := defined(found[1], file)):
        text = _("def {def_} ({line}) takes {takes}: nothing called {name}")
        return text.format(
            def_=called.name, line=place_of(called), takes=listed(called), name=found[2]
        )
    if found := NO_ARGUMENTS.match(message):
        return no_arguments(scene, found[1], file)
    if found := NOT_CALLABLE.match(message):
        return not_callable(scene, found[1], file)
    if INIT_RETURNS.match(message):
        return _("__init__ fills the object that is there: it gives nothing back")
    return ""


def defined(path: str, file: File) -> Defined | None:
    """Return the function that Python names in a message."""
    return file.by_path(path.replace("<locals>.", ""))


def listed(called: Defined) -> str:
    """Return what a function takes, in words."""
    return ", ".join(called.takes) or _("nothing")


def is_method(called: Defined, file: File) -> bool:
    """Return whether a function stands in a class."""
    return called.within.rpartition(".")[2] in file.classes


def too_many(scene: Scene, called: Defined | None, given: int, file: File) -> str:
    """Say why a function was given more than it takes."""
    if called and is_method(called, file) and called.takes[:1] != ("self",):
        text = _("def {def_} ({line}) takes {takes}: where is self, which comes first?")
        return text.format(def_=called.name, line=place_of(called), takes=listed(called))
    if scene.form == "call" and scene.deeper == "" and scene.parts:
        func, *arguments = scene.parts
        if any(each.text == "self" for each in arguments) and "." in func.text:
            text = _("{call} hands self over twice: {func}(…) does so by itself")
            return text.format(call=scene.text, func=func.text)
        if called and (other := namesake(called, given, file)):
            text = _("{call} goes to def {def_} ({line}): that of {other} takes {takes}")
            return text.format(
                call=scene.text, def_=called.name, line=place_of(called),
                other=other.within, takes=", ".join(other.takes[1:]),
            )  # fmt: skip
        if called:
            text = _("{call} gives more than def {def_} ({line}) takes: {takes}")
            return text.format(
                call=scene.text, def_=called.name, line=place_of(called), takes=listed(called)
            )
    if called:
        if given <= len(called.takes):
            text = _("def {def_} ({line}) takes less by place: the rest is given by name")
            return text.format(def_=called.name, line=place_of(called))
        text = _("def {def_} ({line}) takes {takes}, and was given {count}")
        count = given - 1 if called.takes[:1] == ("self",) else given
        takes = ", ".join(called.takes[1:] if called.takes[:1] == ("self",) else called.takes)
        return text.format(
            def_=called.name, line=place_of(called), takes=takes or _("nothing"), count=count
        )
    return ""


def namesake(called: Defined, given: int, file: File) -> Defined | None:
    """Return the method of another class by the same name that takes what was given."""
    others = (each for each in file.named(called.name, "def") if each.within != called.within)
    return next((each for each in others if each.within and len(each.takes) == given), None)


def too_few(scene: Scene, path: str, missing: str, file: File) -> str:
    """Say why a function was given less than it takes."""
    called = defined(path, file)
    names = missing.replace("'", "")
    if scene.form == "call" and scene.deeper == "" and scene.parts:
        func, *arguments = scene.parts
        owner, _dot, name = func.text.rpartition(".")
        if called and is_method(called, file) and owner == called.within:
            text = _("{owner} is the class: {name} is called on an object of it")
            return text.format(owner=owner, name=name)
        if func.kind == "class" and arguments == [] and called and called.name == "__init__":
            text = _("{call} makes a {cls} of nothing: its __init__ ({line}) wants {names}")
            return text.format(
                call=scene.text, cls=func.text, line=place_of(called), names=names
            )
        text = _("{call} lacks {names}")
        if called:
            text = _("{call} lacks {names}, which def {def_} ({line}) takes")
        return text.format(
            call=scene.text, names=names, def_=called.name if called else "",
            line=place_of(called) if called else "",
        )  # fmt: skip
    if called:
        text = _("def {def_} ({line}) takes {takes}: it is called without {names}")
        return text.format(
            def_=called.name, line=place_of(called), takes=listed(called), names=names
        )
    return ""


def no_arguments(scene: Scene, cls: str, file: File) -> str:
    """Say why a class takes nothing in its brackets."""
    if told := misnamed(file.methods(cls), "__init__") or elsewhere("__init__", cls, file):
        return told
    if "__call__" in {method.name for method in file.methods(cls)}:
        text = _("{cls}(…) makes an object of the class, and takes nothing")
        return text.format(cls=cls)
    return _("class {cls} has no __init__ that takes anything").format(cls=cls)


def not_callable(scene: Scene, kind: str, file: File) -> str:
    """Say what was called that can't be."""
    if kind in file.classes and is_function(kind, file):
        return no_call(kind, file)
    if scene.form == "call" and scene.deeper and len(scene.parts) > 1:
        text = _("{func} calls what it is given: a function is due there, not {what}")
        return text.format(func=scene.parts[0].text, what=in_words(Part(), kind))
    shown = (
        scene.parts[0] if scene.form == "call" and scene.parts and not scene.deeper else None
    )
    if shown is None:
        return no_call(kind, file) if kind in file.classes else ""
    text = _(
        "{func} is {what} here. Brackets after it call it: is an operator missing, or a "
        "bracket too much?"
    )
    return text.format(func=shown.text, what=in_words(shown, kind))


def is_function(cls: str, file: File) -> bool:
    """Return whether a class is meant to be a Function: its objects are there to be called."""
    return any(method.name == "forward" for method in file.methods(cls))


def no_call(cls: str, file: File) -> str:
    """Say why objects of a class of the step's can't be called."""
    if told := misnamed(file.methods(cls), "__call__"):
        return told
    called = file.named("__call__", "def")
    if called and not file.classes[cls].takes:
        text = _("class {cls} ({line}) is made of no other: def __call__ is in {other} ({at})")
        return text.format(
            cls=cls, line=place_of(file.classes[cls]), other=called[0].within,
            at=place_of(called[0]),
        )  # fmt: skip
    return _("a {cls} can't be called: that takes a def __call__ in its class").format(cls=cls)
