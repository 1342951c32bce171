"""The edits of a student's text that are tried: each undoes a slip, and all can be read."""

import ast
import random
from pathlib import Path
from typing import Any, get_args

import pytest
from sharing import some

from graders import wire
from graders.evidence import LONGEST_EDIT, MOST_EDITS, Edit, EditKind, Holds, Suspect
from graders.wire import Piece
from graders.worker.edits import edits

TESTS = Path(__file__).parent
BOOK = (TESTS / "fair" / "step08_as_in_the_book.py").read_text("utf-8")
BEGINS = "        funcs = [self.creator]\n"
STARTS = "        if self.grad is None:\n            self.grad = np.ones_like(self.data)\n"
DIFFERS = """

def numerical_diff(f, x, eps=1e-4):
    x0 = Variable(x.data - eps)
    x1 = Variable(x.data + eps)
    y0 = f(x0)
    y1 = f(x1)
    return (y1.data - y0.data) / (2 * eps)
"""
HEAD = BOOK.replace(BEGINS, STARTS + BEGINS) + DIFFERS
SLIPS = [
    ("self.grad = None", "self.grad = 0", "literal"),
    ("self.data = data", "data = data", "self"),
    ("self.data = data", "self.data == data", "assignment"),
    ("def __init__(self, data)", "def __init__(data)", "self"),
    ("def __init__(self, data)", "def _init_(self, data)", "name"),
    ("self.creator = func", "self.creator = func()", "brackets"),
    ("self.grad is None", "self.grad is not None", "comparison"),
    ("np.ones_like(self.data)", "ones_like(self.data)", "numpy"),
    ("np.ones_like(self.data)", "np.zeros_like(self.data)", "numpy"),
    ("[self.creator]", "self.creator", "brackets"),
    ("[self.creator]", "[]", "literal"),
    ("while funcs", "if funcs", "loop"),
    ("funcs.pop()", "funcs[-1]", "call"),
    ("funcs.pop()", "funcs.pop", "brackets"),
    ("f.input, f.output", "f.output, f.input", "order"),
    ("x.grad = f.backward(y.grad)", "x.grad = f.backward(y.data)", "attribute"),
    ("x.grad = f.backward(y.grad)", "x.grad = f.backward(y)", "value"),
    ("x.grad = f.backward(y.grad)", "x.grad = f.forward(y.grad)", "attribute"),
    ("x.grad = f.backward(y.grad)", "f.backward(y.grad)", "assignment"),
    ("x.grad = f.backward(y.grad)", "y.grad = f.backward(x.grad)", "order"),
    ("    funcs.append(x.creator)", "funcs.append(x.creator)", "syntax"),
    ("funcs.append(x.creator)", "funcs = funcs.append(x.creator)", "assignment"),
    ("funcs.append(x.creator)", "funcs.push(x.creator)", "attribute"),
    ("x.creator is not None", "x.creator", "comparison"),
    ("x = input.data", "x = input", "value"),
    ("y = self.forward(x)", "y = forward(x)", "self"),
    ("y = self.forward(x)", "y = self.forward(input)", "name"),
    ("output = Variable(y)", "output = y", "call"),
    ("        output.set_creator(self)\n", "", "missing"),
    ("        self.output = output\n", "", "missing"),
    ("self.input = input", "Function.input = input", "self"),
    ("self.output = output\n        return output",
     "return output\n        self.output = output", "place"),
    ("return output\n", "return y\n", "name"),
    ("        return output\n", "", "return"),
    ("raise NotImplementedError()", "return NotImplementedError()", "exception"),
    ("class Square(Function)", "class Square", "base"),
    ("x ** 2", "x^2", "operator"),
    ("x ** 2", "2**x", "order"),
    ("x = self.input.data", "x = self.input", "value"),
    ("2 * x * gy", "2 * x", "operand"),
    ("2 * x * gy", "2 * x + gy", "operator"),
    ("2 * x * gy", "x * gy", "operand"),
    ("        return gx\n", "        gx\n", "return"),
    ("        return gx\n", "        print(gx)\n", "return"),
    ("eps=1e-4", "eps=1e4", "literal"),
    ("eps=1e-4", "eps=1-4", "literal"),
    ("x.data - eps", "x - eps", "value"),
    ("f(x0)", "x0", "call"),
    ("f(x0)", "f(x)", "name"),
    ("f(x0)", "Square()(x0)", "name"),
    ("(y1.data - y0.data) / (2 * eps)", "(y1 - y0) / (2 * eps)", "value"),
    ("(y1.data - y0.data) / (2 * eps)", "y1.data - y0.data / (2 * eps)", "brackets"),
    ("(y1.data - y0.data) / (2 * eps)", "(y1.data - y0.data) / 2 * eps", "brackets"),
    ("(y1.data - y0.data) / (2 * eps)", "(y1.data - y0.data) / eps", "operand"),
    ("import numpy as np\n", "# import numpy as np\n", "import"),
    ("def backward(self):\n", "def backward(self)\n", "syntax"),
    ("if x.creator is not None", "if x.creator not None", "syntax"),
    ("y = self.forward(x)", "y = self.forward(x", "syntax"),
]  # fmt: skip


def listed(text: str, **more: Any) -> tuple[Edit, ...]:
    return edits({0: Piece("step08.py", text)}, wire.Mend(**more))


def around(line: int) -> tuple[Suspect, ...]:
    """Return suspicion of a line and of those beside it."""
    return tuple(Suspect(0, each, 1.0) for each in range(line - 2, line + 3))


def same(one: str, two: str) -> bool:
    """Return whether Python reads two texts alike, but for the order of their lines."""
    if sorted(one.split("\n")) == sorted(two.split("\n")):
        return True
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(two))


@pytest.mark.parametrize(("right", "wrong", "kind"), some(SLIPS, 24))
def test_a_slip_is_undone(right, wrong, kind):
    assert right in HEAD
    text = HEAD.replace(right, wrong, 1)
    at = HEAD[: HEAD.index(right)].count("\n") + 1
    near = [each for each in listed(text, suspects=around(at)) if each.kind == kind]
    undone = [each for each in near if same(each.of(text), HEAD)]
    assert undone
    if kind not in ("missing", "return", "place"):
        assert at in [each.line for each in undone]


def test_the_likeliest_come_first():
    text = HEAD.replace("2 * x * gy", "2 * x")
    line = 1 + text[: text.index("gx = 2 * x")].count("\n")
    first = listed(text, most=60, suspects=(Suspect(0, line, 1.0),))
    assert sum(edit.line == line for edit in first) > 10
    assert any(same(edit.of(text), HEAD) for edit in first if edit.line == line)
    told = listed(text, most=60, new=("numerical_diff",))
    assert sum(edit.within == "numerical_diff" for edit in told) > 30


def test_what_names_held_says_what_makes_sense():
    text = "def f(a, b):\n    return a\n"
    held = (Holds(0, 1, "a", "array"), Holds(0, 1, "b", "function"))
    without, knowing = listed(text), listed(text, holds=held)
    assert "return a * b" in [edit.of(text).splitlines()[1].strip() for edit in without]
    assert "return a * b" not in [edit.of(text).splitlines()[1].strip() for edit in knowing]
    assert "return a.data" not in [edit.of(text).splitlines()[1].strip() for edit in knowing]


def test_what_takes_a_call_away_says_so():
    text = HEAD.replace("y = self.forward(x)", "y = abs(self.forward(x))")
    line = 1 + text[: text.index("abs(")].count("\n")
    near = [edit for edit in listed(text, suspects=around(line)) if edit.line == line]
    undone = [edit for edit in near if same(edit.of(text), HEAD)]
    assert undone
    assert all(edit.drops for edit in undone)
    assert [edit.drops for edit in near if edit.kind == "extra"] == [True]


def test_a_piece_of_several_is_told_by_its_index():
    pieces = {2: Piece("mine.ipynb", "import numpy as np", 3), 5: Piece("mine.ipynb", HEAD, 6)}
    found = edits(pieces, wire.Mend())
    assert {edit.piece for edit in found} == {5}
    assert all(1 <= edit.line <= HEAD.count("\n") for edit in found)


@pytest.mark.parametrize(
    "text", ["", "x", "%magic\n" + HEAD, "＃", "def f(\n", "\t" * 50, "é = 1"]
)
def test_odd_texts(text):
    sound(Piece("mine.ipynb", text, 1))
    sound(Piece("step08.py", text))


def test_what_is_too_long_is_left_alone():
    assert listed(HEAD + "x = 1\n" * 6000) == ()
    assert all(edit.line != 1 for edit in listed(f"x = ({'1 + ' * 200}\n"))


def sound(piece: Piece) -> None:
    """Assert that the edits of a piece keep to what is promised of them."""
    found = edits({0: piece}, wire.Mend())
    texts = [edit.of(piece.text) for edit in found]
    assert len(found) <= MOST_EDITS
    assert len({*texts, piece.text}) == len(found) + 1
    lines = piece.text.count("\n") + 1
    for edit in found:
        assert 0 <= edit.start <= edit.end <= len(piece.text)
        assert 1 <= edit.line <= lines
        assert edit.kind in get_args(EditKind)
        assert 1 <= edit.cost <= 4
        assert len(edit.text) <= LONGEST_EDIT
    wire.decode_reply(wire.encode(wire.Mended(found))[wire.HEADER :])


TANGLED = {
    "names that hold each other": "a = b\n    b = c\n    c = a\n    y = a * b",
    "a long chain": "a = x" + ".grad" * 400,
    "many calls": "a = x" + "()" * 400,
    "a long sum": "a = x" + " + x" * 400,
    "many digits": "a = 0x" + "f" * 6000,
    "letters that Python reads as others": "\ufb01rst = x\n    a = \ufb01rst.\ufb02oat",
    "a name for each name": "\n    ".join(f"a{i + 1} = a{i}" for i in range(60)),
    "names of names": "\n    ".join(f"a{i % 20} = a{(7 * i + 1) % 20}()" for i in range(60)),
}


@pytest.mark.parametrize("tangle", TANGLED.values(), ids=TANGLED)
def test_what_is_tangled_leaves_the_rest(tangle):
    text = f"def f(x):\n    {tangle}\n    return x\n\n\ndef square(x):\n    x = x^2\n"
    piece = Piece("step01.py", text)
    sound(piece)
    suspect = Suspect(0, text.count("\n"), 1.0)
    found = edits({0: piece}, wire.Mend((suspect,), (), (), 200))
    assert text.replace("x^2", "x**2") in {edit.of(text) for edit in found}


WRITTEN = sorted(
    path
    for folder in ("fair", "handed_in", "hostile", "beginners")
    for path in (TESTS / folder).rglob("*.py")
)


@pytest.mark.parametrize(
    "path", random.Random(7).sample(WRITTEN, 12), ids=lambda path: path.name
)
def test_edits_of_what_others_wrote(path):
    sound(Piece(path.name, path.read_bytes().decode("utf-8", "replace")))


@pytest.mark.full
@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(TESTS)))
def test_edits_of_all_that_others_wrote(path):
    sound(Piece(path.name, path.read_bytes().decode("utf-8", "replace")))
