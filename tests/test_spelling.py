"""Spelling: a name that is missing is compared with those that there are."""

import pytest

from graders.worker.spelling import alike


class Function:
    def backward(self, gy):
        raise NotImplementedError


class Square(Function):
    __slots__ = ("inputs",)

    def bacward(self, gy):
        return gy


class Variable:
    def __init__(self):
        self.gard = self.creater = None

    def ask_above(self):
        return super().ask_abov()


class Broken:
    def __getattribute__(self, name):
        raise KeyboardInterrupt


def undefined():
    squre = 1
    return square + squre  # noqa: F821  # that is the point


def unlike():
    return quite_unlike  # noqa: F821  # that is the point


@pytest.mark.parametrize(
    ("run", "found"),
    [
        (lambda: Variable().grad, ("grad", "gard")),
        (lambda: Variable().creator, ("creator", "creater")),
        (lambda: Square().input, ("input", "inputs")),
        (lambda: Variable().ask_above(), ("ask_abov", "ask_above")),
        (lambda: Square().backward(1), ("backward", "bacward")),
        (undefined, ("square", "squre")),
        (unlike, ("", "")),
        (lambda: Variable().output, ("", "")),
        (lambda: Function().backward(1), ("", "")),
        (lambda: {}["key"], ("", "")),
        (lambda: [].appen, ("appen", "append")),
    ],
)
def test_the_name_that_was_meant(run, found):
    with pytest.raises(Exception) as caught:
        run()
    assert alike(caught.value) == found


def test_an_object_that_breaks_when_it_is_looked_at_does_no_harm():
    assert alike(AttributeError("x", name="x", obj=Broken())) == ("", "")
