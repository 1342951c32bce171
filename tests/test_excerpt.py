"""Excerpts: of the suites' own source a script gets what it needs, and it still works."""

import ast

from graders.feedback.excerpt import compact, excerpt, free_names, whole

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


def names(found):
    return [getattr(part, "name", None) for part in found]


def test_only_what_a_name_rests_on_is_kept():
    assert names(excerpt(SOURCE, "chain", "")) == [None, "Watched", "chain"]
    assert [ast.unparse(part) for part in excerpt(SOURCE, "depth", "")][:2] == [
        "import sys",
        "LIMIT = 3",
    ]


def test_methods_that_nothing_mentions_go_and_what_they_call_stays():
    (watched,) = excerpt(SOURCE, "Watched", "")
    assert [part.name for part in watched.body[1:]] == ["__init__", "forward", "note"]
    (watched,) = excerpt(SOURCE, "Watched", "y.backward()")
    assert "backward" in names(watched.body)


def test_what_the_step_must_define_is_known():
    assert free_names(list(excerpt(SOURCE, "chain", ""))) == {"Function"}
    assert free_names(list(excerpt(SOURCE, "depth", ""))) == set()


def test_a_method_of_one_line_stands_beside_its_head():
    (watched,) = excerpt(SOURCE, "Watched", "y.backward()")
    assert "    def backward(self, gy): return 2 * gy" in compact(watched)
    assert "class Watched(Function):" in compact(watched)
    assert len(compact(watched)) < len(whole(watched))
    for how in (compact, whole):
        assert ast.dump(ast.parse("\n".join(how(watched)))) == ast.dump(
            ast.parse(ast.unparse(watched))
        )
