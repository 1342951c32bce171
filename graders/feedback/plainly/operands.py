"""What it means that an operator, or one of numpy's functions, can't take what it was given."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from graders import wire
from graders.evidence import Part, Scene
from graders.feedback.plainly.file import File, at
from graders.feedback.plainly.parts import in_words
from graders.words import _

UNSUPPORTED = re.compile(
    r"unsupported operand type\(s\) for (\S+?)(?: or pow\(\))?: '([\w.]+)' and '([\w.]+)'"
)
BAD_UNARY = re.compile(r"bad operand type for unary (\S+): '([\w.]+)'")
ORDER = re.compile(r"'\S+' not supported between instances of '([\w.]+)' and '([\w.]+)'")
OF_NUMPY = re.compile(
    r"loop of ufunc does not support argument \d of type (\w+)|"
    r"ufunc '(\w+)' not supported for the input types"
)
NOT_A = re.compile(
    r"'([\w.]+)' object (?:is not (?:iterable|subscriptable)|does not support item assignment)|"
    r"object of type '([\w.]+)' has no len"
)
NO_PAIR = re.compile(
    r"cannot unpack non-iterable (\w+) object|(?:not enough|too many) values to unpack"
)
NO_ARGUMENT = re.compile(r"\w+\(\) argument must be .*, not '([\w.]+)'")
NO_INTEGER = re.compile(r"'([\w.]+)' object cannot be interpreted as an integer")
NOT_RAISABLE = re.compile(r"exceptions must (?:be old-style classes or )?derive from")
IS_INSTANCE = re.compile(r"isinstance\(\) arg 2 must be a type")
TRUTH = re.compile(r"truth value of an array")
ONE_NUMBER = re.compile(
    r"only (?:0-dimensional|length-1|size-1) arrays can be converted|an array of size 1"
)
LIST_TIMES = re.compile(r"can't multiply sequence by non-int of type|can only concatenate")


NOWHERE: Mapping[str, str] = MappingProxyType({})


def meaning(raised: wire.Raised, file: File) -> str:
    """Return what a TypeError or a ValueError means that comes of computing, or nothing."""
    scene, message = raised.scene, raised.message
    if TRUTH.search(message):
        return of_truth(scene)
    if ONE_NUMBER.search(message):
        return of_one_number(scene)
    if NO_PAIR.match(message):
        return _("= has several names on its left: it wants as many values on its right")
    if raised.name != "TypeError":
        return ""
    if scene.sign in ("^", "^=") or "bitwise_xor" in message:
        return _("^ compares bits in Python: a power is written with two stars")
    for pattern in (UNSUPPORTED, BAD_UNARY, ORDER, OF_NUMPY, NOT_A, LIST_TIMES, NO_ARGUMENT):
        if found := pattern.search(message):
            types = [group for group in found.groups() if group]
            return of_operands(scene, types, file, handed_over(raised, file))
    told = scene.form == "call" and scene.parts[1:] and scene.parts[1].kind != "unknown"
    if NO_INTEGER.match(message) and told:
        func, given, *_more = scene.parts
        text = _("{func} wants whole numbers, and {given} is {what} here")
        return text.format(func=func.text, given=given.text, what=in_words(given))
    if NOT_RAISABLE.match(message):
        return not_raisable(scene)
    if IS_INSTANCE.match(message):
        return of_isinstance(scene)
    return ""


def handed_over(raised: wire.Raised, file: File) -> dict[str, str]:
    """Return where the arguments of a Function's method come from, by name, if that is one of
    the student's own lines.
    """
    here = file.by_path(raised.scene.within)
    if here is None or here.name not in ("forward", "backward") or len(raised.lines) < 2:
        return {}
    caller = raised.lines[-2]
    return dict.fromkeys(here.takes[1:], at(caller.number, caller.cell or 0))


def of_operands(
    scene: Scene, types: list[str], file: File, origins: Mapping[str, str] = NOWHERE
) -> str:
    """Say which part of an expression can't be computed with, and what it is.

    ``origins`` tells where names come from that were handed over.
    """
    parts = scene.parts[1:] if scene.form == "call" else scene.parts
    if scene.deeper == "grader":
        return handed_on(types, parts)
    if own := called_otherwise(scene, file):
        return own
    if scene.within in ("square", "exp"):
        file = File()  # there it is not the numbers that are to be taken
    for wanted, told in TELLING:
        for part in parts:
            if part.kind == wanted and part.text != "None":
                if part.text in origins and wanted in ("none", "instance"):
                    return brought(part, origins[part.text])
                return told(part, file)
    return by_types(scene, types)


def brought(part: Part, line: str) -> str:
    """Say of an argument that it was no number when it was handed over."""
    text = _("{part} is {what} here, no number: it is handed over in {line}")
    return text.format(part=part.text, what=in_words(part), line=line)


def called_otherwise(scene: Scene, file: File) -> str:
    """Say that a class has a ``__call__`` of its own, in place of its base's, that is given a
    Variable.
    """
    cls, _dot, name = scene.within.rpartition(".")
    boxed = any(part.kind == "instance" for part in scene.given)
    for base in file.ancestry(cls)[1:]:
        if name == "__call__" and boxed and file.by_path(f"{base}.__call__"):
            text = _(
                "{cls} has its own __call__: that of {base}, which opens the box, isn't run"
            )
            return text.format(cls=cls, base=base)
    return ""


def of_none(part: Part, file: File) -> str:
    """Say of a part that it is None."""
    text = _("{part} is None here, and can't be computed with")
    return text.format(part=part.text)


def of_instance(part: Part, file: File) -> str:
    """Say of a part that it is an object of the step's."""
    if "data" in file.attributes(part.name):
        text = _("{part} is a {cls} here, no number: its numbers are in {part}.data")
    else:
        text = _("{part} is a {cls} here, no number")
    return text.format(part=part.text, cls=part.name)


def of_memory(part: Part, file: File) -> str:
    """Say of ``x.data`` that x is an array already."""
    array = part.text.removesuffix(".data")
    if array == part.text:
        text = _("{part} is the .data of an array here: .data was not taken of a Variable")
        return text.format(part=part.text)
    text = _("{array} is an array here, not a Variable: the numbers are {array} itself")
    return text.format(array=array)


def of_function(part: Part, file: File) -> str:
    """Say of a part that it has not been called."""
    text = _("{part} is a function here: without brackets after it, it isn't called")
    return text.format(part=part.text)


def of_class(part: Part, file: File) -> str:
    """Say of a part that it is a class."""
    return _("{part} is a class here, not a number").format(part=part.text)


def of_list(part: Part, file: File) -> str:
    """Say of a part that it is a list."""
    if part.name == "tuple":
        text = _("{part} is a tuple here: a comma at the end of a line makes one")
        return text.format(part=part.text)
    text = _("{part} is a {of} here: only an array is computed with as a whole")
    return text.format(part=part.text, of=part.name)


def of_text(part: Part, file: File) -> str:
    """Say of a part that it is a text."""
    return _("{part} is a text here, not a number").format(part=part.text)


TELLING = (
    ("none", of_none), ("memory", of_memory), ("instance", of_instance),
    ("function", of_function), ("method", of_function), ("class", of_class),
    ("list", of_list), ("text", of_text),
)  # fmt: skip
"""What is told first of the parts of an expression."""
DEFINED = ("function", "method", "class")
"""What may be handed over as it is."""


def by_types(scene: Scene, types: list[str]) -> str:
    """Say what can be said where only the types are known."""
    unknown = [part for part in scene.parts if part.kind == "unknown"]
    if len(unknown) == 1 and "NoneType" in types:
        text = _("{part} gives None, which can't be computed with: is a return missing there?")
        if not unknown[0].text.endswith(")"):
            text = _("{part} is None here, and can't be computed with")
        return text.format(part=unknown[0].text)
    if len(unknown) == 1 and "Variable" in types:
        text = _("{part} is a Variable here, no number")
        if unknown[0].text.endswith(")"):
            text = _("{part} gives a Variable, no number")
        return text.format(part=unknown[0].text)
    if "NoneType" in types:
        return _("None can't be computed with: was it never set, or is a return missing?")
    if "memoryview" in types:
        return _("this is an array's .data, not a Variable's: the array itself is the numbers")
    if "Variable" in types:
        return _("a Variable can't be computed with: its numbers are in .data")
    return ""


def handed_on(types: list[str], parts: tuple[Part, ...]) -> str:
    """Say that the student's code handed something on that can't be computed with."""
    for kind, _told in TELLING:
        for part in parts:
            if part.kind == kind and kind not in DEFINED:
                text = _("{part} is {what} here, and is handed over")
                if kind == "instance":
                    text = _("{part} is {what} here, and is handed over: numbers are due there")
                return text.format(part=part.text, what=in_words(part))
    if "NoneType" in types:
        return _("what is handed over in this line is None")
    if "Variable" in types:
        return _("what is handed over in this line is a Variable: its numbers are in .data")
    if "memoryview" in types:
        for part in parts:
            if part.text.endswith(".data") and part.kind in ("array", "number"):
                text = _("{part} is {what} here: is the Variable itself to be handed over?")
                return text.format(part=part.text, what=in_words(part))
    return ""


def of_truth(scene: Scene) -> str:
    """Say that an array was asked whether it is true."""
    text = _("an array of several numbers is neither true nor false")
    if scene.form == "call" or scene.deeper:
        return text
    if scene.sign in ("==", "!="):
        more = _("{sign} compares each of them. “is” asks whether something is there")
        return f"{text}: {more.format(sign=scene.sign)}"
    return _("{why}: “is” asks whether something is there").format(why=text)


def of_one_number(scene: Scene) -> str:
    """Say that a function of one number was given an array."""
    func = scene.parts[0].text if scene.form == "call" and scene.parts else ""
    if func.endswith(".item"):
        return _("{func} is for arrays of one number: this one has several").format(func=func)
    if func and not scene.deeper:
        return _("{func} takes one number only, and was given a whole array").format(func=func)
    return _("this takes one number only, and was given a whole array")


def not_raisable(scene: Scene) -> str:
    """Say that what is raised is no exception."""
    what = scene.parts[0] if scene.parts else Part()
    if what.text.startswith("NotImplemented"):
        return _("NotImplemented is no exception: is its name cut short?")
    text = _("only an exception can be raised, such as TypeError(…); {what} is none")
    return text.format(what=what.text) if what.text else ""


def of_isinstance(scene: Scene) -> str:
    """Say that isinstance was not given a type."""
    given = scene.parts[2:3]
    if given and given[0].text == "np.array":
        return _("np.array is a function that makes arrays: their type is np.ndarray")
    if given and given[0].kind != "unknown":
        text = _("isinstance takes the object first and the type second: {second} is {what}")
        return text.format(second=given[0].text, what=in_words(given[0]))
    return _("isinstance takes the object first and the type second")
