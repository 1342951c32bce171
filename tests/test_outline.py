"""Outlines: what a file defines, told from its text alone and within bounds."""

import pytest
from conftest import LESSONS

from graders import wire
from graders.evidence import MOST_DEFINED, MOST_NAMES, Defined
from graders.feedback.plainly import File
from graders.feedback.plainly.file import MOST_BASES
from graders.worker.outline import outline

SOURCE = '''\
import numpy as np
from step02 import Square as S, Exp
limit = 3
if __name__ == "__main__":
    import math


class Variable(Base, metaclass=Meta):
    shared = None

    def __init__(self, data, spare):
        """What it holds."""
        self.data = data
        self.grad == None
        local = other.creator = 1
        np.allclose(local, 1)

    def twice(value):
        def inner():
            return value.take(2)
        raise NotImplementedError("fill in: twice")
        return inner()


def hole(x):
    raise NotImplementedError("fill in: hole")
'''


def of(text: str, cell: int = 0) -> tuple[Defined, ...]:
    return outline([wire.Piece("step01.py", text, cell)])


def named(name: str) -> Defined:
    (found,) = (each for each in of(SOURCE) if each.name == name)
    return found


def test_it_names_what_is_defined_where_in_order():
    assert [(each.form, each.within, each.name, each.line) for each in of(SOURCE)] == [
        ("import", "", "np", 1),
        ("import", "", "S", 2),
        ("import", "", "Exp", 2),
        ("value", "", "limit", 3),
        ("import", "if", "math", 5),
        ("class", "", "Variable", 8),
        ("def", "Variable", "__init__", 11),
        ("def", "Variable", "twice", 18),
        ("def", "Variable.twice", "inner", 19),
        ("def", "", "hole", 25),
    ]


def test_it_tells_what_belongs_to_a_definition():
    assert named("Variable").takes == ("Base",)
    assert named("Variable").sets == {"shared": 9}
    made = named("__init__")
    assert (made.takes, made.unused) == (("self", "data", "spare"), ("spare",))
    assert (made.sets, made.gives) == ({"data": 13}, {"local": 15})
    assert made.stores == ("self.data", "other.creator")
    assert made.compares == {"self.grad": 14, "np.allclose(local, 1)": 16}
    assert (made.ends, made.leftover) == (False, 0)
    twice = named("twice")
    assert (twice.leftover, twice.ends) == (21, True)
    assert set(twice.calls) == {"inner", "take", "NotImplementedError"}
    assert named("hole").leftover == 0


def test_a_cell_is_told_with_each_definition():
    assert [each.cell for each in of("%matplotlib inline\nx = 1\ndef f(): pass", 4)] == [4, 4]


def test_what_stands_under_an_if_is_told_and_what_follows_is_not():
    text = "if True:\n  import a\nimport b\nif __name__ == 'x':\n  def f(): pass\ndef g(): pass"
    assert [each.within for each in of(text)] == ["if", "", "if __name__", ""]


def test_what_is_no_python_has_none():
    assert of("class :") == of("\0") == of("(" * 10_000) == of("x" + "+x" * 100_000) == ()


def test_a_huge_file_is_told_within_bounds():
    names = ", ".join(f"a{i}" for i in range(999))
    body = "\n".join(f"    self.b{i} = a{i}" for i in range(999))
    text = f"def f(self, {names}):\n{body}\n" + "".join(
        f"def g{i}(): pass\n" for i in range(999)
    )
    found = of(text)
    assert len(found) == MOST_DEFINED
    assert len(found[0].takes) == len(found[0].sets) == MOST_NAMES
    ready = wire.Ready(False, (), outline=found)
    assert wire.decode_reply(wire.encode(ready)[wire.HEADER :]) == ready


def test_a_file_of_long_names_is_told_as_far_as_a_frame_holds_it():
    names = ", ".join(f"{'ä' * 190}{i}" for i in range(60))
    found = of("".join(f"def g{i}({names}): pass\n" for i in range(20)))
    assert 0 < len(found) < 20
    assert len(wire.encode(wire.Ready(False, (), outline=found))) < wire.FRAME_LIMIT


def test_a_class_is_looked_for_among_few_that_it_is_made_of():
    chain = "".join(f"class A{i}(A{i + 1}, A{(i * 7) % 290}): pass\n" for i in range(290))
    assert len(File(of(chain)).ancestry("A0")) == MOST_BASES
    circle = "class A(B): pass\nclass B(A): pass\n"
    assert File(of(circle)).ancestry("A") == ["A", "B"]


NAMES = ", ".join(f"{'a' * 40}{number}" for number in range(60))


@pytest.mark.parametrize("takes", ["", NAMES])
def test_definitions_deep_within_each_other_cost_no_step(grade_step, takes):
    deep = "".join(f"{' ' * n}def f{n}({takes}):\n" for n in range(80)) + " " * 80 + "pass\n"
    wide = "".join(f"{' ' * 80}x{n} = {n}\n" for n in range(2000)) if not takes else ""
    step = grade_step("step01", {"step01.py": f"{LESSONS['step01']}\n\n{deep}{wide}"})
    assert step.score == step.max_score
