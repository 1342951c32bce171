"""What a body needs beside itself: imports, functions of one's own, attributes of its class."""

import builtins
from dataclasses import dataclass, field

import libcst as cst

from graders.commands.carry.bindings import (
    File,
    Node,
    NotSimple,
    attributes_of,
    class_members,
    code,
    free_names,
    is_another,
    is_import,
    members,
    only,
)
from graders.commands.carry.holes import hole
from graders.words import _


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
            if is_another(name, there, self.target.nodes.get(name, [])):
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
        elif "*" in self.donor.nodes and not hasattr(builtins, name):
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
