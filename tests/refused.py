"""Claims that don't hold, one of each kind and way, and the step that they are made of."""

import numpy as np

from graders import assertions as claims
from graders import derivatives

SOURCE = """
import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data
        self.gard = None

    def twice(self):
        return 2 * self.data

    def set_creator(func):
        self.creator = func


class Function:
    def __call__(self, x):
        self.output = Variable(self.forward(x.data))
        return self.output

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        return gy


class Square(Function):
    def forward(self, x):
        return x ** 2

    def bacward(self, gy):
        return 2 * gy


class Cube(Function):
    pass


def give(value):
    return value


def nothing(value):
    value + 1


def bare(f):
    return f.forward(3)


def added(x):
    return x + nothing(x)


def even(x):
    return True if x == 0 else x


def undefined(x):
    return y


def late(x):
    z = z + x


def endless(x):
    return endless(x)


def taken(x):
    return [].pop()


def single(x):
    return float(x)


def misspelt(x):
    return sqaure(x)


def square(x):
    return x ** 2


def first(x):
    return x[:1]


class Base:
    def backward(self, gy):
        raise NotImplementedError()


class Derived(Base):
    def bacward(self, gy):
        return gy


def divided(x):
    return x / 0
"""
ONE, TWO = np.array([0.5, -1.25, 3.0]), np.array([0.25, 1.5625, 9.0])
LARGE = np.arange(30.0).reshape(5, 6)


def order(student, wrong: float) -> None:
    x, exact = np.array([0.5]), np.exp([0.5])
    coarse, fine = student.give(exact + 0.04), student.give(exact + 0.04 / wrong)
    derivatives.assert_order_two(coarse, fine, exact, inputs={"x": x})


def agrees(student, forward: str) -> None:
    f = student.Square()
    gradient = f.backward(ONE)
    derivatives.assert_agrees(gradient, lambda x: getattr(student, forward)(x), ONE, ONE)


def raising(student, name: str, *args) -> None:
    with claims.assert_raises(TypeError):
        getattr(student, name)(*args)


def different(student) -> None:
    x = student.Variable(1)
    claims.assert_different(student.give(x), x, "the result has a box of its own")


CLAIMS = {
    "kind: None": lambda s: claims.assert_kind(s.nothing(1), s.Variable),
    "kind: an array": lambda s: claims.assert_kind(s.give(ONE), s.Variable),
    "kind: another class": lambda s: claims.assert_kind(s.Square(), s.Variable),
    "kind: the class": lambda s: claims.assert_kind(s.Variable, s.Variable),
    "subclass": lambda s: claims.assert_subclass(s.Variable, s.Function),
    "subclass: no class": lambda s: claims.assert_subclass(s.Square(), s.Function),
    "equal: another value": lambda s: claims.assert_equal(s.give(1e-3), 1e-4),
    "equal: another type": lambda s: claims.assert_equal(s.give(1), 1.0),
    "same: another": lambda s: claims.assert_same(s.Variable(1), s.Variable(1), "x"),
    "same: None": lambda s: claims.assert_same(s.nothing(1), s.Variable(1), "x"),
    "same: an array": lambda s: claims.assert_same(s.Variable(ONE).data, s.Variable(1), "x"),
    "different": different,
    "raises: nothing": lambda s: raising(s, "give", 1),
    "raises: another exception": lambda s: raising(s, "taken", 1),
    "none: a number": lambda s: claims.assert_none(s.give(0.0)),
    "none: an array": lambda s: claims.assert_none(s.give(ONE)),
    "array: a number": lambda s: claims.assert_array(s.give(np.float64(2.5))),
    "array: a list": lambda s: claims.assert_array(s.give([1.0, 2.0])),
    "array: dimensions": lambda s: claims.assert_array(s.give(ONE), ndim=0),
    "close: a number": lambda s: claims.assert_close(s.give(2.5), 3.5, "x + 1"),
    "close: numpy's number": lambda s: claims.assert_close(s.give(np.float64(1)), 3.5),
    "close: an array": lambda s: claims.assert_close(s.give(ONE), TWO, "x²", inputs={"x": ONE}),
    "close: two dimensions": lambda s: claims.assert_close(
        s.give(np.array([[1.0, 20.5], [300.0, 4.0]])), np.array([[1.0, 2.5], [3.0, 4.0]])
    ),
    "close: almost": lambda s: claims.assert_close(s.give(ONE * (1 + 1e-10)), ONE),
    "close: float32": lambda s: claims.assert_close(
        s.give(np.array([1 / 3, 0.1]).astype("float32")), np.array([1 / 3, 0.1])
    ),
    "close: integers": lambda s: claims.assert_close(s.give(np.array([1, 2])), ONE[:2]),
    "close: not a number": lambda s: claims.assert_close(s.give(ONE * np.nan), ONE),
    "close: a large array": lambda s: claims.assert_close(s.give(LARGE**2), LARGE, "x"),
    "close: None": lambda s: claims.assert_close(s.nothing(1), ONE),
    "close: a list": lambda s: claims.assert_close(s.give([0.5, 1.5]), ONE[:2]),
    "close: a text": lambda s: claims.assert_close(s.give("a" * 1000), 1.0),
    "close: a truth value": lambda s: claims.assert_close(s.give(True), 1.0),
    "close: an array of another dtype": lambda s: claims.assert_close(s.give(ONE > 0), ONE),
    "close: a Variable": lambda s: claims.assert_close(s.Variable(ONE), ONE),
    "close: a method": lambda s: claims.assert_close(s.Variable(ONE).twice, ONE),
    "close: another shape": lambda s: claims.assert_close(s.give(ONE[:2]), ONE, "x"),
    "close: no dimensions": lambda s: claims.assert_close(s.give(np.float64(2)), ONE),
    "order": lambda s: order(s, 2.0),
    "agrees": lambda s: agrees(s, "square"),
    "agrees: forward gives None": lambda s: agrees(s, "nothing"),
    "agrees: forward of another shape": lambda s: agrees(s, "first"),
    "a plain value for an object": lambda s: s.nothing(1).data,
    "a plain value for a function": lambda s: s.give(1.0)(2),
    "exception: an attribute": lambda s: s.Square().input,
    "exception: an attribute misspelt": lambda s: s.Variable(1).grad,
    "exception: a name not defined": lambda s: s.Exp,
    "exception: a name misspelt": lambda s: s.Squares,
    "exception: an attribute of None": lambda s: s.bare(None),
    "exception: an attribute of a number": lambda s: s.bare(1.0),
    "exception: a method misspelt": lambda s: s.Derived().backward(1),
    "exception: NotImplementedError": lambda s: s.Cube().forward(1),
    "exception: None in arithmetic": lambda s: s.added(1),
    "exception: a Variable in arithmetic": lambda s: s.square(s.Variable(1)),
    "exception: self missing": lambda s: s.Variable(1).set_creator(2),
    "exception: an argument missing": lambda s: s.Square().backward(),
    "exception: an array as a truth value": lambda s: s.even(ONE),
    "exception: an array as a number": lambda s: s.single(ONE),
    "exception: a name": lambda s: s.undefined(1),
    "exception: a name misspelt inside": lambda s: s.misspelt(1),
    "exception: a name too early": lambda s: s.late(1),
    "exception: recursion": lambda s: s.endless(1),
    "exception: an empty list": lambda s: s.taken(1),
    "exception: of another kind": lambda s: s.divided(1),
}
