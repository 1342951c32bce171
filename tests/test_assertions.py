"""Assertions: each claim from both sides, and what it says when it does not hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders import assertions as claims
from graders.assertions import CheckFailed


def refused(claim, *args, **kwargs) -> str:
    """Return the message that a claim is refused with."""
    with pytest.raises(CheckFailed) as caught:
        claim(*args, **kwargs)
    return str(caught.value)


# --- kinds and names, on remotes

SOURCE = """
class Variable:
    pass

class Function:
    pass

class Square(Function):
    pass

class Liar:
    __class__ = Variable
"""


@pytest.fixture
def student(load):
    return load("step02.py", {"step02.py": SOURCE})[1]


def test_kind(student):
    claims.assert_kind(student.Variable(), student.Variable)
    claims.assert_kind(student.Square(), student.Function)
    assert "due   a Variable" in refused(claims.assert_kind, student.Square(), student.Variable)
    assert "got   a Liar" in refused(claims.assert_kind, student.Liar(), student.Variable)
    assert "got   2.5" in refused(claims.assert_kind, 2.5, student.Variable)


def test_subclass(student):
    claims.assert_subclass(student.Square, student.Function)
    message = refused(claims.assert_subclass, student.Variable, student.Function)
    assert "due   a subclass of Function" in message
    refused(claims.assert_subclass, 3, student.Function)


def test_same_and_different(student):
    x, y = student.Variable(), student.Variable()
    claims.assert_same(x, x, "x")
    claims.assert_different(x, y, "a note")
    refused(claims.assert_same, x, y, "y")
    assert "a note" in refused(claims.assert_different, x, x, "a note")


@pytest.mark.parametrize("plain", [None, 5, "Function"])
def test_a_plain_value_is_no_class_to_be_of_and_no_object_to_be(student, plain):
    for claim, *more in (
        (claims.assert_kind,),
        (claims.assert_subclass,),
        (claims.assert_same, "a class"),
    ):
        assert "due   a class" in refused(claim, student.Square, plain, *more)
    assert "due   x" in refused(claims.assert_same, plain, plain, "x")


# --- plain values


def test_none():
    claims.assert_none(None)
    assert "got   0" in refused(claims.assert_none, 0)


def test_equal():
    claims.assert_equal(1e-4, 1e-4)
    refused(claims.assert_equal, 1e-3, 1e-4)
    refused(claims.assert_equal, 1, 1.0)
    refused(claims.assert_equal, True, 1)


def test_array():
    claims.assert_array(np.zeros((2, 3)), ndim=2)
    claims.assert_array(np.array(1.0))
    refused(claims.assert_array, np.float64(1))
    message = refused(claims.assert_array, np.zeros(3), ndim=0)
    assert message.startswith("the array is 1-d where 0-d was due\n")


ALMOST = 1 + 1e-13
OFF = 1 + 1e-11


@pytest.mark.parametrize("due", [np.array([0.5, -2.0]), np.array(3.0), np.float64(3), 0.1])
def test_close_allows_some_roundings_and_no_more(due):
    claims.assert_close(due, due)
    claims.assert_close(due * ALMOST, due)
    refused(claims.assert_close, due * OFF, due)
    refused(claims.assert_close, -due, due)


def test_close_takes_any_dtype_and_the_tolerance_of_the_one_it_is_told():
    third = np.array([1 / 3])
    claims.assert_close(third.astype("float32"), third, dtype="float32")
    refused(claims.assert_close, third.astype("float32"), third)
    refused(claims.assert_close, third.astype("float16"), third, dtype="float32")
    claims.assert_close(np.array([4]), np.array([4.0]))
    claims.assert_close(2, 2.0)


@pytest.mark.parametrize(
    "got",
    [None, True, "1.0", [1.0], (1.0,), np.True_, np.array([True]), np.nan, np.inf, 1j, b"1"],
    ids=repr,
)
def test_close_refuses_what_is_no_such_number(got):
    refused(claims.assert_close, got, 1.0)


@pytest.mark.parametrize("shape", [(), (3, 1), (1, 3), (4,), (0,)])
def test_close_compares_shapes_before_values(shape):
    assert "the shape is" in refused(claims.assert_close, np.ones(shape), np.ones(3))


def test_close_never_takes_a_number_for_an_absolute_tolerance_near_zero():
    refused(claims.assert_close, 1e-300, 0.0)
    claims.assert_close(1e-300, 0.0, tolerance=1e-299)


# --- messages


def test_a_message_puts_got_and_due_in_line():
    message = refused(claims.assert_close, np.array([1.0, 4.0]), np.array([0.5, 8.0]), "2·x·gy")
    assert message == "got   array([ 1.,  4.])\ndue   array([0.5,  8.])\n      2·x·gy"


def test_a_message_shows_as_many_digits_as_it_takes_to_differ():
    got, due = refused(claims.assert_close, 0.1 * (1 + 1e-11), 0.1).splitlines()
    assert got.split()[1] != due.split()[1]


@pytest.mark.parametrize("shape", [(1000,), (100, 100), (5, 5, 5, 5), (2,) * 16])
def test_a_message_of_a_large_array_is_short_and_says_where_it_differs(shape):
    due = np.arange(np.prod(shape), dtype=float).reshape(shape)
    got = due.copy()
    got[(-1,) * due.ndim] = -1
    message = refused(claims.assert_close, got, due, "2·x")
    lines = message.splitlines()
    assert [line[:6] for line in lines[:3]] == ["got   ", "due   ", "      "]
    assert len(lines) == 4
    assert all(len(line) < 500 for line in lines)
    index = tuple(size - 1 for size in shape)
    assert f"first difference at index {index}: -1.0 for {due.size - 1}.0" in lines[3]


def test_a_message_of_a_long_text_is_short():
    assert len(refused(claims.assert_close, "a" * 100_000, 1.0)) < 1000
    assert len(refused(claims.assert_none, [1] * 100_000)) < 1000


NUMBERS = st.floats(allow_nan=False)


@given(NUMBERS, NUMBERS)
def test_a_refused_number_is_shown_to_differ_from_what_was_due(number, other):
    got, due = refused(claims.fail, number, other).splitlines()
    assert (got[:6], due[:6]) == ("got   ", "due   ")
    assert (got[6:] == due[6:]) == (number == other and repr(number) == repr(other))


# --- what the report and the catalogue are given


def failure(claim, *args, **kwargs) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        claim(*args, **kwargs)
    return caught.value


ONE = ("1.0", "float", 1.0)
NO_ROWS = np.zeros((2**20, 0))


@pytest.mark.parametrize(
    ("got", "shown"),
    [
        (2.5, ("2.5", "float", 2.5)),
        (np.array([1.0, 2.0]), ("array([1., 2.])", "ndarray", [1.0, 2.0])),
        (np.array([[3]]), ("array([[3]])", "ndarray", [[3]])),
        (np.float32(2), ("2.0", "float32", 2.0)),
        (2.5 + 1j, ("(2.5+1j)", "complex", None)),
        (np.nan, ("nan", "float", None)),
        (None, ("None", "NoneType", None)),
        (True, ("True", "bool", True)),
        ("abc", ("'abc'", "str", "abc")),
        ("a" * 400, (f"'{'a' * 149} … {'a' * 149}'", "str", None)),
        ([1.0], ("[1.0]", "list", None)),
        (np.arange(9.0), ("array([0., 1., ..., 7., 8.])", "ndarray", None)),
        (NO_ROWS, ("array([])", "ndarray", None)),
    ],
    ids=lambda value: None if isinstance(value, tuple) else type(value).__name__,
)
def test_got_and_due_are_there_as_data(got, shown):
    error = failure(claims.assert_close, got, 1.0)
    assert (error.got.text, error.got.type, error.got.value) == shown
    assert (error.due.text, error.due.type, error.due.value) == ONE


def test_words_for_got_or_due_are_no_value(student):
    error = failure(claims.assert_kind, student.Square(), student.Variable)
    assert (error.got.text, error.got.type, error.got.value) == ("a Square", "Square", None)
    assert (error.due.text, error.due.type, error.due.value) == ("a Variable", None, None)


def test_the_type_of_a_class_is_no_class_of_the_step(student):
    error = failure(claims.assert_kind, student.Variable, student.Variable)
    assert (error.got.text, error.got.type) == ("the class Variable", "type")


def test_no_input_can_be_taken_for_a_word_of_the_claim():
    names = "got due why above below claim inputs ending reproduce tolerance dtype first note"
    inputs = dict.fromkeys(names.split(), 7)
    error = failure(claims.assert_close, 1.0, 2.0, "why", inputs=inputs)
    assert error.seen.inputs == inputs
    assert error.seen.claim == "close"
    assert str(error) == str(failure(claims.assert_close, 1.0, 2.0, "why"))
    with pytest.raises(TypeError):
        claims.assert_close(1.0, 1.0, tolerence=1.0)
