"""Excerpts: of the suites' own source a script gets what it needs, and it still works."""

import ast

import pytest

from graders.feedback.excerpt import compact, excerpt, free_names, tidied

SOURCE = """
import sys

LIMIT = 3

class Watched(Function):
    # notes what it is called with
    notes = []
    def __init__(self, number):
        self.number = number
    def forward(self, x):
        self.note(x)
        return 2 * x
    def backward(self, gy):
        return 2 * gy
    def note(self, x):
        self.notes.append(x)

def depth():
    return sys.getrecursionlimit() + LIMIT

def chain(x):
    for number in range(LIMIT):
        x = Watched(number)(x)
    return x
"""
BACKWARD = ast.parse("y.backward()").body


def names(found):
    return [getattr(part, "name", None) for part in found]


def test_only_what_a_name_rests_on_is_kept():
    assert names(excerpt(SOURCE, "chain", [])) == [None, "Watched", "chain"]
    assert [ast.unparse(part) for part in excerpt(SOURCE, "depth", [])][:2] == [
        "import sys",
        "LIMIT = 3",
    ]


def test_methods_that_nothing_mentions_go_and_what_they_call_stays():
    (watched,) = excerpt(SOURCE, "Watched", [])
    assert [part.name for part in watched.body[1:]] == ["__init__", "forward", "note"]
    (watched,) = excerpt(SOURCE, "Watched", BACKWARD)
    assert "backward" in names(watched.body)


def test_what_the_step_must_define_is_known():
    assert free_names(excerpt(SOURCE, "chain", [])) == {"Function"}
    assert free_names(excerpt(SOURCE, "depth", [])) == set()


def test_a_method_of_one_line_stands_beside_its_head():
    (watched,) = excerpt(SOURCE, "Watched", BACKWARD)
    assert "    def backward(self, gy): return 2 * gy" in compact(watched)
    assert "class Watched(Function):" in compact(watched)
    written = ast.parse("\n".join(compact(watched)))
    assert ast.dump(written) == ast.dump(ast.parse(ast.unparse(watched)))


@pytest.mark.parametrize(
    ("script", "plainly", "briefly"),
    [
        (
            "f = Square()\nx = Variable(1)\ny = f(x)\nprint(y)",
            "f = Square()\nx = Variable(1)\ny = f(x)\nprint(y)",
            "x = Variable(1)\ny = Square()(x)\nprint(y)",
        ),
        (
            "f = Square()\ny = f(x)\nprint(f.input)",
            "f = Square()\nf(x)\nprint(f.input)",
            "f = Square()\nf(x)\nprint(f.input)",
        ),
        (
            "a = C.backward(1)\nb = B.backward(a)\nprint(b)",
            "b = B.backward(C.backward(1))\nprint(b)",
            "b = B.backward(C.backward(1))\nprint(b)",
        ),
        ("a = f(1)\nprint(a)", "a = f(1)\nprint(a)", "a = f(1)\nprint(a)"),
        (
            "a = f(1)\ng(2)\nh(a)\ni(3)",
            "a = f(1)\ng(2)\nh(a)\ni(3)",
            "a = f(1)\ng(2)\nh(a)\ni(3)",
        ),
        ("a = f(1)\nh(a, a)\ni(3)", "a = f(1)\nh(a, a)\ni(3)", "a = f(1)\nh(a, a)\ni(3)"),
        ("g = y.run()\ny.reset()\nprint(g)", None, None),
        ("x.data = f(1)\nprint('x.data = a')", None, None),
    ],
    ids=["new", "unused", "next", "the last", "later", "twice", "a method", "no name"],
)
def test_a_name_goes_that_is_used_once_where_the_order_stays(script, plainly, briefly):
    body = ast.parse(script).body
    for brief, due in ((False, plainly), (True, briefly), (False, plainly)):
        assert ast.unparse(tidied(body, ("a", "c"), brief)) == (due or script)
    assert ast.unparse(body) == script
