"""What a student's tests are tried on in step 10: correct implementations, and mutants.

They are text for the worker.  The correct ones differ in everything a test has no business
with; a mutant is a correct one with a single edit.
"""

from dataclasses import dataclass

PLAIN = """
import numpy as np


class Variable:
    def __init__(self, data):
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"{type(data)} is not supported")
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        funcs = [self.creator]
        while funcs:
            f = funcs.pop()
            if f is not None:
                f.input.grad = f.backward(f.output.grad)
                funcs.append(f.input.creator)


def as_array(x):
    return np.array(x) if np.isscalar(x) else x


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(as_array(self.forward(input.data)))
        self.output.set_creator(self)
        return self.output

    def forward(self, x):
        raise NotImplementedError()

    def backward(self, gy):
        raise NotImplementedError()


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        return 2 * self.input.data * gy


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return np.exp(self.input.data) * gy


def square(x):
    return Square()(x)


def exp(x):
    return Exp()(x)


def numerical_diff(f, x, eps=1e-4):
    y0, y1 = f(Variable(as_array(x.data - eps))), f(Variable(as_array(x.data + eps)))
    return (y1.data - y0.data) / (2 * eps)
"""

EDITS_OF_SHAPE = (
    ("return x ** 2", "return x * x"),
    (
        "return 2 * self.input.data * gy",
        "x = self.input.data\n        return as_array(gy * (x + x))",
    ),
    ("np.ones_like(self.data)", "np.ones(self.data.shape, dtype=self.data.dtype)"),
    ("return np.array(x) if np.isscalar(x) else x", "return np.asarray(x)"),
    (
        "def forward(self, x):\n        return np.exp",
        "def forward(self, data):\n        x = data\n        return np.exp",
    ),
)


@dataclass(frozen=True)
class Mutant:
    """A correct implementation with one edit, and what a message says is wrong with it."""

    old: str
    new: str

    @property
    def source(self) -> str:
        """Return the mutant's text."""
        return edited(PLAIN, self.old, self.new)


def edited(source: str, old: str, new: str) -> str:
    """Return a source with one edit.  Raise ValueError when its place isn't there once."""
    if source.count(old) != 1:
        raise ValueError(f"{old!r} is there {source.count(old)} times")
    return source.replace(old, new)


def reshaped() -> str:
    """Return a correct implementation that is written in another way."""
    source = PLAIN
    for old, new in EDITS_OF_SHAPE:
        source = edited(source, old, new)
    return source


CUBED = Mutant("return x ** 2", "return x ** 3")
DOUBLED = Mutant("return x ** 2", "return 2 * x")
NEGATED = Mutant("return 2 * self.input.data * gy", "return -2 * self.input.data * gy")
HALVED = Mutant("return 2 * self.input.data * gy", "return self.input.data * gy")
CONSTANT = Mutant("return 2 * self.input.data * gy", "return 2 * gy")
UNSTARTED = Mutant("if self.grad is None:", "if False:")
