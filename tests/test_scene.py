"""Scenes: the expression that an exception was raised in, and what its parts were then."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.evidence import Defined, Part, Scene
from graders.feedback.plainly import (
    File,
    alone,
    beside,
    hidden,
    lacking,
    leftover,
    overlooked,
    plainly,
)
from graders.feedback.raised import StudentError
from graders.wire import Line, Raised

SOURCE = """
import numpy as np
import torch

asked = []


class Odd:
    kept = 3

    def __getattr__(self, name):
        asked.append(name)
        raise RuntimeError(name)

    @property
    def shown(self):
        asked.append("shown")
        return 1

    def method(self, x):
        return self.shown + {expression}


def f(x=np.ones(2), odd=Odd()):
    return odd.method(x)
"""


def scene(load, expression: str) -> Scene:
    student = load("a.py", {"a.py": SOURCE.replace("{expression}", expression)})[1]
    with pytest.raises(StudentError) as caught:
        student.f()
    assert student.asked == ["shown"]
    return caught.value.raised.scene


EXPRESSIONS = {
    "None * 2": ("operation", "*", [("None", "none", "NoneType"), ("2", "number", "int")]),
    "(x <= {})": ("operation", "<=", [("x", "array", "ndarray"), ("{}", "unknown", "")]),
    "-self": ("operation", "-", [("self", "instance", "Odd")]),
    "x(2)": ("call", "", [("x", "array", "ndarray"), ("2", "number", "int")]),
    "x.data * 'a'": (
        "operation", "*", [("x.data", "memory", "memoryview"), ("'a'", "text", "str")]
    ),
    "self.method.x": ("attribute", "", [("self.method", "method", "method")]),
    "Odd.method.x": ("attribute", "", [("Odd.method", "function", "method")]),
    "Odd.other": ("attribute", "", [("Odd", "class", "Odd")]),
    "np.nothing": ("attribute", "", [("np", "module", "numpy")]),
    "torch.__x__": ("attribute", "", [("torch", "absent", "torch")]),
    "self.kept[0]": ("subscript", "", [("self.kept", "number", "int"), ("0", "number", "int")]),
    "sum.x": ("attribute", "", [("sum", "function", "sum")]),
    "nowhere": ("name", "", [("nowhere", "unknown", "")]),
}  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_it_tells_an_expression_and_its_parts_and_runs_nothing(load, expression):
    found = scene(load, expression)
    parts = [(part.text, part.kind, part.name) for part in found.parts]
    assert (found.form, found.sign, parts) == EXPRESSIONS[expression]
    assert (found.within, found.owner) == ("Odd.method", "Odd")


def test_it_tells_whose_code_lies_below(load):
    student = load("a.py", {"a.py": "def f(g): return g(None)\n"})[1]
    g = student.define("def g(x): return x + 1\n", "g")
    with pytest.raises(StudentError) as caught:
        student.f(g)
    assert caught.value.raised.scene.deeper == "grader"
    assert caught.value.raised.scene.text == "g(None)"


def test_code_that_hides_its_lines_is_told_nothing_of(load):
    text = "def f(): return 1 + None\nf.__code__ = f.__code__.replace(co_linetable=b'')\n"
    student = load("a.py", {"a.py": text})[1]
    with pytest.raises(StudentError) as caught:
        student.f()
    assert caught.value.raised.scene.form == ""


def test_an_exception_that_lies_about_itself_costs_nothing(load):
    text = """
class Lie(AttributeError):
    @property
    def name(self): raise SystemExit(1)
    obj = name

def f(): raise Lie("no")
"""
    student = load("a.py", {"a.py": text})[1]
    with pytest.raises(StudentError) as caught:
        student.f()
    assert caught.value.raised.name == "Lie"
    assert (caught.value.raised.scene.form, caught.value.raised.scene.sought) == ("raise", "")


# --- whatever a worker tells of it

WORDS = st.sampled_from(
    ["", "x", "self", "f", "np", "exp", "Variable", "Square", "backward", "Square.backward",
     "test_a", "Variable.__init__", "__int__", "data", "x.grad", "None", "e4", "this", "{0}",
     "pop"]
)  # fmt: skip
NAMES = st.lists(WORDS, max_size=3).map(tuple)
LINES = st.dictionaries(WORDS, st.integers(0, 9), max_size=3)
KINDS = st.sampled_from(msgspec.inspect.type_info(Part).fields[1].type.values)
FORMS = st.sampled_from(msgspec.inspect.type_info(Scene).fields[0].type.values)
PARTS = st.builds(Part, WORDS, KINDS, WORDS)
MESSAGES = st.sampled_from([
    "", "'x' object is not callable", "x() takes no arguments",
    "f() takes 1 positional argument but 2 were given",
    "backward() missing 1 required positional argument: 'gy'",
    "f() got an unexpected keyword argument 'eps'", "truth value of an array is ambiguous",
    "unsupported operand type(s) for *: 'NoneType' and 'int'", "1 != 2", "1.0 != 1.00001",
    "bad operand type for unary -: 'Variable'", "isinstance() arg 2 must be a type",
    "exceptions must derive from BaseException", "only length-1 arrays can be converted",
    "'float' object cannot be interpreted as an integer", "pop from empty list",
    "cannot access local variable 'x' where it is not associated with a value",
    "invalid character '（' (U+FF08)", "'(' was never closed", "expected ':'", "fill in: f",
])  # fmt: skip
FEW = st.lists(PARTS, max_size=3).map(tuple)
SCENES = st.builds(
    Scene, FORMS, WORDS, FEW, WORDS, WORDS, WORDS, FEW, WORDS, PARTS,
    st.sampled_from(["", "library", "grader"]),
)  # fmt: skip
RAISED = st.builds(
    Raised,
    st.sampled_from(
        ["AttributeError", "NameError", "TypeError", "ValueError", "NotImplementedError",
         "SyntaxError", "TabError", "UnboundLocalError", "RecursionError", "IndexError",
         "AssertionError", "Mine"]
    ),
    st.just(()), MESSAGES,
    st.lists(st.builds(Line, st.just("a.py"), st.integers(0, 9), WORDS, WORDS), max_size=2)
    .map(tuple), WORDS, WORDS, SCENES,
)  # fmt: skip
DEFINED = st.builds(
    Defined, WORDS, st.sampled_from(["class", "def", "value", "import"]), st.integers(0, 9),
    st.integers(0, 2), WORDS, NAMES, NAMES, LINES, LINES, NAMES, NAMES, LINES, LINES, NAMES,
    st.integers(0, 9), st.booleans(), st.booleans(),
)  # fmt: skip


@given(RAISED, st.lists(DEFINED, max_size=8).map(tuple))
def test_whatever_is_told_makes_a_sentence_or_none(raised, outline):
    file = File(outline)
    for said in (
        plainly.__wrapped__(raised, file),
        leftover.__wrapped__(raised, file),
        alone.__wrapped__(file),
        hidden.__wrapped__(raised.missing, file),
        beside.__wrapped__("number", None, file),
        *overlooked.__wrapped__(file),
    ):
        assert isinstance(said, str)
        assert "\n" not in said
    assert lacking(raised) is None or raised.name == "AttributeError"


def test_what_no_sentence_can_be_made_of_costs_nothing():
    odd = Raised("NameError", (), "", (), scene=Scene(sought=None))
    assert plainly(odd, File((None,))) is None


LOUD = """
import numpy as np

told = []


def tell(self, *args):
    told.append(args)
    return self


class Meta(type):
    __getattr__ = __hash__ = tell

    def __eq__(cls, other):
        told.append(other)
        return True


class Loud(Exception, metaclass=Meta):
    __getattribute__ = __getattr__ = tell


class Error(AttributeError):
    name = obj = __class__ = __traceback__ = property(tell)


class Unread(SyntaxError):
    filename = lineno = property(tell)


class Float(np.float64):
    real = property(tell)


Float.__module__ = "numpy"


def f(kind):
    loud, number = Loud, Float(1)
    if kind == "error":
        raise Error("no")
    if kind == "unread":
        raise Unread("no")
    if kind == "operands":
        return None + loud
    return number.real + None
"""


@pytest.mark.parametrize("kind", ["error", "unread", "operands"])
def test_nothing_that_a_class_answers_with_is_run(load, kind):
    student = load("a.py", {"a.py": LOUD})[1]
    with pytest.raises(StudentError) as caught:
        student.f(kind)
    assert caught.value.raised.scene.within == "f"
    assert student.told == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("AssertionError", "1" * 5000),
        ("AssertionError", "array([" * 700 + "1"),
        ("SyntaxError", "invalid character 'x' (U+FFFFFF)"),
        ("SyntaxError", "invalid character 'x' (U+D800)"),
        (
            "TypeError",
            f"f() takes {'9' * 4000} positional arguments but {'9' * 4900} were given",
        ),
    ],
)
def test_a_message_made_to_trip_the_judge_up_is_only_read_so_far(name, message):
    said = plainly.__wrapped__(Raised(name, (), message, (), scene=Scene("call")), File())
    assert said.isprintable()
