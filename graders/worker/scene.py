"""Where in the student's code an exception was raised, and what was at hand there.

An object is looked into as it lies there: no attribute is asked for in a way that a student's
class may answer.
"""

import ast
import types
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from graders.evidence import LONGEST, MOST_PARTS, Form, Part, PartKind, Scene
from graders.values import sendable
from graders.wire import Piece
from graders.worker.looking import has_dict, held, is_a, is_class
from graders.worker.probes import DEFINED
from graders.worker.stand_in import StandIn

Position = tuple[int | None, int | None, int | None, int | None]
UNKNOWN = object()
"""Stands for what can't be told without running something."""
OURS = (DEFINED, "<implementation>")
"""Where the code of a suite's comes from."""
SIGNS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "Pow": "**", "MatMult": "@", "Mod": "%",
    "FloorDiv": "//", "BitXor": "^", "BitOr": "|", "BitAnd": "&", "LShift": "<<",
    "RShift": ">>", "USub": "-", "UAdd": "+", "Invert": "~", "Eq": "==", "NotEq": "!=",
    "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "In": "in", "NotIn": "not in", "Is": "is",
    "IsNot": "is not", "Not": "not",
}  # fmt: skip
PLAIN: tuple[tuple[PartKind, tuple[type, ...]], ...] = (
    ("none", (type(None),)),
    ("number", (bool, int, float, complex)),
    ("text", (str, bytes)),
    ("memory", (memoryview,)),
    ("list", (list, tuple, dict, set)),
    ("function", (types.FunctionType, types.BuiltinFunctionType, np.ufunc)),
    ("method", (types.MethodType,)),
    ("module", (types.ModuleType,)),
    ("absent", (StandIn,)),
)
KINDS = {id(cls): kind for kind, classes in PLAIN for cls in classes}
"""What the objects of a class are, by its identity."""
SCALARS = frozenset(id(cls) for cls in np.sctypeDict.values())


def scene(
    error: BaseException, places: Mapping[str, Piece], trees: Mapping[str, ast.Module]
) -> Scene:
    """Return where an exception came from; ``trees`` are those of the student's files."""
    try:
        if is_a(error, SyntaxError):
            where, line = (held(SyntaxError, name, error) for name in ("filename", "lineno"))
            if type(where) is str and where in places and type(line) is int:
                return unread(line, places[where].text.split("\n"))
        return seen(error, trees)
    except BaseException:  # a student's objects may do anything when they are looked at
        return Scene()


def seen(error: BaseException, trees: Mapping[str, ast.Module]) -> Scene:
    """Return where an exception came from.  Raise whatever comes of looking."""
    frames = [*traceback_of(error)]
    own = [step for step in frames if step.tb_frame.f_code.co_filename in trees]
    files = [step.tb_frame.f_code.co_filename for step in frames]
    below = files[frames.index(own[-1]) + 1 :] if own else files
    by_grader = any(file in OURS for file in below)
    sought, of = lacks(error)
    found = at(own[-1], trees) if own else Scene()
    return Scene(
        found.form, found.text, found.parts, found.sign, found.within, found.owner, found.given,
        cut(sought) if type(sought) is str else "",
        Part("", *kind_of(of)),
        "grader" if by_grader else "library" if below and own else "",
    )  # fmt: skip


def lacks(error: BaseException) -> tuple[Any, Any]:
    """Return the name that an exception is for want of, and the object that lacks it."""
    if is_a(error, AttributeError):
        return held(AttributeError, "name", error), held(AttributeError, "obj", error)
    if is_a(error, NameError):
        return held(NameError, "name", error), UNKNOWN
    return None, UNKNOWN


def unread(line: int, lines: list[str]) -> Scene:
    """Return the line that Python could not read, and the one above."""
    last = max(1, min(line, len(lines)))
    above = next(filter(str.strip, reversed(lines[: last - 1])), "")
    return Scene("syntax", cut(lines[last - 1], 200), sign=cut(above, 200))


def traceback_of(error: BaseException) -> Iterator[types.TracebackType]:
    """Yield the steps of a traceback, outermost first."""
    step = held(BaseException, "__traceback__", error)
    while step is not None:
        yield step
        step = step.tb_next


def at(step: types.TracebackType, trees: Mapping[str, ast.Module]) -> Scene:
    """Return the expression that a step of a traceback has come to, with its parts."""
    frame, code = step.tb_frame, step.tb_frame.f_code
    where = next(islice(code.co_positions(), step.tb_lasti // 2, None), (None,) * 4)
    node = nodes(trees[code.co_filename]).get(where)
    form, sign, parts = taken_apart(node)
    names = code.co_varnames[: code.co_argcount]
    method = "." in code.co_qualname.replace("<locals>.", "") and names
    itself = frame.f_locals.get(names[0], UNKNOWN) if method else UNKNOWN
    given = names[1 if method else 0 :][:MOST_PARTS]
    return Scene(
        form,
        cut(ast.unparse(node)) if isinstance(node, ast.expr) else "",
        tuple(Part(cut(ast.unparse(n)), *kind_of(thing_at(n, frame))) for n in parts),
        sign,
        cut(code.co_qualname.replace("<locals>.", ""), 200),
        "" if itself is UNKNOWN else kind_of(itself)[1],
        tuple(Part(cut(n), *kind_of(frame.f_locals.get(n, UNKNOWN))) for n in given),
    )


@lru_cache
def nodes(tree: ast.Module) -> dict[Position, ast.AST]:
    """Return the statements and expressions of a file by the place that they take up, of two
    the inner one.
    """
    return {
        (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset): node
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt)
    }


def taken_apart(node: ast.AST | None) -> tuple[Form, str, list[ast.expr]]:
    """Return what an expression is, its operator and its parts."""
    match node:
        case ast.Attribute(value=value):
            return "attribute", "", [value]
        case ast.Name():
            return "name", "", [node]
        case ast.Call(func=func, args=args, keywords=keywords):
            given = [argument for argument in args if not isinstance(argument, ast.Starred)]
            parts = [func, *given, *(keyword.value for keyword in keywords)]
            return "call", "", parts[:MOST_PARTS]
        case ast.BinOp(left=left, op=op, right=right):
            return "operation", SIGNS[type(op).__name__], [left, right]
        case ast.AugAssign(target=target, op=op, value=value):
            return "operation", SIGNS[type(op).__name__] + "=", [target, value]
        case ast.Compare(left=left, ops=[op, *_], comparators=[right, *_]):
            return "operation", SIGNS[type(op).__name__], [left, right]
        case ast.UnaryOp(op=op, operand=operand):
            return "operation", SIGNS[type(op).__name__], [operand]
        case ast.Subscript(value=value, slice=index):
            return "subscript", "", [value, index]
        case ast.Raise(exc=ast.expr() as raised):
            return "raise", "", [raised]
        case None:
            return "", "", []
    return "other", "", []


def thing_at(node: ast.expr, frame: types.FrameType) -> Any:
    """Return what an expression stands for in a frame, where nothing needs to be run."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            for space in (frame.f_locals, frame.f_globals, frame.f_builtins):
                if name in space:
                    return space[name]
        case ast.Attribute(value=value, attr=name):
            return attribute(thing_at(value, frame), name)
    return UNKNOWN


def attribute(thing: Any, name: str) -> Any:
    """Return what an object has by a name, as it lies there."""
    of = type(thing)
    if thing is UNKNOWN or of is StandIn:
        return thing
    if of is np.ndarray or id(of) in SCALARS:
        return getattr(thing, name, UNKNOWN)
    if has_dict(thing):
        own = object.__getattribute__(thing, "__dict__")
        if name in own:
            return own[name]
    for cls in type.__dict__["__mro__"].__get__(thing if is_class(thing) else of):
        found = type.__dict__["__dict__"].__get__(cls)
        if name in found:
            raw = found[name]
            if type(raw) is types.FunctionType:
                return raw if is_class(thing) else types.MethodType(raw, UNKNOWN)
            return UNKNOWN if answers(type(raw)) else raw
    return UNKNOWN


def name_of(thing: Any) -> str:
    """Return the name of a function, a method or a module, as it keeps it."""
    thing = thing.__func__ if type(thing) is types.MethodType else thing
    if is_a(thing, types.ModuleType):
        name = held(types.ModuleType, "__dict__", thing).get("__name__")
    else:
        plain = KINDS.get(id(type(thing))) == "function"
        name = held(type(thing), "__name__", thing) if plain else ""
    return name if type(name) is str else ""


def without_super(message: str, error: BaseException) -> str:
    """Return a message that names a class where Python names the way to it, ``super``."""
    of = lacks(error)[1]
    if type(of) is super:
        return message.replace("'super' object", f"class '{kind_of(of)[1]}'", 1)
    return message


def answers(cls: type) -> bool:
    """Return whether objects of a class answer for what is asked of their holder."""
    ancestry = type.__dict__["__mro__"].__get__(cls)
    return any("__get__" in type.__dict__["__dict__"].__get__(each) for each in ancestry)


def kind_of(thing: Any) -> tuple[PartKind, str]:
    """Return what a thing is, and its name or that of its class."""
    of = type(thing)
    if thing is UNKNOWN:
        return "unknown", ""
    kind = KINDS.get(id(of))
    if kind in ("module", "function", "method", "absent"):
        return kind, cut(name_of(thing))
    if kind:
        return kind, of.__name__
    if is_class(thing):
        return "class", cut(type.__dict__["__name__"].__get__(thing))
    name = cut(type.__dict__["__name__"].__get__(of))
    if is_a(thing, np.ndarray):
        return "array", name
    if is_a(thing, np.generic):
        return "number", name
    if of is super:
        above = type.__dict__["__mro__"].__get__(held(super, "__thisclass__", thing))
        return "class", cut(type.__dict__["__name__"].__get__(above[1]))
    return ("function" if name == "builtin_function_or_method" else "instance"), name


def cut(text: str, most: int = LONGEST) -> str:
    """Return the beginning of a text, as it can be sent."""
    return sendable(text, most)
