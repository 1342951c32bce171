"""Edits that add a line: what methods of the course often have, of the names that are there."""

import ast
import difflib
import re
from collections.abc import Iterator

from graders.worker.edits import kinds
from graders.worker.edits.scope import File, Scope, assignment, attributes_stored, is_text
from graders.worker.edits.written import Change, Written, shifted

LOOPS = (ast.While, ast.For, ast.If)
UNBOUND_TRIED = 3
"""For how many unknown names a line is made."""
NUMPY = "import numpy as np"
IMPORT = re.compile(r"[\s#]*(?:import|from)\s+numpy\b")


def at_the_top(w: Written, file: File) -> Iterator[Change]:
    """Yield the edits that import numpy as ``np`` where nothing does: of a line that was to do
    so, or of the beginning of the file.
    """
    for node in w.tree.body:
        match node:
            case ast.Import(names=[ast.alias(name=name)]) if near_numpy(name):
                yield w.relined(*w.extent(node), [NUMPY], "import", 1, anywhere=True)
    if "np" in file.names:
        return
    meant = False
    for number, text in enumerate(w.lines, 1):
        if IMPORT.match(text):
            meant = True
            yield w.relined(number, number, [NUMPY], "import", 1, anywhere=True)
    first = next((s for s in w.tree.body if not isinstance(s, ast.Expr)), None)
    if first and not meant:
        line = w.extent(first)[0]
        start = w.starts[line - 1]
        yield Change(start, start, f"{NUMPY}\n", "import", 1, max(1, line - 1), anywhere=True)


def of_class(w: Written, file: File, node: ast.ClassDef) -> Iterator[Change]:
    """Yield the methods that a base class lacks, and others of the file have."""
    own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    last = node.body[-1]
    if node.bases or not kinds.is_function(file, node) or not w.stands_alone(last):
        return
    indent = " " * last.col_offset
    for name in ("forward", "backward"):
        if name in file.methods and name not in own:
            lines = f"{indent}def {name}(self, x):\n{indent}    raise NotImplementedError"
            yield w.below(w.extent(last)[1], lines, "missing", 1, node.lineno)


def near_numpy(name: str) -> bool:
    """Return whether a module is called almost like numpy."""
    return name != "numpy" and bool(difflib.get_close_matches(name, ["numpy"], 1, 0.7))


def changes(w: Written, file: File, node: ast.stmt, scope: Scope) -> Iterator[Change]:
    """Yield the edits that add to a class or a function; ``scope`` is what it stands in."""
    match node:
        case ast.ClassDef():
            yield from of_class(w, file, node)
        case ast.FunctionDef():
            yield from of_function(w, file, node, scope.inside(node))


def of_function(
    w: Written, file: File, node: ast.FunctionDef, scope: Scope
) -> Iterator[Change]:
    """Yield the edits that add a line to a function; ``scope`` is what is in reach in it."""
    if not all(map(w.stands_alone, node.body)):
        return
    written = ast.unparse(node)
    for text in first_lines(file, node, scope):
        yield from at_first(w, node, text)
    for text in dict.fromkeys(last_lines(file, node, scope)):
        if text not in written:
            yield from at_last(w, node, text)
    yield from guards(w, file, node.body, scope)


def first_lines(file: File, node: ast.FunctionDef, scope: Scope) -> Iterator[str]:
    """Yield lines that may be missing before all others: what gives a name its value."""
    unbound = [name for name in file.unbound(scope) if name != "np"]
    lists = [n for n in scope.names if kinds.LIST in kinds.of_name(file, scope, n)]
    for name in unbound[:UNBOUND_TRIED]:
        for kind in (kinds.NUMBER, kinds.VARIABLE, kinds.FUNCTION):
            for term in kinds.terms(file, scope, kind):
                yield f"{name} = {term}"
                if kind == kinds.NUMBER and "Variable" in file.names:
                    yield f"{name} = Variable({term})"
        yield from (f"{name} = {each}.pop()" for each in lists)
        if scope.own:
            yield f"{name} = [{scope.own}.creator]"
        yield from (f"{name} = {cls}()" for cls in file.classes)
    for name in scope.takes:
        if kinds.VARIABLE in kinds.of_name(file, scope, name) and name != scope.own:
            yield f"{name} = {name}.data"
    is_variable = scope.own and kinds.VARIABLE in kinds.of_name(file, scope, scope.own)
    if (
        node.name == "backward"
        and is_variable
        and f"{scope.own}.grad = " not in ast.unparse(node)
    ):
        yield f"{scope.own}.grad = np.ones_like({scope.own}.data)"


def last_lines(file: File, node: ast.FunctionDef, scope: Scope) -> Iterator[str]:
    """Yield lines that may be missing at the end, or at the end of a loop."""
    own = scope.own
    if not own or not scope.cls:
        return
    role = kinds.role(file, scope.cls.name)
    stored = attributes_stored(ast.walk(scope.cls))
    wanted = {*file.read, *file.stored} & {*kinds.HOLDS.get(role, ())}
    lacking = [name for name in kinds.HOLDS.get(role, ()) if name in wanted - stored]
    if role == kinds.FUNCTION and node.name == "__call__":
        lacking = [n for n in kinds.HOLDS[role] if n not in stored]
    if node.name == "__init__":
        for name in lacking or ("grad", "creator"):
            if f"{own}.{name}" in ast.unparse(node) or name in scope.gives:
                continue  # it is there, if not as it should be
            yield f"{own}.{name} = None"
            yield from (f"{own}.{name} = {each}" for each in scope.names)
    elif node.name in ("__call__", "set_creator"):
        for name in lacking:
            yield from (f"{own}.{name} = {each}" for each in scope.names)
    if node.name == "__call__" and "set_creator" in file.methods:
        for name in scope.gives:
            if kinds.may_be(kinds.of_name(file, scope, name), kinds.VARIABLE):
                yield f"{name}.set_creator({own})"
    if node.name == "backward" and role == kinds.VARIABLE:
        yield from backwards(file, node, scope)


def backwards(file: File, node: ast.FunctionDef, scope: Scope) -> Iterator[str]:
    """Yield lines that take a gradient further back, of the sorts that are not there yet."""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
    asked = {(n.func.attr, len(n.args)) for n in calls if isinstance(n.func, ast.Attribute)}
    every = {name: kinds.of_name(file, scope, name) for name in scope.gives}
    functions = [name for name in every if kinds.may_be(every[name], kinds.FUNCTION)]
    lists = [name for name in every if kinds.LIST in every[name]]
    before = [name for name in every if kinds.VARIABLE in every[name]]
    before += [f"{name}.input" for name in functions if kinds.FUNCTION in every[name]]
    after = [*before, scope.own]
    after += [f"{name}.output" for name in functions if kinds.FUNCTION in every[name]]
    for one in before:
        if ("append", 1) not in asked:
            yield from (f"{name}.append({one}.creator)" for name in lists)
        if ("backward", 0) not in asked and not lists:
            yield f"{one}.backward()"
        if not lists:
            yield from (f"{name} = {one}.creator" for name in functions if name != one)
        for name in functions:
            if name != one and ("backward", 1) not in asked:
                for two in after:
                    if two != one:
                        yield f"{one}.grad = {name}.backward({two}.grad)"


def at_first(w: Written, node: ast.FunctionDef, text: str) -> Iterator[Change]:
    """Yield the places before all other lines of a function, or of its loop."""
    code = [s for s in node.body if not is_text(s)]
    if not code:
        return
    indent = " " * code[0].col_offset
    above = w.extent(code[0])[0] - 1
    yield w.below(above, indent + text, "missing", 2, node.lineno)
    loop = next((s for s in code if isinstance(s, LOOPS)), None)
    if loop and loop.body[0].lineno > loop.lineno:
        inner = " " * loop.body[0].col_offset
        yield w.below(loop.body[0].lineno - 1, inner + text, "missing", 2, node.lineno)
        if len(loop.body) > 1:
            yield w.below(w.extent(loop.body[0])[1], inner + text, "missing", 2, node.lineno)


def at_last(w: Written, node: ast.FunctionDef, text: str) -> Iterator[Change]:
    """Yield the places below all other lines of a function but a return, or of its loop."""
    block, column = node.body, node.body[0].col_offset
    while True:
        last = block[-1]
        if not w.stands_alone(last):
            return
        end = w.extent(last)[1]
        if isinstance(last, ast.Return):
            end = w.extent(block[-2])[1] if len(block) > 1 else last.lineno - 1
        yield w.below(end, " " * column + text, "missing", 2, node.lineno)
        if not isinstance(last, LOOPS):
            break
        block, column = last.body, last.body[0].col_offset
    if block is not node.body and len(block) > 1:
        end = w.extent(block[-2])[1]
        yield w.below(end, " " * column + text, "missing", 2, node.lineno)


def guards(w: Written, file: File, body: list[ast.stmt], scope: Scope) -> Iterator[Change]:
    """Yield the edits that put statements under a condition."""
    for each in body:
        if isinstance(each, LOOPS):
            yield from guards(w, file, each.body, scope)
        pair = assignment(each)
        if is_text(each) or not (pair or isinstance(each, (ast.Expr, ast.Raise))):
            continue
        if not w.stands_alone(each):
            return
        named = {n.id for n in ast.walk(each) if isinstance(n, ast.Name)}
        objects = [name for name in scope.names if kinds.is_object(file, scope, name)]
        conditions = [f"{name} is not None" for name in objects if name in named]
        if pair and isinstance(pair[0], ast.Attribute):
            conditions.append(f"{w.of(pair[0])} is None")
        indent = " " * each.col_offset
        first, last = w.extent(each)
        ends = {last, w.extent(body[-1])[1]}
        for condition in conditions:
            for end in sorted(ends):
                lines = [shifted(line, 4) for line in w.lines[first - 1 : end]]
                cost = 2 if condition == f"{scope.own}.grad is None" else 3
                yield w.relined(first, end, [f"{indent}if {condition}:", *lines], "guard", cost)
