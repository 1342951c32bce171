"""The template: the reference, with a hole in the place of every body."""

import ast
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def parse(folder: str) -> dict[str, ast.Module]:
    paths = sorted((ROOT / folder).glob("step*.py"))
    return {path.stem: ast.parse(path.read_text("utf-8")) for path in paths}


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    """Find the functions and methods of a step, by qualified name."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.ClassDef):
            methods = [item for item in node.body if isinstance(item, ast.FunctionDef)]
            found |= {f"{node.name}.{method.name}": method for method in methods}
    return found


def outline(tree: ast.Module) -> str:
    """Write a step down without its own docstring and its functions' bodies."""
    tree = ast.parse(ast.unparse(tree))
    tree.body = tree.body[1:]
    for function in functions(tree).values():
        function.body = function.body[:1]
    return ast.unparse(tree)


def code(function: ast.FunctionDef) -> str:
    """Write a function down without its docstring."""
    return "\n".join(map(ast.unparse, [function.args, *function.body[1:]]))


REFERENCE = parse("reference")
TEMPLATE = parse("student_template")
HOLES = [(step, name) for step, tree in REFERENCE.items() for name in functions(tree)]


def written_in(step: str, name: str) -> str:
    """Name the step in which this code was new or last changed."""
    history = [
        (earlier, code(functions(tree)[name]))
        for earlier, tree in REFERENCE.items()
        if earlier <= step and name in functions(tree)
    ]
    _, now = history[-1]
    unchanged = list(takewhile(lambda entry: entry[1] == now, reversed(history)))
    return unchanged[-1][0]


def test_the_template_has_the_steps_of_the_reference():
    assert list(TEMPLATE) == list(REFERENCE)


@pytest.mark.parametrize("step", REFERENCE)
def test_a_step_differs_from_the_reference_only_in_its_holes(step):
    assert outline(TEMPLATE[step]) == outline(REFERENCE[step])


@pytest.mark.parametrize("step", REFERENCE)
def test_a_step_says_what_is_new_and_to_fill_in_the_holes(step):
    lesson = ast.get_docstring(REFERENCE[step])
    assert ast.get_docstring(TEMPLATE[step]).startswith(f"{lesson}\n\nFill in the holes")


@pytest.mark.parametrize(("step", "name"), HOLES)
def test_a_body_is_one_hole_that_says_where_its_code_was_written(step, name):
    message = f"fill in: {name}"
    source = written_in(step, name)
    if source != step:
        message += f" (carried over from your {source}.py)"

    _, *body = functions(TEMPLATE[step])[name].body

    assert [ast.unparse(line) for line in body] == [f"raise NotImplementedError({message!r})"]


@pytest.mark.parametrize(
    ("step", "name", "source"),
    [
        ("step06", "Variable.__init__", "step06"),
        ("step07", "Function.__call__", "step07"),
        ("step08", "Variable.__init__", "step07"),
        ("step08", "Variable.backward", "step08"),
        ("step09", "Function.forward", "step02"),
        ("step10", "Function.__call__", "step09"),
        ("step10", "numerical_diff", "step04"),
    ],
)
def test_code_counts_as_written_where_it_last_changed(step, name, source):
    assert written_in(step, name) == source
