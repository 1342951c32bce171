"""What a body needs beside itself: imports, functions of one's own, attributes of its class."""

import builtins
import symtable
from dataclasses import dataclass, field

import libcst as cst

from graders.holes import hole
from graders.words import _

Node = cst.FunctionDef | cst.ClassDef | cst.SimpleStatementLine


class NotSimple(Exception):
    """Something that a body needs and that can't be taken along, with the reason."""


@dataclass(frozen=True)
class File:
    """A step's file: its name, its tree, and what its module-level names stand for."""

    name: str
    module: cst.Module
    nodes: dict[str, list[Node]] = field(init=False)
    """Each name's plain definitions at module level."""
    bound: frozenset[str] = field(init=False)
    """All names bound at module level, however deep in a ``try`` or an ``if``."""
    has_star: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look the names up."""
        object.__setattr__(self, "nodes", members(self.module.body))
        object.__setattr__(self, "bound", bound_names(self.module.code))
        object.__setattr__(self, "has_star", "*" in self.nodes)

    def owner(self, name: str) -> cst.ClassDef | None:
        """Return the class that a qualified name's method belongs to."""
        last = self.nodes.get(name.partition(".")[0], [None])[-1]
        return last if "." in name and isinstance(last, cst.ClassDef) else None


@dataclass
class Belongings:
    """What one body takes along from its file to another, in the order that it is needed in."""

    donor: File
    target: File
    anchor: Node
    """The statement of the target that the body belongs to: helpers are put above it."""
    had: dict[str, str]
    """The code of what was taken along for other bodies before, by qualified name."""
    imports: dict[str, cst.SimpleStatementLine] = field(default_factory=dict)
    helpers: dict[str, list[Node]] = field(default_factory=dict)
    attributes: dict[str, list[Node]] = field(default_factory=dict)
    """By qualified name, as they all are of one class."""

    def gather(self, name: str, node: Node) -> None:
        """Gather what a definition of that name needs.  Raise NotSimple."""
        now, later = free_names(node)
        there = class_members(self.donor.owner(name))
        here = class_members(self.target.owner(name))
        cls = name.partition(".")[0]
        asked = attributes_of(node, cls) | (now & set(there)) if "." in name else set()
        for attribute in sorted(asked - set(here)):
            if attribute in there:
                self.take_attribute(f"{cls}.{attribute}", there[attribute])
            else:
                self.refuse_inherited(name, attribute)
        for needed in sorted(now - set(there) | later):
            self.resolve(needed)

    def take_attribute(self, name: str, nodes: list[Node]) -> None:
        """Take a method or an attribute of the body's class along.  Raise NotSimple."""
        if name not in self.attributes and not self.is_had(name, nodes):
            self.attributes[name] = nodes
            self.gather_each(name, nodes)
            self.attributes[name] = self.attributes.pop(name)  # behind what it needs itself

    def refuse_inherited(self, name: str, attribute: str) -> None:
        """Raise NotSimple when an attribute comes from a class that the target lacks."""
        owner = self.donor.owner(name)
        for base in owner.bases if owner else ():
            called = base.value.value if isinstance(base.value, cst.Name) else ""
            parent = self.donor.nodes.get(called, [None])[-1]
            if isinstance(parent, cst.ClassDef) and attribute in class_members(parent):
                if called not in self.target.bound:
                    text = _("it uses {attribute} of the class {name}")
                    raise NotSimple(text.format(attribute=attribute, name=called))

    def resolve(self, name: str) -> None:
        """Take along what a name stands for, unless the target has it.  Raise NotSimple."""
        there = self.donor.nodes.get(name, [])
        if name in self.target.bound:
            here = self.target.nodes.get(name, [])
            if is_import(there) and here and not is_import(here) and not from_step(there):
                text = _("{name} is something else in {file}")
                raise NotSimple(text.format(name=name, file=self.target.name))
        elif there and not is_import(there):
            self.take_helper(name, there)
        elif there:
            line = only(name, there[-1])
            if not self.is_had(name, [line]):
                self.imports[name] = line
        elif name in self.donor.bound:
            text = _("{name} is defined in a way that is not simple")
            raise NotSimple(text.format(name=name))
        elif self.donor.has_star and not hasattr(builtins, name):
            text = _("{name} may come from an “import *”")
            raise NotSimple(text.format(name=name))

    def take_helper(self, name: str, nodes: list[Node]) -> None:
        """Take a function, class or constant along.  Raise NotSimple if it came too soon."""
        if name in self.helpers or self.is_had(name, nodes):
            return
        body = list(self.target.module.body)
        below = set(members(body[body.index(self.anchor) :]))
        if any(free_names(node)[0] & below for node in nodes):
            text = _("{name} needs what {file} defines further down")
            raise NotSimple(text.format(name=name, file=self.target.name))
        self.helpers[name] = nodes
        self.gather_each(name, nodes)
        self.helpers[name] = self.helpers.pop(name)  # behind what it needs itself

    def gather_each(self, name: str, nodes: list[Node]) -> None:
        """Gather what definitions need that are taken along themselves.  Raise NotSimple."""
        for node in nodes:
            if isinstance(node, cst.FunctionDef) and hole(node):
                raise NotSimple(_("{name} is still to be written").format(name=name))
            self.gather(name, node)

    def is_had(self, name: str, nodes: list[Node]) -> bool:
        """Return whether just this was taken along before.  Raise NotSimple if another was."""
        if self.had.get(name, code(nodes)) != code(nodes):
            text = _("{name} is not the same in your earlier files")
            raise NotSimple(text.format(name=name))
        return name in self.had

    def taken(self) -> dict[str, list[Node]]:
        """Return all that is taken along, by qualified name."""
        lines: dict[str, list[Node]] = {name: [line] for name, line in self.imports.items()}
        return lines | self.helpers | self.attributes


def code(nodes: list[Node]) -> str:
    """Return the text of definitions, without what surrounds them."""
    return cst.Module(nodes).code.strip()


def members(body: object) -> dict[str, list[Node]]:
    """Return the plain definitions, assignments and imports of a block, by name."""
    found: dict[str, list[Node]] = {}
    assert isinstance(body, (list, tuple))
    for node in body:
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            found.setdefault(node.name.value, []).append(node)
        elif isinstance(node, cst.SimpleStatementLine):
            for name in names_bound(node):
                found.setdefault(name, []).append(node)
    return found


def names_bound(line: cst.SimpleStatementLine) -> list[str]:
    """Return the names that a line of one plain assignment or import binds."""
    small = line.body[0]
    if isinstance(small, (cst.Import, cst.ImportFrom)):
        if isinstance(small.names, cst.ImportStar):
            return ["*"]
        return [bound_by(alias) for alias in small.names]
    if len(line.body) > 1:
        return []
    targets = [part.target for part in small.targets] if isinstance(small, cst.Assign) else []
    targets += [small.target] if isinstance(small, cst.AnnAssign) else []
    return [target.value for target in targets if isinstance(target, cst.Name)]


def bound_by(alias: cst.ImportAlias) -> str:
    """Return the name that an import binds: ``np``, or ``os`` of ``os.path``."""
    return alias.evaluated_alias or alias.evaluated_name.partition(".")[0]


def is_import(nodes: list[Node]) -> bool:
    """Return whether a name's last definition is an import."""
    line = nodes[-1] if nodes else None
    return isinstance(line, cst.SimpleStatementLine) and isinstance(
        line.body[0], (cst.Import, cst.ImportFrom)
    )


def from_step(nodes: list[Node]) -> bool:
    """Return whether a name is imported from one of the course's own files."""
    return "step" in cst.Module([nodes[-1]]).code.partition("import")[0]


def only(name: str, line: Node) -> cst.SimpleStatementLine:
    """Return an import line reduced to one of the names that it binds."""
    assert isinstance(line, cst.SimpleStatementLine)
    small = line.body[0]
    assert isinstance(small, (cst.Import, cst.ImportFrom))
    assert not isinstance(small.names, cst.ImportStar)
    (alias,) = [alias for alias in small.names if bound_by(alias) == name][-1:]
    alone = alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)
    if isinstance(small, cst.ImportFrom):
        return cst.SimpleStatementLine(
            [small.with_changes(names=[alone], lpar=None, rpar=None)]
        )
    return cst.SimpleStatementLine([small.with_changes(names=[alone])])


def class_members(owner: cst.ClassDef | None) -> dict[str, list[Node]]:
    """Return what a class defines, by name."""
    return members(list(owner.body.body)) if owner else {}


def attributes_of(node: Node, cls: str) -> set[str]:
    """Return the attributes that a method asks of its own object or class."""
    first = ""
    if isinstance(node, cst.FunctionDef):
        every = [*node.params.posonly_params, *node.params.params]
        first = every[0].name.value if every else ""
    finder = Attributes({first, cls, "cls"})
    node.visit(finder)
    return finder.found


class Attributes(cst.CSTVisitor):
    """Finds the attributes that are asked of some names."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names
        self.found: set[str] = set()

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """Note an attribute of one of the names."""
        if isinstance(node.value, cst.Name) and node.value.value in self.names:
            self.found.add(node.attr.value)


def free_names(node: Node) -> tuple[set[str], set[str]]:
    """Return the global names that a definition needs when it is made, and when it is used."""
    try:
        top = symtable.symtable(cst.Module([node]).code, "?", "exec")
    except SyntaxError as error:
        raise NotSimple(str(error)) from error
    own = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned()}
    now = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    later: set[str] = set()
    tables = list(top.get_children())
    for table in tables:
        tables += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_global() and symbol.is_referenced():
                at_once = table.get_type() == "class"
                (now if at_once else later).add(symbol.get_name())
    return now - own, later - own


def bound_names(code: str) -> frozenset[str]:
    """Return all names that a file binds at module level."""
    top = symtable.symtable(code, "?", "exec")
    return frozenset(
        symbol.get_name()
        for symbol in top.get_symbols()
        if symbol.is_assigned() or symbol.is_imported()
    )
