"""One-edit mutants of a lesson, as many as cosmic-ray's operators make.

Imported only where they are asked for: cosmic-ray is an author's tool.
"""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import ndiff
from itertools import product
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.plugins import get_operator, operator_names

DEMO = '\n\nif __name__ == "__main__":'


@dataclass(frozen=True)
class Mutation:
    """A text with one edit."""

    old: str
    """The line before the edit, as ``new`` is the one after it."""
    new: str
    text: str


def mutations(text: str, left_out: Collection[str] = ()) -> tuple[Mutation, ...]:
    """Return every mutant of a text, each once, its demo and some of its definitions left out.

    Docstrings are left out by themselves: no operator touches a string.
    """
    lesson = text.partition(DEMO)[0] + "\n"
    mutants = dict.fromkeys(edits(lesson, left_out))
    return tuple(mutation(lesson, mutant) for mutant in mutants if mutant != lesson)


def mutation(lesson: str, mutant: str) -> Mutation:
    """Return a mutant with the lines that differ."""
    changes = list(ndiff(lesson.splitlines(), mutant.splitlines()))
    gone, come = (
        " ".join(line[2:].strip() for line in changes if line.startswith(sign)) for sign in "-+"
    )
    return Mutation(gone, come, mutant)


def edits(text: str, left_out: Collection[str]) -> Iterator[str]:
    """Yield a text with one edit, for every operator and every place that it knows to edit."""
    nodes = list(ast_nodes(get_ast(text)))
    for operator in operators(nodes):
        for number, node in enumerate(nodes):
            for index in range(places(operator, node)):
                if defined_in(node) not in left_out:
                    tree = get_ast(text)
                    edit(list(ast_nodes(tree))[number], operator, index)
                    yield tree.get_code()


def places(operator: Any, node: Any) -> int:
    """Return in how many ways an operator can edit a node."""
    try:
        return len(list(operator.mutation_positions(node)))
    except AttributeError:  # VariableReplacer can't read an assignment of a bare name
        return 0


def defined_in(node: Any) -> str | None:
    """Return the name of the class or function of the module that a node stands in."""
    while node.parent and node.parent.type != "file_input":
        node = node.parent
    return node.name.value if node.type in ("classdef", "funcdef") else None


def edit(node: Any, operator: Any, index: int) -> None:
    """Edit a node in its tree; where an operator draws lots, it always draws the same."""
    siblings = node.parent.children
    place = siblings.index(node)
    state = random.getstate()
    random.seed(place)
    edited = operator.mutate(node, index)
    random.setstate(state)
    siblings[place : place + 1] = [] if edited is None else [edited]


def operators(nodes: list[Any]) -> Iterator[Any]:
    """Yield every operator; those that ask for names once for each that is there to be put."""
    pairs = sorted(set(causes_and_effects(nodes)))
    for name in operator_names():
        operator = get_operator(name)
        wanted = [argument.name for argument in operator.arguments()]
        if not wanted:
            yield operator()
        elif wanted == ["cause_variable", "effect_variable"]:
            yield from (operator(*pair) for pair in pairs)


def causes_and_effects(nodes: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield each name that stands in a function beside each that is assigned there."""
    from cosmic_ray.ast import ast_nodes

    for node in nodes:
        if node.type == "expr_stmt":
            around = ast_nodes(node.search_ancestor("funcdef", "file_input"))
            names = [near.value for near in around if near.type == "name"]
            effects = [effect.value for effect in node.get_defined_names()]
            yield from product(names, effects)
