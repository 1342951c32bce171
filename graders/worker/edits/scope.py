"""What a place in a file has in reach, and what the file as a whole speaks of."""

import ast
import builtins
import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graders.worker.source import COURSE, is_main, parameters

SPECIAL = ("__init__", "__call__", "forward", "backward", "set_creator")
ATTRIBUTES = ("data", "grad", "creator", "input", "output")
"""What the course's objects hold."""
MOST_NAMES = 12
"""How many names of a function's own are thought of where another may be meant."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (ast.ClassDef, *FUNCTIONS)


@dataclass(frozen=True)
class Scope:
    """The function that a place stands in, if any, and the class around that."""

    path: str = ""
    cls: ast.ClassDef | None = None
    function: ast.FunctionDef | ast.AsyncFunctionDef | None = None
    held: Mapping[int, Mapping[str, set[str]]] = field(default_factory=dict)
    """What was seen in the names of functions, by their first line."""
    called: str = "self"
    """What the file's methods call their object."""
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    """The kinds of names, as they become known."""

    @cached_property
    def takes(self) -> tuple[str, ...]:
        """The function's parameters."""
        return tuple(parameters(self.function)) if self.function else ()

    @cached_property
    def gives(self) -> tuple[str, ...]:
        """The names that the function gives a value, in order."""
        nodes = ast.walk(self.function) if self.function else ()
        named = [node for node in nodes if isinstance(node, ast.Name)]
        stored = [node for node in named if isinstance(node.ctx, ast.Store)]
        stored.sort(key=lambda node: (node.lineno, node.col_offset))
        return tuple(dict.fromkeys(node.id for node in stored))

    @cached_property
    def values(self) -> dict[str, list[ast.expr]]:
        """What the function gives to its names, by name."""
        found: dict[str, list[ast.expr]] = {}
        for pair in map(assignment, ast.walk(self.function) if self.function else ()):
            if pair and isinstance(pair[0], ast.Name):
                found.setdefault(pair[0].id, []).append(pair[1])
        return found

    @property
    def own(self) -> str:
        """The parameter that is the method's object, if it has one."""
        return self.called if self.cls and self.takes[:1] == (self.called,) else ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the function has by itself, but for its object."""
        every = dict.fromkeys((*self.takes, *self.gives[:MOST_NAMES]))
        return tuple(name for name in every if name != self.own)

    def inside(self, node: ast.AST) -> "Scope":
        """Return what there is inside a class or a function of this scope."""
        path = f"{self.path}.{node.name}" if self.path else node.name  # type: ignore[attr-defined]  # it has a name
        if isinstance(node, ast.ClassDef):
            return Scope(path, node, None, self.held, self.called)
        assert isinstance(node, FUNCTIONS)
        cls = self.cls if not self.function else None
        return Scope(path, cls, node, self.held, self.called)

    @cached_property
    def kinds(self) -> Mapping[str, set[str]]:
        """What was seen in the function's names."""
        node = self.function
        lines = [each.lineno for each in getattr(node, "decorator_list", ())]
        return self.held.get(min([node.lineno, *lines]), {}) if node else {}


@dataclass
class File:
    """What a file speaks of."""

    tree: ast.Module
    names: set[str] = field(default_factory=set)
    """What stands at its top."""

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            match node:
                case ast.Import(names=names) | ast.ImportFrom(names=names):
                    self.names |= {(each.asname or each.name).split(".")[0] for each in names}
        for node in self.tree.body:
            if isinstance(node, DEFINITIONS):
                self.names.add(node.name)
            elif not is_main(node):
                self.names |= set(stored(node))

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        """Its classes, by name."""
        return {n.name: n for n in ast.walk(self.tree) if isinstance(n, ast.ClassDef)}

    @cached_property
    def values(self) -> dict[str, ast.expr]:
        """What is made by a call at its top, by the name that it is given."""
        pairs = filter(None, map(assignment, self.tree.body))
        return {target.id: value for target, value in pairs
                if isinstance(target, ast.Name) and isinstance(value, ast.Call)}  # fmt: skip

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """The functions at its top."""
        return {n.name: n for n in self.tree.body if isinstance(n, ast.FunctionDef)}

    @cached_property
    def methods(self) -> dict[str, list[ast.FunctionDef]]:
        """The methods of its classes, by name."""
        found: dict[str, list[ast.FunctionDef]] = {}
        for cls in self.classes.values():
            for node in cls.body:
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(node.name, []).append(node)
        return found

    @cached_property
    def own(self) -> str:
        """What its methods call their object, most of them."""
        stored = [n.value for n in self.attribute_nodes if isinstance(n.ctx, ast.Store)]
        of = {n.id for n in stored if isinstance(n, ast.Name)}
        every = [each for named in self.methods.values() for each in named]
        first = Counter(each.args.args[0].arg for each in every if each.args.args)
        return next((name for name, _times in first.most_common() if name in of), "self")

    @cached_property
    def stored(self) -> set[str]:
        """The attributes that are given a value anywhere."""
        return attributes_stored(self.attribute_nodes)

    @cached_property
    def read(self) -> set[str]:
        """The attributes that are read anywhere."""
        return {n.attr for n in self.attribute_nodes if isinstance(n.ctx, ast.Load)}

    @cached_property
    def attribute_nodes(self) -> list[ast.Attribute]:
        """Every attribute in it, but for those of numpy."""
        nodes = (n for n in ast.walk(self.tree) if isinstance(n, ast.Attribute))
        return [n for n in nodes if not (isinstance(n.value, ast.Name) and n.value.id == "np")]

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """What its objects hold, or may."""
        known = (*self.stored, *(name for name in ATTRIBUTES if name in self.read))
        return tuple(sorted({*known}))

    def is_bound(self, name: str, scope: Scope) -> bool:
        """Return whether Python knows a name at a place."""
        return (
            name in self.names
            or name in scope.names
            or name == scope.own
            or (hasattr(builtins, name))
        )

    def unbound(self, scope: Scope) -> list[str]:
        """Return the names that a scope's function reads in vain, in order and each once."""
        nodes = ast.walk(scope.function) if scope.function else ()
        names = (node for node in nodes if isinstance(node, ast.Name))
        read = dict.fromkeys(node.id for node in names if isinstance(node.ctx, ast.Load))
        return [name for name in read if not self.is_bound(name, scope)]

    @cached_property
    def uses_as_array(self) -> bool:
        """Whether it ever asks for its own as_array."""
        names = (n for n in ast.walk(self.tree) if isinstance(n, ast.Name))
        return any(n.id == "as_array" and isinstance(n.ctx, ast.Load) for n in names)

    def near(self, name: str, scope: Scope) -> list[str]:
        """Return the names in reach that are spelt almost like one."""
        there = sorted(
            {*self.names, *scope.names, *COURSE, *filter(str.islower, dir(builtins))}
        )
        return [n for n in difflib.get_close_matches(name, there, 3, 0.6) if n != name]


def assignment(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """Return what is given a value by a statement, and the value, where that is one of one."""
    match node:
        case ast.Assign(targets=[target], value=value):
            return target, value
        case ast.AnnAssign(target=target, value=value) if value:
            return target, value
    return None


def attributes_stored(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the attributes that are given a value, of the nodes of a tree."""
    found = (n for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store))
    return {node.attr for node in found}


def is_text(statement: ast.stmt) -> bool:
    """Return whether a statement is a text, or a comment as it were."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def stored(node: ast.AST) -> Iterator[str]:
    """Yield the names that are given a value in a part of a tree."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id


def places(
    tree: ast.Module,
    held: Mapping[int, Mapping[str, set[str]]] | None = None,
    own: str = "self",
) -> Iterator[tuple[list[ast.stmt], ast.AST, Scope]]:
    """Yield each block of statements, what it belongs to and what is in reach there."""
    ahead: list[tuple[ast.AST, Scope]] = [(tree, Scope(held=held or {}, called=own))]
    while ahead:
        node, scope = ahead.pop(0)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if not isinstance(block, list) or not block:
                continue
            if is_main(node):
                continue
            yield block, node, scope
            for each in block:
                deeper = isinstance(each, DEFINITIONS)
                ahead.append((each, scope.inside(each) if deeper else scope))
        for handler in getattr(node, "handlers", ()):
            ahead.append((handler, scope))
