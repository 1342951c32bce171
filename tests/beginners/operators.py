"""Operators that make of correct code what novices make of it, one small mistake at a time.

Each takes a text and its tree and yields edits of the text: no operator knows what a grader
says of it.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Operator = Callable[[str, ast.Module], Iterator["Edit"]]


@dataclass(frozen=True)
class Edit:
    """A place in a text and what stands there instead."""

    start: int
    end: int
    new: str

    def of(self, text: str) -> str:
        """Return the edited text."""
        return text[: self.start] + self.new + text[self.end :]


def offsets(text: str) -> list[int]:
    """Return where each line begins."""
    found = [0]
    for line in text.split("\n"):
        found.append(found[-1] + len(line) + 1)
    return found


def span(text: str, node: ast.AST) -> tuple[int, int]:
    """Return where a node begins and ends in a text of ASCII."""
    lines = offsets(text)
    start = lines[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
    end = lines[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
    return start, end


def source(text: str, node: ast.AST) -> str:
    """Return a node's own text."""
    start, end = span(text, node)
    return text[start:end]


def instead(text: str, node: ast.AST, new: str) -> Edit:
    """Return the edit that puts something else in a node's place."""
    return Edit(*span(text, node), new)


def lesson(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes of classes and functions: demos are nobody's task."""
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            yield from ast.walk(statement)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the functions and methods of the lesson."""
    yield from (node for node in lesson(tree) if isinstance(node, ast.FunctionDef))


def statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the simple statements within functions, but for docstrings."""
    for function in functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign | ast.Return | ast.Raise | ast.AugAssign) or (
                isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            ):
                yield node


def drops_self(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Attribute) and source(text, node.value) == "self":
            yield instead(text, node, node.attr)


def drops_self_in_def(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        if function.args.args and function.args.args[0].arg == "self":
            start, end = span(text, function.args.args[0])
            comma = re.match(r",\s*", text[end:])
            yield Edit(start, end + (comma.end() if comma else 0), "")


def passes_self(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if source(text, node.func.value) == "self":
                _start, end = span(text, node.func)
                yield Edit(end + 1, end + 1, "self, " if node.args else "self")


def adds_self(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        if function.args.args and function.args.args[0].arg == "self":
            for node in ast.walk(function):
                if isinstance(node, ast.Name) and node.id in ("x", "y", "f", "gy", "Variable"):
                    yield instead(text, node, f"self.{node.id}")


def drops_return(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Return) and node.value:
            yield instead(text, node, source(text, node.value))


def prints_for_return(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Return) and node.value:
            yield instead(text, node, f"print({source(text, node.value)})")


def drops_brackets(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Call) and not node.args and not node.keywords:
            yield instead(text, node, source(text, node.func))


def adds_brackets(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            if node.attr in ("data", "grad", "input", "output", "creator"):
                yield instead(text, node, f"{source(text, node)}()")


def groups_otherwise(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.BinOp):
            start, end = span(text, node)
            if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
                yield Edit(start - 1, end + 1, text[start:end])


def drops_data(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Attribute) and node.attr == "data":
            if source(text, node.value) != "self" or isinstance(node.ctx, ast.Load):
                yield instead(text, node, source(text, node.value))


def adds_data(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if node.id in ("x", "y", "gy", "input", "output"):
                yield instead(text, node, f"{node.id}.data")


def drops_colon(text: str, tree: ast.Module) -> Iterator[Edit]:
    for found in re.finditer(r"(?m)^ *(?:class|def|if|while) .*(:)$", text):
        yield Edit(found.start(1), found.end(1), "")


def drops_closing_bracket(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Call):
            _start, end = span(text, node)
            yield Edit(end - 1, end, "")


def drops_np(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Attribute) and source(text, node.value) == "np":
            yield instead(text, node, node.attr)


def uses_another_name(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        names = {argument.arg for argument in function.args.args} - {"self"}
        names |= {
            node.id
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in names:
                for other in sorted(names - {node.id}):
                    yield instead(text, node, other)


def uses_another_attribute(text: str, tree: ast.Module) -> Iterator[Edit]:
    others = {"input": "output", "output": "input", "grad": "data", "data": "grad",
              "creator": "input", "forward": "backward", "backward": "forward"}  # fmt: skip
    for node in lesson(tree):
        if isinstance(node, ast.Attribute) and node.attr in others:
            end = span(text, node)[1]
            yield Edit(end - len(node.attr), end, others[node.attr])


def misspells(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Attribute) and len(node.attr) > 3:
            _start, end = span(text, node)
            yield Edit(end - 2, end, node.attr[-1] + node.attr[-2])
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and len(node.name) > 3:
            at = text.index(node.name, span(text, node)[0])
            yield Edit(at + 1, at + 3, node.name[2] + node.name[1])


def swaps_arguments(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Call) and len(node.args) == 2:
            one, other = node.args
            between = text[span(text, one)[1] : span(text, other)[0]]
            new = source(text, other) + between + source(text, one)
            yield Edit(span(text, one)[0], span(text, other)[1], new)


def swaps_operands(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.Pow):
            between = text[span(text, node.left)[1] : span(text, node.right)[0]]
            if not set(between) & set("()"):
                new = source(text, node.right) + between + source(text, node.left)
                yield instead(text, node, new)


def changes_operator(text: str, tree: ast.Module) -> Iterator[Edit]:
    others = {" ** ": (" * ", " ^ "), " * ": (" + ", " ** "), " - ": (" + ",), " + ": (" - ",),
              " / ": (" * ", " // ")}  # fmt: skip
    for node in lesson(tree):
        if isinstance(node, ast.BinOp):
            start, end = span(text, node.left)[1], span(text, node.right)[0]
            for other in others.get(text[start:end], ()):
                yield Edit(start, end, other)


def compares_otherwise(text: str, tree: ast.Module) -> Iterator[Edit]:
    others = {" is ": (" == ",), " is not ": (" != ", " is "), " == ": (" = ", " is ")}
    for node in lesson(tree):
        if isinstance(node, ast.Compare):
            start, end = span(text, node.left)[1], span(text, node.comparators[0])[0]
            for other in others.get(text[start:end], ()):
                yield Edit(start, end, other)


def compares_for_assigns(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Assign):
            end = span(text, node.targets[0])[1]
            yield Edit(end, end + 3, " == ")


def confuses_and_or(text: str, tree: ast.Module) -> Iterator[Edit]:
    for found in re.finditer(r" (and|or) (?!for)", text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if re.match(r" *(?:if|while|return|assert)", line):
            yield Edit(*found.span(1), "or" if found[1] == "and" else "and")


def drops_not(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield instead(text, node, source(text, node.operand))


def changes_a_literal(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            for other in {2: ("3", "1"), 1.0: ("0.0",), 1e-4: ("1e-2", "1")}.get(
                node.value, ()
            ):
                yield instead(text, node, other)


def literal_for_a_parameter(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        names = {argument.arg for argument in function.args.args} - {"self"}
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Name)
                and node.id in names
                and node.id in ("eps", "x", "gy")
            ):
                yield instead(text, node, "1e-4" if node.id == "eps" else "1.0")


def in_place(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.BinOp):
            value = node.value
            sign = text[span(text, value.left)[1] : span(text, value.right)[0]].strip()
            if isinstance(value.left, ast.Name):
                name, right = value.left.id, source(text, value.right)
                indent = " " * node.col_offset
                yield instead(text, node, f"{name} {sign}= {right}\n{indent}return {name}")


def adds_up(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            end = span(text, node.targets[0])[1]
            yield Edit(end, end + 3, " += ")


def wraps_in_a_list(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Return) and node.value:
            yield instead(text, node.value, f"[{source(text, node.value)}]")
        if isinstance(node, ast.List):
            yield instead(
                text, node, ", ".join(source(text, each) for each in node.elts) or "None"
            )


def turns_into_a_float(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Return) and node.value:
            yield instead(text, node.value, f"float({source(text, node.value)})")


def trailing_comma(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Assign | ast.Return) and node.value:
            _start, end = span(text, node)
            yield Edit(end, end, ",")


def drops_a_line(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in statements(tree):
        yield instead(text, node, "pass")


def duplicates_a_line(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in statements(tree):
        if not isinstance(node, ast.Return | ast.Raise):
            start, end = span(text, node)
            yield Edit(end, end, "\n" + " " * node.col_offset + text[start:end])


def swaps_lines(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        for one, other in zip(function.body, function.body[1:], strict=False):
            simple = ast.Assign | ast.Expr | ast.Return | ast.AugAssign
            if isinstance(one, simple) and isinstance(other, simple):
                between = text[span(text, one)[1] : span(text, other)[0]]
                new = source(text, other) + between + source(text, one)
                if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)):
                    yield Edit(span(text, one)[0], span(text, other)[1], new)


def indents(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        for before, node in zip([None, *function.body], function.body, strict=False):
            if isinstance(before, ast.If | ast.While):
                yield shifted(text, node, 4)
    for node in lesson(tree):
        if isinstance(node, ast.ClassDef):
            for method in node.body[1:]:
                if isinstance(method, ast.FunctionDef):
                    yield shifted(text, method, 4)


def dedents(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.If | ast.While) and len(node.body) > 1:
            yield shifted(text, node.body[-1], -4)
        if isinstance(node, ast.ClassDef):
            method = node.body[-1]
            if isinstance(method, ast.FunctionDef):
                yield shifted(text, method, -4)


def shifted(text: str, node: ast.stmt, by: int) -> Edit:
    """Return the edit that moves a statement's lines to the right, or to the left."""
    lines = offsets(text)
    start, end = lines[node.lineno - 1], span(text, node)[1]
    moved = [
        (" " * by + line if by > 0 else line[-by:]) if line.strip() else line
        for line in text[start:end].split("\n")
    ]
    return Edit(start, end, "\n".join(moved))


def duplicates_a_definition(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Function":
            plain = (
                "class Function:\n    def __call__(self, input):\n"
                "        return Variable(self.forward(input.data))\n\n\n"
            )
            lines = offsets(text)
            yield Edit(lines[node.lineno - 1], lines[node.lineno - 1], plain)


def drops_base(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.bases:
            start = span(text, node.bases[0])[0] - 1
            yield Edit(start, span(text, node.bases[-1])[1] + 1, "")


def shadows_a_builtin(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        for argument in function.args.args[1:]:
            if argument.arg == "input":
                yield instead(text, argument, "x_in")
            elif argument.arg in ("x", "gy", "data", "f"):
                yield instead(text, argument, "value")


def stops_early(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        body = [node for node in function.body if not isinstance(node, ast.Expr)
                or not isinstance(node.value, ast.Constant)]  # fmt: skip
        if len(body) > 1:
            start = span(text, body[-1])[0]
            yield Edit(start, start, "return\n" + " " * body[-1].col_offset)


def template_left(text: str, tree: ast.Module) -> Iterator[Edit]:
    for function in functions(tree):
        last = function.body[-1]
        if not isinstance(last, ast.Raise):
            start = span(text, last)[0]
            hole = f'raise NotImplementedError("fill in: {function.name}")\n'
            yield Edit(start, start, hole + " " * last.col_offset)


def while_for_if(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.While):
            start = span(text, node)[0]
            yield Edit(start, start + 5, "if")


def full_width(text: str, tree: ast.Module) -> Iterator[Edit]:
    for node in lesson(tree):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
            yield instead(text, node, source(text, node).replace("(", "（").replace(")", "）"))


OPERATORS: tuple[Operator, ...] = (
    drops_self, drops_self_in_def, passes_self, adds_self, drops_return, prints_for_return,
    drops_brackets, adds_brackets, groups_otherwise, drops_data, adds_data, drops_colon,
    drops_closing_bracket, drops_np, uses_another_name, uses_another_attribute, misspells,
    swaps_arguments, swaps_operands, changes_operator, compares_otherwise,
    compares_for_assigns, confuses_and_or, drops_not, changes_a_literal,
    literal_for_a_parameter, in_place, adds_up, wraps_in_a_list, turns_into_a_float,
    trailing_comma, drops_a_line, duplicates_a_line, swaps_lines, indents, dedents,
    duplicates_a_definition, drops_base, shadows_a_builtin, stops_early, template_left,
    while_for_if, full_width,
)  # fmt: skip
