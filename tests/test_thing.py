"""Things: a handle says what an object is, and no code of a student's has a say in it."""

import contextlib
import operator

import numpy as np
import pytest

from graders import values
from graders.feedback.showing import mismatch
from graders.feedback.thing import are_alike, in_words, is_class, is_instance

ODD = """
import math
import numpy as np

class Variable:
    def step(self): pass

class Liar:
    __class__ = property(lambda self: type)

class Meta(type):
    @property
    def __name__(cls): raise SystemExit
    @property
    def __mro__(cls): raise SystemExit
    def __instancecheck__(cls, thing): raise SystemExit
    def __subclasscheck__(cls, thing): raise SystemExit

class Strange(metaclass=Meta):
    def __getattribute__(self, name): raise SystemExit

class Box(np.ndarray): pass
class method: pass
TheClass = type("the class Variable", (), {})
Long = type("L" * 1000, (), {})

def give(name):
    return {
        "an object": Variable(),
        "a class": Variable,
        "a function": give,
        "a builtin": input,
        "a bound method": Variable().step,
        "a module": math,
        "an object array": np.array([None, 1]),
        "a subclass of ndarray": np.zeros(2).view(Box),
        "a liar": Liar(),
        "a strange object": Strange(),
        "a strange class": Strange,
        "an object of a class called method": method(),
        "an object of a class called a class": TheClass(),
        "a long name": Long(),
        "too much": [1.5] * 2_000_000,
    }[name]
"""
KINDS = {
    "an object": ("instance", "Variable", "a Variable"),
    "a class": ("class", "Variable", "the class Variable"),
    "a function": ("function", "function", "a function"),
    "a builtin": ("function", "builtin_function_or_method", "a function"),
    "a bound method": ("method", "method", "a method"),
    "a module": ("module", "module", "a module"),
    "an object array": ("array", "object", "an array of dtype object"),
    "a subclass of ndarray": ("array subclass", "Box", "a Box (a subclass of ndarray)"),
    "a liar": ("instance", "Liar", "a Liar"),
    "a strange object": ("instance", "Strange", "a Strange"),
    "a strange class": ("class", "Strange", "the class Strange"),
    "an object of a class called method": ("instance", "method", "a method"),
    "an object of a class called a class": (
        "instance", "the class Variable", "a the class Variable"
    ),
    "a long name": ("instance", "L" * 100, f"a {'L' * 100}"),
    "too much": ("too large", "", "a value too large to look at"),
}  # fmt: skip
CALLABLE = {"a function", "a bound method", "a builtin"}


@pytest.fixture
def student(load):
    return load("step01.py", {"step01.py": ODD})[1]


@pytest.mark.parametrize("name", KINDS)
def test_a_handle_says_the_kind_and_the_name(student, name):
    kind, called, words = KINDS[name]
    thing = student.give(name)
    handle = thing._handle
    assert (handle.kind, handle.name, repr(thing)) == (kind, called, words)
    assert in_words(handle) == words
    assert is_class(thing) == (kind == "class")
    assert is_instance(thing, "Variable") == (name == "an object")
    assert ("brackets" in mismatch(thing, "x")) == (name in CALLABLE)


def test_things_are_alike_by_kind_and_name(student):
    one, other = student.Variable(), student.Variable()
    assert are_alike(one, other)
    assert not are_alike(one, student.Variable)
    assert not are_alike(one, student.give("a bound method"))
    assert not are_alike(one, "a Variable")


@pytest.mark.parametrize("plain", [None, 1.5, np.ones(2), "the class Variable", "a method"])
def test_a_plain_value_is_no_object(plain):
    assert not is_class(plain)
    assert not is_instance(plain, "Variable")
    assert "brackets" not in mismatch(plain, "x")


def test_every_kind_has_words():
    for kind in values.ObjectKind.__args__:
        assert in_words(values.Handle(1, kind, "Name"))


ASKED = (np.asarray, np.array, np.isscalar, iter, float, bool, len, hash)
ASKED_OF_TWO = (np.array_equal, np.add, np.allclose, operator.eq, operator.mul)


@pytest.mark.parametrize("ask", ASKED + ASKED_OF_TWO, ids=lambda ask: ask.__name__)
def test_no_library_asks_the_worker_what_an_object_is(student, ask):
    thing = student.Variable()
    events = student._conversation.events
    before = len(events)
    with contextlib.suppress(TypeError, AttributeError):
        ask(thing) if ask in ASKED else ask(thing, thing)
    assert len(events) == before


def test_a_name_of_pythons_own_is_not_asked_for(student):
    for name in ("__array_interface__", "__dict_of_mine__", "__class_getitem__"):
        with pytest.raises(AttributeError):
            getattr(student.Variable(), name)
