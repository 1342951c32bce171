"""What the names in a file stand for, and which of them a definition needs."""

import symtable

import libcst as cst

Node = cst.FunctionDef | cst.ClassDef | cst.SimpleStatementLine


class NotSimple(Exception):
    """Something that a body needs and that can't be taken along, with the reason."""


class File:
    """A step's file: its name, its tree, and what its module-level names stand for."""

    def __init__(self, name: str, module: cst.Module) -> None:
        self.name = name
        self.module = module
        self.nodes = members(module.body)
        """Each name's plain definitions at module level."""
        self.bound = bound_names(module)
        """All names bound at module level, however deep in a ``try`` or an ``if``."""

    def owner(self, name: str) -> cst.ClassDef | None:
        """Return the class that a qualified name's method belongs to."""
        last = self.nodes.get(name.partition(".")[0], [None])[-1]
        return last if "." in name and isinstance(last, cst.ClassDef) else None


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
    return kind(nodes) is cst.Import


def kind(nodes: list[Node]) -> type[cst.CSTNode] | None:
    """Return what a name's last definition is: a function, a class, an import, a value."""
    if not nodes:
        return None
    last = nodes[-1]
    inner = last.body[0] if isinstance(last, cst.SimpleStatementLine) else last
    kinds: dict[type[cst.CSTNode], type[cst.CSTNode]]
    kinds = {cst.ImportFrom: cst.Import, cst.AnnAssign: cst.Assign}
    return kinds.get(type(inner), type(inner))


def is_another(name: str, there: list[Node], here: list[Node]) -> bool:
    """Return whether a name's plain definitions in two files are different things.

    What is imported from another step is what that step defines.
    """
    if not there or not here or (is_import(there) and from_step(there)):
        return False
    if is_import(there) and is_import(here):
        return code([only(name, there[-1])]) != code([only(name, here[-1])])
    return kind(there) is not kind(here)


def code(nodes: list[Node]) -> str:
    """Return the text of definitions, without what surrounds them."""
    return cst.Module(nodes).code.strip()


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


def bound_names(module: cst.Module) -> frozenset[str]:
    """Return the names that a file binds at module level, but for its demo's."""
    kept = [line for line in module.body if not is_demo(line)]
    top = symtable.symtable(module.with_changes(body=kept).code, "?", "exec")
    return frozenset(
        symbol.get_name()
        for symbol in top.get_symbols()
        if symbol.is_assigned() or symbol.is_imported()
    )


def is_demo(line: cst.CSTNode) -> bool:
    """Return whether a statement is run only where the file is the program."""
    return isinstance(line, cst.If) and "__name__" in cst.Module([]).code_for_node(line.test)
