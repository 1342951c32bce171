"""What the names and expressions of a file come to, as far as its text or its last run tells.

A kind is a word: ``variable`` and ``function`` are the course's objects, ``number`` is an array
or a number, ``callable`` what can be called, ``list``, ``class``, ``module``, ``other``.  No
kind at all stands for what can't be told.
"""

import ast
from collections.abc import Iterator

from graders.evidence import Holds
from graders.worker.edits.scope import File, Scope, attributes_stored

VARIABLE, FUNCTION, NUMBER, LIST, CALLABLE = (
    "variable",
    "function",
    "number",
    "list",
    "callable",
)
NONE: frozenset[str] = frozenset()
DEEP = 3
"""Through how many names a value is followed that one gives to the next."""
SEEN = {
    "number": NUMBER, "array": NUMBER, "memory": NUMBER, "list": LIST, "function": CALLABLE,
    "method": CALLABLE, "class": "class", "module": "module", "text": "other",
}  # fmt: skip
"""Kinds by what a name was seen to hold."""
HOLDS = {VARIABLE: ("data", "grad", "creator"), FUNCTION: ("input", "output")}
"""What the course's objects hold."""
GIVES = {"data": NUMBER, "grad": NUMBER, "creator": FUNCTION, "input": VARIABLE,
         "output": VARIABLE}  # fmt: skip
DOES = {VARIABLE: ("backward", "set_creator"), FUNCTION: ("forward", "backward")}
GIVEN = {
    "forward": NUMBER, "backward": NUMBER, "__call__": VARIABLE, "set_creator": FUNCTION,
    "__init__": NUMBER, "as_array": NUMBER, "square": VARIABLE, "exp": VARIABLE,
}  # fmt: skip
"""What the course's functions are given."""
DUE = {"forward": NUMBER, "__call__": VARIABLE, "as_array": NUMBER}
"""What some of them give back."""
RETURNS = {"forward": NUMBER, "backward": NUMBER, "numerical_diff": NUMBER, "as_array": NUMBER,
           "square": VARIABLE, "exp": VARIABLE, "pop": FUNCTION}  # fmt: skip


def seen(file: File, held: Holds) -> str:
    """Return the kind of what a name was seen to hold, or nothing."""
    if held.kind == "instance":
        return role(file, held.of)
    return SEEN.get(held.kind, "")


def role(file: File, cls: str) -> str:
    """Return which of the course's objects those of a class are."""
    if cls == "Variable" or holds(file, cls, "data"):
        return VARIABLE
    known = file.classes.get(cls)
    return "other" if known and not is_function(file, known) else FUNCTION


def holds(file: File, cls: str, attribute: str) -> bool:
    """Return whether a class of the file's gives its objects an attribute."""
    node = file.classes.get(cls)
    return attribute in attributes_stored(ast.walk(node)) if node else False


def is_function(file: File, node: ast.ClassDef) -> bool:
    """Return whether the objects of a class are the course's Functions."""
    methods = {n.name for n in node.body if isinstance(n, ast.FunctionDef)}
    bases = {n.id for n in node.bases if isinstance(n, ast.Name)}
    return bool(methods & {"__call__", "forward"}) or "Function" in {node.name, *bases}


def of_name(file: File, scope: Scope, name: str, asked: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the kinds of what a name may hold at a place; ``asked`` are the names that hold
    it in turn, by which this one was come to.
    """
    if asked:
        return looked_up(file, scope, name, asked)
    if name not in scope.known:
        scope.known[name] = looked_up(file, scope, name, asked)
    return scope.known[name]


def looked_up(file: File, scope: Scope, name: str, asked: tuple[str, ...]) -> frozenset[str]:
    """Return what ``of_name`` does, of a name that has not been asked for."""
    if name in scope.kinds:
        return frozenset(scope.kinds[name])
    function = scope.function.name if scope.function else ""
    if scope.cls and name == scope.own:
        return frozenset({role(file, scope.cls.name)})
    if name in scope.takes:
        if function == "numerical_diff":
            place = scope.takes.index(name)
            return frozenset({(CALLABLE, VARIABLE, NUMBER)[min(place, 2)]})
        given = GIVEN.get(function)
        return frozenset({given}) if given else NONE
    if name in scope.gives:
        return assigned(file, scope, name, asked)
    if name in file.classes:
        return frozenset({"class"})
    if name in file.functions:
        return frozenset({CALLABLE})
    return NONE


def assigned(file: File, scope: Scope, name: str, asked: tuple[str, ...]) -> frozenset[str]:
    """Return the kinds of what a function gives to a name of its own."""
    found: set[str] = set()
    if len(asked) == DEEP:
        return NONE
    for value in scope.values.get(name, ()):
        if name in {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}:
            return NONE
        found |= of(file, scope, value, (*asked, name))
    return frozenset(found)


def of(file: File, scope: Scope, node: ast.expr, asked: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the kinds that an expression may come to."""
    match node:
        case ast.Name(id=name):
            return NONE if name in asked else of_name(file, scope, name, asked)
        case ast.Attribute(attr=name) if name in GIVES:
            return frozenset({GIVES[name]})
        case ast.BinOp() | ast.Constant(value=int() | float()):
            return frozenset({NUMBER})
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return of(file, scope, operand, asked)
        case ast.List() | ast.ListComp():
            return frozenset({LIST})
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"))):
            return frozenset({NUMBER})
        case ast.Call(func=ast.Name(id=name)) if name in file.classes:
            return frozenset({role(file, name)})
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in RETURNS:
            return frozenset({RETURNS[name]})
        case ast.Call(func=called) if {FUNCTION, CALLABLE} & of(file, scope, called, asked):
            return frozenset({VARIABLE})
    return NONE


def gives_back(file: File, scope: Scope) -> bool:
    """Return whether a function is to give something back: a few of the course's are not."""
    name = scope.function.name if scope.function else ""
    of = role(file, scope.cls.name) if scope.cls else ""
    return name not in ("__init__", "set_creator") and (name, of) != ("backward", "variable")


def may_be(kinds: frozenset[str], *wanted: str) -> bool:
    """Return whether what has these kinds may be of one of those that are wanted."""
    return not kinds or not kinds.isdisjoint(wanted)


def is_object(file: File, scope: Scope, name: str) -> bool:
    """Return whether a name may hold one of the course's objects."""
    return may_be(of_name(file, scope, name), VARIABLE, FUNCTION)


def callables(file: File, scope: Scope) -> list[str]:
    """Return the parameters that are functions."""
    return [n for n in scope.takes if CALLABLE in of_name(file, scope, n)]


def numbers(file: File, scope: Scope) -> list[str]:
    """Return the names that may have held something to compute with."""
    return [n for n in scope.names if may_be(of_name(file, scope, n), NUMBER)]


def attributes(file: File, kinds: frozenset[str]) -> tuple[str, ...]:
    """Return what objects of some kinds hold: the course's, and what the file gives them."""
    own = sorted(file.attributes)
    if not kinds:
        return tuple(own)
    known = [name for kind in kinds for name in HOLDS.get(kind, ())]
    others = {name for names in HOLDS.values() for name in names}
    special = [name for name in own if name not in others]
    return tuple(dict.fromkeys((*known, *special))) if known else ()


def methods(file: File, kinds: frozenset[str]) -> tuple[str, ...]:
    """Return what objects of some kinds can do: the course's, and what the file has."""
    known = [name for kind in kinds or DOES for name in DOES.get(kind, ())]
    taught = {name for names in DOES.values() for name in names}
    special = sorted(n for n in file.methods if n not in taught and n[:2] != "__")
    here = [name for name in dict.fromkeys(known) if name in file.methods]
    return tuple((*here, *special)) if known else ()


def terms(file: File, scope: Scope, kind: str) -> Iterator[str]:
    """Yield what stands for something of a kind at a place, of names and their attributes."""
    every = [*scope.names, *([scope.own] if scope.own else [])]
    kinds = {name: of_name(file, scope, name) for name in every}
    for name in every:
        if kind in kinds[name]:
            yield name
    for name in every:
        for held in attributes(file, kinds[name]) if kinds[name] else ():
            if GIVES.get(held) == kind:
                yield f"{name}.{held}"
    for name in every:
        if FUNCTION in kinds[name] and kind in (NUMBER, FUNCTION):
            for held in HOLDS[FUNCTION]:
                for deeper in HOLDS[VARIABLE]:
                    if GIVES[deeper] == kind:
                        yield f"{name}.{held}.{deeper}"
