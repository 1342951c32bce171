"""Wrong implementations: what each does wrong, and what kind of test would notice.

The required ones are those that the book's own three tests notice; the others are goals for
those who want more.  The probes are no goals: what tests make of them tells what they look at.
"""

from dataclasses import dataclass

from graders.suites.implementations import BOOK
from graders.words import _


@dataclass(frozen=True)
class Mutant:
    """The book's implementation with one thing put wrong."""

    name: str
    wrong: str
    """What it does wrong, to stand after "when"."""
    noticed_by: str
    """The kind of test that would notice."""
    patch: str
    """Lines that put it wrong, in the implementation or beside a student's file."""

    @property
    def source(self) -> str:
        """Return the mutant's text."""
        return f"{BOOK}\n\n{self.patch}\n"


BY_HAND = _("a test that compares x.grad, sign and size, with a number worked out by hand")
ELSEWHERE = _("a test at an x other than 0 and 2, where 2·x and x² are the same")
STARTING = _("a test that calls y.backward() with no y.grad set, and compares x.grad")

CUBED = Mutant(
    "cubed",
    _("square gives x³"),
    _("a test that compares y.data with a number worked out by hand, not at 0 or 1"),
    "Square.forward = lambda self, x: x**3",
)
UNCHANGED = Mutant(
    "unchanged",
    _("square gives x as it is"),
    CUBED.noticed_by,
    "Square.forward = lambda self, x: x",
)
DOUBLED = Mutant(
    "doubled", _("square gives 2·x"), ELSEWHERE, "Square.forward = lambda self, x: 2 * x"
)
NEGATED = Mutant(
    "negated",
    _("the gradient has the wrong sign"),
    BY_HAND,
    "Square.backward = lambda self, gy: -2 * self.input.data * gy",
)
HALVED = Mutant(
    "halved",
    _("the gradient is x, half as large as it should be"),
    BY_HAND,
    "Square.backward = lambda self, gy: self.input.data * gy",
)
SQUARED = Mutant(
    "squared",
    _("the gradient is x²"),
    ELSEWHERE,
    "Square.backward = lambda self, gy: self.input.data**2 * gy",
)
TWOS = Mutant(
    "twos",
    _("the gradient is 2, whatever x is"),
    _("a test of the gradient at an x other than 1"),
    "Square.backward = lambda self, gy: 2 * gy",
)
SIXES = Mutant(
    "sixes",
    _("the gradient is 6, whatever x is"),
    _("a second test of the gradient, at an x other than 3"),
    "Square.backward = lambda self, gy: 6 * gy",
)
UNSTARTED = Mutant(
    "unstarted",
    _("backward doesn't start by itself"),
    STARTING,
    """def backward(self):
    f = self.creator
    while f is not None:
        f.input.grad = f.backward(f.output.grad)
        f = f.input.creator
Variable.backward = backward""",
)
ZEROS = Mutant(
    "zeros",
    _("backward starts from 0"),
    STARTING,
    """def backward(self, rest=Variable.backward):
    if self.grad is None:
        self.grad = 0 * self.data
    rest(self)
Variable.backward = backward""",
)
UNLINKED = Mutant(
    "unlinked",
    _("y forgets its creator, so that x.grad stays None"),
    _("a test that compares x.grad after y.backward()"),
    "Variable.creator = property(lambda self: None, lambda self, func: None)",
)
REQUIRED = (
    *(CUBED, UNCHANGED, DOUBLED, NEGATED, HALVED, SQUARED),
    *(TWOS, SIXES, UNSTARTED, ZEROS, UNLINKED),
)

STRETCH = (
    Mutant(
        "gy dropped",
        _("Square.backward leaves out gy"),
        _("a test in which what arrives from above is not 1"),
        "Square.backward = lambda self, gy: 2 * self.input.data",
    ),
    Mutant(
        "one function",
        _("backward stops after one function"),
        _("a test of the gradient through two functions or more"),
        """def backward(self):
    if self.grad is None:
        self.grad = np.ones_like(self.data)
    f = self.creator
    f.input.grad = f.backward(self.grad)
Variable.backward = backward""",
    ),
    Mutant(
        "no TypeError",
        _("Variable takes anything, a plain float too"),
        _("a test that expects an exception"),
        """def __init__(self, data):
    self.data, self.grad, self.creator = data, None, None
Variable.__init__ = __init__""",
    ),
    Mutant(
        "grad overwritten",
        _("backward overwrites a y.grad that was set before"),
        _("a test that gives y a gradient of its own to start from"),
        """def backward(self, rest=Variable.backward):
    self.grad = np.ones_like(self.data)
    rest(self)
Variable.backward = backward""",
    ),
)

PROBES = (
    Mutant("no value", "", "", "Square.forward = lambda self, x: x * np.nan"),
    Mutant("no slope", "", "", "numerical_diff = lambda f, x, eps=1e-4: x.data * np.nan"),
    Mutant("far slope", "", "", "numerical_diff = lambda f, x, eps=1e-4: x.data + 1e9"),
)
